"""Recording what the officer decided, in the discussion of three or afterwards."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.enums import Role
from accounts.models import User
from coaching.enums import DiscussionKind
from coaching.models import Enrolment
from coaching.services.discussions import save_discussion
from coaching.services.person_base import locked_enrolment, put_values
from core.errors import AccessDenied, DomainError
from reports.access import can_record_decision, can_write_summaries
from reports.enums import DecisionKind
from reports.models import Decision, HealthNeed

EARLIEST_BEFORE_MONTH = dt.timedelta(days=366)


@transaction.atomic
def record_decision(
    *,
    actor: User,
    enrolment_id: int,
    base_version: int,
    today: dt.date,
    talk: dict | None = None,
    talk_version: int = 0,
    **fields,
) -> Decision:
    """Record one person's decision: kind, where, programme, starts_on, ends_on, conditions, decided_on,
    decided_by (an officer or None), decided_by_name and participant_comment.

    With `talk` (held_on, present, participant_view, coach_view, agreed) the discussion of three is recorded
    in the same breath through coaching's own service, at `talk_version`. Both or none. Raises StaleVersion
    when either moved on, AccessDenied for a stranger, DomainError for facts of another kind, for a day still
    to come and when nobody is named.
    """
    enrolment = locked_enrolment(enrolment_id)
    if not can_record_decision(actor, enrolment):
        raise AccessDenied(_("The decision is recorded by the month's own coach or the officer."))
    if talk is not None and talk.get("held_on"):
        _save_talk(actor, enrolment, talk, talk_version, today)
    fields = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    _check_who(enrolment, fields)
    _check_days(enrolment, fields, today)
    _check_facts(fields)
    decision = Decision.objects.select_for_update(of=("self",)).filter(enrolment=enrolment).first()
    if decision is None:
        decision = Decision(enrolment=enrolment, version=0)
    if put_values(decision, fields, base_version=base_version, actor=actor):
        audit.record(
            actor=actor,
            action="decision.recorded",
            obj=decision,
            participant_id=enrolment.participant_id,
            details={"kind": decision.kind, "version": decision.version},
        )
    return decision


@transaction.atomic
def record_health_need(
    *,
    actor: User,
    enrolment_id: int,
    base_version: int,
    today: dt.date,
    is_needed: bool,
    referred_to: str,
    referred_on: dt.date | None,
) -> HealthNeed:
    """Whether a further examination is needed, and where the person was helped on to; never a diagnosis.

    It leaves only in a summary, and only with the consent for it (participants.enums.ConsentItem.HEALTH).
    Raises StaleVersion, AccessDenied, DomainError.
    """
    enrolment = locked_enrolment(enrolment_id)
    if not can_write_summaries(actor, enrolment.month):
        raise AccessDenied(_("The need of a health check is recorded by the month's own coach."))
    referred_to = referred_to.strip()
    if not is_needed and (referred_to or referred_on):
        field = "referred_to" if referred_to else "referred_on"
        raise DomainError(_("Without a need nobody is helped on anywhere. Empty this field."), field=field)
    if referred_on:
        if not referred_to:
            raise DomainError(_("Name the service, such as the health check."), field="referred_to")
        _check_past(enrolment, referred_on, today, "referred_on")
    need = HealthNeed.objects.select_for_update(of=("self",)).filter(enrolment=enrolment).first()
    if need is None:
        need = HealthNeed(enrolment=enrolment, version=0)
    values = {"is_needed": is_needed, "referred_to": referred_to, "referred_on": referred_on}
    if put_values(need, values, base_version=base_version, actor=actor):
        audit.record(
            actor=actor, action="health_need.recorded", obj=need, participant_id=enrolment.participant_id
        )
    return need


def _save_talk(actor: User, enrolment: Enrolment, talk: dict, talk_version: int, today: dt.date) -> None:
    if not can_write_summaries(actor, enrolment.month):
        raise AccessDenied(_("The discussion is recorded by the month's own coach."))
    found = enrolment.discussions.filter(kind=DiscussionKind.THREE_PARTY).first()
    save_discussion(
        actor=actor,
        enrolment_id=enrolment.pk,
        kind=DiscussionKind.THREE_PARTY,
        base_version=talk_version,
        today=today,
        planned_on=found.planned_on if found else None,
        **talk,
    )


def _check_who(enrolment: Enrolment, fields: dict) -> None:
    """An officer of the person's own office, or a name; the name is kept as it stood."""
    officer = fields.get("decided_by")
    if officer is not None:
        office = enrolment.participant.authority_id
        if officer.role != Role.TE_OFFICER or officer.authority_id != office:
            raise DomainError(_("Choose an officer of the participant's own office."), field="decided_by")
        fields["decided_by_name"] = officer.full_name
    if not fields.get("decided_by_name"):
        raise DomainError(_("Say who decided."), field="decided_by_name")


def _check_past(enrolment: Enrolment, day: dt.date, today: dt.date, field: str) -> None:
    if day > today:
        raise DomainError(_("The day cannot be in the future."), field=field)
    if day < enrolment.month.starts_on - EARLIEST_BEFORE_MONTH:
        raise DomainError(_("This day is far from the month. Check the year."), field=field)


def _check_days(enrolment: Enrolment, fields: dict, today: dt.date) -> None:
    _check_past(enrolment, fields["decided_on"], today, "decided_on")
    starts_on, ends_on = fields.get("starts_on"), fields.get("ends_on")
    far = enrolment.month.ends_on + dt.timedelta(days=6 * 366)
    for name, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        if day and not enrolment.month.starts_on - EARLIEST_BEFORE_MONTH <= day <= far:
            raise DomainError(_("This day is far from the month. Check the year."), field=name)
    if starts_on and ends_on and ends_on < starts_on:
        raise DomainError(_("The last day cannot be before the first."), field="ends_on")


def _check_facts(fields: dict) -> None:
    """Only the facts of the kind, and the one without which it says nothing."""
    kind = fields["kind"]
    if kind not in DecisionKind.values:
        raise DomainError(_("Choose what was decided."), field="kind")
    if kind != DecisionKind.NONE and not fields.get("where"):
        raise DomainError(_("Name the workplace, school or service."), field="where")
    foreign = [] if kind == DecisionKind.STUDY else ["programme"]
    if kind == DecisionKind.NONE:
        foreign += ["where", "starts_on", "ends_on"]
    for name in foreign:
        if fields.get(name):
            raise DomainError(_("This does not belong to the decision. Empty this field."), field=name)
