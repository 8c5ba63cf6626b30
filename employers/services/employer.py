"""Writing the register: employers and the people there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.audit import record, record_many
from accounts.enums import Role
from core.constraints import constraint_sentence
from core.errors import DomainError, StaleVersion
from employers.business_id import normalise_business_id
from employers.errors import AlikeEmployers, EmployerAlreadyExists
from employers.models import ContactPerson, Employer

EMPLOYER_FIELDS = (
    "name",
    "business_id",
    "sector",
    "size",
    "street_address",
    "postal_code",
    "city",
    "phone",
    "email",
    "language",
    "own_contact",
    "deputy",
    "needs",
    "experience",
    "layoffs_checked_on",
    "layoffs_result",
    "email_verified_on",
    "do_not_ask_before",
    "note",
)
PERSON_FIELDS = ("name", "role", "phone", "email")
MANY_ALIKE = 5


@transaction.atomic
def create_employer(*, actor, fields: Mapping[str, Any], despite_alike: bool = False) -> Employer:
    """Add an employer to the register. `fields` are values of EMPLOYER_FIELDS.

    Raises EmployerAlreadyExists for a business ID on record, AlikeEmployers for a like name unless
    `despite_alike`, DomainError for a business ID whose check digit does not fit.
    """
    employer = Employer()
    _fill(employer, fields)
    _refuse_impossible(employer, before={})
    _refuse_known_business_id(employer)
    if not despite_alike:
        _refuse_alike(employer)
    _save(employer)
    record(actor=actor, action="employer.created", obj=employer)
    return employer


@transaction.atomic
def change_employer(*, actor, employer_id: int, version: int, fields: Mapping[str, Any]) -> Employer:
    """Change an employer that stood at `version` when the form was opened.

    Raises StaleVersion when somebody saved in between, and what `create_employer` raises about IDs.
    """
    employer = standing_for_update(employer_id)
    before = {name: getattr(employer, name) for name in EMPLOYER_FIELDS}
    _fill(employer, fields)
    changed = [name for name in EMPLOYER_FIELDS if getattr(employer, name) != before[name]]
    if not changed:
        return employer
    require_version(employer.version, version)
    _refuse_impossible(employer, before=before)
    _refuse_known_business_id(employer)
    employer.version += 1
    _save(employer)
    record(actor=actor, action="employer.changed", obj=employer, details={"fields": changed})
    return employer


@transaction.atomic
def add_contact_person(*, actor, employer_id: int, fields: Mapping[str, Any]) -> ContactPerson:
    """Add somebody at the workplace; the same person sent twice is added once."""
    employer = standing_for_update(employer_id)
    values = {name: fields.get(name, "") for name in PERSON_FIELDS}
    known = ContactPerson.objects.filter(employer=employer, is_active=True, **values).first()
    if known is not None:
        return known
    person = ContactPerson.objects.create(employer=employer, **values)
    record(actor=actor, action="contact_person.added", obj=person, details={"employer": employer.pk})
    return person


@transaction.atomic
def change_contact_person(*, actor, person_id: int, version: int, fields: Mapping[str, Any]) -> ContactPerson:
    """Change somebody at the workplace. Raises StaleVersion when somebody saved in between."""
    person = ContactPerson.objects.select_for_update().get(pk=person_id)
    changed = [name for name in PERSON_FIELDS if name in fields and getattr(person, name) != fields[name]]
    if not changed:
        return person
    require_version(person.version, version)
    for name in changed:
        setattr(person, name, fields[name])
    person.version += 1
    person.save()
    record(actor=actor, action="contact_person.changed", obj=person, details={"fields": changed})
    return person


@transaction.atomic
def set_contact_person_active(*, actor, person_id: int, is_active: bool) -> ContactPerson:
    """Note that somebody left the workplace, or came back. The past keeps the name."""
    person = ContactPerson.objects.select_for_update().get(pk=person_id)
    if person.is_active != is_active:
        person.is_active = is_active
        person.version += 1
        person.save(update_fields=["is_active", "version"])
        action = "contact_person.returned" if is_active else "contact_person.left"
        record(actor=actor, action=action, obj=person)
    return person


def standing_for_update(employer_id: int) -> Employer:
    """The employer, locked until the transaction ends; if it was merged away, the one that stands for it, so
    that what is written to a page opened before the merge is not lost."""
    employer = Employer.objects.select_for_update().get(pk=employer_id)
    while employer.merged_into_id:
        employer = Employer.objects.select_for_update().get(pk=employer.merged_into_id)
    return employer


@transaction.atomic
def hand_over_employers(*, actor, from_user, to_user) -> int:
    """Everybody of whom `from_user` is the named contact or the deputy gets `to_user` instead; how many
    employers. Raises DomainError when `to_user` is not an active coach or coordinator, or is the same."""
    if from_user.pk == to_user.pk:
        raise DomainError(_("Choose somebody else than the one who gives them up."), field="to_user")
    if not may_be_contact(to_user):
        raise DomainError(_("Choose one of the coaches and coordinators at work."), field="to_user")
    kept = Employer.objects.standing().in_hands_of(from_user)
    employers = list(kept.select_for_update().order_by("id"))
    for employer in employers:
        if employer.own_contact_id == from_user.pk:
            employer.own_contact = to_user
            if employer.deputy_id == to_user.pk:
                employer.deputy = None
        elif employer.own_contact_id == to_user.pk:
            employer.deputy = None
        else:
            employer.deputy = to_user
        employer.version += 1
    Employer.objects.bulk_update(employers, ["own_contact", "deputy", "version"], batch_size=500)
    record_many(
        actor=actor, action="employer.handed_over", objects=[(employer, None) for employer in employers]
    )
    return len(employers)


def may_be_contact(user) -> bool:
    """An employer's named contact or deputy is a coach or coordinator at work."""
    return user.is_active and user.role in (Role.COACH, Role.COORDINATOR)


def require_version(current: int, seen: int) -> None:
    """Raises StaleVersion when the row has moved on since the form was opened."""
    if current != seen:
        raise StaleVersion(
            _("Somebody else saved this in the meantime. Nothing was overwritten: compare and decide below.")
        )


def _fill(employer: Employer, fields: Mapping[str, Any]) -> None:
    for name in EMPLOYER_FIELDS:
        if name in fields:
            setattr(employer, name, fields[name])
    if employer.business_id:
        normal = normalise_business_id(employer.business_id)
        if normal is None:
            raise DomainError(_("Check the business ID: its last digit does not fit."), field="business_id")
        employer.business_id = normal


def _refuse_impossible(employer: Employer, *, before: Mapping[str, Any]) -> None:
    """What the database would refuse too, and people of ours who are no longer at work."""
    if employer.deputy_id and employer.deputy_id == employer.own_contact_id:
        raise DomainError(constraint_sentence(Employer, "employer_deputy_is_somebody_else"), field="deputy")
    if employer.layoffs_result and not employer.layoffs_checked_on:
        sentence = constraint_sentence(Employer, "employer_layoffs_result_has_its_day")
        raise DomainError(sentence, field="layoffs_checked_on")
    for name in ("own_contact", "deputy"):
        chosen = getattr(employer, name)
        if chosen is not None and chosen != before.get(name) and not may_be_contact(chosen):
            raise DomainError(_("Choose one of the coaches and coordinators at work."), field=name)


def _known(employer: Employer) -> Employer | None:
    return Employer.objects.filter(business_id=employer.business_id).exclude(pk=employer.pk).first()


def _refuse_known_business_id(employer: Employer) -> None:
    if employer.business_id and (known := _known(employer)):
        raise EmployerAlreadyExists(
            constraint_sentence(Employer, "employer_business_id_is_unique"), employer_id=known.pk
        )


def _refuse_alike(employer: Employer) -> None:
    alike = Employer.objects.named_like(employer.name)
    if employer.business_id:  # another ID is another employer, unless the other's is not known
        alike = alike.filter(business_id="")
    ids = tuple(alike.values_list("pk", flat=True)[:MANY_ALIKE])
    if ids:
        raise AlikeEmployers(_("Is it one of these? They are on record already."), employer_ids=ids)


def _save(employer: Employer) -> None:
    """Two people may add one business ID at the same moment: only the database sees that."""
    try:
        with transaction.atomic():
            employer.save()
    except IntegrityError:
        _refuse_known_business_id(employer)
        raise
