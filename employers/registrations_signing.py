"""What the signing of agreements adds to the pages of others."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import navigation
from core.registry import (
    LinkPage,
    WayOut,
    audit_sentences,
    desk_sources,
    link_pages,
    person_sections,
    today_sources,
    ways_out,
)
from employers import trail_signing
from employers.enums import Party
from employers.models import Signature
from employers.pages.sign import agreement_card
from employers.pages.signing import coach_signing_lines, signing_lines
from employers.services.signing import WAY_OUT_AUTHORITY
from participants.enums import ConsentItem, ConsentRecipient


def register_signing() -> None:
    """Called once, when the app is ready."""
    audit_sentences.update(trail_signing.AUDIT_SENTENCES)
    carried = (ConsentItem.CONTACT, ConsentItem.WORK_TRIAL)
    ways_out.add(WayOut(WAY_OUT_AUTHORITY, ConsentRecipient.AUTHORITY, carried))
    link_pages.add(LinkPage("agreement", agreement_card, order=15))
    person_sections.add(agreement_section)
    desk_sources.add(signing_lines)
    today_sources.add(coach_signing_lines)
    navigation.add(
        "to-sign",
        _("Agreements to sign"),
        "employers:agreements-to-sign",
        {Role.TE_OFFICER.value},
        20,
        "pencil",
    )
    readers = {Role.COACH.value, Role.COORDINATOR.value}
    navigation.add("signing", _("Signature board"), "employers:signing-board", readers, 62, "pencil")


def agreement_section(participant) -> tuple[str, list[dict]]:
    """Who signed which agreement, when and how, in the person's own export. One query."""
    places = (
        Signature.objects.filter(agreement__placement__participant=participant)
        .select_related("agreement__placement__employer")
        .order_by("agreement__opened_at", "agreement_id", "pk")
    )
    rows = []
    for place in places:
        agreement = place.agreement
        cancelled = agreement.cancelled_at
        rows.append(
            {
                gettext("workplace"): agreement.placement.employer.name,
                gettext("out for signing since"): timezone.localdate(agreement.opened_at),
                gettext("party"): str(Party(place.party).label),
                gettext("who signs"): place.signer_name,
                gettext("signed on"): place.signed_on,
                gettext("how"): place.get_method_display(),
                gettext("hash of the signed text"): place.text_hash,
                gettext("cancelled at"): timezone.localdate(cancelled) if cancelled else None,
                gettext("why it was cancelled"): agreement.cancelled_reason,
            }
        )
    return gettext("Signatures of agreements"), rows
