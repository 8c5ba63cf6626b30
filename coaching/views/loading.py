"""How the pages of months load what they show: strangers get 404, known people without the right 403."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from coaching.models import CoachingMonth, Enrolment
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


def load_enrolment(request: HttpRequest, month: CoachingMonth, pk: int) -> Enrolment:
    """A person of this very month; anybody else's id is 404."""
    return get_object_or_404(month.enrolments.select_related("participant"), pk=pk)
