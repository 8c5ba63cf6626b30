"""Which days a work trial is followed up on: pure functions over dates.

Decisions (issue 4; evidence 003 F12, 004 F10; docs/decisions/visits.md):

- A visit falls on a weekday agreed for the work trial and never on a day off (`coaching.services.schedule`).
- The opening talk is on the first working day, the first visit within `first_within` days of the start, then
  one every `every` days, moved to the next working day where the day itself is free. The closing talk is on
  the last working day, and the visit just before it gives way.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from coaching.services.schedule import days_between, holidays_between
from employers.enums import VisitKind

ROOM_BEFORE_CLOSING = 3  # days: a visit nearer to the closing talk than this gives way to it
MOST_DAYS = 400  # longer than any work trial; a slip in the year must not lay out a century


@dataclass(frozen=True)
class Slot:
    """One visit that the plan wants: what kind, on which day."""

    kind: str
    day: dt.date


def working_days(first: dt.date, last: dt.date, weekdays: str) -> list[dt.date]:
    """The days of work from `first` to `last`: the agreed ISO weekdays ("135"), no days off."""
    last = min(last, first + dt.timedelta(days=MOST_DAYS))
    days_off = holidays_between(first, last)
    return [
        day for day in days_between(first, last) if str(day.isoweekday()) in weekdays and day not in days_off
    ]


def planned_slots(
    *, starts_on: dt.date, ends_on: dt.date, weekdays: str, first_within: int, every: int
) -> list[Slot]:
    """A trial's visits in order. `first_within` and `every` are days; none without working days."""
    days = working_days(starts_on, ends_on, weekdays)
    if not days:
        return []
    opening, closing = days[0], days[-1]
    latest = closing - dt.timedelta(days=ROOM_BEFORE_CLOSING)
    between = [day for day in days if opening < day <= latest]
    slots = [Slot(VisitKind.OPENING, opening)]
    first = first_visit_day(between, starts_on=starts_on, first_within=first_within)
    if first is not None:
        slots.append(Slot(VisitKind.FIRST_WEEK, first))
        slots += [Slot(VisitKind.WEEKLY, day) for day in _every(between, first=first, every=max(1, every))]
    slots.append(Slot(VisitKind.CLOSING, closing))
    return slots


def first_visit_day(between: list[dt.date], *, starts_on: dt.date, first_within: int) -> dt.date | None:
    """The last working day within the time, else the first one after it."""
    due = starts_on + dt.timedelta(days=first_within)
    in_time = [day for day in between if day <= due]
    return in_time[-1] if in_time else next(iter(between), None)


def _every(between: list[dt.date], *, first: dt.date, every: int) -> list[dt.date]:
    found: list[dt.date] = []
    wanted = first + dt.timedelta(days=every)
    while (day := next((day for day in between if day >= wanted), None)) is not None:
        if not found or day > found[-1]:
            found.append(day)
        wanted += dt.timedelta(days=every)
    return found
