"""What the audit trail calls the steps of the signing."""

from django.utils.translation import gettext_lazy as _

AUDIT_SENTENCES = {
    "agreement.sent": _("Sent an agreement out for signing"),
    "agreement.cancelled": _("Cancelled an agreement with its signatures"),
    "signature.given": _("Signed an agreement"),
    "signature.noted": _("Recorded a signature on paper"),
    "signature.asked": _("Asked for a signature"),
    "signature.reminded": _("Reminded of a signature"),
    "signature.scan_downloaded": _("Downloaded the scan of a signature"),
    "signature.page_opened": _("Opened an agreement to sign it"),
    "placement.unsigned_start_allowed": _("Allowed a work trial to start before all had signed"),
}
