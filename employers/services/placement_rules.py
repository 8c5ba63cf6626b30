"""What every writing of a work trial asks first, so that the answer comes at the field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from coaching.models import GoalVersion
from core.constraints import constraint_sentence
from core.errors import DomainError
from employers.enums import LIVE_STATES, PlacementState
from employers.errors import PlacementOverlaps, TermsMissing
from employers.models import ContactPerson, Placement
from employers.placement_terms import PLACEMENT_FIELDS, missing_terms

FAR = dt.timedelta(days=2 * 366)
OVERLAP = "placement_days_do_not_overlap"
FIELD_OF_CONSTRAINT = {
    OVERLAP: "starts_on",
    "placement_ends_after_it_starts": "ends_on",
    "placement_hours_fit_a_day": "hours_per_day",
    "placement_has_weekdays": "weekdays",
    "placement_ending_says_why": "reason",
}


def newest_goal(*, enrolment_id: int) -> GoalVersion | None:
    """The person's goal as it stands now, None before the first."""
    return GoalVersion.objects.filter(enrolment=enrolment_id).order_by("-number").first()


def fill(placement: Placement, fields: Mapping[str, Any]) -> None:
    """Set the terms that `fields` names, and nothing else of it."""
    for name in PLACEMENT_FIELDS:
        if name in fields:
            setattr(placement, name, fields[name])


def link_goal(placement: Placement, goal_id: int | None) -> None:
    """Link a goal version of the same person, or none."""
    if goal_id == placement.goal_id:
        return
    if goal_id is None:
        placement.goal = None
        return
    goal = GoalVersion.objects.filter(pk=goal_id, enrolment__participant=placement.participant_id).first()
    if goal is None:
        raise DomainError(_("Choose a goal of this person."), field="goal")
    placement.goal = goal


def check_terms(placement: Placement) -> None:
    """The rules that the database keeps too, and the required terms of what is more than a proposal."""
    if placement.ends_on < placement.starts_on:
        sentence = constraint_sentence(Placement, "placement_ends_after_it_starts")
        raise DomainError(sentence, field="ends_on")
    _refuse_far_days(placement)
    for field in ("guide", "supervisor"):
        person: ContactPerson | None = getattr(placement, field)
        if person is not None and person.employer_id != placement.employer_id:
            raise DomainError(_("Choose somebody of this employer."), field=field)
    if placement.state != PlacementState.PROPOSED and (missing := missing_terms(placement)):
        raise TermsMissing(tuple(missing))
    refuse_overlap(placement)


def refuse_overlap(placement: Placement) -> None:
    """Raises PlacementOverlaps when the days are taken; a proposal takes none."""
    if placement.state not in LIVE_STATES:
        return
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


def _refuse_far_days(placement: Placement) -> None:
    """A year that was mistyped: nobody plans a work trial for the year 9999."""
    month = placement.month
    if month is not None and abs(placement.starts_on - month.starts_on) > FAR:
        raise DomainError(_("This day is years away from the month. Check the year."), field="starts_on")
    if placement.ends_on - placement.starts_on > FAR:
        raise DomainError(_("A work trial does not last for years. Check the year."), field="ends_on")
