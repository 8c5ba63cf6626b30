"""How the pages of months load what they show: strangers get 404, known people without the right 403."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from coaching.access import can_edit_month
from coaching.models import CoachingMonth, Enrolment, Session
from core import clock
from core.errors import AccessDenied

PEOPLE = ("coach", "second_coach", "coordinator", "te_sponsor", "authority", "programme")


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also an empty POST is one."""
    return request.POST if request.method == "POST" else None


def load_month(request: HttpRequest, pk: int, may: Callable | None = None) -> CoachingMonth:
    """The month for this user; `may(user, month)` is an access function, refused with a sentence."""
    months = CoachingMonth.objects.visible_to(request.user, today=clock.today()).select_related(*PEOPLE)
    month = get_object_or_404(months, pk=pk)
    if may is not None and not may(request.user, month):
        raise AccessDenied(_("You can see this month, but this part of it belongs to its own staff."))
    return month


def load_session(request: HttpRequest, pk: int) -> Session:
    """A session of this user's own month, to be changed."""
    sessions = Session.objects.visible_to(request.user, today=clock.today()).select_related(
        "month__programme"
    )
    session = get_object_or_404(sessions, pk=pk)
    if not can_edit_month(request.user, session.month):
        raise AccessDenied(_("Only the month's own coach changes its sessions."))
    return session


def load_enrolment(request: HttpRequest, month: CoachingMonth, pk: int) -> Enrolment:
    """A person of this very month; anybody else's id is 404."""
    return get_object_or_404(month.enrolments.select_related("participant"), pk=pk)
