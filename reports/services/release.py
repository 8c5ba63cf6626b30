"""Letting a summary out, and the receipts of the office that reads it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from core.errors import AccessDenied
from participants.consent import ConsentMissing, missing_consents, require_way_out
from participants.enums import ConsentRecipient
from reports.enums import SummaryState
from reports.errors import ReleaseRefused, WrongState
from reports.models import SummaryVersion
from reports.querysets import COPIED, DOWNLOADED, OPENED
from reports.services.versions import locked_summary, move_summary, record_event
from reports.summary.holes import blocking, find_holes
from reports.summary.protection import place_told


@transaction.atomic
def release_summary(
    *, actor, summary_id: int, version: int, now: dt.datetime, today: dt.date
) -> SummaryVersion:
    """The participant's office may read the approved summary from now on; the one before is superseded.

    The way to the office, link and mail, is reports.services.deliveries, which calls this for each summary.

    Raises ReleaseRefused naming every hole (consent, the participant's approval, mandatory blocks, PDF),
    WrongState for a version that the coach has not approved, StaleVersion when it changed meanwhile.
    """
    summary = locked_summary(actor, summary_id, version)
    holes = blocking(find_holes(summary, today=today))
    if holes:
        raise ReleaseRefused(
            _("The summary cannot be released yet: %(holes)s")
            % {"holes": " ".join(hole.sentence for hole in holes)},
            holes=holes,
        )
    if summary.state != SummaryState.APPROVED:
        raise WrongState(_("Approve the summary first."))
    participant = summary.enrolment.participant
    require_way_out(code="summary.release", participant=participant, today=today)
    _supersede_released(actor, summary)
    move_summary(actor, summary, SummaryState.RELEASED)
    summary.recipient = participant.authority
    summary.released_by, summary.released_at = actor, now
    summary.save(update_fields=["state", "version", "recipient", "released_by", "released_at"])
    record_event(actor, "summary.released", summary, recipient=summary.recipient_id)
    return summary


def _supersede_released(actor, summary: SummaryVersion) -> None:
    """Only the state may change in a released row: the database refuses anything else."""
    for old in SummaryVersion.objects.filter(enrolment=summary.enrolment_id, state=SummaryState.RELEASED):
        move_summary(actor, old, SummaryState.SUPERSEDED)
        SummaryVersion.objects.filter(pk=old.pk).update(state=SummaryState.SUPERSEDED)
        record_event(actor, "summary.superseded", old)


def require_reading(*, summary: SummaryVersion, today: dt.date) -> None:
    """Let the office read on, or raise AccessDenied: a consent that was taken back closes the door at once.

    Everything that the version shows must still be allowed, not only what every release needs.
    """
    participant = summary.enrolment.participant
    sentence = _(
        "The participant has taken back the consent that this summary stood on. Ask the coach for a new one."
    )
    try:
        require_way_out(code="summary.read", participant=participant, today=today)
    except ConsentMissing as error:
        raise AccessDenied(sentence) from error
    if place_told(summary):
        raise AccessDenied(
            _("The participant is protected now, and this version is not shown any more. Ask the coach.")
        )
    shown = tuple(summary.data["items"])
    if missing_consents(
        participant=participant, recipient=ConsentRecipient.AUTHORITY, items=shown, today=today
    ):
        raise AccessDenied(sentence)


def note_opened(*, actor, summary: SummaryVersion, actor_label: str = "") -> None:
    """The receipt that an officer opened the summary (an audit event, the only write that a GET makes).

    `actor` None with `actor_label` is whoever came in by the office's link and code.
    """
    _receipt(actor, OPENED, summary, actor_label)


def note_downloaded(*, actor, summary: SummaryVersion, actor_label: str = "") -> None:
    """The receipt of a downloaded PDF, JSON or of a ZIP with the summary in it."""
    _receipt(actor, DOWNLOADED, summary, actor_label)


def note_text_copied(*, actor, summary: SummaryVersion, actor_label: str = "") -> None:
    """The receipt that the text for the employment plan was copied."""
    _receipt(actor, COPIED, summary, actor_label)


def _receipt(actor, action: str, summary: SummaryVersion, actor_label: str) -> None:
    audit.record(
        actor=actor,
        actor_label=actor_label,
        action=action,
        obj=summary,
        participant_id=summary.enrolment.participant_id,
        details={"number": summary.number},
    )
