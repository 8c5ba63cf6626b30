"""The group's board: the screen on the wall, and the coach's page that gives it its address."""

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

from coaching.access import can_coach_month
from coaching.models import CoachingMonth
from coaching.pages.wall import build_wall, who_agreed
from coaching.services import wall as services
from coaching.views.loading import load_month
from core import clock
from core.errors import DomainError, LinkGone

HOUSE_LANGUAGE = "fi"  # the board hangs in a room, not before one reader


@login_not_required
@sensitive_variables("secret")
@require_safe
def wall(request: HttpRequest, secret: str) -> HttpResponse:
    """The board itself: nothing else can be reached from it, and showing it changes nothing."""
    now = clock.now()
    with translation.override(HOUSE_LANGUAGE):
        try:
            month = services.month_of_wall(secret=secret, now=now, today=clock.today())
        except LinkGone as gone:
            return _closed(render(request, "coaching/wall_gone.html", {"message": str(gone)}, status=410))
        board = build_wall(month, today=clock.today(), turn=int(now.timestamp() // 60))
        template = "coaching/_wall.html" if request.htmx else "coaching/wall.html"
        context = {"wall": board, "shown_at": now, "address": request.path}
        return _closed(render(request, template, context))


def _closed(response: HttpResponse) -> HttpResponse:
    """No trace of the address and of names outside this screen; no cache keeps it (core.link_paths)."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@sensitive_variables("secret", "address")
@require_http_methods(["GET", "POST"])
def month_wall(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is on the board, and its address. POST: a new address, which is shown this once."""
    month = load_month(request, pk, _may)
    address, refusal = "", ""
    if request.method == "POST":
        try:
            secret = services.make_wall_address(
                actor=request.user, month_id=month.pk, now=clock.now(), today=clock.today()
            )
        except DomainError as error:
            refusal = str(error)
        else:
            address = settings.PUBLIC_ADDRESS + reverse("coaching:wall", args=[secret])
    agreed, others = who_agreed(month, today=clock.today())
    context = {
        "month": month,
        "address": address,
        "refusal": refusal,
        "state": services.wall_address_state(month, now=clock.now()),
        "agreed": agreed,
        "others": others,
        "can_make": month.state == "open" and month.ends_on >= clock.today(),
    }
    return render(request, "coaching/month_wall.html", context, status=422 if refusal else 200)


@require_POST
def month_wall_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The address stops working at once."""
    month = load_month(request, pk, _may)
    services.end_wall_address(actor=request.user, month_id=month.pk, now=clock.now())
    messages.success(request, _("The board's address does not work any more."))
    return redirect("coaching:month-wall", pk=month.pk)


def _may(user, month: CoachingMonth) -> bool:
    return can_coach_month(user, month, today=clock.today())
