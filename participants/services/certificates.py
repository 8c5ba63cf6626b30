"""Certificates and cards with their expiry, and that somebody of ours went through the CV (product.md P7)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core.errors import DomainError, StaleVersion
from participants.models import Certificate, CvCheck, Participant


@transaction.atomic
def save_certificate(
    *,
    actor: User,
    participant_id: int,
    certificate_id: int | None,
    base_version: int,
    today: dt.date,
    name: str,
    issued_on: dt.date | None,
    expires_on: dt.date | None,
    seen_on: dt.date | None,
) -> Certificate:
    """Add a certificate or change it. Whoever gives or changes the day when the original was seen is the one
    who saw it.

    Raises DomainError when it expires before it was given, or was given or seen in the future, or is gone;
    StaleVersion when somebody saved since `base_version` (0 for a new one).
    """
    Participant.objects.select_for_update().get(pk=participant_id)
    certificate = Certificate(participant_id=participant_id, version=0)
    if certificate_id is not None:
        found = Certificate.objects.select_for_update().filter(participant=participant_id, pk=certificate_id)
        certificate = found.first()
        if certificate is None:
            raise DomainError(_("This is no longer there. Somebody removed it in the meantime."))
    values = {"name": name.strip(), "issued_on": issued_on, "expires_on": expires_on, "seen_on": seen_on}
    _check(values, today)
    if certificate_id is None:
        twin = Certificate.objects.filter(participant=participant_id, **values).first()
        if twin is not None:  # a second click
            return twin
    elif all(getattr(certificate, field) == value for field, value in values.items()):
        return certificate
    if certificate.version != base_version:
        raise StaleVersion(_("Somebody else saved this in the meantime. Both versions are shown below."))
    if seen_on != certificate.seen_on:
        certificate.seen_by = actor if seen_on else None
    for field, value in values.items():
        setattr(certificate, field, value)
    certificate.version += 1
    certificate.recorded_by = actor
    certificate.save()
    record(actor=actor, action="certificate.saved", obj=certificate, participant_id=participant_id)
    return certificate


def _check(values: dict, today: dt.date) -> None:
    if not values["name"]:
        raise DomainError(_("Write the name of the certificate or card."), field="name")
    for field in ("issued_on", "seen_on"):
        if values[field] and values[field] > today:
            raise DomainError(_("This day is still to come."), field=field)
    if values["issued_on"] and values["expires_on"] and values["expires_on"] < values["issued_on"]:
        raise DomainError(_("It cannot expire before it was given."), field="expires_on")


@transaction.atomic
def remove_certificate(*, actor: User, participant_id: int, certificate_id: int) -> None:
    """Take away a certificate that was written by mistake; one that is gone already is no error."""
    row = (
        Certificate.objects.select_for_update().filter(participant=participant_id, pk=certificate_id).first()
    )
    if row is None:
        return
    record(actor=actor, action="certificate.removed", obj=row, participant_id=participant_id)
    row.delete()


@transaction.atomic
def record_cv_check(
    *, actor: User, participant_id: int, checked_on: dt.date, note: str, today: dt.date
) -> CvCheck:
    """Record that `actor` went through the CV with the person on `checked_on`; the history stays.

    Raises DomainError for a day that is still to come. The same check twice is one.
    """
    Participant.objects.select_for_update().get(pk=participant_id)
    if checked_on > today:
        raise DomainError(_("This day is still to come."), field="checked_on")
    check, is_new = CvCheck.objects.get_or_create(
        participant_id=participant_id, checked_on=checked_on, checked_by=actor, note=note.strip()
    )
    if is_new:
        record(actor=actor, action="cv.checked", obj=check, participant_id=participant_id)
    return check
