"""What came after a work trial: noted, and after a hire the contacts and the paperwork as tasks.

A hire can fail in its trial period without anybody hearing of it: the coordinator asks the workplace and the
coach the person, inside that period. The paperwork is a checklist for each kind (evidence 004 4E), no
calculator of subsidies.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audit import record
from core.errors import DomainError
from employers.enums import HIRES, Continuation, PlacementState, TaskKind
from employers.errors import MoveNotAllowed
from employers.models import Placement
from employers.services.employer import require_version
from employers.services.placement_effects import drop_open_tasks
from employers.services.tasks import add_task

ENDED = (PlacementState.COMPLETED, PlacementState.ENDED_EARLY)
LONGEST_TRIAL_PERIOD = dt.timedelta(days=366)

_CONTRACT = gettext_lazy("Ask for a copy of the employment contract, or when it is signed")
_PLAN = gettext_lazy("Tell the authority that the work begins")
PAPERWORK = {
    Continuation.HIRED: (_CONTRACT, _PLAN),
    Continuation.WAGE_SUBSIDY: (
        gettext_lazy(
            "Apply for the wage subsidy with the employer: the decision comes before the work begins"
        ),
        gettext_lazy("Agree who guides at work while the subsidy runs"),
        _CONTRACT,
        _PLAN,
    ),
    Continuation.APPRENTICESHIP: (
        gettext_lazy("Make the apprenticeship contract with the employer and the school"),
        gettext_lazy("Write down who teaches at the workplace"),
        gettext_lazy("Ask the authority about the wage subsidy for the apprenticeship"),
        _PLAN,
    ),
}


@transaction.atomic
def record_continuation(
    *,
    actor,
    placement_id: int,
    version: int,
    continuation: str,
    starts_on: dt.date | None = None,
    trial_period_ends_on: dt.date | None = None,
) -> Placement:
    """Note what came after a work trial that has ended; a hire makes its contacts and its paperwork.

    Saving the same again changes nothing; another answer drops the open tasks of the one before. Raises
    StaleVersion, MoveNotAllowed for one that has not ended, DomainError at what is missing.
    """
    placement = Placement.objects.select_for_update().get(pk=placement_id)
    is_hire = continuation in HIRES
    values = {
        "continuation": continuation,
        "continuation_starts_on": starts_on if continuation != Continuation.NONE else None,
        "trial_period_ends_on": trial_period_ends_on if is_hire else None,
    }
    if all(getattr(placement, name) == value for name, value in values.items()):
        return placement
    require_version(placement.version, version)
    if placement.state not in ENDED:
        raise MoveNotAllowed(_("What came after is noted when the work trial has ended."))
    _check(placement, **values)
    for name, value in values.items():
        setattr(placement, name, value)
    placement.version += 1
    placement.save()
    record(
        actor=actor,
        action="placement.continued",
        obj=placement,
        participant_id=placement.participant_id,
        details={"continuation": continuation},
    )
    drop_open_tasks(actor=actor, placement=placement)
    if is_hire:
        _make_tasks(placement, actor=actor)
    return placement


def contact_days(starts_on: dt.date, trial_period_ends_on: dt.date | None) -> list[dt.date]:
    """When both sides are asked: after two weeks, at the half and two weeks before the end of the trial
    period, each day once and inside it. Without a known end only after two weeks."""
    first = starts_on + dt.timedelta(days=settings.HIRE_FIRST_CONTACT_DAYS)
    if trial_period_ends_on is None:
        return [first]
    half = starts_on + (trial_period_ends_on - starts_on) / 2
    last = trial_period_ends_on - dt.timedelta(days=settings.HIRE_LAST_CONTACT_DAYS)
    days = sorted({day for day in (first, half, last) if starts_on <= day <= trial_period_ends_on})
    return days or [trial_period_ends_on]


def _check(placement: Placement, *, continuation, continuation_starts_on, trial_period_ends_on) -> None:
    if continuation not in Continuation.values:
        raise DomainError(_("Choose what came after the work trial."), field="continuation")
    first, last = continuation_starts_on, trial_period_ends_on
    if continuation in HIRES and first is None:
        raise DomainError(_("Give the day on which the work begins."), field="continuation_starts_on")
    if first is not None and not placement.starts_on <= first <= placement.ends_on + LONGEST_TRIAL_PERIOD:
        raise DomainError(
            _("The work begins after the work trial, within a year. Check the day."),
            field="continuation_starts_on",
        )
    if last is not None and not first <= last <= first + LONGEST_TRIAL_PERIOD:
        raise DomainError(
            _("The trial period ends after the work has begun, within a year. Check the day."),
            field="trial_period_ends_on",
        )


def _make_tasks(placement: Placement, *, actor) -> None:
    month = placement.month
    coordinator = month.coordinator if month else placement.created_by
    coach = month.coach if month else placement.created_by
    rows = []
    for day in contact_days(placement.continuation_starts_on, placement.trial_period_ends_on):
        asked = _("Ask the workplace how the work goes, inside the trial period")
        rows.append((TaskKind.HIRE_EMPLOYER, asked, day, coordinator))
        asked = _("Ask the person how the work goes, inside the trial period")
        rows.append((TaskKind.HIRE_PARTICIPANT, asked, day, coach))
    for text in PAPERWORK[Continuation(placement.continuation)]:
        rows.append((TaskKind.PAPERWORK, str(text), placement.continuation_starts_on, coordinator))
    for kind, text, due_on, who in rows:
        add_task(
            actor=actor,
            kind=kind,
            text=text,
            due_on=due_on,
            responsible_id=who.pk if who else None,
            placement_id=placement.pk,
            employer_id=placement.employer_id,
        )
