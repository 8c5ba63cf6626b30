"""Making the agreement's PDF: asked for on the page, made by a job, kept under a name that tells nothing."""

from __future__ import annotations

import datetime as dt
import logging
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from core import pdf
from core.work_rows import MAX_ATTEMPTS, WorkState, claim, expired
from employers.agreement import agreement_html, build_agreement, content_hash, load_for_agreement
from employers.enums import AgreementFailure
from employers.errors import AgreementNotForEnded
from employers.models import AgreementFile, Placement
from participants.consent import ConsentMissing, require_way_out

logger = logging.getLogger(__name__)
WAY_OUT = "placement.agreement"


@transaction.atomic
def request_agreement(*, actor, placement_id: int, now: dt.datetime, today: dt.date) -> AgreementFile:
    """Have the agreement of an open work trial made as a PDF, unless this very content is made already.

    Returns the row that the page shows: waiting, being made, or ready. A failed one is made again. Raises
    ConsentMissing without the participant's consent, AgreementNotForEnded after the work trial.
    """
    Placement.objects.select_for_update().get(pk=placement_id)
    placement = load_for_agreement(placement_id)
    if not placement.is_open:
        raise AgreementNotForEnded(
            _("The work trial has ended, so no agreement is made any more. Earlier ones are kept below.")
        )
    require_way_out(code=WAY_OUT, participant=placement.participant, today=today)
    digest = content_hash(agreement_html(build_agreement(placement)))
    row, is_new = AgreementFile.objects.get_or_create(
        placement=placement,
        content_hash=digest,
        defaults={"requested_by": actor, "placement_version": placement.version},
    )
    if not is_new:
        again = {"placement_version": placement.version}
        if row.state in (WorkState.FAILED, WorkState.CANCELLED):
            again |= {"state": WorkState.QUEUED, "attempts": 0, "error": "", "requested_by": actor}
            again |= {"queued_at": now, "finished_at": None, "lease_until": None}
        AgreementFile.objects.filter(pk=row.pk).update(**again)
        row.refresh_from_db()
    if row.state == WorkState.QUEUED:
        _send_after_commit(row.pk)
        record(
            actor=actor,
            action="agreement.requested",
            obj=row,
            participant_id=placement.participant_id,
            details={"placement": placement.pk},
        )
    return row


def make_agreement_file(*, agreement_file_id: int, now: dt.datetime, today: dt.date) -> str:
    """Make the PDF of one row; its state afterwards ("" when another worker holds it or nothing is to do).

    Running twice is boring: only one claimant works, and a finished row is not free. The content is built
    again, so nothing but the id travels; when it is no longer what was asked for, the row says so.
    """
    rows = AgreementFile.objects.all()
    if not claim(rows, agreement_file_id, now=now):
        return ""
    row = rows.get(pk=agreement_file_id)
    placement = load_for_agreement(row.placement_id)
    try:
        require_way_out(code=WAY_OUT, participant=placement.participant, today=today)
    except ConsentMissing:
        return _finish(row, WorkState.FAILED, now=now, error=AgreementFailure.CONSENT)
    html = agreement_html(build_agreement(placement))
    if content_hash(html) != row.content_hash:
        return _finish(row, WorkState.FAILED, now=now, error=AgreementFailure.CHANGED)
    try:
        content = pdf.render_pdf(html)
        name = default_storage.save(f"agreements/{secrets.token_hex(16)}.pdf", ContentFile(content))
    except Exception as error:  # whatever broke, staff see it on the page and can make it again
        logger.warning("agreement file %s failed: %s", row.pk, type(error).__name__)
        return _finish(row, WorkState.FAILED, now=now, error=AgreementFailure.RENDERING)
    state = _finish(row, WorkState.DONE, now=now, file=name)
    if not state:
        default_storage.delete(name)
    return state


def requeue_agreement_files(now: dt.datetime) -> int:
    """Send the rows of lost workers again; those that were tried too often fail. How many were sent."""
    lost = expired(AgreementFile.objects.all(), now=now)
    lost.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=WorkState.FAILED, lease_until=None, finished_at=now, error=AgreementFailure.INTERRUPTED
    )
    sent = 0
    for pk in expired(AgreementFile.objects.all(), now=now).values_list("pk", flat=True)[:200]:
        taken = expired(AgreementFile.objects.filter(pk=pk), now=now).update(
            state=WorkState.QUEUED, lease_until=None, queued_at=now
        )
        if taken:
            _send(pk)
            sent += 1
    return sent


def _finish(row: AgreementFile, state: str, *, now: dt.datetime, error: str = "", **fields) -> str:
    """Close this attempt; "" when another attempt has taken the row over."""
    held = AgreementFile.objects.filter(pk=row.pk, state=WorkState.RUNNING, attempts=row.attempts)
    written = held.update(state=state, lease_until=None, finished_at=now, error=error, **fields)
    return state if written else ""


def _send_after_commit(pk: int) -> None:
    def send() -> None:
        _send(pk)

    transaction.on_commit(send, robust=True)  # without a broker the row waits, and beat sends it later


def _send(pk: int) -> None:
    from employers.tasks import make_agreement

    make_agreement.delay(agreement_file_id=pk)
