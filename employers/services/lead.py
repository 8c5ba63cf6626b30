"""Writing needs and leads: from a hint that somebody heard to a place, or to the authority, or to nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core.errors import DomainError
from employers.enums import OPEN_STAGES, LeadStage
from employers.models import ContactPerson, JobLead
from employers.services.employer import require_version, standing_for_update
from employers.share_text import refuse_personal_data

LEAD_FIELDS = (
    "kind",
    "title",
    "employer",
    "workplace_name",
    "city",
    "contact_person",
    "tasks",
    "requirements",
    "hours",
    "known_by",
    "heard_on",
    "apply_by",
    "owner",
)
SEEN_BY_THE_AUTHORITY = ("title", "tasks", "requirements", "hours")
DOUBLE_CLICK = dt.timedelta(minutes=2)


@transaction.atomic
def create_lead(
    *,
    actor,
    fields: Mapping[str, Any],
    today: dt.date,
    now: dt.datetime,
    contact_event_id: int | None = None,
) -> JobLead:
    """Add a lead. `fields` are values of LEAD_FIELDS; `heard_on` is `today` unless told. The same lead sent
    twice within two minutes (a double click) is kept once.

    Raises DomainError for a day ahead, a workplace that is not said, and a person of another workplace.
    """
    lead = JobLead(created_by=actor, stage=LeadStage.HINT, contact_event_id=contact_event_id)
    _fill(lead, {"heard_on": today, **fields})
    lead.stage_since = min(lead.heard_on, today)
    _refuse_odd(lead, today=today)
    User.objects.select_for_update().get(pk=actor.pk)  # two clicks come one after the other
    twin = _twin_of(lead, now=now)
    if twin is not None:
        return twin
    lead.save()
    record(actor=actor, action="lead.added", obj=lead, details={"to": lead.stage, "on": f"{today}"})
    return lead


@transaction.atomic
def change_lead(*, actor, lead_id: int, version: int, fields: Mapping[str, Any], today: dt.date) -> JobLead:
    """Change a lead that stood at `version` when the form was opened.

    Raises StaleVersion when somebody saved in between, and what `create_lead` raises. What the authority
    reads already must name nobody.
    """
    lead = JobLead.objects.select_for_update().get(pk=lead_id)
    before = {name: getattr(lead, name) for name in LEAD_FIELDS}
    _fill(lead, fields)
    changed = [name for name in LEAD_FIELDS if getattr(lead, name) != before[name]]
    if not changed:
        return lead
    require_version(lead.version, version)
    _refuse_odd(lead, today=today)
    if lead.stage == LeadStage.PASSED_ON:
        for name in SEEN_BY_THE_AUTHORITY:
            refuse_personal_data(getattr(lead, name), lead=lead, field=name)
    lead.version += 1
    lead.save()
    record(actor=actor, action="lead.changed", obj=lead, details={"fields": changed})
    return lead


@transaction.atomic
def move_lead(*, actor, lead_id: int, version: int, target: str, today: dt.date) -> JobLead:
    """Put a lead into another stage of the board. It may go back, and it is on the record when it does.

    Where it stands already, nothing happens (a double click). Raises StaleVersion when somebody saved in
    between, DomainError for passing on and closing, which ask for more (`pass_lead`, `close_lead`).
    """
    lead = JobLead.objects.select_for_update().get(pk=lead_id)
    if lead.stage == target:
        return lead
    require_version(lead.version, version)
    if target not in (*OPEN_STAGES, LeadStage.FILLED):
        raise DomainError(_("Choose a stage from the list."), field="target")
    reopened = lead.stage not in OPEN_STAGES and target in OPEN_STAGES
    _move(lead, target, actor=actor, today=today, action="lead.reopened" if reopened else "lead.moved")
    return lead


@transaction.atomic
def close_lead(*, actor, lead_id: int, version: int, reason: str, today: dt.date) -> JobLead:
    """The lead came to nothing, and why. Raises StaleVersion, and DomainError without a reason."""
    lead = JobLead.objects.select_for_update().get(pk=lead_id)
    if lead.stage == LeadStage.CLOSED:
        return lead
    require_version(lead.version, version)
    if not reason.strip():
        raise DomainError(_("Say why it came to nothing."), field="closed_reason")
    lead.closed_reason = reason.strip()
    _move(lead, LeadStage.CLOSED, actor=actor, today=today, action="lead.closed")
    return lead


@transaction.atomic
def pass_lead(
    *,
    actor,
    lead_id: int,
    version: int,
    authority,
    passed_on: dt.date,
    share_text: str,
    today: dt.date,
) -> JobLead:
    """Pass the lead to the `authority` with a text without personal data; its officers see it from now on.

    Raises StaleVersion, and DomainError for a day ahead or before it was heard of, an empty text, and
    anything personal in what the authority will read.
    """
    lead = JobLead.objects.select_for_update().get(pk=lead_id)
    require_version(lead.version, version)
    if passed_on > today:
        raise DomainError(_("This day is still ahead."), field="passed_on")
    if passed_on < lead.heard_on:
        raise DomainError(_("This is before the lead was heard of."), field="passed_on")
    if not share_text.strip():
        raise DomainError(_("Write the text that the authority gets."), field="share_text")
    refuse_personal_data(share_text, lead=lead)
    for name in SEEN_BY_THE_AUTHORITY:
        _refuse_in_fact(lead, name)
    lead.share_text = share_text.strip()
    lead.authority, lead.passed_on = authority, passed_on
    if lead.stage == LeadStage.PASSED_ON:
        lead.version += 1
        lead.save()
        record(actor=actor, action="lead.changed", obj=lead, details={"fields": ["authority", "share_text"]})
        return lead
    _move(lead, LeadStage.PASSED_ON, actor=actor, today=today, action="lead.passed_on")
    return lead


@transaction.atomic
def write_share_text(*, actor, lead_id: int, version: int, text: str) -> JobLead:
    """Keep the text to share. Raises StaleVersion, and DomainError for anything personal in it."""
    lead = JobLead.objects.select_for_update().get(pk=lead_id)
    if lead.share_text == text.strip():
        return lead
    require_version(lead.version, version)
    if lead.stage == LeadStage.PASSED_ON and not text.strip():
        raise DomainError(_("The authority reads this text: it cannot be empty."), field="share_text")
    refuse_personal_data(text, lead=lead)
    lead.share_text = text.strip()
    lead.version += 1
    lead.save()
    record(actor=actor, action="lead.changed", obj=lead, details={"fields": ["share_text"]})
    return lead


@transaction.atomic
def take_lead(*, actor, lead_id: int) -> JobLead:
    """Take care of a lead that nobody takes care of. Raises DomainError when somebody else does already."""
    lead = JobLead.objects.select_for_update().get(pk=lead_id)
    if lead.owner_id == actor.pk:
        return lead
    if lead.owner_id:
        raise DomainError(_("%(who)s takes care of it already.") % {"who": lead.owner.full_name})
    lead.owner = actor
    lead.version += 1
    lead.save(update_fields=["owner", "version", "updated_at"])
    record(actor=actor, action="lead.taken", obj=lead)
    return lead


@transaction.atomic
def set_lead_employer(*, actor, lead_id: int, employer_id: int) -> JobLead:
    """Join the lead to an employer of the register. Its municipality comes along where none was known; a
    contact person of another workplace does not stay."""
    lead = JobLead.objects.select_for_update().get(pk=lead_id)
    if lead.employer_id == employer_id:
        return lead
    employer = standing_for_update(employer_id)
    lead.employer, lead.contact_person = employer, None
    lead.workplace_name = ""
    lead.city = lead.city or employer.city
    lead.version += 1
    lead.save()
    record(actor=actor, action="lead.changed", obj=lead, details={"fields": ["employer"]})
    return lead


def _move(lead: JobLead, target: str, *, actor, today: dt.date, action: str) -> None:
    before, days = lead.stage, max((today - lead.stage_since).days, 0)
    lead.stage, lead.stage_since = target, today
    lead.version += 1
    lead.save()
    details = {"from": before, "to": str(target), "days": days, "on": f"{today}"}
    record(actor=actor, action=action, obj=lead, details=details)


def _fill(lead: JobLead, fields: Mapping[str, Any]) -> None:
    for name in LEAD_FIELDS:
        if name in fields:
            setattr(lead, name, fields[name])
    if lead.employer_id:
        lead.workplace_name = ""
        lead.city = lead.city or lead.employer.city


def _refuse_odd(lead: JobLead, *, today: dt.date) -> None:
    if not lead.employer_id and not lead.workplace_name.strip():
        raise DomainError(_("Write the workplace."), field="workplace_name")
    if lead.heard_on > today:
        raise DomainError(_("This day is still ahead."), field="heard_on")
    if lead.apply_by and lead.apply_by < lead.heard_on:
        raise DomainError(_("This is before the lead was heard of."), field="apply_by")
    person = lead.contact_person_id
    if person and not ContactPerson.objects.filter(pk=person, employer=lead.employer_id).exists():
        raise DomainError(_("Choose somebody of this employer."), field="contact_person")


def _refuse_in_fact(lead: JobLead, name: str) -> None:
    """As `refuse_personal_data`, for a fact that stands on the lead and not in the form of passing on."""
    try:
        refuse_personal_data(getattr(lead, name), lead=lead)
    except DomainError as refusal:
        label = JobLead._meta.get_field(name).verbose_name
        raise DomainError(
            _("The authority reads also this: %(label)s. %(sentence)s Edit the lead first.")
            % {"label": label, "sentence": refusal}
        ) from refusal


def _twin_of(lead: JobLead, *, now: dt.datetime) -> JobLead | None:
    same = {name: getattr(lead, name) for name in LEAD_FIELDS}
    return JobLead.objects.filter(
        created_by=lead.created_by, created_at__gte=now - DOUBLE_CLICK, **same
    ).first()
