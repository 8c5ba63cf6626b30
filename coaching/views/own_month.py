"""The own calendar behind the personal link, and all that is written about one."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from coaching.own.place import require_own_place
from coaching.pages.own_month import calendar_page
from coaching.pages.own_written import written_page
from coaching.services.calendar_feed import make_participant_feed
from core import clock
from participants.own.visit import OwnVisit, own_page


@require_GET
@own_page
def calendar(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """Times, rooms, days off, the work trial and one's own marks."""
    return _calendar(request, require_own_place(visit.participant, in_group=True))


@require_POST
@own_page
def calendar_address(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """An address for the phone's own calendar; shown this once. Not for a protected person: the address is
    the only key, and it tells the rooms."""
    place = require_own_place(visit.participant, in_group=True)
    if visit.participant.is_restricted:
        return redirect("own_month:calendar")
    secret = make_participant_feed(enrolment=place, now=clock.now())
    address = f"{settings.PUBLIC_ADDRESS}{reverse('coaching:calendar-file', args=[secret])}"
    return _calendar(request, place, address=address)


def _calendar(request: HttpRequest, place, *, address: str = "") -> HttpResponse:
    page = calendar_page(place, today=clock.today())
    context = {"page": page, "month": place.month, "address": address}
    return render(request, "coaching/own/calendar.html", context)


@require_GET
@own_page
def written(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """Everything that is written about the participant in the month: there are no hidden notes."""
    place = require_own_place(visit.participant)
    return render(request, "coaching/own/written.html", {"sections": written_page(place)})
