"""One day of the grid as a form: a line for each person, a choice for each half that may be marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.formats import number_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from coaching.enums import Half, Mark
from coaching.forms.grid import DayField, GridDayForm
from coaching.grid_cells import CellName, read_name, read_state
from coaching.marks import PERSON_MARKS, mark_infos
from coaching.models import CoachingMonth
from coaching.pages.grid import HalfCell, month_grid, state_words
from coaching.services.corrections import REASON_FIELD
from coaching.services.grid import CellConflict


@dataclass(frozen=True)
class DayHalf:
    """One person's half of the day: what is typed or stands, what is wrong, and what somebody else saved."""

    cell: HalfCell
    label: str
    options: SafeString
    field: DayField
    has_minutes: bool
    theirs: str = ""


@dataclass(frozen=True)
class DayRow:
    enrolment_id: int
    person: str
    halves: tuple[DayHalf, ...]


@dataclass(frozen=True)
class GridDayPage:
    """Everything that `coaching/grid_day.html` shows."""

    month: CoachingMonth
    day: dt.date
    rows: tuple[DayRow, ...]
    halves_with_session: frozenset[str]
    session_id: int | None
    before: dt.date | None
    after: dt.date | None
    refusal: str = ""
    reason: str = ""
    asks_reason: bool = False

    @property
    def names(self) -> list[CellName]:
        """The cells that this user may mark."""
        found = [
            read_name(half.cell.name) for row in self.rows for half in row.halves if half.cell.is_editable
        ]
        return [name for name in found if name]

    @property
    def is_editable(self) -> bool:
        return bool(self.names)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(id of the field, sentence) for the box on top."""
        lines = [(REASON_FIELD if self.asks_reason else "", self.refusal)] if self.refusal else []
        for row in self.rows:
            for half in row.halves:
                if half.field.error:
                    lines.append(
                        (f"mark-{half.cell.name}", f"{row.person}, {half.label}: {half.field.error}")
                    )
        return lines

    def with_typed(
        self,
        form: GridDayForm,
        *,
        refusal: str = "",
        conflicts: Sequence[CellConflict] = (),
        fill_present: bool = False,
        asks_reason: bool = False,
    ) -> GridDayPage:
        """The same page with everything that was typed, and with what stands now where two people meet: a
        second press then decides knowingly."""
        theirs = {str(conflict.name): conflict.theirs.state for conflict in conflicts}
        rows = []
        for row in self.rows:
            halves = []
            for half in row.halves:
                name = read_name(half.cell.name)
                field = form.typed.get(name, half.field) if name else half.field
                if half.cell.name in theirs:
                    field = replace(field, seen=theirs[half.cell.name].stamp)
                if fill_present and half.cell.is_editable and not field.mark:
                    field = replace(field, mark=Mark.PRESENT.value)
                words = state_words(theirs[half.cell.name]) if half.cell.name in theirs else ""
                halves.append(replace(half, field=field, options=options_html(field.mark), theirs=words))
            rows.append(replace(row, halves=tuple(halves)))
        asks_reason = asks_reason or bool(form.reason)
        return replace(self, rows=tuple(rows), refusal=refusal, reason=form.reason, asks_reason=asks_reason)


def grid_day_page(month: CoachingMonth, day: dt.date, *, user, today: dt.date) -> GridDayPage | None:
    """The page of a day of the month's grid; None for a day off and a day that is not in it."""
    grid = month_grid(month, user=user, today=today)
    days = [column.day for column in grid.days if not column.holiday]
    if day not in days:
        return None
    index = [column.day for column in grid.days].index(day)
    sessions = dict(month.sessions.filter(held_on=day).values_list("half", "pk"))
    labels = dict(zip((Half.MORNING.value, Half.AFTERNOON.value), grid.halves, strict=True))
    rows = tuple(
        DayRow(
            row.enrolment.pk,
            row.enrolment.participant.full_name,
            tuple(
                _half(line.cells[index], labels[line.half], has_minutes=line.half in sessions)
                for line in row.halves
            ),
        )
        for row in grid.rows
    )
    here = days.index(day)
    return GridDayPage(
        month=month,
        day=day,
        rows=rows,
        halves_with_session=frozenset(sessions),
        session_id=next(iter(sessions.values()), None),
        before=days[here - 1] if here else None,
        after=days[here + 1] if here + 1 < len(days) else None,
    )


def options_html(selected: str) -> SafeString:
    """The choices of one cell."""
    choices = [(info.code, info.label) for info in mark_infos() if info.code in PERSON_MARKS]
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (code, mark_safe(" selected") if code == selected else "", label)
            for code, label in (("", _("not logged yet")), *choices)
        ),
    )


def _half(cell: HalfCell, label: str, *, has_minutes: bool) -> DayHalf:
    state = read_state(cell.stamp)
    field = DayField(
        mark=state.mark if state else "",
        late=str(state.late or "") if state else "",
        early=str(state.early or "") if state else "",
        hours=number_format(state.hours.normalize()) if state and state.hours is not None else "",
        seen=cell.stamp,
    )
    return DayHalf(cell, label, options_html(field.mark), field, has_minutes)
