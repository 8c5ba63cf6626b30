"""The weeks of marks on a work trial's page."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.enums import Mark
from coaching.models import Enrolment
from coaching.services import work_trial_half
from coaching.services.corrections import CorrectionNeedsReason
from core import clock
from core.errors import AccessDenied, DomainError
from employers import access
from employers.forms import MarksWeekForm
from employers.models import Placement
from employers.pages.placement import MarkWeek, mark_totals, mark_weeks, placement_page
from employers.views.placement import monday_in, of_placement


@require_POST
@of_placement
def marks_week(request: HttpRequest, found: Placement, monday: str) -> HttpResponse:
    """Save one week of the work trial's half, or fill its open days in one press."""
    today = clock.today()
    if not access.can_mark_placement(request.user, found, today=today):
        raise AccessDenied(_("The month's coach and its coordinator mark the work trial's half."))
    first = monday_in(monday)
    enrolment = get_object_or_404(Enrolment, month=found.month_id, participant=found.participant_id)
    weeks = {week.monday: week for week in mark_weeks(found, enrolment, today=today, open_week=first)}
    week = weeks.get(first)
    if week is None:
        raise Http404
    common = {"actor": request.user, "enrolment_id": enrolment.pk, "half": found.half}
    common |= {"today": today, "now": clock.now(), "reason": request.POST.get("correction_reason", "")}
    days = [day.day for day in week.days if day.is_agreed]
    form = MarksWeekForm(
        request.POST,
        days=[day.day for day in week.days if day.is_open],
        usual_hours=found.hours_per_day,
    )
    try:
        if request.POST.get("all_done"):
            work_trial_half.mark_unmarked_present(days=days, hours=found.hours_per_day, **common)
        elif not form.is_valid():
            return _week_again(request, found, weeks, week, form)
        else:
            work_trial_half.save_work_trial_half(changes=form.changes, **common)
    except DomainError as refusal:
        week.error = str(refusal)
        week.asks_reason = isinstance(refusal, CorrectionNeedsReason)
        week.reason = common["reason"]
        return _week_again(request, found, weeks, week, form)
    messages.success(request, _("The week is saved."))
    if not request.htmx:
        return redirect(f"{reverse('employers:placement', args=[found.pk])}#marks-week-{first}")
    weeks = {week.monday: week for week in mark_weeks(found, enrolment, today=today, open_week=first)}
    return _week_fragment(request, found, weeks, first)


def _week_again(
    request: HttpRequest, found: Placement, weeks: dict, week: MarkWeek, form: MarksWeekForm
) -> HttpResponse:
    """The same week with everything typed still in it. What stands now was read afresh, so that a second
    press after a conflict decides knowingly."""
    totals = mark_totals(list(weeks.values()))
    for day in week.days:
        if day.day in form.typed:
            day.mark, day.hours = form.typed[day.day]
        day.error = str(form.errors.get(day.day, ""))
    if request.htmx:
        return _week_fragment(request, found, weeks, week.monday, totals=totals, status=422)
    context = placement_page(found, user=request.user, today=clock.today(), open_week=week.monday)
    context["weeks"] = [week if other.monday == week.monday else other for other in context["weeks"]]
    return render(request, "employers/placement.html", context, status=422)


def _week_fragment(
    request: HttpRequest, found: Placement, weeks: dict, monday: dt.date, *, totals=None, status: int = 200
) -> HttpResponse:
    context = {
        "placement": found,
        "week": weeks[monday],
        "totals": totals or mark_totals(list(weeks.values())),
        "may_mark": True,
        "mark_choices": Mark.choices,
        "is_fragment": True,
    }
    return render(request, "employers/_marks_week.html", context, status=status)
