"""Moving a work trial along the transition table: started, ended, changed to another place, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from coaching.models import Enrolment
from core.constraints import constraint_sentence, constraints_in_words
from core.errors import DomainError
from employers.enums import EndCause, EndDecision, PlacementState
from employers.errors import MoveNotAllowed
from employers.models import Placement
from employers.placement_states import Transition, transition_for
from employers.services.employer import require_version
from employers.services.placement import create_placement
from employers.services.placement_rules import FIELD_OF_CONSTRAINT, refuse_overlap


@dataclass(frozen=True)
class Ending:
    """What is told of an ending. A reason without a cause is another cause; `decision` is asked of one that
    had begun."""

    cause: str = ""
    decision: str = ""
    reason: str = ""
    last_day: dt.date | None = None


@transaction.atomic
def move_placement(
    *,
    actor,
    placement_id: int,
    target: str,
    version: int,
    today: dt.date,
    reason: str = "",
    last_day: dt.date | None = None,
    cause: str = "",
    decision: str = "",
) -> Placement:
    """Move a work trial along `employers.placement_states.TRANSITIONS`.

    A move that was made already (a double click) changes nothing. Raises StaleVersion, MoveNotAllowed with
    what stands in the way, DomainError at the missing cause, decision or last day, PlacementOverlaps when a
    trial that is planned again meets another one.
    """
    placement = Placement.objects.select_for_update().get(pk=placement_id)
    if placement.state == target:
        return placement
    require_version(placement.version, version)
    transition = transition_for(placement.state, target, role=actor.role)
    if transition is None or transition.with_next:
        raise MoveNotAllowed(_("The work trial cannot be moved so. Reload the page to see how it stands."))
    ending = Ending(cause, decision, reason.strip(), last_day)
    _move(placement, transition, actor=actor, ending=ending, today=today)
    return placement


@transaction.atomic
def change_place(
    *,
    actor,
    placement_id: int,
    version: int,
    today: dt.date,
    ending: Ending,
    employer_id: int,
    fields: Mapping[str, Any],
    state: str = PlacementState.PROPOSED,
    goal_id: int | None = None,
) -> Placement:
    """End a work trial and open the next one at another workplace, in one step; the new one is handed back.

    One that had not begun did not start, because the place changed; a running one changed place. Raises what
    moving and making raise; then neither happened. Sending it twice answers with the one that was made.
    """
    placement = Placement.objects.select_for_update().get(pk=placement_id)
    made = placement.followed_by.filter(employer=employer_id).order_by("-id").first()
    if made is not None and not placement.is_open:
        return made
    require_version(placement.version, version)
    has_begun = placement.state == PlacementState.ONGOING
    target = PlacementState.CHANGED_PLACE if has_begun else PlacementState.DID_NOT_START
    transition = transition_for(placement.state, target, role=actor.role)
    if transition is None:
        raise MoveNotAllowed(_("Only an open work trial can be changed to another place."))
    if employer_id == placement.employer_id:
        raise DomainError(_("This is the same workplace. Change the terms instead."), field="employer")
    if not has_begun:
        ending = Ending(cause=EndCause.CHANGED_PLACE, reason=ending.reason)
    _move(placement, transition, actor=actor, ending=ending, today=today)
    month, participant = placement.month_id, placement.participant_id
    enrolment = Enrolment.objects.filter(month=month, participant=participant).first()
    if enrolment is None:
        raise DomainError(_("The person has no place in the group yet, so no work trial can be planned."))
    return create_placement(
        actor=actor,
        enrolment_id=enrolment.pk,
        employer_id=employer_id,
        fields=fields,
        state=state,
        goal_id=goal_id or placement.goal_id,
        follows_id=placement.pk,
    )


def _move(placement: Placement, transition: Transition, *, actor, ending: Ending, today: dt.date) -> None:
    """Check the conditions, write, and bring about the effects."""
    if obstacle := transition.obstacle(placement, today=today):
        raise MoveNotAllowed(obstacle)
    _note_ending(placement, transition, ending)
    _set_days(placement, transition, last_day=ending.last_day, today=today)
    if transition.target == PlacementState.PLANNED:  # another start is another decision
        placement.unsigned_start_reason, placement.unsigned_start_by = "", None
    placement.state = transition.target
    if transition.is_undo or transition.target == PlacementState.PLANNED:
        refuse_overlap(placement)
    placement.version += 1
    with constraints_in_words(Placement, fields=FIELD_OF_CONSTRAINT):
        placement.save()
    record(
        actor=actor,
        action=f"placement.{'reopened' if transition.is_undo else transition.target}",
        obj=placement,
        participant_id=placement.participant_id,
        details={"from": transition.source, "to": transition.target},
    )
    transition.bring_about(actor=actor, placement=placement, today=today)


def _note_ending(placement: Placement, transition: Transition, ending: Ending) -> None:
    """Why and by whose decision it ended; a way back forgets it."""
    cause, decision = ending.cause, ending.decision
    if "end_cause" in transition.asks:
        if not cause and ending.reason:
            cause = EndCause.OTHER
        if cause not in transition.causes:
            raise DomainError(constraint_sentence(Placement, "placement_ending_says_why"), field="end_cause")
        if cause == EndCause.OTHER and not ending.reason:
            raise DomainError(_("Tell in a few words what the other reason was."), field="reason")
    if "end_decision" in transition.asks and decision not in EndDecision.values:
        raise DomainError(_("Choose whose decision it was."), field="end_decision")
    placement.end_cause = cause if "end_cause" in transition.asks else ""
    placement.end_decision = decision if "end_decision" in transition.asks else ""
    placement.ended_reason = ending.reason if "reason" in transition.asks else ""


def _set_days(
    placement: Placement, transition: Transition, *, last_day: dt.date | None, today: dt.date
) -> None:
    """An early ending frees the days after it; the way back takes them again."""
    if "last_day" in transition.asks:
        if last_day is None:
            raise DomainError(_("Give the last day at the workplace."), field="last_day")
        if not placement.starts_on <= last_day <= min(today, placement.ends_on):
            raise DomainError(
                _("The last day lies between the first day and today, and not after the agreed end."),
                field="last_day",
            )
        placement.planned_ends_on = placement.ends_on
        placement.ends_on = last_day
    elif placement.planned_ends_on is not None:
        placement.ends_on = placement.planned_ends_on
        placement.planned_ends_on = None
