"""The grid of a month: people × days × halves, the group's half and the work trial's in one table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.formats import date_format, number_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coaching.access import can_coach_month, can_mark_work_trial_half
from coaching.counting import HOLIDAY, AttendanceCount, DayTotal, count_attendance, count_by_day
from coaching.enums import REASON_CLASS, Half, Mark, MonthState, ReasonClass, SessionState
from coaching.grid_cells import NOTHING, CellName, CellState
from coaching.marks import PERSON_MARKS, MarkInfo, mark_info, mark_infos
from coaching.models import AttendanceMark, CoachingMonth, Enrolment
from coaching.services.grid import spell_on, spells_of
from coaching.services.schedule import days_between, holidays_between, is_weekday, week_number


@dataclass(frozen=True)
class HalfCell:
    """One half day: a letter, a colour's name, the same in words, and whose hand it was. `name` is empty
    where no mark belongs; `stamp` says how it stands (coaching.grid_cells)."""

    letter: str
    tone: str
    text: str
    name: str = ""
    stamp: str = ":::"
    recorded: str = ""
    is_editable: bool = False


@dataclass(frozen=True)
class GridDay:
    """A column. `holiday` names a day off; `week` begins a new week when set."""

    day: dt.date
    holiday: str
    week: int
    total: DayTotal = DayTotal()
    can_fill: bool = False
    is_today: bool = False
    is_past: bool = False

    @property
    def iso(self) -> str:
        return self.day.isoformat()


@dataclass(frozen=True)
class GridHalf:
    """One half of a person's days: a line of the table."""

    half: str
    label: str
    short: str
    cells: list[HalfCell | None]
    can_fill: bool = False


@dataclass(frozen=True)
class GridRow:
    """A person: the morning and the afternoon (None in a day off), and the figures."""

    enrolment: Enrolment
    halves: tuple[GridHalf, GridHalf]
    count: AttendanceCount
    unlogged: int

    @property
    def absences(self) -> list[tuple[str, int]]:
        """How many days of each class of reasons."""
        return [(reason, self.count.absences[reason]) for reason in ReasonClass.values]


@dataclass(frozen=True)
class Grid:
    """The whole table; `halves` are the names of the two halves in the order of the cells, `fill_half` is the
    one that a column's button fills: 0 the morning, 1 the afternoon."""

    days: list[GridDay]
    weeks: list[tuple[int, int]]
    rows: list[GridRow]
    legend: list[tuple[MarkInfo, str]]
    halves: tuple[str, str]
    is_editable: bool = False
    fill_half: int = 0
    reasons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def days_off(self) -> list[GridDay]:
        return [column for column in self.days if column.holiday]

    @property
    def palette(self) -> list[tuple[MarkInfo, str]]:
        """What can be set in a cell."""
        return [(info, tone) for info, tone in self.legend if info.code in PERSON_MARKS]


def month_grid(month: CoachingMonth, *, user=None, today: dt.date) -> Grid:
    """Seven queries, whatever the size. The morning stands first in each day. Without a `user` it is read
    only; with one, what this user may mark on days up to today can be edited."""
    people = list(month.enrolments.enrolled().by_name())
    counts = count_attendance([person.pk for person in people])
    book = _Book(month, people, user, today)
    totals = count_by_day(counts.values())
    days = _days(month, counts, totals, book)
    labels = {
        Half.MORNING.value: (str(Half.MORNING.label), pgettext("the morning in two letters", "am")),
        Half.AFTERNOON.value: (str(Half.AFTERNOON.label), pgettext("the afternoon in two letters", "pm")),
    }
    rows = []
    for person in people:
        strip = {day.day: day for day in counts[person.pk].days if day.verdict != HOLIDAY}
        halves = tuple(
            _half_line(person, half, labels[half], days, strip, book)
            for half in (Half.MORNING.value, Half.AFTERNOON.value)
        )
        count = counts[person.pk]
        rows.append(GridRow(person, halves, count, count.unlogged_until(today)))
    weeks: dict[int, int] = {}
    for column in days:
        weeks[column.week] = weeks.get(column.week, 0) + 1
    return Grid(
        days=days,
        weeks=list(weeks.items()),
        rows=rows,
        legend=[(info, tone_of(info.code)) for info in mark_infos()],
        halves=_half_names(month),
        is_editable=book.is_editable,
        fill_half=int(book.fill_half == Half.AFTERNOON),
        reasons=[(value, str(label)) for value, label in ReasonClass.choices],
    )


def _half_names(month: CoachingMonth) -> tuple[str, str]:
    group, trial = _("group"), _("work trial")
    return (group, trial) if month.coaching_half == Half.MORNING else (trial, group)


def _days(
    month: CoachingMonth,
    counts: Mapping[int, AttendanceCount],
    totals: Mapping[dt.date, DayTotal],
    book: _Book,
) -> list[GridDay]:
    off = holidays_between(month.starts_on, month.ends_on)
    wanted = {day for day in days_between(month.starts_on, month.ends_on) if is_weekday(day)}
    wanted |= {day.day for count in counts.values() for day in count.days}
    return [
        GridDay(
            day,
            off.get(day, ""),
            week_number(month.starts_on, day),
            totals.get(day, DayTotal()),
            can_fill=day not in off and book.can_fill(day),
            is_today=day == book.today,
            is_past=day not in off and day <= book.today,
        )
        for day in sorted(wanted)
    ]


def _half_line(
    person: Enrolment,
    half: str,
    labels: tuple[str, str],
    days: Sequence[GridDay],
    strip: Mapping[dt.date, object],
    book: _Book,
) -> GridHalf:
    cells = [
        None
        if column.holiday
        else book.cell(CellName(person.pk, column.day, half))
        if column.day in strip
        else book.outside
        for column in days
    ]
    can_fill = any(cell is not None and cell.is_editable and cell.stamp == ":::" for cell in cells)
    return GridHalf(half, *labels, cells, can_fill)


class _Book:
    """Marks, sessions and times at a workplace of the month, and how each cell looks from them.

    What stands where there is no mark: missing is not absent, and every blank says why it is blank.
    """

    def __init__(self, month: CoachingMonth, people: Sequence[Enrolment], user, today: dt.date) -> None:
        self.today = today
        self.month = month
        self.states = {
            (day, half): state for day, half, state in month.sessions.values_list("held_on", "half", "state")
        }
        ids = [person.pk for person in people]
        self.spells = spells_of(ids, month.starts_on, month.ends_on)
        self.marks = _marks_of(ids)
        is_open = user is not None and month.state == MonthState.OPEN
        self.marks_group = is_open and can_coach_month(user, month, today=today)
        self.marks_trial = is_open and (
            self.marks_group or can_mark_work_trial_half(user, month, today=today)
        )
        self.is_editable = self.marks_trial
        self.fill_half = month.coaching_half if self.marks_group else month.work_trial_half
        self.outside = HalfCell("", "outside", _("not in the group"))

    def cell(self, name: CellName) -> HalfCell:
        """The cell as it stands; editable when this user may mark it now."""
        state, recorded = self.marks.get(name, (NOTHING, ""))
        session = self.states.get((name.day, name.half), "")
        belongs = bool(session or state.mark or spell_on(self.spells, name))
        may = self.marks_group if session else self.marks_trial
        is_editable = may and belongs and name.day <= self.today and session != SessionState.NOT_ARRANGED
        if state.mark:
            return marked_cell(name, state, recorded=recorded, is_editable=is_editable)
        is_called_off = session == SessionState.NOT_ARRANGED
        return blank_cell(
            name, today=self.today, belongs=belongs, is_called_off=is_called_off, is_editable=is_editable
        )

    def can_fill(self, day: dt.date) -> bool:
        """Whether a column has a half that this user fills."""
        if day > self.today:
            return False
        if self.marks_group:
            return self.states.get((day, self.fill_half), "") in (SessionState.PLANNED, SessionState.LOGGED)
        return self.marks_trial


def _marks_of(enrolment_ids: Iterable[int]) -> dict[CellName, tuple[CellState, str]]:
    rows = AttendanceMark.objects.filter(enrolment__in=enrolment_ids).values_list(
        "enrolment_id",
        "day",
        "half",
        "mark",
        "minutes_late",
        "minutes_left_early",
        "hours",
        "recorded_at",
        "recorded_by__first_name",
        "recorded_by__last_name",
        "session_id",
    )
    by_link = _("by the workplace's link")
    return {
        CellName(pk, day, half): (
            CellState(mark, late, early, hours),
            recorded_words(at, *((first, last) if first or last or session else (by_link,))),
        )
        for pk, day, half, mark, late, early, hours, at, first, last, session in rows
    }


def recorded_words(at: dt.datetime | None, *name: str | None) -> str:
    """ "Sanna Valmentaja 10.2.2026 9.41" """
    who = " ".join(part for part in name if part)
    when = "" if at is None else f"{date_format(localtime(at))} {time_format(localtime(at), 'G.i')}"
    return f"{who} {when}".strip()


def marked_cell(name: CellName, state: CellState, *, recorded: str, is_editable: bool) -> HalfCell:
    """A cell with a mark."""
    info = mark_info(state.mark)
    return HalfCell(
        letter=info.letter + ("′" if state.late or state.early else ""),
        tone=tone_of(state.mark),
        text=state_words(state),
        name=str(name),
        stamp=state.stamp,
        recorded=recorded,
        is_editable=is_editable,
    )


def blank_cell(
    name: CellName, *, today: dt.date, belongs: bool, is_called_off: bool = False, is_editable: bool = False
) -> HalfCell:
    """A cell without a mark: called off, nothing to mark, still to come, or missing."""
    if is_called_off:
        return HalfCell("–", "not-arranged", _("not arranged"), str(name))
    if not belongs:
        return HalfCell("", "nothing", _("nothing logged"), str(name))
    if name.day > today:
        return HalfCell("·", "coming", _("still to come"), str(name))
    return HalfCell("?", "missing", _("not logged yet"), str(name), is_editable=is_editable)


def state_words(state: CellState) -> str:
    """ "present, 10 min late" or "present, 4 h"; for nothing "not logged yet"."""
    if not state.mark:
        return _("not logged yet")
    parts = [mark_info(state.mark).label]
    if state.late:
        parts.append(_("%(minutes)s min late") % {"minutes": state.late})
    if state.early:
        parts.append(_("left %(minutes)s min early") % {"minutes": state.early})
    if state.hours is not None:
        parts.append(_("%(hours)s h") % {"hours": number_format(state.hours.normalize())})
    return ", ".join(parts)


def tone_of(mark: str) -> str:
    """The colour's name; the letter and the words say the same."""
    if mark == Mark.PRESENT:
        return "present"
    return "not-arranged" if mark == Mark.NOT_ARRANGED else str(REASON_CLASS[mark])
