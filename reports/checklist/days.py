"""When each thing falls due. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

WEEK = 7
FRIDAY = 4  # days after a Monday


@dataclass(frozen=True)
class DueDays:
    """The days from which what is missing is a hole: the first day in the group, the end of the first week
    there, the middle of the month, the Monday of the last week, and the last day."""

    first: dt.date
    first_week: dt.date
    middle: dt.date
    last_week: dt.date
    last: dt.date


def due_days(*, month_starts: dt.date, month_ends: dt.date, joined: dt.date, left: dt.date | None) -> DueDays:
    """The due days of one person. Who leaves early has everything of the end due on the last day there."""
    last = min(left, month_ends) if left else month_ends
    middle = month_starts + (month_ends - month_starts) // 2
    last_week = last if left and left < month_ends else last - dt.timedelta(days=last.weekday())
    return DueDays(
        first=joined,
        first_week=min(joined + dt.timedelta(days=FRIDAY), last),
        middle=max(joined, min(middle, last)),
        last_week=max(joined, last_week),
        last=last,
    )
