"""What is written about one person in a month: goal, discussions, areas, next steps, proposal.

These stay open after the month was closed: the discussion of three and its decisions come afterwards
(product.md, "The month"). What somebody else saved in between is never overwritten unseen: every write
carries the version that its page was opened with.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from coaching.enums import SINGLE_DISCUSSIONS, EnrolmentState
from coaching.models import (
    ActionStep,
    Discussion,
    Enrolment,
    GoalVersion,
    Proposal,
)
from core.errors import DomainError, StaleVersion


def _locked(enrolment_id: int) -> Enrolment:
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)
    if enrolment.state == EnrolmentState.CANCELLED:
        raise DomainError(_("This person did not start in the month, so nothing more can be written here."))
    return enrolment


def _stale() -> StaleVersion:
    return StaleVersion(_("Somebody else saved this in the meantime. Both versions are shown below."))


@transaction.atomic
def write_goal(
    *, actor, enrolment_id: int, text: str, why_changed: str, base_number: int, written_on: dt.date
) -> GoalVersion:
    """Add the next version of the goal in own words; the same words again change nothing.

    `base_number` is the number of the version that the writer saw (0 for none). Raises StaleVersion when
    there is a newer one with other words, DomainError when it is empty (seed 002: an own goal).
    """
    enrolment = _locked(enrolment_id)
    text = text.strip()
    if not text:
        raise DomainError(_("Write the goal in the participant's own words."), field="text")
    newest = enrolment.goals.order_by("-number").first()
    if newest is not None and newest.text == text:
        return newest
    if newest is not None and newest.number != base_number:
        raise _stale()
    goal = GoalVersion.objects.create(
        enrolment=enrolment,
        number=(newest.number if newest else 0) + 1,
        text=text,
        why_changed=why_changed.strip() if newest else "",
        written_on=written_on,
        recorded_by=actor,
    )
    audit.record(
        actor=actor,
        action="goal.written",
        obj=goal,
        participant_id=enrolment.participant_id,
        details={"number": goal.number},
    )
    return goal


@transaction.atomic
def save_discussion(
    *, actor, enrolment_id: int, kind: str, base_version: int, today: dt.date, **fields
) -> Discussion:
    """Record or plan one discussion. `fields`: planned_on, held_on (dates or None) and the texts present,
    participant_view, coach_view, help_wanted, agreed.

    `base_version` is 0 when the page showed none. Raises StaleVersion when it moved on, DomainError when it
    was held in the future, or was held without both views and who was present (issue 2, section 3.5).
    """
    enrolment = _locked(enrolment_id)
    if kind not in SINGLE_DISCUSSIONS:
        raise DomainError(_("There is no such discussion."))
    _check_discussion(fields, today)
    discussion = Discussion.objects.select_for_update().filter(enrolment=enrolment, kind=kind).first()
    if discussion is None:
        discussion = Discussion(enrolment=enrolment, kind=kind, version=0)
    elif all(getattr(discussion, name) == value for name, value in fields.items()):
        return discussion
    if discussion.version != base_version:
        raise _stale()
    for name, value in fields.items():
        setattr(discussion, name, value)
    discussion.version += 1
    discussion.recorded_by = actor
    discussion.save()
    audit.record(
        actor=actor,
        action="discussion.recorded" if discussion.held_on else "discussion.planned",
        obj=discussion,
        participant_id=enrolment.participant_id,
        details={"kind": kind},
    )
    return discussion


def _check_discussion(fields: dict, today: dt.date) -> None:
    if not fields["planned_on"] and not fields["held_on"]:
        raise DomainError(_("Give the day when it was held or is planned."), field="held_on")
    if not fields["held_on"]:
        return
    if fields["held_on"] > today:
        raise DomainError(
            _("A discussion that is still to come is planned: give this day under “planned for”."),
            field="held_on",
        )
    for name, sentence in (
        ("present", _("Say who was present.")),
        ("participant_view", _("Write the participant's view too.")),
        ("coach_view", _("Write the coach's view too.")),
    ):
        if not fields[name].strip():
            raise DomainError(sentence, field=name)


@transaction.atomic
def save_action_step(
    *,
    actor,
    enrolment_id: int,
    step_id: int | None,
    what: str,
    who: str,
    due_on: dt.date | None,
    alternative: str,
) -> ActionStep:
    """Add a next step, or change the one with `step_id`. Adding the same open step twice adds one.

    Raises DomainError when the step is another person's or is gone.
    """
    enrolment = _locked(enrolment_id)
    values = {"what": what.strip(), "who": who.strip(), "due_on": due_on, "alternative": alternative.strip()}
    if step_id is None:
        step = ActionStep.objects.filter(enrolment=enrolment, done_on=None, **values).first()
        if step is not None:
            return step
        step = ActionStep(enrolment=enrolment)
    else:
        step = ActionStep.objects.select_for_update().filter(enrolment=enrolment, pk=step_id).first()
        if step is None:
            raise DomainError(_("This next step is no longer there."))
    for name, value in values.items():
        setattr(step, name, value)
    step.recorded_by = actor
    step.save()
    audit.record(actor=actor, action="action_step.saved", obj=step, participant_id=enrolment.participant_id)
    return step


@transaction.atomic
def complete_action_step(*, actor, enrolment_id: int, step_id: int, today: dt.date) -> ActionStep:
    """Mark a next step done, or open again if it was done. Raises DomainError when it is gone."""
    enrolment = _locked(enrolment_id)
    step = ActionStep.objects.select_for_update().filter(enrolment=enrolment, pk=step_id).first()
    if step is None:
        raise DomainError(_("This next step is no longer there."))
    step.done_on = None if step.done_on else today
    step.recorded_by = actor
    step.save(update_fields=["done_on", "recorded_by", "recorded_at"])
    audit.record(
        actor=actor,
        action="action_step.done" if step.done_on else "action_step.reopened",
        obj=step,
        participant_id=enrolment.participant_id,
    )
    return step


@transaction.atomic
def remove_action_step(*, actor, enrolment_id: int, step_id: int) -> None:
    """Take away a next step that was written by mistake; one that is gone already is no error."""
    enrolment = _locked(enrolment_id)
    step = ActionStep.objects.select_for_update().filter(enrolment=enrolment, pk=step_id).first()
    if step is None:
        return
    audit.record(actor=actor, action="action_step.removed", obj=step, participant_id=enrolment.participant_id)
    step.delete()


@transaction.atomic
def save_proposal(*, actor, enrolment_id: int, base_version: int, **fields) -> Proposal:
    """Record what is proposed to be decided. `fields`: kind, where, starts_on, ends_on, reason.

    Raises StaleVersion when somebody else saved since `base_version` (0 for none).
    """
    enrolment = _locked(enrolment_id)
    proposal = Proposal.objects.select_for_update().filter(enrolment=enrolment).first()
    if proposal is None:
        proposal = Proposal(enrolment=enrolment, version=0)
    elif all(getattr(proposal, name) == value for name, value in fields.items()):
        return proposal
    if proposal.version != base_version:
        raise _stale()
    for name, value in fields.items():
        setattr(proposal, name, value)
    proposal.version += 1
    proposal.recorded_by = actor
    proposal.save()
    audit.record(
        actor=actor,
        action="proposal.recorded",
        obj=proposal,
        participant_id=enrolment.participant_id,
        details={"kind": proposal.kind},
    )
    return proposal
