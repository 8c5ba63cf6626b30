"""What the tests of the month's grid share."""

from __future__ import annotations

import datetime as dt

from coaching.grid_cells import CellChange, CellName, read_state
from tests.support import factories

TODAY = dt.date(2026, 2, 10)
EMPTY = ":::"


def name_of(enrolment, day: int = 10, half: str = "morning") -> CellName:
    """A cell of February 2026."""
    return CellName(enrolment.pk, dt.date(2026, 2, day), half)


def change(enrolment, wanted: str, *, day: int = 10, half: str = "morning", seen: str = EMPTY) -> CellChange:
    return CellChange(name_of(enrolment, day, half), read_state(wanted), seen)


def as_field(enrolment, wanted: str, *, day: int = 10, half: str = "morning", seen: str = EMPTY) -> str:
    """The same as the page sends it."""
    return f"{name_of(enrolment, day, half)}|{wanted}|{seen}"


def sessions_of(month, *days: int) -> list:
    return [factories.SessionFactory(month=month, held_on=dt.date(2026, 2, day), week=1) for day in days]


def trial_of(enrolment, **more):
    """A work trial that goes on through the month."""
    return factories.PlacementFactory(
        month=enrolment.month, participant=enrolment.participant, state="ongoing", **more
    )
