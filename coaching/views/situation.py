"""The situation board, of one month and of all own months."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts import audit
from coaching.access import can_coach_month, has_today_page
from coaching.models import CoachingMonth
from coaching.pages.situation import SituationBoard, situation_board
from coaching.views.loading import load_month
from core import clock
from core.errors import AccessDenied


@require_GET
def situation(request: HttpRequest) -> HttpResponse:
    """Everybody in the months that one coaches today."""
    if not has_today_page(request.user):
        raise AccessDenied(_("The situation board is the coaches' page."))
    today = clock.today()
    months = list(CoachingMonth.objects.for_today_page(request.user, today))
    board = situation_board(months, user=request.user, today=today, shown=request.GET.get("show", ""))
    return _answer(request, board)


@require_GET
def month_situation(request: HttpRequest, pk: int) -> HttpResponse:
    """One group, for its coaches and the coach standing in: steps and signs are written about people."""
    today = clock.today()
    month = load_month(request, pk, lambda user, found: can_coach_month(user, found, today=today))
    shown = request.GET.get("show", "")
    board = situation_board([month], user=request.user, today=today, shown=shown, month=month)
    return _answer(request, board)


def _answer(request: HttpRequest, board: SituationBoard) -> HttpResponse:
    """Opening is audited: the page shows what was written about people."""
    audit.record(
        actor=request.user,
        action="month.situation_viewed",
        obj=board.month,
        details={"enrolments": board.enrolment_ids},
    )
    section = "months" if board.month else "today"
    return render(request, "coaching/situation.html", {"board": board, "section": section})
