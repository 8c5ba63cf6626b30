"""Writing work trials: made, changed, copied for somebody else, made longer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from coaching.enums import EnrolmentState
from coaching.models import Enrolment
from core import clock
from core.constraints import constraints_in_words
from core.errors import DomainError
from employers.enums import BEGUN_STATES, PlacementState
from employers.errors import MoveNotAllowed
from employers.models import Placement
from employers.placement_terms import PLACEMENT_FIELDS
from employers.services.employer import require_version, standing_for_update
from employers.services.placement_rules import (
    FIELD_OF_CONSTRAINT,
    check_terms,
    fill,
    link_goal,
    newest_goal,
)
from employers.services.signing import cancel_if_changed
from employers.services.visit_plan import keep_visits_in_step


@transaction.atomic
def create_placement(
    *,
    actor,
    enrolment_id: int,
    employer_id: int,
    fields: Mapping[str, Any],
    state: str = PlacementState.PLANNED,
    goal_id: int | None = None,
    follows_id: int | None = None,
) -> Placement:
    """Propose or plan a work trial for one person of a month. `fields` are values of PLACEMENT_FIELDS.

    `goal_id` None links the newest version of the person's goal. `follows_id` is the trial that this one
    makes longer or takes the place of. Raises PlacementOverlaps, TermsMissing for what is planned without
    all its terms, or DomainError for a person who is only waiting and for people of another employer.
    """
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("month", "participant")
        .get(pk=enrolment_id)
    )
    if enrolment.state != EnrolmentState.ENROLLED:
        raise DomainError(_("The person has no place in the group yet, so no work trial can be planned."))
    if state not in (PlacementState.PROPOSED, PlacementState.PLANNED):
        raise MoveNotAllowed(_("A new work trial is a proposal or planned."))
    placement = Placement(
        participant=enrolment.participant,
        month=enrolment.month,
        employer=standing_for_update(employer_id),
        follows=_earlier(enrolment, follows_id),
        state=state,
        created_by=actor,
    )
    fill(placement, fields)
    if goal_id is None:
        placement.goal = newest_goal(enrolment_id=enrolment.pk)
    else:
        link_goal(placement, goal_id)
    check_terms(placement)
    with constraints_in_words(Placement, fields=FIELD_OF_CONSTRAINT):
        placement.save()
    record(
        actor=actor,
        action="placement.proposed" if state == PlacementState.PROPOSED else "placement.created",
        obj=placement,
        participant_id=placement.participant_id,
        details={"employer": employer_id, "month": enrolment.month_id, "follows": follows_id},
    )
    keep_visits_in_step(actor=actor, placement=placement, today=clock.today())
    return placement


@transaction.atomic
def change_placement(
    *, actor, placement_id: int, version: int, fields: Mapping[str, Any], goal_id: int | None
) -> Placement:
    """Change an open work trial that stood at `version` when the form was opened.

    `goal_id` is a goal version of the same person, or None for no goal. Raises StaleVersion,
    PlacementOverlaps, TermsMissing, MoveNotAllowed for one that has ended, DomainError otherwise.
    """
    placement = Placement.objects.select_for_update().get(pk=placement_id)
    before = {name: getattr(placement, name) for name in (*PLACEMENT_FIELDS, "goal_id")}
    fill(placement, fields)
    link_goal(placement, goal_id)
    changed = [name for name, value in before.items() if getattr(placement, name) != value]
    if not changed:
        return placement
    require_version(placement.version, version)
    if not placement.is_open:
        raise MoveNotAllowed(_("The work trial has ended. Take the ending back first if something is wrong."))
    check_terms(placement)
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


def renewal_days(placement: Placement) -> tuple[dt.date, dt.date]:
    """The days that a longer trial is offered: the same length, from the day after."""
    first = placement.ends_on + dt.timedelta(days=1)
    return first, first + (placement.agreed_ends_on - placement.starts_on)


def _earlier(enrolment: Enrolment, follows_id: int | None) -> Placement | None:
    if follows_id is None:
        return None
    earlier = Placement.objects.filter(pk=follows_id, participant=enrolment.participant_id).first()
    if earlier is None or earlier.state not in (*BEGUN_STATES, PlacementState.DID_NOT_START):
        raise DomainError(_("A work trial follows an earlier one of the same person."))
    return earlier
