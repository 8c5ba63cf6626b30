"""The form of a work trial's terms: where a new one comes from, and what it is prefilled with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404

from coaching.models import Enrolment, GoalVersion
from employers.access import can_edit_placement
from employers.models import Employer, Placement
from employers.placement_terms import PLACEMENT_FIELDS
from employers.services.placement import renewal_days
from employers.services.placement_rules import newest_goal

# query parameters that say from which work trial a new one comes
COPIES, FOLLOWS, CHANGES = "copies", "follows", "changes"
ORIGINS = (COPIES, FOLLOWS, CHANGES)
OF_THE_PLACE = ("purpose", "half", "weekdays", "hours_per_day", "tasks", "address")
OF_THE_PEOPLE = ("guide", "supervisor", "support_agreed", "instructions_by", "changes_by")
NOT_COPIED = ("starts_on", "ends_on", "continuation_said")


@dataclass(frozen=True)
class Origin:
    """Another work trial from which the new one comes: its terms are copied for somebody else, it is made
    longer, or it is left for the new place. `kind` "" is none."""

    kind: str = ""
    placement: Placement | None = None

    @property
    def is_change(self) -> bool:
        return self.kind == CHANGES

    @property
    def follows_id(self) -> int | None:
        return self.placement.pk if self.kind == FOLLOWS else None


def origin_query(params: Mapping[str, str]) -> str:
    """ "?changes=12" of an address, to carry it on; "" without."""
    for name in ORIGINS:
        if (value := params.get(name, "")).isdecimal() and value.isascii() and len(value) <= 9:
            return f"?{name}={value}"
    return ""


def origin_of(params: Mapping[str, str], *, user, enrolment: Enrolment, today) -> Origin:
    """Read the address. Raises Http404 for a work trial that this user may not take from, and for one of
    somebody else that is to be made longer or left."""
    query = origin_query(params)
    if not query:
        return Origin()
    kind, _equals, pk = query[1:].partition("=")
    found = Placement.objects.visible_to(user, today=today).with_names().filter(pk=int(pk)).first()
    if found is None:
        raise Http404
    if kind != COPIES:
        is_same = found.participant_id == enrolment.participant_id
        if not is_same or not can_edit_placement(user, found, today=today):
            raise Http404
    return Origin(kind, found)


def prefilled(*, enrolment: Enrolment, employer: Employer, origin: Origin, today) -> Placement:
    """A work trial that is not saved: the month's days and half, or what is taken from the other one."""
    month = enrolment.month
    fresh = Placement(
        employer=employer,
        month=month,
        participant=enrolment.participant,
        starts_on=max(month.starts_on, enrolment.joined_on or month.starts_on),
        ends_on=month.ends_on,
        half=month.work_trial_half,
    )
    source = origin.placement
    if source is None:
        return fresh
    is_same_workplace = source.employer_id == employer.pk
    names = [name for name in PLACEMENT_FIELDS if name not in NOT_COPIED]
    if not is_same_workplace:
        names = [name for name in OF_THE_PLACE if name not in ("tasks", "address")]
    if origin.kind == FOLLOWS:
        names.remove("length_reason")  # why it goes on is another reason than why it was that long
        fresh.starts_on, fresh.ends_on = renewal_days(source)
    for name in names:
        setattr(fresh, name, getattr(source, name))
    if origin.is_change:
        fresh.starts_on = min(max(today, fresh.starts_on), fresh.ends_on)
        fresh.goal_id = source.goal_id
    return fresh


def goals_of(placement: Placement, enrolment: Enrolment | None) -> tuple[GoalVersion, ...]:
    """The goals to choose from: the newest of the month, and the one that is linked already."""
    newest = newest_goal(enrolment_id=enrolment.pk) if enrolment else None
    linked = placement.goal if placement.goal_id else None
    found = [goal for goal in (newest, linked) if goal is not None]
    return tuple(dict.fromkeys(found))
