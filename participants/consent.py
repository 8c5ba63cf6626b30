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
    *,
    participant: Participant,
    recipient: str,
    items: Iterable[str],
    today: dt.date,
    recipient_id: int | None = None,
) -> tuple[str, ...]:
    """Those of `items` (ConsentItem values) that the participant has not allowed `recipient` to get.

    With `recipient_id` only what was allowed to that very employer counts, without it only what was allowed
    to the kind of recipient: a consent for one employer lets nothing out to another.
    """
    given = set(
        Consent.objects.valid_on(today)
        .for_recipient(recipient, recipient_id)
        .filter(participant=participant, item__in=tuple(items))
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
        .for_recipient(door.recipient)
        .filter(participant__in=list(participant_ids), item__in=door.items)
        .values_list("participant_id", "item")
    ):
        given.setdefault(participant_id, set()).add(item)
    return {participant_id for participant_id, items in given.items() if items >= set(door.items)}


def require_way_out(
    *,
    code: str,
    participant: Participant,
    today: dt.date,
    recipient_id: int | None = None,
    items: Iterable[str] | None = None,
) -> None:
    """Let the way out `code` (registered in core.registry.ways_out) pass, or raise ConsentMissing.

    A door to one named employer asks with `recipient_id`, and with those of the door's `items` that leave
    this time. Raises KeyError for a way out that nobody registered, ValueError for an item that the door
    does not know: no data leaves by an unknown door.
    """
    door = {way.code: way for way in ways_out}[code]
    leaving = door.items if items is None else tuple(items)
    if unknown := set(leaving) - set(door.items):
        raise ValueError(f"{code} carries no {sorted(unknown)}")
    if not leaving:
        return
    missing = missing_consents(
        participant=participant,
        recipient=door.recipient,
        items=leaving,
        today=today,
        recipient_id=recipient_id,
    )
    if missing:
        raise ConsentMissing(
            _("The participant has not allowed %(recipient)s to get: %(items)s.")
            % {
                "recipient": _("this employer") if recipient_id else ConsentRecipient(door.recipient).label,
                "items": ", ".join(str(ConsentItem(item).label) for item in missing),
            },
            items=missing,
        )
