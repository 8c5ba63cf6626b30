"""Reading posted cells of the grid: a batch from the open page, or one day's form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.http import QueryDict
from django.utils.translation import gettext as _

from coaching.enums import Mark
from coaching.forms.daily_log import one_line
from coaching.grid_cells import (
    MAX_HOURS,
    MINUTES_LIMIT,
    CellChange,
    CellName,
    CellState,
    read_name,
    read_state,
)
from coaching.marks import PERSON_MARKS
from coaching.services.corrections import REASON_FIELD, REASON_LIMIT


def read_batch(data: QueryDict) -> list[CellChange] | None:
    """The changes of `cell=name|wanted|seen` fields; None when one of them is nothing that our page sends."""
    changes = []
    for value in data.getlist("cell"):
        parts = value.split("|")
        if len(parts) != 3:
            return None
        name, wanted = read_name(parts[0]), read_state(parts[1])
        if name is None or wanted is None:
            return None
        changes.append(CellChange(name, wanted, seen=parts[2]))
    return changes


@dataclass(frozen=True)
class DayField:
    """What was typed for one cell of a day's form, as text, and what is wrong with it."""

    mark: str
    late: str
    early: str
    hours: str
    seen: str
    error: str = ""


class GridDayForm:
    """The form of one day: for each named cell a mark, with minutes in the group's half (`sessions`) and
    hours in the work trial's. After `is_valid()`, `changes` are what the service takes."""

    def __init__(self, data: QueryDict, *, names: Iterable[CellName], with_session: frozenset[str]) -> None:
        self.typed: dict[CellName, DayField] = {}
        self.changes: list[CellChange] = []
        self.reason = one_line(data.get(REASON_FIELD, "")[: REASON_LIMIT * 4])
        for name in names:
            if f"mark-{name}" in data:
                fields = [one_line(data.get(f"{part}-{name}", "")[:40]) for part in _PARTS]
                wanted, error = _wanted(fields, is_group=name.half in with_session)
                self.typed[name] = DayField(*fields, error=error)
                if not error:
                    self.changes.append(CellChange(name, wanted, seen=fields[-1]))

    def is_valid(self) -> bool:
        return not any(field.error for field in self.typed.values())


_PARTS = ("mark", "late", "early", "hours", "seen")


def _wanted(fields: list[str], *, is_group: bool) -> tuple[CellState, str]:
    """The wanted cell and a sentence when it cannot be read."""
    mark, late, early, hours, _seen = fields
    if mark and mark not in PERSON_MARKS:
        return CellState(), _("Choose a mark from the list.")
    if mark != Mark.PRESENT:
        return CellState(mark), _("Minutes and hours can be given only for somebody who was present.") if (
            late.strip("0") or early.strip("0") or (hours and is_group)
        ) else ""
    if not is_group:
        return _with_hours(mark, hours)
    minutes = []
    for text in (late, early):
        if text and not (text.isascii() and text.isdigit() and len(text) < 5 and int(text) <= MINUTES_LIMIT):
            return CellState(), _("Give the minutes as a whole number from 0 to %(limit)s.") % {
                "limit": MINUTES_LIMIT
            }
        minutes.append(int(text or 0))
    return CellState(mark, *minutes), ""


def _with_hours(mark: str, text: str) -> tuple[CellState, str]:
    if not text:
        return CellState(mark, is_as_usual=True), ""
    try:
        hours = Decimal(text.replace(",", "."))
    except InvalidOperation:
        hours = Decimal(0)
    if not hours.is_finite() or not 0 < hours <= MAX_HOURS or hours != round(hours, 2):
        return CellState(), _("Give the hours, more than 0 and at most 12.")
    return CellState(mark, hours=hours), ""
