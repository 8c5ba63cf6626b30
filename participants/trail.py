"""What the actions of this app are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

AUDIT_SENTENCES: dict[str, object] = {
    "participant.changed": _("Changed a participant's record"),
    "participant.prepared": _("Noted the information sheet or the agreement"),
    "participant.hetu_revealed": _("Looked at a personal identity code"),
    "participant.restricted_opened": _("Opened a protected file with a reason"),
    "link.sent": _("Sent a link to the participant's own pages"),
    "link.printed": _("Printed a link to the participant's own pages"),
    "link.opened": _("Opened the own pages by the personal link"),
    "link.locked": _("A personal link was locked after five wrong tries"),
    "link.revoked": _("Took a personal link back"),
    "information.confirmed": _("Confirmed the information sheet by the personal link"),
    "certificate.saved": _("Saved a certificate"),
    "certificate.removed": _("Removed a certificate"),
    "cv.checked": _("Recorded a CV check"),
    "consent.given": _("Recorded consents"),
    "consent.revoked": _("Took a consent back"),
    "referral.received": _("Took in a referral"),
    "referral.changed": _("Changed a referral"),
    "referral.moved": _("Moved a referral on"),
    "referral_list.uploaded": _("Sent a referral list to be checked"),
    "referral_list.imported": _("Took in a referral list"),
    "referral_list.discarded": _("Dropped a referral list"),
    "referral_list.failed_rows_downloaded": _("Took the rows to mend as a file"),
}
