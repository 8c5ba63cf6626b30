"""What somebody reads before signing: the kept text and who has signed; the participant's card."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from core.registry import LinkCard
from employers.agreement import SIGNATURES_STAND_HERE, text_check
from employers.enums import Party
from employers.models import Signature
from employers.signing_state import ORDER
from participants.models import Participant


def sign_page(signature: Signature) -> dict:
    """The context of a page on which `signature` is given; it comes from `with_trial()`. One query."""
    agreement = signature.agreement
    others = sorted(agreement.signatures.all(), key=lambda row: ORDER[row.party])
    terms, _mark, annex = agreement.text.partition(SIGNATURES_STAND_HERE)
    return {
        "signature": signature,
        "agreement": agreement,
        "placement": agreement.placement,
        "text": mark_safe(terms + annex),  # our own template's markup, escaped when it was made
        "text_check": text_check(agreement.text_hash),
        "others": others,
        "party_label": Party(signature.party).label,
    }


def own_agreements(participant: Participant):
    """The participant's places in standing agreements of trials that are planned or going on."""
    return Signature.objects.with_trial().filter(
        agreement__placement__participant=participant,
        agreement__placement__state__in=("planned", "ongoing"),
        agreement__cancelled_at__isnull=True,
        party=Party.PARTICIPANT,
    )


def own_agreement_to_show(participant: Participant) -> Signature | None:
    """The one that waits, else the newest that was signed."""
    rows = sorted(own_agreements(participant), key=lambda row: (row.signed_at is not None, -row.pk))
    return rows[0] if rows else None


def agreement_card(participant: Participant, today: dt.date) -> LinkCard | None:
    """The agreement on the first page behind the personal link; a protected person's is on paper."""
    if participant.is_restricted:
        return None
    signature = own_agreement_to_show(participant)
    if signature is None:
        return None
    is_signed = signature.signed_at is not None
    return LinkCard(
        title=_("My work trial agreement"),
        sentence=_("You have signed it. You can read it here.")
        if is_signed
        else _("Read it in peace. When all is right, sign it with one press."),
        url=reverse("own_agreement:agreement"),
        link_text=_("Read") if is_signed else _("Read and sign"),
        state="done" if is_signed else "todo",
    )
