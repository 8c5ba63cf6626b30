"""What the pages of a programme show of its days and windows."""

from __future__ import annotations

from dataclasses import dataclass

from coaching.enums import DiscussionKind, SessionKind
from coaching.models import Programme
from coaching.programme_content import WEEKDAY_NAMES, WEEKDAYS, WeekPlan, windows_of


@dataclass(frozen=True)
class DayLine:
    """A weekday with what is planned; `kind` is named only when it is not ordinary coaching."""

    name: object
    title: str
    plan: str
    kind: str


@dataclass(frozen=True)
class WindowLine:
    """A discussion with its days, and the weeks and weekdays that they are."""

    name: str
    first_day: int
    last_day: int
    first_week: int
    first_weekday: object
    last_week: int
    last_weekday: object


def day_list(plan: WeekPlan) -> list[DayLine]:
    """The five days of a week in order, also those for which nothing is planned."""
    return [
        DayLine(
            name,
            day.title,
            day.plan,
            "" if day.kind == SessionKind.COACHING else str(SessionKind(day.kind).label),
        )
        for name, day in zip(WEEKDAY_NAMES, plan.days, strict=True)
    ]


def window_list(programme: Programme) -> list[WindowLine]:
    """The windows in words: a day's number says little, its week and weekday do."""
    lines = []
    for window in windows_of(programme):
        places = [divmod(day - 1, WEEKDAYS) for day in (window.first_day, window.last_day)]
        (first_week, first), (last_week, last) = places
        lines.append(
            WindowLine(
                str(DiscussionKind(window.kind).label),
                window.first_day,
                window.last_day,
                first_week + 1,
                WEEKDAY_NAMES[first],
                last_week + 1,
                WEEKDAY_NAMES[last],
            )
        )
    return lines
