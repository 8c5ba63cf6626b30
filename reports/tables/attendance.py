"""Attendance of a month: the grid's own rows with their figures, for the house or for one office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import Authority
from coaching.counting import AttendanceCount, DayTotal, count_by_day
from coaching.enums import Mark, ReasonClass
from coaching.marks import mark_info
from coaching.models import CoachingMonth
from coaching.pages.grid import Grid, GridRow, HalfCell, month_grid
from participants.consent import allowed_through

WAY_OUT = "attendance.office"
# an office reads the class of a reason (te-summary.md block 3), under the letter of its commonest mark
CLASS_MARKS = {
    ReasonClass.HEALTH: Mark.OWN_ILLNESS,
    ReasonClass.ACCEPTED: Mark.OTHER_ACCEPTED,
    ReasonClass.UNAUTHORISED: Mark.UNAUTHORISED,
}


@dataclass(frozen=True)
class AttendanceReport:
    """One month. With `office` it holds that office's people who allowed it, and says how many it leaves
    out; nothing in it names them."""

    month: CoachingMonth
    grid: Grid
    today: dt.date
    office: Authority | None = None
    left_out: int = 0

    @property
    def rows(self) -> list[GridRow]:
        return self.grid.rows

    @property
    def enrolment_ids(self) -> list[int]:
        return [row.enrolment.pk for row in self.rows]

    @property
    def figure_labels(self) -> list[str]:
        """What `figures` holds, in the same order."""
        absences = [capfirst(str(label)) for label in ReasonClass.labels]
        labels = [_("Days arranged"), _("Days attended"), *absences, _("Without a mark"), _("Not logged")]
        labels += [_("Travel days"), _("Work-trial days"), _("Work-trial hours"), _("Minutes late")]
        return labels if self.office is None else labels[:-1]

    @property
    def people(self) -> list[tuple[GridRow, list[int | Decimal]]]:
        """Each person with the figures; an office is not told of minutes."""
        kept = len(self.figure_labels)
        return [(row, figures(row.count, row.unlogged)[:kept]) for row in self.rows]

    @property
    def totals(self) -> list[int | Decimal]:
        """The figures of everybody together."""
        columns = zip(*(numbers for _row, numbers in self.people), strict=True)
        return [sum(column) for column in columns] or [0] * len(self.figure_labels)

    @property
    def is_whole(self) -> bool:
        """Nothing is left to log: the numbers will not change by logging."""
        return not any(row.count.unlogged_sessions or row.count.days_unmarked for row in self.rows)


def figures(count: AttendanceCount, unlogged: int) -> list[int | Decimal]:
    """The numbers of one person, in the order of `AttendanceReport.figure_labels`."""
    return [
        count.days_arranged,
        count.days_attended,
        *(count.absences[reason] for reason in ReasonClass.values),
        count.days_unmarked,
        unlogged,
        count.travel_days,
        count.work_trial_days,
        count.work_trial_hours,
        count.minutes_late,
    ]


def attendance_report(
    month: CoachingMonth, *, today: dt.date, office: Authority | None = None
) -> AttendanceReport:
    """The month as it stands; seven queries whatever the size, one more for an office."""
    grid = month_grid(month, today=today)
    if office is None:
        return AttendanceReport(month, grid, today)
    theirs = [row for row in grid.rows if row.enrolment.participant.authority_id == office.pk]
    people = [row.enrolment.participant_id for row in theirs]
    allowed = allowed_through(code=WAY_OUT, participant_ids=people, today=today)
    leaving = [_for_office(row) for row in theirs if row.enrolment.participant_id in allowed]
    by_day = count_by_day(row.count for row in leaving)
    days = [replace(day, total=by_day.get(day.day, DayTotal())) for day in grid.days]
    kept = replace(grid, rows=leaving, days=days)
    return AttendanceReport(month, kept, today, office, left_out=len(theirs) - len(leaving))


def offices_of(month: CoachingMonth) -> list[Authority]:
    """The offices that people of the group come from, with `people`, how many. One query."""
    here = Q(participants__enrolments__month=month, participants__enrolments__state="enrolled")
    offices = Authority.objects.filter(here).annotate(people=Count("participants", distinct=True))
    return list(offices.order_by("name", "pk"))


def _for_office(row: GridRow) -> GridRow:
    """Without what an office does not get: the single reason and the minutes stay in the house."""
    halves = tuple(replace(half, cells=[_class_only(cell) for cell in half.cells]) for half in row.halves)
    return replace(row, halves=halves)


def _class_only(cell: HalfCell | None) -> HalfCell | None:
    if cell is None or not cell.stamp.strip(":"):
        return cell
    if cell.tone == "present":
        info = mark_info(Mark.PRESENT)
        return HalfCell(info.letter, cell.tone, info.label)
    if cell.tone in CLASS_MARKS:
        letter = mark_info(CLASS_MARKS[ReasonClass(cell.tone)]).letter
        return HalfCell(letter, cell.tone, capfirst(str(ReasonClass(cell.tone).label)))
    return HalfCell(cell.letter, cell.tone, cell.text)


def signs(report: AttendanceReport) -> list[tuple[str, str, str]]:
    """(letter, tone, words) of each sign that the report may hold."""
    if report.office is None:
        return [(info.letter, tone, info.label) for info, tone in report.grid.legend]
    present = mark_info(Mark.PRESENT)
    classes = [
        (mark_info(mark).letter, str(reason), capfirst(str(reason.label)))
        for reason, mark in CLASS_MARKS.items()
    ]
    return [(present.letter, "present", present.label), *classes]


# --- as a table -----------------------------------------------------------------------------------
def attendance_headers(report: AttendanceReport) -> list[str]:
    """The columns of `attendance_rows`: name, figures, then the days."""
    days = [date_format(column.day, "D j.n.") for column in report.grid.days]
    return [_("Name"), *report.figure_labels, *days]


def attendance_rows(report: AttendanceReport) -> Iterator[list[object]]:
    """A line for each person (a day as "morning / afternoon" in words), then everybody together and how many
    were there each day."""
    for row, numbers in report.people:
        first, second = row.halves
        cells = [
            column.holiday if morning is None else f"{morning.text} / {afternoon.text}"
            for column, morning, afternoon in zip(report.grid.days, first.cells, second.cells, strict=True)
        ]
        yield [name_of(row), *numbers, *cells]
    if report.rows:
        by_day = [column.total.attended if column.is_past else None for column in report.grid.days]
        yield [_("Everybody together"), *report.totals, *by_day]
    if report.left_out:
        yield [left_out_words(report.left_out)]


def left_out_words(count: int) -> str:
    """How many are not told of, without a name."""
    return _("Left out, because they have not allowed it: %(count)s.") % {"count": count}


def name_of(row: GridRow) -> str:
    """Last name first, as lists are read."""
    person = row.enrolment.participant
    return f"{person.last_name} {person.first_name}"
