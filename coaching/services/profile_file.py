"""Making the profile's PDF: asked for on the page, made by a job, kept under a name that tells nothing."""

from __future__ import annotations

import datetime as dt
import logging
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from coaching.models import Enrolment, ProfileFile
from coaching.profile_paper import WAY_OUT, build_profile_paper, content_hash, profile_paper_html
from core import pdf
from core.errors import DomainError
from core.work_rows import MAX_ATTEMPTS, WorkState, claim, expired
from participants.consent import require_way_out

logger = logging.getLogger(__name__)
CHANGED, RENDERING, INTERRUPTED = "changed", "rendering", "interrupted"


@transaction.atomic
def request_profile_file(*, actor, enrolment_id: int, now: dt.datetime, today: dt.date) -> ProfileFile:
    """Have the profile made as a PDF, unless this very content is made already; the row that the page shows.

    A failed one is made again. Raises DomainError when nothing is written yet.
    """
    enrolment = _loaded(Enrolment.objects.select_for_update(of=("self",)), enrolment_id)
    require_way_out(code=WAY_OUT, participant=enrolment.participant, today=today)
    paper = build_profile_paper(enrolment, today=today)
    if paper.is_empty:
        raise DomainError(_("Write the profile first, then it can be printed."))
    row, is_new = ProfileFile.objects.get_or_create(
        enrolment=enrolment,
        content_hash=content_hash(profile_paper_html(paper)),
        defaults={"requested_by": actor, "language": paper.language},
    )
    if not is_new and row.state in (WorkState.FAILED, WorkState.CANCELLED):
        again = {"state": WorkState.QUEUED, "attempts": 0, "error": "", "requested_by": actor}
        again |= {"queued_at": now, "finished_at": None, "lease_until": None}
        ProfileFile.objects.filter(pk=row.pk).update(**again)
        row.refresh_from_db()
    if row.state == WorkState.QUEUED:
        _send_after_commit(row.pk)
        record(
            actor=actor, action="profile.paper_requested", obj=row, participant_id=enrolment.participant_id
        )
    return row


def make_profile_file(*, profile_file_id: int, now: dt.datetime, today: dt.date) -> str:
    """Make the PDF of one row; its state afterwards ("" when another worker holds it or nothing is to do).

    The content is built again, so nothing but the id travels; when it is no longer what was asked for, the
    row says so.
    """
    if not claim(ProfileFile.objects.all(), profile_file_id, now=now):
        return ""
    row = ProfileFile.objects.get(pk=profile_file_id)
    enrolment = _loaded(Enrolment.objects, row.enrolment_id)
    html = profile_paper_html(build_profile_paper(enrolment, today=today))
    if content_hash(html) != row.content_hash:
        return _finish(row, WorkState.FAILED, now=now, error=CHANGED)
    try:
        content = pdf.render_pdf(html)
        name = default_storage.save(f"profiles/{secrets.token_hex(16)}.pdf", ContentFile(content))
    except Exception as error:  # whatever broke, staff see it on the page and can make it again
        logger.warning("profile file %s failed: %s", row.pk, type(error).__name__)
        return _finish(row, WorkState.FAILED, now=now, error=RENDERING)
    state = _finish(row, WorkState.DONE, now=now, file=name)
    if not state:
        default_storage.delete(name)
    return state


def requeue_profile_files(now: dt.datetime) -> int:
    """Send the rows of lost workers again; those that were tried too often fail. How many were sent."""
    lost = expired(ProfileFile.objects.all(), now=now)
    lost.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=WorkState.FAILED, lease_until=None, finished_at=now, error=INTERRUPTED
    )
    sent = 0
    for pk in expired(ProfileFile.objects.all(), now=now).values_list("pk", flat=True)[:200]:
        taken = expired(ProfileFile.objects.filter(pk=pk), now=now).update(
            state=WorkState.QUEUED, lease_until=None, queued_at=now
        )
        if taken:
            _send(pk)
            sent += 1
    return sent


def _loaded(enrolments, pk: int) -> Enrolment:
    return enrolments.select_related("participant").get(pk=pk)


def _finish(row: ProfileFile, state: str, *, now: dt.datetime, error: str = "", **fields) -> str:
    """Close this attempt; "" when another attempt has taken the row over."""
    held = ProfileFile.objects.filter(pk=row.pk, state=WorkState.RUNNING, attempts=row.attempts)
    written = held.update(state=state, lease_until=None, finished_at=now, error=error, **fields)
    return state if written else ""


def _send_after_commit(pk: int) -> None:
    def send() -> None:
        _send(pk)

    transaction.on_commit(send, robust=True)  # without a broker the row waits, and beat sends it later


def _send(pk: int) -> None:
    from coaching.tasks import make_profile

    make_profile.delay(profile_file_id=pk)
