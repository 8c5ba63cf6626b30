"""What the signing of agreements adds to the pages of others."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import navigation
from core.registry import LinkPage, WayOut, audit_sentences, desk_sources, link_pages, today_sources, ways_out
from employers import trail_signing
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
