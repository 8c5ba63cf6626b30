"""What the audit trail calls the things that are done around a work trial's beginning and end."""

from django.utils.translation import gettext_lazy as _

AUDIT_SENTENCES = {
    "placement.continued": _("Noted what came after a work trial"),
    "earlier_trial.added": _("Added an earlier work trial"),
    "earlier_trial.changed": _("Changed an earlier work trial"),
    "earlier_trial.removed": _("Removed an earlier work trial"),
}
