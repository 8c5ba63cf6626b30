"""Consents are given item by item and taken back at once; nothing is deleted, history stays."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core import clock
from core.errors import DomainError
from participants.enums import CONSENT_CHOICES
from participants.models import Consent, Participant


def _refuse_unknown(pairs: list[tuple[str, str]]) -> None:
    for recipient, item in pairs:
        if item not in CONSENT_CHOICES.get(recipient, ()):
            raise DomainError(_("There is no such consent."))


@transaction.atomic
def record_consents(
    *,
    actor: User | None,
    participant: Participant,
    pairs: list[tuple[str, str]],
    granted_on: dt.date,
    method: str,
    today: dt.date,
    expires_on: dt.date | None = None,
    actor_label: str = "",
) -> list[Consent]:
    """Record `(recipient, item)` pairs that the participant has allowed, as one act.

    What is valid already stays as it is (a double click changes nothing); what ran out is closed and given
    anew. Raises DomainError: nothing chosen, an unknown pair, a date in the future, an end before the start.
    """
    if not pairs:
        raise DomainError(_("Tick at least one thing that the participant allows."), field="items")
    _refuse_unknown(pairs)
    if granted_on > today:
        raise DomainError(_("The date is in the future."), field="granted_on")
    if expires_on and expires_on < max(granted_on, today):
        raise DomainError(_("The consent cannot end before today."), field="expires_on")
    Participant.objects.select_for_update().get(pk=participant.pk)
    standing = Consent.objects.filter(participant=participant, revoked_at__isnull=True)
    standing.filter(expires_on__lt=today).update(revoked_at=clock.now(), revoked_by=actor)
    there = set(
        standing.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=today)).values_list(
            "recipient", "item"
        )
    )
    given = Consent.objects.bulk_create(
        Consent(
            participant=participant,
            recipient=recipient,
            item=item,
            granted_on=granted_on,
            method=method,
            expires_on=expires_on,
            recorded_by=actor,
        )
        for recipient, item in dict.fromkeys(pairs)
        if (recipient, item) not in there
    )
    if given:
        record(
            actor=actor,
            actor_label=actor_label,
            action="consent.given",
            obj=participant,
            participant_id=participant.pk,
            details={
                "items": [f"{consent.recipient}.{consent.item}" for consent in given],
                "method": str(method),
            },
        )
    return given


@transaction.atomic
def revoke_consent(*, actor: User | None, consent: Consent, actor_label: str = "") -> Consent:
    """Take one consent back, at once: the gate asks the table each time. Twice is harmless."""
    locked = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    if locked.revoked_at:
        return locked
    locked.revoked_at, locked.revoked_by = clock.now(), actor
    locked.save(update_fields=["revoked_at", "revoked_by"])
    record(
        actor=actor,
        actor_label=actor_label,
        action="consent.revoked",
        obj=locked,
        participant_id=locked.participant_id,
        details={"items": [f"{locked.recipient}.{locked.item}"]},
    )
    return locked
