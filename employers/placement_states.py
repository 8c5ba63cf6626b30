"""The life of a work trial as one table: from where to where, by whom, on what condition, with what effect.

`employers.services.placement_moves` is the only writer. A condition is a function `(placement, today)` that
answers a sentence when it keeps the work trial from the move, or "". An effect is a function `(actor=,
placement=, today=)` that runs in the transaction of the move, after it was saved. Both stand in the table,
so that the whole life can be read in one place; the way back is for a wrong press.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from employers.enums import EARLY_END_CAUSES, NOT_STARTED_CAUSES, EndCause
from employers.enums import PlacementState as State
from employers.opening_talk import opening_talk_held_or_explained
from employers.placement_terms import missing_terms
from employers.services.placement_effects import (
    ask_for_feedback,
    cancel_agreement,
    drop_what_came_after,
    end_workplace_links,
    keep_visits,
)
from employers.signing_state import signed_by_all_or_allowed

# what keeps a work trial from moving: a sentence, or "" when nothing does
Condition = Callable[["object", dt.date], str]
# what a move brings with it, called as effect(actor=, placement=, today=)
Effect = Callable[..., object]


def terms_are_complete(placement, today: dt.date) -> str:
    """What is planned has all its terms; a proposal needs fewer."""
    if missing := missing_terms(placement):
        return _("These terms are still missing: %(terms)s.") % {"terms": ", ".join(missing.values())}
    return ""


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
    """One allowed move. `label` is the button's verb; `asks` are the fields that the move needs, `causes`
    those that it may be given. With `with_next` the move is made together with the next work trial only."""

    source: str
    target: str
    label: str
    roles: tuple[str, ...] = (Role.COORDINATOR,)
    conditions: tuple[Condition, ...] = ()
    asks: tuple[str, ...] = ()
    causes: tuple[EndCause, ...] = ()
    effects: tuple[Effect, ...] = ()
    is_undo: bool = False
    with_next: bool = False

    def obstacle(self, placement, *, today: dt.date) -> str:
        """The first sentence that keeps `placement` from this move today, or ""."""
        for condition in self.conditions:
            if sentence := condition(placement, today):
                return sentence
        return ""

    def bring_about(self, *, actor, placement, today: dt.date) -> None:
        """Run what the move brings with it."""
        for effect in self.effects:
            effect(actor=actor, placement=placement, today=today)


_ENDING = ("last_day", "end_decision", "end_cause", "reason")
_NOT_STARTED = ("end_cause", "reason")
_OVER = (keep_visits, end_workplace_links, ask_for_feedback)
_AGAIN = (keep_visits, drop_what_came_after)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        State.PROPOSED,
        State.PLANNED,
        gettext_lazy("Plan"),
        conditions=(terms_are_complete,),
        effects=(keep_visits,),
    ),
    Transition(
        State.PROPOSED,
        State.DID_NOT_START,
        gettext_lazy("Did not start"),
        asks=_NOT_STARTED,
        causes=NOT_STARTED_CAUSES,
        effects=_OVER,
    ),
    Transition(
        State.PLANNED,
        State.ONGOING,
        gettext_lazy("Start"),
        conditions=(has_begun, signed_by_all_or_allowed, opening_talk_held_or_explained),
        effects=(keep_visits,),
    ),
    Transition(
        State.PLANNED,
        State.DID_NOT_START,
        gettext_lazy("Did not start"),
        asks=_NOT_STARTED,
        causes=NOT_STARTED_CAUSES,
        effects=_OVER,
    ),
    Transition(
        State.PLANNED,
        State.PROPOSED,
        gettext_lazy("Back to a proposal"),
        effects=(*_OVER, cancel_agreement),
        is_undo=True,
    ),
    Transition(
        State.ONGOING,
        State.COMPLETED,
        gettext_lazy("Mark as completed"),
        conditions=(has_run_to_its_end,),
        effects=_OVER,
    ),
    Transition(
        State.ONGOING,
        State.ENDED_EARLY,
        gettext_lazy("Ended early"),
        conditions=(has_begun,),
        asks=_ENDING,
        causes=EARLY_END_CAUSES,
        effects=_OVER,
    ),
    Transition(
        State.ONGOING,
        State.CHANGED_PLACE,
        gettext_lazy("Change the place"),
        conditions=(has_begun,),
        asks=_ENDING,
        causes=(EndCause.CHANGED_PLACE, *EARLY_END_CAUSES),
        effects=_OVER,
        with_next=True,
    ),
    Transition(
        State.ONGOING,
        State.PLANNED,
        gettext_lazy("Take the start back"),
        effects=(keep_visits,),
        is_undo=True,
    ),
    Transition(
        State.COMPLETED, State.ONGOING, gettext_lazy("Take the ending back"), effects=_AGAIN, is_undo=True
    ),
    Transition(
        State.ENDED_EARLY, State.ONGOING, gettext_lazy("Take the ending back"), effects=_AGAIN, is_undo=True
    ),
    Transition(
        State.CHANGED_PLACE, State.ONGOING, gettext_lazy("Take the change back"), effects=_AGAIN, is_undo=True
    ),
    Transition(
        State.DID_NOT_START,
        State.PLANNED,
        gettext_lazy("Plan again"),
        conditions=(terms_are_complete,),
        effects=(keep_visits,),
        is_undo=True,
    ),
    Transition(
        State.DID_NOT_START,
        State.PROPOSED,
        gettext_lazy("Propose again"),
        effects=(keep_visits,),
        is_undo=True,
    ),
)
_BY_MOVE = {(transition.source, transition.target): transition for transition in TRANSITIONS}


def transition_for(source: str, target: str, *, role: str) -> Transition | None:
    """The transition from `source` to `target` for this role, None when the table has none."""
    transition = _BY_MOVE.get((source, target))
    return transition if transition is not None and role in transition.roles else None


def transitions_from(source: str, *, role: str) -> list[Transition]:
    """What this role may do next, in the order of the table."""
    return [t for t in TRANSITIONS if t.source == source and role in t.roles]
