"""The cells of the month's grid as plain data: how they are named, how they stood, and what is wanted.

A cell is one half day of one person. Its name in forms and pages is `7-2026-02-10-morning` (enrolment, day,
half); how it stands is written `present:10:0:` (mark, minutes late, minutes left early, hours), ":::" for
nothing. What is wanted is written the same way, or as a mark alone: then minutes and hours are as usual.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from coaching.enums import Half, Mark
from coaching.marks import PERSON_MARKS

NAME = re.compile(r"(\d{1,18})-(\d{4}-\d{2}-\d{2})-(morning|afternoon)", re.ASCII)
STANDING = re.compile(r"([a-z_]{0,16}):(\d{0,3}):(\d{0,3}):(\d{0,2}(?:\.\d{1,2})?)", re.ASCII)
MINUTES_LIMIT = 480
MAX_HOURS = Decimal(12)


@dataclass(frozen=True, order=True)
class CellName:
    """Whose, on which day, in which half."""

    enrolment_id: int
    day: dt.date
    half: str

    def __str__(self) -> str:
        return f"{self.enrolment_id}-{self.day.isoformat()}-{self.half}"


@dataclass(frozen=True)
class CellState:
    """How a cell stands; `mark` is a Mark value or "". In what is wanted, `is_as_usual` says that minutes and
    hours were not chosen: a present one keeps those that stand, and begins with the hours agreed."""

    mark: str = ""
    late: int = 0
    early: int = 0
    hours: Decimal | None = None
    is_as_usual: bool = False

    @property
    def stamp(self) -> str:
        """present:10:0:4.00"""
        if not self.mark:
            return ":::"
        hours = "" if self.hours is None else f"{self.hours:.2f}"
        return f"{self.mark}:{self.late or ''}:{self.early or ''}:{hours}"


NOTHING = CellState()


@dataclass(frozen=True)
class CellChange:
    """One wanted cell, and the stamp of what the writer saw there."""

    name: CellName
    wanted: CellState
    seen: str


def read_name(text: str) -> CellName | None:
    """The cell that `text` names, None for anything else."""
    match = NAME.fullmatch(text)
    if match is None:
        return None
    try:
        return CellName(int(match[1]), dt.date.fromisoformat(match[2]), Half(match[3]).value)
    except ValueError:
        return None


def read_state(text: str) -> CellState | None:
    """What `text` wants, None for anything that no cell can hold."""
    if text == "" or text in PERSON_MARKS:
        return CellState(text, is_as_usual=True)
    match = STANDING.fullmatch(text)
    if match is None:
        return None
    mark, late, early, hours = match.groups()
    state = CellState(mark, int(late or 0), int(early or 0), Decimal(hours) if hours else None)
    return state if _is_possible(state) else None


def _is_possible(state: CellState) -> bool:
    if not state.mark:
        return state.stamp == ":::" and not (state.late or state.early or state.hours)
    if state.mark not in PERSON_MARKS or max(state.late, state.early) > MINUTES_LIMIT:
        return False
    if state.mark != Mark.PRESENT:
        return not (state.late or state.early) and state.hours is None
    return state.hours is None or Decimal(0) < state.hours <= MAX_HOURS
