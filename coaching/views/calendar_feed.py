"""The calendar feed: its own page for staff, and the file behind its secret address."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from coaching.access import can_have_calendar_feed
from coaching.calendar_file import calendar_file
from coaching.pages.calendar_feed import events_of_enrolment, events_of_user
from coaching.services import calendar_feed as services
from core import clock
from core.errors import AccessDenied


@sensitive_variables("secret", "address")
@require_http_methods(["GET", "POST"])
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """One's own feed: whether there is one, and a new address, which is shown this once."""
    _may(request)
    address = ""
    if request.method == "POST":
        secret = services.make_staff_feed(actor=request.user, now=clock.now())
        address = settings.PUBLIC_ADDRESS + reverse("coaching:calendar-file", args=[secret])
    state = services.staff_feed_state(request.user, now=clock.now())
    return render(request, "coaching/calendar_feed.html", {"state": state, "address": address})


@require_POST
def calendar_feed_revoke(request: HttpRequest) -> HttpResponse:
    """The address stops working at once."""
    _may(request)
    services.revoke_staff_feed(actor=request.user, now=clock.now())
    messages.success(request, _("The calendar address does not work any more."))
    return redirect("coaching:calendar-feed")


@login_not_required
@sensitive_variables("secret")
@require_safe
def calendar_feed_file(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar itself, for a calendar program. Reading it changes nothing."""
    owner = services.owner_of_feed(secret=secret, now=clock.now())
    language = owner.language if isinstance(owner, User) else owner.participant.language
    with translation.override(language):
        if isinstance(owner, User):
            events = events_of_user(owner, today=clock.today())
        else:
            events = events_of_enrolment(owner)
        data = calendar_file(events, name=_("Coaching month"), now=clock.now())
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="valmennuskuukausi.ics"'
    response["Cache-Control"] = "private, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    return response


def _may(request: HttpRequest) -> None:
    if not can_have_calendar_feed(request.user):
        raise AccessDenied(_("You have no months whose times could be in a calendar."))
