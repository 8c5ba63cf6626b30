"""The grid of a month: people × days × halves, read only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from coaching.counting import HOLIDAY, AttendanceCount, DayCount, count_attendance
from coaching.enums import REASON_CLASS, Half, Mark, SessionState
from coaching.marks import MarkInfo, mark_infos
from coaching.models import CoachingMonth, Enrolment
from coaching.services.schedule import days_between, holidays_between, is_weekday, week_number


@dataclass(frozen=True)
class HalfCell:
    """One half day: a letter, a colour's name, and the same in words."""

    letter: str
    tone: str
    text: str


@dataclass(frozen=True)
class GridDay:
    """A column. `holiday` names a day off; `week` begins a new week when set."""

    day: dt.date
    holiday: str
    week: int


@dataclass(frozen=True)
class GridRow:
    """A person: two halves a day (None on a day off), and the figures."""

    enrolment: Enrolment
    days: list[tuple[HalfCell, HalfCell] | None]
    count: AttendanceCount


@dataclass(frozen=True)
class Grid:
    """The whole table; `halves` are the names of the two halves in the order of the cells."""

    days: list[GridDay]
    weeks: list[tuple[int, int]]
    rows: list[GridRow]
    legend: list[tuple[MarkInfo, str]]
    halves: tuple[str, str]

    @property
    def days_off(self) -> list[GridDay]:
        return [column for column in self.days if column.holiday]


def month_grid(month: CoachingMonth, *, today: dt.date) -> Grid:
    """Five queries, whatever the size. The morning stands first in each day."""
    people = list(month.enrolments.enrolled().by_name())
    counts = count_attendance([person.pk for person in people])
    states = {
        (day, half): state for day, half, state in month.sessions.values_list("held_on", "half", "state")
    }
    days = _days(month, counts)
    infos = {info.code: info for info in mark_infos()}
    blank = _BlankCells(month, states, today)
    rows = []
    for person in people:
        strip = {day.day: day for day in counts[person.pk].days}
        cells = [_day_cells(column, strip.get(column.day), month, infos, blank) for column in days]
        rows.append(GridRow(person, cells, counts[person.pk]))
    weeks: dict[int, int] = {}
    for column in days:
        weeks[column.week] = weeks.get(column.week, 0) + 1
    legend = [(info, _tone(info.code)) for info in mark_infos()]
    return Grid(days, list(weeks.items()), rows, legend, _half_names(month))


def _half_names(month: CoachingMonth) -> tuple[str, str]:
    group, trial = _("group"), _("work trial")
    return (group, trial) if month.coaching_half == Half.MORNING else (trial, group)


def _days(month: CoachingMonth, counts: dict[int, AttendanceCount]) -> list[GridDay]:
    off = holidays_between(month.starts_on, month.ends_on)
    wanted = {day for day in days_between(month.starts_on, month.ends_on) if is_weekday(day)}
    wanted |= {day.day for count in counts.values() for day in count.days}
    return [GridDay(day, off.get(day, ""), week_number(month.starts_on, day)) for day in sorted(wanted)]


class _BlankCells:
    """What stands where there is no mark: missing is not absent, and every blank says why it is blank."""

    def __init__(self, month: CoachingMonth, states: dict, today: dt.date) -> None:
        self.states = states
        self.today = today
        self.outside = HalfCell("", "outside", _("not in the group"))
        self.missing = HalfCell("?", "missing", _("not logged yet"))
        self.coming = HalfCell("·", "coming", _("still to come"))
        self.nothing = HalfCell("", "nothing", _("nothing logged"))
        self.called_off = HalfCell("–", "not-arranged", _("not arranged"))

    def of(self, day: dt.date, half: str) -> HalfCell:
        state = self.states.get((day, half), "")
        if state == SessionState.NOT_ARRANGED:
            return self.called_off
        if not state:
            return self.nothing
        return self.missing if state == SessionState.LOGGED or day < self.today else self.coming


def _day_cells(
    column: GridDay,
    day: DayCount | None,
    month: CoachingMonth,
    infos: dict[str, MarkInfo],
    blank: _BlankCells,
) -> tuple[HalfCell, HalfCell] | None:
    if column.holiday:
        return None
    if day is None or day.verdict == HOLIDAY:
        return (blank.outside, blank.outside)
    group = _cell(day.coaching, infos) or blank.of(column.day, month.coaching_half)
    trial = _cell(day.work_trial, infos) or blank.of(column.day, month.work_trial_half)
    return (group, trial) if month.coaching_half == Half.MORNING else (trial, group)


def _cell(mark: str, infos: dict[str, MarkInfo]) -> HalfCell | None:
    if not mark:
        return None
    return HalfCell(infos[mark].letter, _tone(mark), infos[mark].label)


def _tone(mark: str) -> str:
    """The colour's name; the letter and the words say the same."""
    if mark == Mark.PRESENT:
        return "present"
    return "not-arranged" if mark == Mark.NOT_ARRANGED else str(REASON_CLASS[mark])
