"""How things stand for one person today: state, today's halves, attendance so far, last contact."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from coaching.alerts import Alert, alerts_of, with_individual_dates
from coaching.counting import AttendanceCount, count_attendance
from coaching.enums import EnrolmentState, ExitKind, Half, Mark, MonthState, ReasonClass
from coaching.models import Enrolment
from coaching.panels import month_panel
from core.registry import Panel, participant_panels


@dataclass(frozen=True)
class PersonNow:
    """`state` in words with its badge's `tone`; `today_halves` are (half, what is known of it); `last_alone`
    is the last day with individual time or a discussion."""

    state: str
    tone: str
    today_halves: list[tuple[str, str]]
    count: AttendanceCount
    absences: list[tuple[str, int]]
    last_seen: dt.date | None
    last_alone: dt.date | None
    days_alone: int | None
    alerts: list[Alert]
    panels: list[Panel]
    has_left: bool
    is_drop_out: bool


def person_now(enrolment: Enrolment, *, user: User, today: dt.date) -> PersonNow:
    """Five queries and those of the panels of the higher apps."""
    count = count_attendance([enrolment.pk])[enrolment.pk]
    state, tone = _state(enrolment, today)
    dated = with_individual_dates(Enrolment.objects.filter(pk=enrolment.pk)).get()
    last_alone = max((day for day in (dated.individual_on, dated.talked_on) if day), default=None)
    attended = [day.day for day in count.days if day.verdict == "attended" and day.day <= today]
    panels = [make(enrolment.participant, user) for make in participant_panels if make is not month_panel]
    return PersonNow(
        state=state,
        tone=tone,
        today_halves=_halves_of(enrolment, count, today),
        count=count,
        absences=[
            (str(reason.label), count.absences[reason]) for reason in ReasonClass if count.absences[reason]
        ],
        last_seen=attended[-1] if attended else None,
        last_alone=last_alone,
        days_alone=(today - last_alone).days if last_alone else None,
        alerts=_alerts(dated, enrolment, today),
        panels=sorted((panel for panel in panels if panel), key=lambda panel: panel.order),
        has_left=enrolment.left_on is not None,
        is_drop_out=enrolment.exit_kind == ExitKind.DROPPED_OUT,
    )


def _state(enrolment: Enrolment, today: dt.date) -> tuple[str, str]:
    if enrolment.state != EnrolmentState.ENROLLED:
        return str(enrolment.get_state_display()), "neutral"
    if enrolment.left_on and enrolment.exit_kind != ExitKind.COMPLETED:
        tone = "neutral" if enrolment.exit_kind == ExitKind.DROPPED_OUT else "success"
        return str(enrolment.get_exit_kind_display() or _("has left")), tone
    if enrolment.joined_on > today:
        return _("begins %(day)s") % {"day": _short(enrolment.joined_on)}, "info"
    if enrolment.month.state == MonthState.CLOSED or today > enrolment.month.ends_on:
        return _("the month is over"), "neutral"
    return _("in the group"), "success"


def _short(day: dt.date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _halves_of(enrolment: Enrolment, count: AttendanceCount, today: dt.date) -> list[tuple[str, str]]:
    """What is known of today's halves; empty when the person has nothing today."""
    found = next((day for day in count.days if day.day == today), None)
    if found is None or found.verdict == "nothing":
        return []
    if found.holiday:
        return [(_("today"), found.holiday)]
    coaching = Half(enrolment.month.coaching_half)
    trial = Half(enrolment.month.work_trial_half)
    halves = [(coaching, found.coaching or ("" if found.verdict == "not_arranged" else None))]
    if found.work_trial:
        halves.append((trial, found.work_trial))
    return [(capfirst(str(half.label)), _mark_words(mark)) for half, mark in halves]


def _mark_words(mark: str | None) -> str:
    if mark is None:
        return _("no mark yet")
    return str(Mark(mark).label) if mark else str(Mark.NOT_ARRANGED.label)


def _alerts(dated: Enrolment, enrolment: Enrolment, today: dt.date) -> list[Alert]:
    """The signs of attention, while the month runs."""
    month = enrolment.month
    if month.state != MonthState.OPEN or not month.starts_on <= today <= month.ends_on:
        return []
    if enrolment.state != EnrolmentState.ENROLLED:
        return []
    return alerts_of([dated], coaching_halves={month.pk: month.coaching_half}, today=today)
