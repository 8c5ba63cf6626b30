"""Writing what the person wants: the goal in versions, goals in five areas, alternatives kept in mind."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from coaching.enums import GoalArea, SubGoalState
from coaching.models import GoalAlternative, GoalVersion, SubGoal
from coaching.services.person_base import locked_enrolment, put_values, stale
from core.errors import DomainError

# more is no plan any more, and would drown the page
MOST_OPEN_SUB_GOALS = 20
MOST_ALTERNATIVES = 20


@transaction.atomic
def write_goal(
    *,
    actor,
    enrolment_id: int,
    text: str,
    why_changed: str,
    base_number: int,
    written_on: dt.date,
    by_link: bool = False,
) -> GoalVersion:
    """Add the next version of the goal in own words; the same words again change nothing.

    `base_number` is the number of the version that the writer saw (0 for none). `by_link`: the participant
    wrote it by the personal link, and `actor` is None. Raises StaleVersion when
    there is a newer one with other words, DomainError when it is empty (seed 002: an own goal).
    """
    enrolment = locked_enrolment(enrolment_id)
    text = text.strip()
    if not text:
        raise DomainError(_("Write the goal in the participant's own words."), field="text")
    newest = enrolment.goals.order_by("-number").first()
    if newest is not None and newest.text == text:
        return newest
    if newest is not None and newest.number != base_number:
        raise stale()
    goal = GoalVersion.objects.create(
        enrolment=enrolment,
        number=(newest.number if newest else 0) + 1,
        text=text,
        why_changed=why_changed.strip() if newest else "",
        written_on=written_on,
        by_link=by_link,
        recorded_by=actor,
    )
    audit.record(
        actor=actor,
        actor_label="participant link" if by_link else "",
        action="goal.written",
        obj=goal,
        participant_id=enrolment.participant_id,
        details={"number": goal.number},
    )
    return goal


@transaction.atomic
def save_sub_goal(
    *,
    actor,
    enrolment_id: int,
    sub_goal_id: int | None,
    base_version: int,
    area: str,
    text: str,
    today: dt.date,
) -> SubGoal:
    """Add a goal in one of the five areas, or change the one with `sub_goal_id`. Adding the same open goal
    twice adds one. No area has to come before another (seed 001:631).

    Raises StaleVersion, DomainError when it is another person's or is gone.
    """
    enrolment = locked_enrolment(enrolment_id)
    values = {"area": area, "text": text.strip()}
    if area not in GoalArea.values:
        raise DomainError(_("Choose one of the areas."), field="area")
    if not values["text"]:
        raise DomainError(_("Write the goal."), field="text")
    open_ones = enrolment.sub_goals.filter(state=SubGoalState.OPEN)
    if sub_goal_id is None:
        existing = open_ones.filter(**values).first()
        if existing is not None:
            return existing
        if open_ones.count() >= MOST_OPEN_SUB_GOALS:
            raise DomainError(
                _("There are already %(count)s goals under way. Set one aside or mark it reached first.")
                % {"count": MOST_OPEN_SUB_GOALS}
            )
        sub_goal = SubGoal(enrolment=enrolment, set_on=today, version=0)
        base_version = 0
    else:
        sub_goal = _locked_sub_goal(enrolment, sub_goal_id)
    if put_values(sub_goal, values, base_version=base_version, actor=actor):
        _tell(actor, "sub_goal.saved", sub_goal, enrolment)
    return sub_goal


@transaction.atomic
def move_sub_goal(*, actor, enrolment_id: int, sub_goal_id: int, state: str, today: dt.date) -> SubGoal:
    """Mark a goal reached, set it aside, or open it again (`state`: a SubGoalState value); again changes
    nothing. Raises DomainError."""
    enrolment = locked_enrolment(enrolment_id)
    sub_goal = _locked_sub_goal(enrolment, sub_goal_id)
    if state not in SubGoalState.values:
        raise DomainError(_("Choose one of the states."))
    if sub_goal.state == state:
        return sub_goal
    sub_goal.state = state
    sub_goal.closed_on = None if state == SubGoalState.OPEN else today
    sub_goal.recorded_by = actor
    sub_goal.version += 1
    sub_goal.save(update_fields=["state", "closed_on", "recorded_by", "version"])
    _tell(actor, "sub_goal.moved", sub_goal, enrolment, {"state": state})
    return sub_goal


def _locked_sub_goal(enrolment, sub_goal_id: int) -> SubGoal:
    sub_goal = SubGoal.objects.select_for_update(of=("self",)).filter(enrolment=enrolment, pk=sub_goal_id)
    found = sub_goal.first()
    if found is None:
        raise DomainError(_("This goal is no longer there."))
    return found


@transaction.atomic
def add_alternative(*, actor, enrolment_id: int, text: str) -> GoalAlternative:
    """Keep another way in mind beside the goal (seed 003:2387-2389). One that is already there is brought
    back instead of written twice. Raises DomainError."""
    enrolment = locked_enrolment(enrolment_id)
    text = text.strip()
    if not text:
        raise DomainError(_("Write the alternative."), field="text")
    alternative = enrolment.goal_alternatives.filter(text__iexact=text).order_by("id").first()
    if alternative is not None and alternative.set_aside_on is None:
        return alternative
    if alternative is not None:
        return _put_aside(actor, enrolment, alternative, None)
    if enrolment.goal_alternatives.count() >= MOST_ALTERNATIVES:
        raise DomainError(
            _("There are already %(count)s alternatives. Bring back one that was put aside.")
            % {"count": MOST_ALTERNATIVES},
            field="text",
        )
    alternative = GoalAlternative.objects.create(enrolment=enrolment, text=text, recorded_by=actor)
    _tell(actor, "goal_alternative.added", alternative, enrolment)
    return alternative


@transaction.atomic
def move_alternative(
    *, actor, enrolment_id: int, alternative_id: int, is_aside: bool, today: dt.date
) -> GoalAlternative:
    """Put an alternative aside or bring it back; it is never lost, and again changes nothing."""
    enrolment = locked_enrolment(enrolment_id)
    alternative = enrolment.goal_alternatives.filter(pk=alternative_id).first()
    if alternative is None:
        raise DomainError(_("This alternative is no longer there."))
    if (alternative.set_aside_on is not None) == is_aside:
        return alternative
    return _put_aside(actor, enrolment, alternative, today if is_aside else None)


def _put_aside(actor, enrolment, alternative: GoalAlternative, day: dt.date | None) -> GoalAlternative:
    alternative.set_aside_on = day
    alternative.save(update_fields=["set_aside_on"])
    _tell(
        actor,
        "goal_alternative.put_aside" if day else "goal_alternative.brought_back",
        alternative,
        enrolment,
    )
    return alternative


def _tell(actor, action: str, obj, enrolment, details: dict | None = None) -> None:
    audit.record(
        actor=actor, action=action, obj=obj, participant_id=enrolment.participant_id, details=details or {}
    )
