"""Counting attendance and onward paths: the one place where it is done (te-summary.md, "Counting").

The rules, per person and day:

- only the days from joining to the last day in the month count, and only for somebody who is in the group;
- a holiday is neither arranged nor attended, whatever was written on it;
- a half is **arranged** when the person has a mark in it that is not "not arranged", or when the group's
  session was logged although the person's mark is missing (missing is not absent);
- a day is arranged when at least one of its halves was, and **attended** when the person was present in
  either; a **travel day** is an attended day;
- a day that was arranged, not attended and has a reason is one **absence** of the reason's class; when the
  halves have different reasons the group's half decides;
- an arranged day without any mark is **unmarked**, so always
  `days_arranged == days_attended + sum(absences) + days_unmarked`;
- **unlogged** are the group's sessions in the person's days that have no mark for the person and were not
  called off, also those still to come: until none is left a summary is provisional;
- **work-trial hours** add up what was recorded for days present at the workplace;
- **late minutes** and minutes left early add up over the group's half of the days that are no holiday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from coaching.enums import (
    ONWARD_PATHS_FOUND,
    REASON_CLASS,
    EnrolmentState,
    Half,
    Mark,
    ReasonClass,
    SessionState,
)
from coaching.models import AttendanceMark, Enrolment, Session
from coaching.services.schedule import days_between, holidays_between, is_weekday
from core.numbers import percent

HOLIDAY = "holiday"
ATTENDED = "attended"
UNMARKED = "unmarked"
NOT_ARRANGED = "not_arranged"
UNLOGGED = "unlogged"
NOTHING = "nothing"
AWAITING_MARKS = (SessionState.PLANNED, SessionState.LOGGED)
HalfDay = tuple[dt.date, str]


@dataclass(frozen=True)
class DayCount:
    """One day of one person. `verdict` is "attended", a ReasonClass value, "unmarked" (arranged without a
    mark), "unlogged", "not_arranged", "holiday" or "nothing"; the halves hold Mark values or ""."""

    day: dt.date
    verdict: str
    coaching: str = ""
    work_trial: str = ""
    hours: Decimal | None = None
    holiday: str = ""
    unlogged: int = 0
    minutes_late: int = 0
    minutes_left_early: int = 0

    @property
    def is_arranged(self) -> bool:
        return self.verdict in (ATTENDED, UNMARKED) or self.verdict in ReasonClass.values


@dataclass(frozen=True)
class AttendanceCount:
    """The figures of one enrolment; days are whole days, `absences` has every ReasonClass as a key."""

    days_arranged: int = 0
    days_attended: int = 0
    travel_days: int = 0
    absences: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(ReasonClass.values, 0))
    days_unmarked: int = 0
    unlogged_sessions: int = 0
    work_trial_days: int = 0
    work_trial_hours: Decimal = Decimal("0")
    minutes_late: int = 0
    minutes_left_early: int = 0
    days: tuple[DayCount, ...] = ()

    @property
    def days_absent(self) -> int:
        return sum(self.absences.values())

    def unlogged_until(self, day: dt.date) -> int:
        """The unlogged sessions up to `day`: what could be logged and is not."""
        return sum(strip.unlogged for strip in self.days if strip.day <= day)


@dataclass(frozen=True)
class DayTotal:
    """One day over many people: how many attended, were absent with a reason, and have no mark yet."""

    attended: int = 0
    absent: int = 0
    unlogged: int = 0


@dataclass(frozen=True)
class MarkFact:
    """What a count needs to know of an AttendanceMark."""

    day: dt.date
    half: str
    mark: str
    hours: Decimal | None = None
    minutes_late: int = 0
    minutes_left_early: int = 0


def count_days(
    *,
    first: dt.date,
    last: dt.date,
    coaching_half: str,
    sessions: Mapping[HalfDay, str],
    marks: Iterable[MarkFact],
    holidays: Mapping[dt.date, str],
) -> AttendanceCount:
    """Count one person's days from `first` to `last`, both included. Pure.

    `sessions` maps (day, half) of the group's sessions to their SessionState, `holidays` days off to names.
    The strip holds every weekday, and a weekend day only when something was marked or planned on it.
    """
    facts = {(fact.day, fact.half): fact for fact in marks}
    trial_half = Half.AFTERNOON if coaching_half == Half.MORNING else Half.MORNING
    days = []
    for day in days_between(first, last):
        halves = ((day, coaching_half), (day, trial_half))
        if not is_weekday(day) and not any(half in facts or half in sessions for half in halves):
            continue
        states = [sessions.get(half, "") for half in halves]
        found = [facts.get(half) for half in halves]
        days.append(_one_day(day, states, found, holidays.get(day, "")))
    return _sum_up(tuple(days))


def _one_day(day: dt.date, states: list[str], facts: list[MarkFact | None], holiday: str) -> DayCount:
    coaching, trial = (fact.mark if fact else "" for fact in facts)
    hours = facts[1].hours if facts[1] and trial == Mark.PRESENT else None
    if holiday:
        return DayCount(day, HOLIDAY, coaching, trial, hours, holiday)
    unlogged = sum(
        fact is None and state in AWAITING_MARKS for fact, state in zip(facts, states, strict=True)
    )
    return DayCount(
        day,
        _verdict(states, [coaching, trial]),
        coaching,
        trial,
        hours,
        unlogged=unlogged,
        minutes_late=sum(fact.minutes_late for fact in facts if fact),
        minutes_left_early=sum(fact.minutes_left_early for fact in facts if fact),
    )


def _verdict(states: list[str], marks: list[str]) -> str:
    """What the day was; the group's half stands first and decides between two reasons."""
    if Mark.PRESENT in marks:
        return ATTENDED
    for mark in marks:
        if mark in REASON_CLASS:
            return str(REASON_CLASS[mark])
    without_mark = [state for state, mark in zip(states, marks, strict=True) if not mark]
    if SessionState.LOGGED in without_mark:
        return UNMARKED
    if SessionState.PLANNED in without_mark:
        return UNLOGGED
    if NOT_ARRANGED in (*states, *marks):
        return NOT_ARRANGED
    return NOTHING


def _sum_up(days: tuple[DayCount, ...]) -> AttendanceCount:
    verdicts = [day.verdict for day in days]
    attended = verdicts.count(ATTENDED)
    worked = [day for day in days if day.work_trial == Mark.PRESENT and day.verdict != HOLIDAY]
    return AttendanceCount(
        days_arranged=sum(day.is_arranged for day in days),
        days_attended=attended,
        travel_days=attended,
        absences={reason: verdicts.count(reason) for reason in ReasonClass.values},
        days_unmarked=verdicts.count(UNMARKED),
        unlogged_sessions=sum(day.unlogged for day in days),
        work_trial_days=len(worked),
        work_trial_hours=sum((day.hours or Decimal("0") for day in worked), Decimal("0")),
        minutes_late=sum(day.minutes_late for day in days),
        minutes_left_early=sum(day.minutes_left_early for day in days),
        days=days,
    )


def count_by_day(counts: Iterable[AttendanceCount]) -> dict[dt.date, DayTotal]:
    """Each day over all these people. Holidays are left out."""
    days: dict[dt.date, list[DayCount]] = {}
    for count in counts:
        for strip in count.days:
            if strip.verdict != HOLIDAY:
                days.setdefault(strip.day, []).append(strip)
    return {
        day: DayTotal(
            attended=sum(strip.verdict == ATTENDED for strip in strips),
            absent=sum(strip.verdict in ReasonClass.values for strip in strips),
            unlogged=sum(bool(strip.unlogged) for strip in strips),
        )
        for day, strips in days.items()
    }


def count_attendance(enrolment_ids: Iterable[int]) -> dict[int, AttendanceCount]:
    """The figures of each enrolment, by its id, with three queries however many there are.

    Somebody who waits, never started or has no day in the month gets zeros. Unknown ids are left out.
    """
    ids = list(enrolment_ids)
    people = list(
        Enrolment.objects.filter(pk__in=ids).values(
            "pk",
            "month_id",
            "state",
            "joined_on",
            "left_on",
            "month__starts_on",
            "month__ends_on",
            "month__coaching_half",
        )
    )
    sessions = _sessions_of({person["month_id"] for person in people})
    marks = _marks_of(ids)
    days_off: dict[tuple[dt.date, dt.date], dict[dt.date, str]] = {}
    counts: dict[int, AttendanceCount] = {}
    for person in people:
        if person["state"] != EnrolmentState.ENROLLED or person["joined_on"] is None:
            counts[person["pk"]] = AttendanceCount()
            continue
        window = (
            max(person["joined_on"], person["month__starts_on"]),
            min(person["left_on"] or person["month__ends_on"], person["month__ends_on"]),
        )
        if window not in days_off:
            days_off[window] = holidays_between(*window)
        counts[person["pk"]] = count_days(
            first=window[0],
            last=window[1],
            coaching_half=person["month__coaching_half"],
            sessions=sessions.get(person["month_id"], {}),
            marks=marks.get(person["pk"], ()),
            holidays=days_off[window],
        )
    return counts


def _sessions_of(month_ids: set[int]) -> dict[int, dict[HalfDay, str]]:
    found: dict[int, dict[HalfDay, str]] = {}
    rows = Session.objects.filter(month_id__in=month_ids)
    for month_id, day, half, state in rows.values_list("month_id", "held_on", "half", "state"):
        found.setdefault(month_id, {})[day, half] = state
    return found


def _marks_of(enrolment_ids: list[int]) -> dict[int, list[MarkFact]]:
    found: dict[int, list[MarkFact]] = {}
    rows = AttendanceMark.objects.filter(enrolment_id__in=enrolment_ids)
    for enrolment_id, *fact in rows.values_list(
        "enrolment_id", "day", "half", "mark", "hours", "minutes_late", "minutes_left_early"
    ):
        found.setdefault(enrolment_id, []).append(MarkFact(*fact))
    return found


@dataclass(frozen=True)
class OnwardShare:
    """How many of a month's people have an onward path; `percent` is None while nobody is in the group."""

    people: int = 0
    found: int = 0
    answered: int = 0

    @property
    def percent(self) -> int | None:
        return percent(self.found, self.people)


SHARE_COUNTS = {
    "people": Count("month"),
    "found": Count("month", filter=Q(onward_path__in=ONWARD_PATHS_FOUND)),
    "answered": Count("month", filter=~Q(onward_path="")),
}


def onward_shares(month_ids: Iterable[int]) -> dict[int, OnwardShare]:
    """The share with an onward path of each month, by its id, in one query.

    Everybody who was in the group counts, also those who left early; the waiting list does not.
    """
    ids = list(month_ids)
    rows = (
        Enrolment.objects.enrolled()
        .filter(month_id__in=ids)
        .values("month_id")
        .annotate(**SHARE_COUNTS)
        .order_by()
    )
    shares = {row.pop("month_id"): OnwardShare(**row) for row in rows}
    return {month_id: shares.get(month_id, OnwardShare()) for month_id in ids}


def onward_share_of_all(months: QuerySet) -> OnwardShare:
    """The share of all `months` (a queryset of CoachingMonth) together, in one query."""
    people = Enrolment.objects.enrolled().filter(month__in=months.order_by().values("pk"))
    return OnwardShare(**people.aggregate(**SHARE_COUNTS))
