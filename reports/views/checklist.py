"""What is missing before the summaries: the month's matrix and one person's list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts import audit
from coaching.models import CoachingMonth, Enrolment
from core import clock
from core.errors import AccessDenied
from participants.restricted import require_opened
from reports.access import can_read_checklist, can_write_summaries
from reports.pages.checklist import month_checklist, person_checklist


@require_GET
def month(request: HttpRequest, month_id: int) -> HttpResponse:
    """People by items, each hole a link to the field that fills it."""
    months = CoachingMonth.objects.visible_to(request.user)
    found = get_object_or_404(months, pk=month_id)
    _require(request.user, found)
    may_write = can_write_summaries(request.user, found)
    context = month_checklist(found, today=clock.today(), may_write=may_write)
    audit.record(
        actor=request.user,
        action="month.checklist_viewed",
        obj=found,
        details={"enrolments": context["enrolment_ids"]},
    )
    section = "summaries" if may_write else "months"
    return render(request, "reports/checklist/month.html", {**context, "section": section})


@require_GET
def person(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """One person's list: missing now, coming, in order."""
    people = Enrolment.objects.visible_to(request.user).enrolled().select_related("month", "participant")
    found = get_object_or_404(people, pk=enrolment_id)
    _require(request.user, found.month)
    require_opened(request, found.participant, now=clock.now())
    may_write = can_write_summaries(request.user, found.month)
    audit.record_view(actor=request.user, participant=found.participant, page="reports:person-checklist")
    context = person_checklist(found, today=clock.today(), may_write=may_write)
    section = "summaries" if may_write else "months"
    return render(request, "reports/checklist/person.html", {**context, "section": section})


def _require(user, month: CoachingMonth) -> None:
    if not can_read_checklist(user, month):
        raise AccessDenied(_("The checklist is read by the month's own coach and coordinator."))
