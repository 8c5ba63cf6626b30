"""Writing next steps: what, how, who, by when, and what came of it (evidence 001/003, F6)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from coaching.models import ActionStep, Enrolment
from coaching.services.person_base import locked_enrolment, put_values, stale
from core.errors import DomainError

MOST_OPEN_STEPS = 40
A_YEAR = dt.timedelta(days=366)


@transaction.atomic
def save_action_step(
    *, actor, enrolment_id: int, step_id: int | None, base_version: int = 0, **fields
) -> ActionStep:
    """Add a next step, or change the one with `step_id`. `fields`: what, who, due_on (a date or None), and
    how, alternative, result and goal_area (a GoalArea value or ""). Adding the same open step twice adds one.

    Raises StaleVersion when it moved on since `base_version`, DomainError when the step says neither what nor
    who, is another person's, or is gone.
    """
    enrolment = locked_enrolment(enrolment_id)
    values = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    if not values["what"]:
        raise DomainError(_("Say what is done."), field="what")
    if not values["who"]:
        raise DomainError(_("Say who does it."), field="who")
    _check_due_day(enrolment, values["due_on"])
    if step_id is None:
        open_steps = ActionStep.objects.filter(enrolment=enrolment, done_on=None)
        twin = open_steps.filter(**values).first()
        if twin is not None:
            return twin
        if open_steps.count() >= MOST_OPEN_STEPS:
            raise DomainError(
                _("There are already %(count)s open steps. Mark some done first.")
                % {"count": MOST_OPEN_STEPS}
            )
        step, base_version = ActionStep(enrolment=enrolment, version=0), 0
    else:
        step = _locked_step(enrolment, step_id)
    if put_values(step, values, base_version=base_version, actor=actor):
        _tell(actor, "action_step.saved", step, enrolment)
    return step


@transaction.atomic
def complete_action_step(
    *, actor, enrolment_id: int, step_id: int, result: str, done_on: dt.date, today: dt.date
) -> ActionStep:
    """Mark a next step done, with what came of it ("" keeps what stands there); again changes nothing but a
    new result. Raises DomainError when it is gone or `done_on` is still to come."""
    enrolment = locked_enrolment(enrolment_id)
    step = _locked_step(enrolment, step_id)
    if done_on > today:
        raise DomainError(_("This day is still to come."), field="done_on")
    if done_on < today - A_YEAR:
        raise DomainError(_("This day is over a year ago. Check the year."), field="done_on")
    result = result.strip() or step.result
    if step.done_on == done_on and step.result == result:
        return step
    step.done_on, step.result, step.recorded_by = done_on, result, actor
    step.version += 1
    step.save(update_fields=["done_on", "result", "recorded_by", "recorded_at", "version"])
    _tell(actor, "action_step.done", step, enrolment)
    return step


@transaction.atomic
def reopen_action_step(*, actor, enrolment_id: int, step_id: int) -> ActionStep:
    """Open a step again that was marked done; its result stays. An open one is left as it is."""
    enrolment = locked_enrolment(enrolment_id)
    step = _locked_step(enrolment, step_id)
    if step.done_on is None:
        return step
    step.done_on, step.recorded_by = None, actor
    step.version += 1
    step.save(update_fields=["done_on", "recorded_by", "recorded_at", "version"])
    _tell(actor, "action_step.reopened", step, enrolment)
    return step


@transaction.atomic
def remove_action_step(*, actor, enrolment_id: int, step_id: int, base_version: int) -> None:
    """Take away a next step that was written by mistake; one that is gone already is no error.

    Raises StaleVersion when somebody changed it since `base_version`."""
    enrolment = locked_enrolment(enrolment_id)
    step = enrolment.action_steps.select_for_update().filter(pk=step_id).first()
    if step is None:
        return
    if step.version != base_version:
        raise stale()
    _tell(actor, "action_step.removed", step, enrolment)
    step.delete()


def _check_due_day(enrolment: Enrolment, due_on: dt.date | None) -> None:
    if due_on is None:
        return
    month = enrolment.month
    if not month.starts_on - A_YEAR <= due_on <= month.ends_on + 5 * A_YEAR:
        raise DomainError(_("This day is far from the month. Check the year."), field="due_on")


def _locked_step(enrolment: Enrolment, step_id: int) -> ActionStep:
    rows = ActionStep.objects.select_for_update(of=("self",)).filter(enrolment=enrolment, pk=step_id)
    step = rows.first()
    if step is None:
        raise DomainError(_("This next step is no longer there."))
    return step


def _tell(actor, action: str, step: ActionStep, enrolment: Enrolment) -> None:
    label = "" if actor else "participant link"
    audit.record(
        actor=actor, actor_label=label, action=action, obj=step, participant_id=enrolment.participant_id
    )
