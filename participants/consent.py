"""The consent gate: every way out of the house asks here first (product.md P3, architecture section 7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.errors import DomainError
from core.registry import ways_out
from participants.enums import ConsentItem, ConsentRecipient
from participants.models import Consent, Participant


class ConsentMissing(DomainError):
    """The participant has not allowed this to leave; `items` are the missing ConsentItem values."""

    def __init__(self, message: str, *, items: tuple[str, ...]) -> None:
        super().__init__(message)
        self.items = items


def missing_consents(
    *, participant: Participant, recipient: str, items: Iterable[str], today: dt.date
) -> tuple[str, ...]:
    """Those of `items` (ConsentItem values) that the participant has not allowed `recipient` to get."""
    given = set(
        Consent.objects.valid_on(today)
        .filter(participant=participant, recipient=recipient, item__in=tuple(items))
        .values_list("item", flat=True)
    )
    return tuple(item for item in items if item not in given)


def allowed_through(*, code: str, participant_ids: Iterable[int], today: dt.date) -> set[int]:
    """Those of the participants who have allowed everything that the way out `code` carries; one query.

    Raises KeyError for a way out that nobody registered.
    """
    door = {way.code: way for way in ways_out}[code]
    given: dict[int, set[str]] = {}
    for participant_id, item in (
        Consent.objects.valid_on(today)
        .filter(participant__in=list(participant_ids), recipient=door.recipient, item__in=door.items)
        .values_list("participant_id", "item")
    ):
        given.setdefault(participant_id, set()).add(item)
    return {participant_id for participant_id, items in given.items() if items >= set(door.items)}


def require_way_out(*, code: str, participant: Participant, today: dt.date) -> None:
    """Let the way out `code` (registered in core.registry.ways_out) pass, or raise ConsentMissing.

    Raises KeyError for a way out that nobody registered: no data leaves by an unknown door.
    """
    door = {way.code: way for way in ways_out}[code]
    if not door.items:
        return
    missing = missing_consents(
        participant=participant, recipient=door.recipient, items=door.items, today=today
    )
    if missing:
        raise ConsentMissing(
            _("The participant has not allowed %(recipient)s to get: %(items)s.")
            % {
                "recipient": ConsentRecipient(door.recipient).label,
                "items": ", ".join(str(ConsentItem(item).label) for item in missing),
            },
            items=missing,
        )
