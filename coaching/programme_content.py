"""What a programme holds, as plain values: four weeks with their days, and the windows of the discussions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace

from django.utils.translation import gettext_lazy as _

from coaching.enums import SINGLE_DISCUSSIONS, SessionKind
from coaching.models import Programme, ProgrammeWeek

WEEKS = 4
WEEKDAYS = 5
LAST_WINDOW_DAY = 40  # a talk of three may be held some weeks after the month
WEEKDAY_NAMES = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"))
CONTENT = ("weeks", "session_plans", "discussion_windows")  # what to prefetch before reading a programme


@dataclass(frozen=True)
class DayPlan:
    """What the group does on one weekday of a week; without a title nothing is planned for it."""

    title: str = ""
    plan: str = ""
    kind: str = SessionKind.COACHING.value


@dataclass(frozen=True)
class WeekPlan:
    """A week's theme, what is done in it, prompts for the daily log (one on each line) and five days."""

    theme: str
    description: str = ""
    prompts: str = ""
    days: tuple[DayPlan, ...] = ()

    def __post_init__(self) -> None:
        missing = WEEKDAYS - len(self.days)
        if missing < 0:
            raise ValueError("a week has five days")
        object.__setattr__(self, "days", (*self.days, *[DayPlan()] * missing))


@dataclass(frozen=True)
class Window:
    """Between which days of the month a discussion is held: 1 is the Monday of week 1, 20 the Friday of
    week 4 (coaching/discussion_windows.py)."""

    kind: str
    first_day: int
    last_day: int


def weeks_of(programme: Programme) -> list[ProgrammeWeek]:
    """The programme's week rows in order, from what was prefetched."""
    return sorted(programme.weeks.all(), key=lambda week: week.number)


def week_plans(programme: Programme) -> list[WeekPlan]:
    """The four weeks with their days, from what was prefetched (`CONTENT`)."""
    rows = {week.number: week for week in programme.weeks.all()}
    days = {(row.week, row.weekday): row for row in programme.session_plans.all()}
    return [
        WeekPlan(
            theme=rows[number].theme if number in rows else "",
            description=rows[number].description if number in rows else "",
            prompts=rows[number].prompts if number in rows else "",
            days=tuple(_day_plan(days.get((number, weekday))) for weekday in range(1, WEEKDAYS + 1)),
        )
        for number in range(1, WEEKS + 1)
    ]


def _day_plan(row) -> DayPlan:
    return DayPlan() if row is None else DayPlan(row.title, row.plan, row.kind)


def windows_of(programme: Programme) -> list[Window]:
    """The windows in the order of SINGLE_DISCUSSIONS, from what was prefetched."""
    order = [str(kind) for kind in SINGLE_DISCUSSIONS]
    found = [Window(row.kind, row.first_day, row.last_day) for row in programme.discussion_windows.all()]
    return sorted(found, key=lambda window: order.index(window.kind))


def day_plan_of(plans: Sequence[WeekPlan], week: int, weekday: int) -> DayPlan:
    """What is planned for a day of the month; days made up after the fourth week have nothing."""
    return plans[week - 1].days[weekday - 1] if week <= len(plans) and weekday <= WEEKDAYS else DayPlan()


def with_week(plans: Iterable[WeekPlan], number: int, week: WeekPlan) -> list[WeekPlan]:
    """The weeks with one of them (1 to 4) exchanged."""
    return [week if n == number else replace(plan) for n, plan in enumerate(plans, start=1)]


def week_fingerprint(programme: Programme, number: int) -> str:
    """Stands in the form of a week: tells whether somebody edited that week in between."""
    return _digest([programme.name, programme.version, number, astuple(week_plans(programme)[number - 1])])


def frame_fingerprint(programme: Programme) -> str:
    """The same for validity and windows."""
    windows = [astuple(window) for window in windows_of(programme)]
    frame = [programme.valid_from.isoformat(), programme.is_active]
    return _digest([programme.name, programme.version, frame, windows])


def _digest(content: list) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]
