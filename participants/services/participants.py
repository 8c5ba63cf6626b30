"""The record: changed without overwriting anybody; the identity code revealed; a protected file opened."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core import crypto
from core.errors import DomainError, StaleVersion
from participants import hetu as hetu_rules
from participants.enums import ConsentMethod
from participants.models import Participant
from participants.own.information import INFORMATION_VERSION

# what the edit form may change; hetu goes its own way
RECORD_FIELDS = (
    "first_name",
    "last_name",
    "birth_date",
    "language",
    "phone",
    "email",
    "street_address",
    "postal_code",
    "city",
    "authority",
    "officer",
    "officer_name",
    "labour_status",
    "education",
    "unemployed_since",
    "is_restricted",
)
PREPARATION_FIELDS = ("information_confirmed_on", "agreement_signed_on")


class RecordMoved(StaleVersion):
    """Somebody saved in between; `current` is what is on record now."""

    def __init__(self, current: Participant) -> None:
        super().__init__(
            _("Somebody else has changed the record meanwhile. Compare the two versions and save again.")
        )
        self.current = current


class HetuTaken(DomainError):
    """The identity code belongs to somebody on record."""

    def __init__(self) -> None:
        super().__init__(_("Somebody with this personal identity code is already on record."), field="hetu")


@transaction.atomic
def update_participant(
    *, actor: User, participant_id: int, version: int, values: dict, hetu: str | None = None
) -> Participant:
    """Save the given RECORD_FIELDS. `hetu`: None leaves the code, "" removes it, text sets it.

    Raises RecordMoved when `version` is not the stored one, HetuWrong, HetuTaken, or DomainError when code
    and date of birth do not agree. Saving what is there already changes nothing.
    """
    person = Participant.objects.select_for_update().get(pk=participant_id)
    if person.version != version:
        raise RecordMoved(person)
    changed = [name for name in RECORD_FIELDS if name in values and getattr(person, name) != values[name]]
    for name in changed:
        setattr(person, name, values[name])
    changed += _set_hetu(person, hetu)
    if not changed:
        return person
    person.version += 1
    person.save(update_fields=[*changed, "version", "updated_at"])
    record(
        actor=actor,
        action="participant.changed",
        obj=person,
        participant_id=person.pk,
        details={"fields": [name for name in changed if name != "hetu_encrypted"]},
    )
    return person


def _set_hetu(person: Participant, hetu: str | None) -> list[str]:
    """The names of the columns that change. Fills in a missing date of birth from the code."""
    if hetu is None:
        current = crypto.decrypt(person.hetu_encrypted) if person.has_hetu else ""
        hetu_rules.refuse_mismatch(hetu=current, birth_date=person.birth_date)
        return []
    code = hetu_rules.check_hetu(hetu) if hetu else ""
    hetu_rules.refuse_mismatch(hetu=code, birth_date=person.birth_date)
    sealed = hetu_rules.sealed(code)
    if sealed["hetu_hash"] == person.hetu_hash:
        return []
    refuse_taken_hetu(code, but=person.pk)
    for name, value in sealed.items():
        setattr(person, name, value)
    if code and person.birth_date is None:
        person.birth_date = hetu_rules.birth_date_of(code)
        return [*sealed, "birth_date"]
    return list(sealed)


def refuse_taken_hetu(code: str, *, but: int | None = None) -> None:
    """Raises HetuTaken when a checked code is on record with another person."""
    if code and Participant.objects.filter(hetu_hash=crypto.keyed_hash(code)).exclude(pk=but).exists():
        raise HetuTaken()


@transaction.atomic
def reveal_hetu(*, actor: User, participant: Participant) -> str:
    """The whole code, once; the audit trail says who saw it. Raises DomainError without one."""
    if not participant.has_hetu:
        raise DomainError(_("There is no personal identity code on record."))
    record(actor=actor, action="participant.hetu_revealed", obj=participant, participant_id=participant.pk)
    return crypto.decrypt(participant.hetu_encrypted)


@transaction.atomic
def open_restricted_file(*, actor: User, participant: Participant, reason: str) -> None:
    """Note why a protected person's file is opened. Raises DomainError without a real reason."""
    if len(reason.strip()) < 5:
        raise DomainError(_("Say in a few words why you open the file."), field="reason")
    record(
        actor=actor,
        action="participant.restricted_opened",
        obj=participant,
        participant_id=participant.pk,
        reason=reason.strip(),
    )


@transaction.atomic
def record_preparations(
    *,
    actor: User,
    participant_id: int,
    version: int,
    information_confirmed_on: dt.date | None,
    agreement_signed_on: dt.date | None,
    today: dt.date,
) -> Participant:
    """When the information sheet was gone through and the participation agreement signed; None takes a
    date back. Raises RecordMoved, or DomainError for a date in the future."""
    person = Participant.objects.select_for_update().get(pk=participant_id)
    if person.version != version:
        raise RecordMoved(person)
    given = {
        "information_confirmed_on": information_confirmed_on,
        "agreement_signed_on": agreement_signed_on,
    }
    for name, day in given.items():
        if day and day > today:
            raise DomainError(_("The date is in the future."), field=name)
    changed = [name for name, day in given.items() if getattr(person, name) != day]
    if not changed:
        return person
    for name in changed:
        setattr(person, name, given[name])
    columns = [*changed, *_how_informed(person)] if "information_confirmed_on" in changed else changed
    person.version += 1
    person.save(update_fields=[*columns, "version", "updated_at"])
    record(
        actor=actor,
        action="participant.prepared",
        obj=person,
        participant_id=person.pk,
        details={name: given[name].isoformat() if given[name] else None for name in changed},
    )
    return person


def _how_informed(person: Participant) -> tuple[str, str]:
    """Staff note what was gone through together on paper: the sheet as it stands now."""
    is_done = person.information_confirmed_on is not None
    person.information_version = INFORMATION_VERSION if is_done else None
    person.information_method = ConsentMethod.PAPER if is_done else ""
    return ("information_version", "information_method")
