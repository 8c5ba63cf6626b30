"""Writing the work trial's half of the grid: marks without a session, with the hours at the workplace.

`employers` calls this for a work trial's days, the month's grid shows the same rows. A mark is changed only
when it still stands as the writer saw it; a whole week is one upsert.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.audit import record
from coaching.enums import Mark
from coaching.errors import require_open
from coaching.models import AttendanceMark, Enrolment, Session
from coaching.services.corrections import MarkChange, MarkValue, record_corrections
from coaching.services.schedule import holiday_name, is_weekday
from core.errors import DomainError, StaleVersion

MAX_HOURS = Decimal(12)


@dataclass(frozen=True)
class HalfDay:
    """How one half day stands: `mark` is a Mark value or "" for not logged yet; hours only when present."""

    mark: str = ""
    hours: Decimal | None = None

    @property
    def token(self) -> str:
        """What a form carries to say how the half day stood when it was opened: "present:4.00"."""
        hours = "" if self.hours is None else f"{self.hours:.2f}"
        return f"{self.mark}:{hours}"


@dataclass(frozen=True)
class HalfDayChange:
    """One wanted half day and the token of what the writer saw (HalfDay.token)."""

    day: dt.date
    wanted: HalfDay
    seen: str


def work_trial_marks(
    *, enrolment_id: int, half: str, first: dt.date, last: dt.date
) -> dict[dt.date, HalfDay]:
    """The marks of the work trial's half from `first` to `last`, by day."""
    rows = AttendanceMark.objects.filter(
        enrolment=enrolment_id, half=half, day__range=(first, last), session__isnull=True
    ).values_list("day", "mark", "hours")
    return {day: HalfDay(mark, hours) for day, mark, hours in rows}


def closed_reason(day: dt.date, *, enrolment: Enrolment) -> str:
    """Why no mark belongs to this day: a weekend, a holiday's name, not in the group; or ""."""
    if not is_weekday(day):
        return _("weekend")
    if name := holiday_name(day):
        return name
    if enrolment.joined_on and day < enrolment.joined_on:
        return _("not in the group yet")
    if enrolment.left_on and day > enrolment.left_on:
        return _("has left the group")
    return ""


@transaction.atomic
def save_work_trial_half(
    *,
    actor,
    enrolment_id: int,
    half: str,
    changes: Sequence[HalfDayChange],
    today: dt.date,
    now: dt.datetime,
    reason: str = "",
    actor_label: str = "",
) -> int:
    """Bring the half days to what is wanted; how many rows were written (0 when all stood so already).

    `actor` None is somebody without an account (`actor_label` says by what way): what staff have marked is
    then never changed, whatever was seen. An empty wanted mark clears the half day. Raises StaleVersion
    naming the days that somebody else changed in the meantime (nothing is written then), DomainError for a
    day ahead, a closed day, a half day of the group's own and hours that do not fit, CorrectionNeedsReason
    when the summary was released and `reason` is empty, and what `require_open` raises.
    """
    enrolment = _lock_enrolment(enrolment_id)
    require_open(enrolment.month)
    days = [change.day for change in changes]
    if len(days) != len(set(days)):
        raise ValueError("one change a day")
    rows = {
        row.day: row for row in AttendanceMark.objects.filter(enrolment=enrolment, half=half, day__in=days)
    }
    due = [change for change in changes if change.wanted != _standing(rows.get(change.day))]
    for change in due:
        _refuse(change, enrolment=enrolment, today=today)
    _refuse_the_groups_half(enrolment, half=half, days=[change.day for change in due])
    stale = [change.day for change in due if _has_moved_on(change, rows.get(change.day), actor=actor)]
    if stale:
        raise StaleVersion(
            _("Somebody else marked these days in the meantime, so nothing was saved: %(days)s.")
            % {"days": ", ".join(date_format(day) for day in sorted(stale))}
        )
    record_corrections(
        actor=actor, changes=_corrections(due, rows, enrolment=enrolment, half=half), reason=reason, now=now
    )
    written = _write(due, enrolment=enrolment, half=half, actor=actor, now=now)
    if written:
        record(
            actor=actor,
            actor_label=actor_label,
            action="work_trial_half.saved",
            obj=enrolment,
            participant_id=enrolment.participant_id,
            details={"days": [day.isoformat() for day in sorted(change.day for change in due)]},
        )
    return written


@transaction.atomic
def mark_unmarked_present(
    *,
    actor,
    enrolment_id: int,
    half: str,
    days: Sequence[dt.date],
    hours: Decimal,
    today: dt.date,
    now: dt.datetime,
    reason: str = "",
) -> int:
    """ "All done": the open ones of `days` up to today become present with `hours`; marks that stand are left
    alone, so pressing twice is boring. How many were marked."""
    enrolment = _lock_enrolment(enrolment_id)
    marked = set(
        AttendanceMark.objects.filter(enrolment=enrolment, half=half, day__in=days).values_list(
            "day", flat=True
        )
    )
    wanted = HalfDay(Mark.PRESENT, hours)
    changes = [
        HalfDayChange(day=day, wanted=wanted, seen=HalfDay().token)
        for day in days
        if day <= today and day not in marked and not closed_reason(day, enrolment=enrolment)
    ]
    return save_work_trial_half(
        actor=actor,
        enrolment_id=enrolment_id,
        half=half,
        changes=changes,
        today=today,
        now=now,
        reason=reason,
    )


def _corrections(
    due: Sequence[HalfDayChange], rows: dict[dt.date, AttendanceMark], *, enrolment: Enrolment, half: str
) -> list[MarkChange]:
    return [
        MarkChange(
            enrolment_id=enrolment.pk,
            day=change.day,
            half=half,
            before=MarkValue(mark=before.mark, hours=before.hours),
            after=MarkValue(mark=change.wanted.mark, hours=change.wanted.hours),
        )
        for change in due
        for before in (_standing(rows.get(change.day)),)
    ]


def _lock_enrolment(enrolment_id: int) -> Enrolment:
    """The month first, as everywhere: whoever writes marks of a group waits for the others at one door."""
    locked = Enrolment.objects.select_for_update(of=("month", "self"), no_key=True)
    return locked.select_related("month").get(pk=enrolment_id)


def _standing(row: AttendanceMark | None) -> HalfDay:
    return HalfDay() if row is None else HalfDay(row.mark, row.hours)


def _has_moved_on(change: HalfDayChange, row: AttendanceMark | None, *, actor) -> bool:
    """Does the half day no longer stand as the writer saw it, or is it not the writer's to change?"""
    is_staffs = actor is None and row is not None and row.recorded_by_id is not None
    return is_staffs or change.seen != _standing(row).token


def _refuse(change: HalfDayChange, *, enrolment: Enrolment, today: dt.date) -> None:
    day = {"day": date_format(change.day)}
    if change.day > today:
        raise DomainError(_("%(day)s is still ahead: only today and earlier days are marked.") % day)
    if change.wanted.mark and (reason := closed_reason(change.day, enrolment=enrolment)):
        raise DomainError(_("%(day)s cannot be marked: %(reason)s.") % {**day, "reason": reason})
    hours = change.wanted.hours
    if change.wanted.mark == Mark.PRESENT:
        if hours is None or not Decimal(0) < hours <= MAX_HOURS:
            raise DomainError(_("%(day)s: give the hours, more than 0 and at most 12.") % day)
    elif hours is not None:
        raise DomainError(_("%(day)s: hours belong only to a day at the workplace.") % day)


def _refuse_the_groups_half(enrolment: Enrolment, *, half: str, days: Sequence[dt.date]) -> None:
    taken = Session.objects.filter(month=enrolment.month_id, half=half, held_on__in=days).order_by("held_on")
    if session := taken.first():
        raise DomainError(
            _("On %(day)s the group meets in this half of the day. Change the half of the work trial first.")
            % {"day": date_format(session.held_on)}
        )


def _write(due: Sequence[HalfDayChange], *, enrolment: Enrolment, half: str, actor, now: dt.datetime) -> int:
    cleared = [change.day for change in due if not change.wanted.mark]
    marks = [
        AttendanceMark(
            enrolment=enrolment,
            session=None,
            day=change.day,
            half=half,
            mark=change.wanted.mark,
            hours=change.wanted.hours,
            recorded_by=actor,
            recorded_at=now,
        )
        for change in due
        if change.wanted.mark
    ]
    if cleared:
        AttendanceMark.objects.filter(enrolment=enrolment, half=half, day__in=cleared).delete()
    if marks:
        AttendanceMark.objects.bulk_create(
            marks,
            update_conflicts=True,
            unique_fields=["enrolment", "day", "half"],
            update_fields=[
                "mark",
                "hours",
                "minutes_late",
                "minutes_left_early",
                "recorded_by",
                "recorded_at",
            ],
        )
    return len(cleared) + len(marks)
