"""What releases to an office add to the audit trail, to Today and to the doors of the house."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from core.registry import WayOut, audit_sentences, today_sources, ways_out
from participants.enums import ConsentRecipient
from reports.querysets import RELEASE_ITEMS

AUDIT_SENTENCES: dict[str, object] = {
    "delivery.sent": gettext_lazy("Sent summaries to an office"),
    "delivery.sent_again": gettext_lazy("Sent an office a new link to summaries"),
    "delivery.taken_back": gettext_lazy("Took summaries back from an office"),
    "delivery.opened": gettext_lazy("Opened an office's summaries with the code"),
    "delivery.wrong_code": gettext_lazy("Tried a wrong code for an office's summaries"),
    "delivery.locked": gettext_lazy("Locked an office's link with the fifth wrong code"),
}


def register() -> None:
    """Called from `reports/apps.py`."""
    import reports.files.delivery  # noqa: F401 -- registers its maker
    from reports.pages.deliveries import delivery_lines

    audit_sentences.update(AUDIT_SENTENCES)
    ways_out.add(WayOut("summary.release", ConsentRecipient.AUTHORITY, RELEASE_ITEMS))
    ways_out.add(WayOut("summary.read", ConsentRecipient.AUTHORITY, RELEASE_ITEMS))
    for code, why_none in (
        ("summary.mail", "the mail says that something waits behind the link, the sender and nothing else"),
        ("summary.verify", "the verification page names no person, only version, hash and dates"),
    ):
        ways_out.add(WayOut(code, ConsentRecipient.AUTHORITY, (), why_none=why_none))
    today_sources.add(delivery_lines)
