"""Saving cells of the month's grid: both halves of many people and days at once.

The rules of a session's log hold here too (docs/decisions/daily-log.md): a session is logged as soon as one
of its people has a mark, and not logged when none is left. Whoever writes marks of a month locks the month
first, so that two writers meet one after the other; every changed cell is compared with what its writer saw.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.db.models import FilteredRelation, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from coaching.access import can_coach_month, can_mark_work_trial_half
from coaching.enums import EnrolmentState, Mark, SessionState
from coaching.errors import require_open
from coaching.grid_cells import NOTHING, CellChange, CellName, CellState
from coaching.models import AttendanceMark, CoachingMonth, Enrolment, Session
from coaching.services.corrections import MarkChange, MarkValue, record_corrections, released_among
from coaching.services.schedule import holiday_name
from core.errors import AccessDenied, DomainError
from core.registry import WorkSpell, work_spells

MOST_CELLS = 400


@dataclass(frozen=True)
class Person:
    """Somebody of the month, with the days in the group."""

    enrolment_id: int
    name: str
    joined_on: dt.date | None
    left_on: dt.date | None

    def is_in_group_on(self, day: dt.date) -> bool:
        return (
            self.joined_on is not None
            and self.joined_on <= day
            and (self.left_on is None or self.left_on >= day)
        )


@dataclass(frozen=True)
class Standing:
    """How a cell stands in the database, and whose hand it was."""

    state: CellState = NOTHING
    has_session: bool = False
    by: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True)
class CellConflict:
    """Somebody else marked the same cell in between: `mine` is not saved, `theirs` stands."""

    name: CellName
    person: str
    mine: CellState
    theirs: Standing


@dataclass(frozen=True)
class SavedCells:
    """How the wanted cells stand now, and those that were left alone because two people meet in them."""

    states: Mapping[CellName, CellState]
    conflicts: tuple[CellConflict, ...] = ()
    arranged: frozenset[CellName] = frozenset()
    saved_at: dt.datetime | None = None


@dataclass(frozen=True)
class _Sheet:
    """What saving needs to know, read after the lock."""

    month: CoachingMonth
    sessions: Mapping[tuple[dt.date, str], Session]
    people: Mapping[int, Person]
    marks: Mapping[CellName, Standing]
    spells: Sequence[WorkSpell] = field(default_factory=tuple)

    def session_of(self, name: CellName) -> Session | None:
        return self.sessions.get((name.day, name.half))

    def spell_of(self, name: CellName) -> WorkSpell | None:
        return spell_on(self.spells, name)

    def standing(self, name: CellName) -> Standing:
        return self.marks.get(name, Standing())


def spell_on(spells: Iterable[WorkSpell], name: CellName) -> WorkSpell | None:
    """The time at a workplace that the half day belongs to, if any."""
    for spell in spells:
        if (
            spell.enrolment_id == name.enrolment_id
            and spell.half == name.half
            and spell.first <= name.day <= spell.last
            and str(name.day.isoweekday()) in spell.weekdays
        ):
            return spell
    return None


def spells_of(enrolment_ids: Sequence[int], first: dt.date, last: dt.date) -> list[WorkSpell]:
    """When these people's half days belong to a workplace, as other apps know it."""
    return [spell for source in work_spells for spell in source(enrolment_ids, first, last)]


@transaction.atomic
def save_grid_cells(
    *,
    actor: User,
    month_id: int,
    changes: Sequence[CellChange],
    today: dt.date,
    now: dt.datetime,
    reason: str = "",
    all_or_nothing: bool = False,
) -> SavedCells:
    """Bring the cells to what is wanted, in one upsert; an empty wanted mark clears.

    Cells that somebody else changed to something else after they were seen are left alone and handed back as
    conflicts; with `all_or_nothing` nothing is written then. What stands already is no change, so sending
    twice is boring. `reason` is why marks change after their summary was released.
    Raises CoachingMonth.DoesNotExist for a stranger, AccessDenied, MonthAlreadyClosed or MonthCancelled,
    CorrectionNeedsReason, and DomainError naming the first cell that cannot be marked.
    """
    if len(changes) > MOST_CELLS:
        raise DomainError(_("That is too much at once. Reload the page and try again."))
    if len({change.name for change in changes}) != len(changes):
        raise DomainError(_("The same half day was sent twice. Reload the page and try again."))
    sheet = _load(actor, month_id, changes, today)
    _require_rights(actor, sheet, changes, today)
    wanted = {change.name: _resolved(change, sheet) for change in changes}
    due = [change for change in changes if wanted[change.name] != sheet.standing(change.name).state]
    for change in due:
        _refuse(change.name, wanted[change.name], sheet, today)
    conflicts = tuple(
        CellConflict(
            change.name,
            sheet.people[change.name.enrolment_id].name,
            wanted[change.name],
            sheet.standing(change.name),
        )
        for change in due
        if change.seen != sheet.standing(change.name).state.stamp
    )
    left_alone = {conflict.name for conflict in conflicts}
    names = [change.name for change in due if change.name not in left_alone]
    if names and not (conflicts and all_or_nothing):
        written = {name: wanted[name] for name in names}
        _correct(actor, sheet, written, reason, now)
        _write(actor, sheet, written, now)
    return SavedCells(
        states={name: state for name, state in wanted.items() if name not in left_alone},
        conflicts=conflicts,
        arranged=frozenset(name for name in wanted if sheet.session_of(name) or sheet.spell_of(name)),
        saved_at=now,
    )


def _load(actor: User, month_id: int, changes: Sequence[CellChange], today: dt.date) -> _Sheet:
    days = sorted({change.name.day for change in changes})
    sessions = list(
        Session.objects.visible_to(actor, today=today)
        .filter(month=month_id, held_on__in=days)
        .select_for_update(of=("month", "self"), no_key=True)
        .select_related("month")
        .order_by("pk")
    )
    if sessions:
        month = sessions[0].month
    else:
        months = CoachingMonth.objects.visible_to(actor, today=today)
        month = months.select_for_update(of=("self",), no_key=True).get(pk=month_id)
    require_open(month)
    people, marks = _people_and_marks(month, days)
    ids = sorted({change.name.enrolment_id for change in changes})
    halves = {(session.held_on, session.half) for session in sessions}
    needs_spells = any((change.name.day, change.name.half) not in halves for change in changes)
    return _Sheet(
        month=month,
        sessions={(session.held_on, session.half): session for session in sessions},
        people=people,
        marks=marks,
        spells=spells_of(ids, days[0], days[-1]) if needs_spells else (),
    )


def _people_and_marks(
    month: CoachingMonth, days: Sequence[dt.date]
) -> tuple[dict[int, Person], dict[CellName, Standing]]:
    """Everybody who is or was in the group, and their marks on these days: one query."""
    rows = (
        Enrolment.objects.filter(month=month, state=EnrolmentState.ENROLLED)
        .annotate(cell=FilteredRelation("marks", condition=Q(marks__day__in=days)))
        .values_list(
            "pk",
            "participant__first_name",
            "participant__last_name",
            "joined_on",
            "left_on",
            "cell__day",
            "cell__half",
            "cell__mark",
            "cell__minutes_late",
            "cell__minutes_left_early",
            "cell__hours",
            "cell__session",
            "cell__recorded_by__first_name",
            "cell__recorded_by__last_name",
            "cell__recorded_at",
        )
    )
    people: dict[int, Person] = {}
    marks: dict[CellName, Standing] = {}
    for pk, first, last, joined_on, left_on, day, half, mark, late, early, hours, session, *who in rows:
        people[pk] = Person(pk, f"{first} {last}", joined_on, left_on)
        if mark:
            by = " ".join(part for part in who[:2] if part)
            state = CellState(mark, late, early, hours)
            marks[CellName(pk, day, half)] = Standing(state, session is not None, by, who[2])
    return people, marks


def _require_rights(actor: User, sheet: _Sheet, changes: Sequence[CellChange], today: dt.date) -> None:
    halves = {sheet.session_of(change.name) is not None for change in changes}
    if True in halves and not can_coach_month(actor, sheet.month, today=today):
        raise AccessDenied(_("Only the group's coach, or today's substitute, marks the group's half."))
    if False in halves and not can_mark_work_trial_half(actor, sheet.month, today=today):
        raise AccessDenied(_("Only the month's coach and coordinator mark the work trial's half."))


def _resolved(change: CellChange, sheet: _Sheet) -> CellState:
    """What is wanted with its minutes and hours: as usual means as they stand, or as agreed."""
    wanted = change.wanted
    if not wanted.is_as_usual:
        return wanted
    standing = sheet.standing(change.name).state
    if wanted.mark == standing.mark:
        return standing
    if wanted.mark != Mark.PRESENT or sheet.session_of(change.name) is not None:
        return CellState(wanted.mark)
    spell = sheet.spell_of(change.name)
    return CellState(wanted.mark, hours=spell.hours if spell else settings.WORK_TRIAL_USUAL_HOURS)


def _refuse(name: CellName, wanted: CellState, sheet: _Sheet, today: dt.date) -> None:
    """Raises DomainError when this half day cannot be marked so."""
    person = sheet.people.get(name.enrolment_id)
    if person is None:
        raise DomainError(_("Somebody in the form is not in this group. Reload the page and try again."))
    words = {"name": person.name, "day": date_format(name.day)}
    session = sheet.session_of(name)
    if name.day > today:
        raise DomainError(_("%(day)s is still ahead: only today and earlier days are marked.") % words)
    if wanted.mark and (holiday := holiday_name(name.day)):
        raise DomainError(_("%(day)s is a day off: %(holiday)s.") % {**words, "holiday": holiday})
    if wanted.mark and not person.is_in_group_on(name.day):
        raise DomainError(_("%(name)s was not in the group on %(day)s.") % words)
    if session is not None and session.state == SessionState.NOT_ARRANGED:
        raise DomainError(
            _("On %(day)s the session was not arranged. Change that in the day's log first.") % words
        )
    if session is not None and wanted.hours is not None:
        raise DomainError(_("Hours belong to the work trial's half, minutes to the group's."))
    if session is None:
        _refuse_trial(name, wanted, sheet, words)


def _refuse_trial(name: CellName, wanted: CellState, sheet: _Sheet, words: dict[str, str]) -> None:
    if sheet.spell_of(name) is None and not sheet.standing(name).state.mark:
        raise DomainError(_("%(name)s has no work trial on %(day)s.") % words)
    if wanted.late or wanted.early:
        raise DomainError(_("Hours belong to the work trial's half, minutes to the group's."))
    if wanted.mark == Mark.PRESENT and not wanted.hours:
        raise DomainError(_("%(day)s: give the hours, more than 0 and at most 12.") % words)


def _correct(
    actor: User, sheet: _Sheet, due: Mapping[CellName, CellState], reason: str, now: dt.datetime
) -> None:
    """Old and new value of what changes after its summary was released. Raises CorrectionNeedsReason."""
    if not released_among(name.enrolment_id for name in due):
        return
    changes = [
        MarkChange(name.enrolment_id, name.day, name.half, _value(sheet.standing(name).state), _value(state))
        for name, state in due.items()
    ]
    record_corrections(actor=actor, changes=changes, reason=reason, now=now)


def _value(state: CellState) -> MarkValue:
    return MarkValue(state.mark, state.late, state.early, state.hours)


def _write(actor: User, sheet: _Sheet, due: Mapping[CellName, CellState], now: dt.datetime) -> None:
    gone = [name for name, state in due.items() if not state.mark]
    if gone:
        clause = Q()
        for name in gone:
            clause |= Q(enrolment=name.enrolment_id, day=name.day, half=name.half)
        AttendanceMark.objects.filter(clause).delete()
    AttendanceMark.objects.bulk_create(
        [
            AttendanceMark(
                enrolment_id=name.enrolment_id,
                session=sheet.session_of(name),
                day=name.day,
                half=name.half,
                mark=state.mark,
                minutes_late=state.late,
                minutes_left_early=state.early,
                hours=state.hours,
                recorded_by=actor,
                recorded_at=now,
            )
            for name, state in due.items()
            if state.mark
        ],
        update_conflicts=True,
        unique_fields=["enrolment", "day", "half"],
        update_fields=[
            *("session", "mark", "minutes_late", "minutes_left_early"),
            *("hours", "recorded_by", "recorded_at"),
        ],
    )
    _log_sessions(actor, sheet, due, now)
    record(
        actor=actor,
        action="month.grid_saved",
        obj=sheet.month,
        details={"cells": [str(name) for name in sorted(due)]},
    )


def _log_sessions(actor: User, sheet: _Sheet, due: Mapping[CellName, CellState], now: dt.datetime) -> None:
    """The state that follows from the marks, for every session whose marks changed: one update."""
    marks = {name: standing.state for name, standing in sheet.marks.items()} | dict(due)
    changed = []
    for session in {s.pk: s for name in due if (s := sheet.session_of(name))}.values():
        has_marks = any(
            state.mark
            for name, state in marks.items()
            if (name.day, name.half) == (session.held_on, session.half)
            and name.enrolment_id in sheet.people
            and sheet.people[name.enrolment_id].is_in_group_on(name.day)
        )
        session.state = SessionState.LOGGED if has_marks else SessionState.PLANNED
        session.logged_at = now if has_marks else None
        session.logged_by = actor
        session.version += 1
        changed.append(session)
    Session.objects.bulk_update(changed, ["state", "logged_at", "logged_by", "version"])
