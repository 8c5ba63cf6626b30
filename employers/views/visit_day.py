"""The plan of a visit day: arranging it, its sheets for paper, and the officer's own page."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import audit
from accounts.enums import Role
from core import clock
from core.errors import DomainError
from core.forms import DayField, day_from_query
from employers.enums import VisitState
from employers.forms.visit_day import read_stops
from employers.models import Visit
from employers.pages.visit_day import (
    SharedStop,
    day_words,
    joint_visits,
    overdue_visits,
    shared_stops,
    stops_of_day,
    text_without_names,
)
from employers.services import visit_day as services


def _require_planner(request: HttpRequest) -> None:
    if request.user.role not in (Role.COACH, Role.COORDINATOR):
        raise Http404


def _day(text: str) -> dt.date:
    """The day that was meant; as people write it, or as links do. Today without one."""
    text = text.strip()[:20]
    found = day_from_query(text)
    if found is None and text:
        try:
            found = DayField().clean(text)
        except ValidationError:  # whatever cannot be read is today
            found = None
    return found if found is not None and 2000 <= found.year <= 2100 else clock.today()


@require_http_methods(["GET", "POST"])
def visit_day(request: HttpRequest) -> HttpResponse:
    """The visits of one day in their order, with whom to meet; times and order are saved together."""
    _require_planner(request)
    day, today = _day(request.GET.get("day", "")), clock.today()
    stops = stops_of_day(request.user, day=day, today=today)
    if request.method == "GET":
        return _day_page(request, day, stops)
    if "goto" in request.POST:
        day = _day(request.POST["goto"])
    here = f"{reverse('employers:visit-day')}?day={day.isoformat()}"
    if "goto" in request.POST:
        return redirect(here)
    try:
        if added := request.POST.get("add", ""):
            own = Visit.objects.visible_to(request.user, today=today).select_related("placement__month")
            found = get_object_or_404(own, pk=int(added) if added.isascii() and added.isdigit() else 0)
            services.take_along(actor=request.user, visit=found, day=day, today=today)
        else:
            rows = read_stops(request.POST, stops, by_time=bool(request.POST.get("by_time")))
            if rows is None:
                return _day_page(request, day, stops, status=422)
            services.arrange_day(actor=request.user, day=day, stops=rows, today=today)
    except DomainError as refusal:
        return _day_page(request, day, stops, status=422, refusal=str(refusal))
    messages.success(request, _("The day is saved."))
    return redirect(here)


def _day_page(
    request: HttpRequest, day: dt.date, stops, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    today = clock.today()
    context = {
        "day": day,
        "day_text": day_words(day),
        "today": today,
        "before": day - dt.timedelta(days=1),
        "after": day + dt.timedelta(days=1),
        "stops": stops,
        "has_open": any(stop.is_open for stop in stops),
        "with_officer": any(stop.visit.with_authority for stop in stops),
        "overdue": overdue_visits(request.user, day=day, today=today),
        "mail_text": text_without_names(stops),
        "refusal": refusal,
    }
    return render(request, "employers/visit/visit_day.html", context, status=status)


@require_GET
def visit_day_print(request: HttpRequest) -> HttpResponse:
    """The day on one sheet for the own bag; protected persons' places stay out of what leaves."""
    _require_planner(request)
    day, today = _day(request.GET.get("day", "")), clock.today()
    stops = stops_of_day(request.user, day=day, today=today)
    _audit_sheet(request, [stop.visit for stop in stops], action="visit.sheet_printed")
    back = f"{reverse('employers:visit-day')}?day={day.isoformat()}"
    context = {"day": day, "stops": stops, "back_url": back}
    return render(request, "employers/visit/day_sheet.html", context)


@require_GET
def visit_day_authority(request: HttpRequest) -> HttpResponse:
    """The day's joint visits for the officer on paper: names by consent only."""
    _require_planner(request)
    day, today = _day(request.GET.get("day", "")), clock.today()
    own = Visit.objects.visible_to(request.user, today=today).filter(planned_on=day, with_authority=True)
    stops = shared_stops(own.exclude(state=VisitState.CANCELLED), today=today)
    _audit_named(request, stops)
    back = f"{reverse('employers:visit-day')}?day={day.isoformat()}"
    context = {"day": day, "stops": stops, "back_url": back}
    return render(request, "employers/visit/authority_sheet.html", context)


@require_GET
def joint_visit_list(request: HttpRequest) -> HttpResponse:
    """The officer's own page: the visits ahead to which the officer comes along."""
    if request.user.role != Role.TE_OFFICER:
        raise Http404
    today = clock.today()
    stops = shared_stops(joint_visits(request.user, today=today), today=today)
    _audit_named(request, stops)
    return render(request, "employers/visit/joint_visits.html", {"stops": stops})


def _audit_named(request: HttpRequest, stops: list[SharedStop]) -> None:
    """Whose name was shown to the authority stands on the audit trail."""
    _audit_sheet(request, [stop.visit for stop in stops if stop.name], action="visit.shown_to_authority")


def _audit_sheet(request: HttpRequest, visits: list[Visit], *, action: str) -> None:
    audit.record_many(
        actor=request.user,
        action=action,
        objects=[(visit, visit.placement.participant_id) for visit in visits],
    )
