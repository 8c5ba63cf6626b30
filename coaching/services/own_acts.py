"""What the participant adds by the personal link: an act of looking for work, a step forward."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from coaching.enums import JobSearchKind, StepBy
from coaching.models import Enrolment, JobSearchAction, StepForward
from coaching.services.person_base import locked_enrolment
from core.errors import DomainError
from participants.services.personal_links import BY_LINK

TWICE_WITHIN = dt.timedelta(seconds=60)  # a second tap on the button, not a second call
MOST_IN_A_DAY = 40
BEFORE_THE_MONTH = dt.timedelta(days=60)


@transaction.atomic
def add_own_act(
    *, enrolment_id: int, kind: str, text: str, day: dt.date, today: dt.date, now: dt.datetime
) -> JobSearchAction:
    """Note one act of looking for work (`kind`: JobSearchKind); the same one sent twice within a minute is
    one. Raises DomainError: unknown kind, "other" without words, a day still to come or long before."""
    enrolment = locked_enrolment(enrolment_id)
    text = text.strip()
    if kind not in JobSearchKind.values:
        raise DomainError(_("Choose what you did."), field="kind")
    if kind == JobSearchKind.OTHER and not text:
        raise DomainError(_("Write what you did."), field="text")
    _check_day(enrolment, day, today)
    own = enrolment.job_search_actions.filter(day=day, recorded_by=None)
    twin = own.filter(kind=kind, text=text, recorded_at__gte=now - TWICE_WITHIN).first()
    if twin is not None:
        return twin
    if own.count() >= MOST_IN_A_DAY:
        raise DomainError(_("There are already very many on this day. Tell your coach about the rest."))
    act = JobSearchAction.objects.create(
        enrolment=enrolment, day=day, kind=kind, text=text, done_by=StepBy.PARTICIPANT, recorded_at=now
    )
    _tell("own_act.added", act, enrolment)
    return act


@transaction.atomic
def add_own_step(
    *, enrolment_id: int, text: str, day: dt.date, today: dt.date, now: dt.datetime
) -> StepForward:
    """Note one step forward in own words; the same words on the same day are one. Raises DomainError."""
    enrolment = locked_enrolment(enrolment_id)
    text = text.strip()
    if not text:
        raise DomainError(_("Write what you did."), field="text")
    _check_day(enrolment, day, today)
    own = enrolment.steps_forward.filter(day=day, recorded_by=None, session=None)
    twin = own.filter(text=text).first()
    if twin is not None:
        return twin
    if own.count() >= MOST_IN_A_DAY:
        raise DomainError(_("There are already very many on this day. Tell your coach about the rest."))
    step = StepForward.objects.create(
        enrolment=enrolment, day=day, text=text, done_by=StepBy.PARTICIPANT, recorded_at=now
    )
    _tell("own_step.added", step, enrolment)
    return step


@transaction.atomic
def remove_own(*, enrolment_id: int, what: str, pk: int) -> bool:
    """Take away an act ("act") or a step ("step") that the participant wrote by the link; what somebody else
    wrote stays. False when there is nothing of the kind."""
    enrolment = locked_enrolment(enrolment_id)
    rows = enrolment.job_search_actions if what == "act" else enrolment.steps_forward
    row = rows.filter(pk=pk, recorded_by=None, session=None, done_by=StepBy.PARTICIPANT).first()
    if row is None:
        return False
    _tell("own_act.removed" if what == "act" else "own_step.removed", row, enrolment)
    row.delete()
    return True


def _check_day(enrolment: Enrolment, day: dt.date, today: dt.date) -> None:
    if day > today:
        raise DomainError(_("This day is still to come."), field="day")
    if day < enrolment.month.starts_on - BEFORE_THE_MONTH:
        raise DomainError(_("This day is long before the month. Check the date."), field="day")


def _tell(action: str, row, enrolment: Enrolment) -> None:
    audit.record(
        actor=None, actor_label=BY_LINK, action=action, obj=row, participant_id=enrolment.participant_id
    )
