"""The participant's own word on the summary, by the personal link: a comment, and the approval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from core.errors import DomainError, StaleVersion
from participants.services.personal_links import BY_LINK
from reports.enums import COMMENT_LIMIT, ApprovalMethod, SummaryState
from reports.errors import WrongState
from reports.models import SummaryVersion
from reports.services.locks import lock_version
from reports.services.pdf_files import request_pdf
from reports.services.versions import chosen_blocks, save_content

READABLE = (SummaryState.PARTICIPANT_REVIEW, SummaryState.APPROVED, SummaryState.RELEASED)


def own_summaries(participant):
    """Versions that the participant reads: those that were given to be read, newest first."""
    rows = SummaryVersion.objects.filter(enrolment__participant=participant, state__in=READABLE)
    return rows.select_related("enrolment__month", "enrolment__participant").order_by(
        "-enrolment__month__starts_on", "-number"
    )


@transaction.atomic
def comment_on_summary(
    *,
    participant_id: int,
    summary_id: int,
    comment: str,
    left_out: Iterable[str],
    version: int,
    now: dt.datetime,
) -> SummaryVersion:
    """Put the participant's words into the version that is being read, and leave out the optional blocks that
    the participant names (`left_out`: values of OPTIONAL_BLOCKS). The same answer changes nothing.

    Raises StaleVersion when the summary was changed since it was read, WrongState when it is approved
    already or was taken back, DomainError for a comment that is too long.
    """
    summary = _locked(participant_id, summary_id, version)
    comment = comment.strip()
    if len(comment) > COMMENT_LIMIT:
        raise DomainError(_("At most %(limit)s characters.") % {"limit": COMMENT_LIMIT}, field="comment")
    chosen = chosen_blocks(summary, left_out)
    if comment == summary.participant_comment and chosen == summary.left_out:
        return summary
    summary.participant_comment, summary.left_out = comment, chosen
    save_content(summary)
    _record("summary.commented", summary)
    request_pdf(summary=summary, now=now)
    return summary


@transaction.atomic
def approve_own_summary(
    *,
    participant_id: int,
    summary_id: int,
    comment: str,
    left_out: Iterable[str],
    version: int,
    now: dt.datetime,
    today: dt.date,
) -> SummaryVersion:
    """The participant approves exactly these words, the comment among them and without the blocks that are
    left out. Raises as `comment_on_summary`."""
    summary = comment_on_summary(
        participant_id=participant_id,
        summary_id=summary_id,
        comment=comment,
        left_out=left_out,
        version=version,
        now=now,
    )
    summary.signed_on, summary.signed_method = today, ApprovalMethod.LINK
    summary.pdf_content_hash = ""
    summary.version += 1
    summary.save(update_fields=["signed_on", "signed_method", "pdf_content_hash", "version"])
    _record("summary.signed_by_participant", summary, method=str(ApprovalMethod.LINK))
    request_pdf(summary=summary, now=now)
    return summary


def _locked(participant_id: int, summary_id: int, version: int) -> SummaryVersion:
    rows = SummaryVersion.objects.filter(enrolment__participant_id=participant_id, pk=summary_id)
    summary = lock_version(rows)
    if summary is None or summary.state != SummaryState.PARTICIPANT_REVIEW or summary.is_signed:
        raise WrongState(_("This version is no longer waiting for you. Here is what holds now."))
    if summary.version != version:
        raise StaleVersion(
            _("Your coach has changed the summary meanwhile. Read what it says now, and approve it then.")
        )
    return summary


def _record(action: str, summary: SummaryVersion, **details) -> None:
    audit.record(
        actor=None,
        actor_label=BY_LINK,
        action=action,
        obj=summary,
        participant_id=summary.enrolment.participant_id,
        details={"number": summary.number, "hash": summary.short_hash, **details},
    )
