"""Writing work trials: made, changed, moved from state to state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from coaching.enums import EnrolmentState
from coaching.models import Enrolment, GoalVersion
from core import clock
from core.constraints import constraint_sentence, constraints_in_words
from core.errors import DomainError
from employers.enums import PlacementState
from employers.errors import MoveNotAllowed, PlacementOverlaps
from employers.models import ContactPerson, Placement
from employers.placement_states import Transition, transition_for
from employers.services.employer import require_version, standing_for_update
from employers.services.signing import cancel_if_changed
from employers.services.visit_plan import keep_visits_in_step

PLACEMENT_FIELDS = (
    "purpose",
    "starts_on",
    "ends_on",
    "half",
    "hours_per_day",
    "tasks",
    "address",
    "guide",
    "supervisor",
)
OVERLAP = "placement_days_do_not_overlap"
FIELD_OF_CONSTRAINT = {
    OVERLAP: "starts_on",
    "placement_ends_after_it_starts": "ends_on",
    "placement_hours_fit_a_day": "hours_per_day",
    "placement_ending_says_why": "reason",
}


@transaction.atomic
def create_placement(
    *, actor, enrolment_id: int, employer_id: int, fields: Mapping[str, Any], shows_goal: bool = True
) -> Placement:
    """Plan a work trial for one person of a month. `fields` are values of PLACEMENT_FIELDS.

    With `shows_goal` the newest version of the person's goal is linked, and so stands in the agreement.
    Raises PlacementOverlaps, or DomainError for a person who is only waiting and for people of another
    employer.
    """
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("month", "participant")
        .get(pk=enrolment_id)
    )
    if enrolment.state != EnrolmentState.ENROLLED:
        raise DomainError(_("The person has no place in the group yet, so no work trial can be planned."))
    placement = Placement(
        participant=enrolment.participant,
        month=enrolment.month,
        employer=standing_for_update(employer_id),
        created_by=actor,
    )
    _fill(placement, fields)
    placement.goal = newest_goal(enrolment_id=enrolment.pk) if shows_goal else None
    _check(placement)
    with constraints_in_words(Placement, fields=FIELD_OF_CONSTRAINT):
        placement.save()
    record(
        actor=actor,
        action="placement.created",
        obj=placement,
        participant_id=placement.participant_id,
        details={"employer": employer_id, "month": enrolment.month_id},
    )
    keep_visits_in_step(actor=actor, placement=placement, today=clock.today())
    return placement


@transaction.atomic
def change_placement(
    *, actor, placement_id: int, version: int, fields: Mapping[str, Any], goal_id: int | None
) -> Placement:
    """Change an open work trial that stood at `version` when the form was opened.

    `goal_id` is a goal version of the same person, or None for no goal. Raises StaleVersion,
    PlacementOverlaps, MoveNotAllowed for one that has ended, DomainError otherwise.
    """
    placement = Placement.objects.select_for_update().get(pk=placement_id)
    before = {name: getattr(placement, name) for name in (*PLACEMENT_FIELDS, "goal_id")}
    _fill(placement, fields)
    _link_goal(placement, goal_id)
    changed = [name for name, value in before.items() if getattr(placement, name) != value]
    if not changed:
        return placement
    require_version(placement.version, version)
    if not placement.is_open:
        raise MoveNotAllowed(_("The work trial has ended. Take the ending back first if something is wrong."))
    _check(placement)
    placement.version += 1
    with constraints_in_words(Placement, fields=FIELD_OF_CONSTRAINT):
        placement.save()
    record(
        actor=actor,
        action="placement.changed",
        obj=placement,
        participant_id=placement.participant_id,
        details={"fields": changed},
    )
    cancel_if_changed(actor=actor, placement=placement)
    if {"starts_on", "ends_on", "weekdays"} & set(changed):
        keep_visits_in_step(actor=actor, placement=placement, today=clock.today())
    return placement


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
) -> Placement:
    """Move a work trial along `employers.placement_states.TRANSITIONS`.

    A move that was made already (a double click) changes nothing. Raises StaleVersion, MoveNotAllowed with
    what stands in the way, DomainError at the missing reason or last day, PlacementOverlaps when a trial
    that is planned again meets another one.
    """
    placement = Placement.objects.select_for_update().get(pk=placement_id)
    if placement.state == target:
        return placement
    require_version(placement.version, version)
    transition = transition_for(placement.state, target, role=actor.role)
    if transition is None:
        raise MoveNotAllowed(_("The work trial cannot be moved so. Reload the page to see how it stands."))
    if obstacle := transition.obstacle(placement, today=today):
        raise MoveNotAllowed(obstacle)
    source = placement.state
    _apply(placement, transition, reason=reason.strip(), last_day=last_day, today=today)
    if target == PlacementState.PLANNED:
        _refuse_overlap(placement)
    placement.version += 1
    with constraints_in_words(Placement, fields=FIELD_OF_CONSTRAINT):
        placement.save()
    record(
        actor=actor,
        action=f"placement.{'reopened' if transition.is_undo else target}",
        obj=placement,
        participant_id=placement.participant_id,
        details={"from": source, "to": target},
    )
    keep_visits_in_step(actor=actor, placement=placement, today=today)
    return placement


def newest_goal(*, enrolment_id: int) -> GoalVersion | None:
    """The person's goal as it stands now, None before the first."""
    return GoalVersion.objects.filter(enrolment=enrolment_id).order_by("-number").first()


def _apply(
    placement: Placement, transition: Transition, *, reason: str, last_day: dt.date | None, today: dt.date
) -> None:
    if "reason" in transition.asks and not reason:
        raise DomainError(constraint_sentence(Placement, "placement_ending_says_why"), field="reason")
    placement.ended_reason = reason if "reason" in transition.asks else ""
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
    elif placement.planned_ends_on is not None:  # an early ending is taken back
        placement.ends_on = placement.planned_ends_on
        placement.planned_ends_on = None
        _refuse_overlap(placement)
    if transition.target == PlacementState.PLANNED:  # another start is another decision
        placement.unsigned_start_reason, placement.unsigned_start_by = "", None
    placement.state = transition.target


def _fill(placement: Placement, fields: Mapping[str, Any]) -> None:
    for name in PLACEMENT_FIELDS:
        if name in fields:
            setattr(placement, name, fields[name])


def _link_goal(placement: Placement, goal_id: int | None) -> None:
    if goal_id == placement.goal_id:
        return
    if goal_id is None:
        placement.goal = None
        return
    goal = GoalVersion.objects.filter(
        pk=goal_id, enrolment__participant=placement.participant_id, enrolment__month=placement.month_id
    ).first()
    if goal is None:
        raise DomainError(_("Choose a goal of this person."), field="goal")
    placement.goal = goal


def _check(placement: Placement) -> None:
    """The rules that the database keeps too, asked first so that the answer comes at the field."""
    if placement.ends_on < placement.starts_on:
        sentence = constraint_sentence(Placement, "placement_ends_after_it_starts")
        raise DomainError(sentence, field="ends_on")
    for field in ("guide", "supervisor"):
        person: ContactPerson | None = getattr(placement, field)
        if person is not None and person.employer_id != placement.employer_id:
            raise DomainError(_("Choose somebody of this employer."), field=field)
    _refuse_overlap(placement)


def _refuse_overlap(placement: Placement) -> None:
    other = (
        Placement.objects.live()
        .filter(
            participant=placement.participant_id,
            starts_on__lte=placement.ends_on,
            ends_on__gte=placement.starts_on,
        )
        .exclude(pk=placement.pk)
        .first()
    )
    if other is not None:
        raise PlacementOverlaps(constraint_sentence(Placement, OVERLAP), placement_id=other.pk)
