"""What the audit trail calls the things that are done with employers and work trials."""

from django.utils.translation import gettext_lazy as _

AUDIT_SENTENCES = {
    "employer.created": _("Added an employer"),
    "employer.changed": _("Changed an employer"),
    "contact_person.added": _("Added a contact person"),
    "contact_person.changed": _("Changed a contact person"),
    "contact.logged": _("Logged a contact with an employer"),
    "contact.action_done": _("Marked an action with an employer done"),
    "placement.created": _("Made a work trial"),
    "placement.changed": _("Changed a work trial"),
    "placement.viewed": _("Opened a work trial"),
    "placement.proposed": _("Proposed a work trial"),
    "placement.changed_place": _("Changed a work trial to another place"),
    "placement.planned": _("Planned a work trial"),
    "placement.ongoing": _("Started a work trial"),
    "placement.completed": _("Completed a work trial"),
    "placement.ended_early": _("Ended a work trial early"),
    "placement.did_not_start": _("Noted that a work trial did not start"),
    "placement.reopened": _("Took back a move of a work trial"),
    "agreement.requested": _("Asked for the file of an agreement"),
    "agreement.previewed": _("Looked at an agreement"),
    "agreement.downloaded": _("Downloaded an agreement"),
    "workplace_link.sent": _("Sent a link to a workplace"),
    "workplace_link.shown": _("Made a link for a workplace"),
    "workplace_link.revoked": _("Revoked a workplace's link"),
}
