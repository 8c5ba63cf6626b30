"""Consents are given item by item and taken back at once; nothing is deleted, history stays."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core import clock
from core.errors import DomainError
from core.registry import consent_revoked
from participants.enums import ConsentRecipient, consent_choices
from participants.models import Consent, Participant


def _refuse_unknown(pairs: list[tuple[str, str]], recipient_id: int | None) -> None:
    for recipient, item in pairs:
        if item not in consent_choices(recipient, recipient_id):
            raise DomainError(_("There is no such consent."))


def _refuse_dates(granted_on: dt.date, expires_on: dt.date | None, today: dt.date) -> None:
    if granted_on > today:
        raise DomainError(_("The date is in the future."), field="granted_on")
    if expires_on and expires_on < max(granted_on, today):
        raise DomainError(_("The consent cannot end before today."), field="expires_on")


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
    recipient_id: int | None = None,
) -> list[Consent]:
    """Record `(recipient, item)` pairs that the participant has allowed, as one act; with `recipient_id` for
    that one employer only.

    What is valid already stays as it is (a double click changes nothing); what ran out is closed and given
    anew. Raises DomainError: nothing chosen, an unknown pair, a date in the future, an end before the start.
    """
    if not pairs:
        raise DomainError(_("Tick at least one thing that the participant allows."), field="items")
    _refuse_unknown(pairs, recipient_id)
    _refuse_dates(granted_on, expires_on, today)
    Participant.objects.select_for_update().get(pk=participant.pk)
    standing = Consent.objects.filter(participant=participant, revoked_at__isnull=True)
    standing.filter(expires_on__lt=today).update(revoked_at=clock.now(), revoked_by=actor)
    there = set(
        standing.filter(recipient_id=recipient_id)
        .filter(Q(expires_on__isnull=True) | Q(expires_on__gte=today))
        .values_list("recipient", "item")
    )
    given = Consent.objects.bulk_create(
        Consent(
            participant=participant,
            recipient=recipient,
            recipient_id=recipient_id,
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
                **({"employer": recipient_id} if recipient_id else {}),
            },
        )
    return given


@transaction.atomic
def record_ticks(
    *,
    actor: User,
    participant: Participant,
    ticks: dict[int | None, list[tuple[str, str]]],
    granted_on: dt.date,
    method: str,
    today: dt.date,
    expires_on: dt.date | None = None,
) -> list[Consent]:
    """Everything that was ticked on one paper: `(recipient, item)` pairs by the id of the named recipient,
    None for the kinds. All or nothing; raises what `record_consents` raises."""
    return [
        consent
        for recipient_id, pairs in (ticks or {None: []}).items()
        for consent in record_consents(
            actor=actor,
            participant=participant,
            pairs=pairs,
            granted_on=granted_on,
            method=method,
            today=today,
            expires_on=expires_on,
            recipient_id=recipient_id,
        )
    ]


@transaction.atomic
def set_consents_for_one(
    *,
    actor: User | None,
    participant: Participant,
    recipient: str,
    recipient_id: int,
    items: list[str],
    today: dt.date,
    method: str,
    actor_label: str = "",
) -> bool:
    """What one named recipient may be told from now on is exactly `items`: new ones are given, the others are
    taken back. Was anything changed? Raises DomainError for an unknown item."""
    _refuse_unknown([(recipient, item) for item in items], recipient_id)
    Participant.objects.select_for_update().get(pk=participant.pk)
    standing = list(
        Consent.objects.for_recipient(recipient, recipient_id).filter(
            participant=participant, revoked_at__isnull=True
        )
    )
    for consent in standing:
        if consent.item not in items:
            revoke_consent(actor=actor, consent=consent, actor_label=actor_label)
    given = []
    if items:
        given = record_consents(
            actor=actor,
            participant=participant,
            pairs=[(recipient, item) for item in items],
            granted_on=today,
            method=method,
            today=today,
            actor_label=actor_label,
            recipient_id=recipient_id,
        )
    return bool(given) or any(consent.item not in items for consent in standing)


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
        details={
            "items": [f"{locked.recipient}.{locked.item}"],
            **({"employer": locked.recipient_id} if locked.recipient_id else {}),
        },
    )
    for take_back in consent_revoked:
        take_back(locked, actor, actor_label)
    return locked


@transaction.atomic
def move_consents_to_recipient(*, from_id: int, to_id: int) -> int:
    """Two records of one employer became one: what was allowed to the first is allowed to the second, unless
    it is allowed there already; how many. The audit row is the caller's."""
    there = Consent.objects.filter(
        recipient=ConsentRecipient.EMPLOYER,
        recipient_id=to_id,
        revoked_at__isnull=True,
        participant=OuterRef("participant"),
        item=OuterRef("item"),
    )
    given = Consent.objects.filter(recipient=ConsentRecipient.EMPLOYER, recipient_id=from_id)
    return given.exclude(Exists(there), revoked_at__isnull=True).update(recipient_id=to_id)
