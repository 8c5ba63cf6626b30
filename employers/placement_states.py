"""The life of a work trial as one table: from where to where, by whom, on what condition.

Issue 2, section 3.6 (planned, ongoing, completed, ended early, did not start); the way back is for a wrong
press. `employers.services.placement.move_placement` is the only writer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from employers.enums import PlacementState as State
from employers.signing_state import signed_by_all_or_allowed

# what keeps a work trial from moving: a sentence, or "" when nothing does
Condition = Callable[["object", dt.date], str]


def has_begun(placement, today: dt.date) -> str:
    """A work trial does not start before its first day."""
    if today < placement.starts_on:
        return _("The work trial starts on its first day, not before. Change the dates if it starts earlier.")
    return ""


def has_run_to_its_end(placement, today: dt.date) -> str:
    """Before its last day a work trial has not been completed: it ended early."""
    if today < placement.ends_on:
        return _("The last day is still ahead. If the work trial is over already, mark it as ended early.")
    return ""


@dataclass(frozen=True)
class Transition:
    """One allowed move. `label` is the button's verb; `asks` are the fields that the move needs."""

    source: str
    target: str
    label: str
    roles: tuple[str, ...] = (Role.COORDINATOR,)
    conditions: tuple[Condition, ...] = ()
    asks: tuple[str, ...] = ()
    is_undo: bool = False

    def obstacle(self, placement, *, today: dt.date) -> str:
        """The first sentence that keeps `placement` from this move today, or ""."""
        for condition in self.conditions:
            if sentence := condition(placement, today):
                return sentence
        return ""


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        State.PLANNED, State.ONGOING, gettext_lazy("Start"), conditions=(has_begun, signed_by_all_or_allowed)
    ),
    Transition(State.PLANNED, State.DID_NOT_START, gettext_lazy("Did not start"), asks=("reason",)),
    Transition(
        State.ONGOING, State.COMPLETED, gettext_lazy("Mark as completed"), conditions=(has_run_to_its_end,)
    ),
    Transition(
        State.ONGOING,
        State.ENDED_EARLY,
        gettext_lazy("Ended early"),
        conditions=(has_begun,),
        asks=("reason", "last_day"),
    ),
    Transition(State.ONGOING, State.PLANNED, gettext_lazy("Take the start back"), is_undo=True),
    Transition(State.COMPLETED, State.ONGOING, gettext_lazy("Take the ending back"), is_undo=True),
    Transition(State.ENDED_EARLY, State.ONGOING, gettext_lazy("Take the ending back"), is_undo=True),
    Transition(State.DID_NOT_START, State.PLANNED, gettext_lazy("Plan again"), is_undo=True),
)
_BY_MOVE = {(transition.source, transition.target): transition for transition in TRANSITIONS}


def transition_for(source: str, target: str, *, role: str) -> Transition | None:
    """The transition from `source` to `target` for this role, None when the table has none."""
    transition = _BY_MOVE.get((source, target))
    return transition if transition is not None and role in transition.roles else None


def transitions_from(source: str, *, role: str) -> list[Transition]:
    """What this role may do next, in the order of the table."""
    return [t for t in TRANSITIONS if t.source == source and role in t.roles]
