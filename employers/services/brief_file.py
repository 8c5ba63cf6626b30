"""Making the brief's PDF: asked for on the page, made by a job, kept under a name that tells nothing."""

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
from core.errors import DomainError
from core.work_rows import MAX_ATTEMPTS, WorkState, claim, expired
from employers.brief_paper import brief_html, build_brief_paper, content_hash
from employers.enums import BriefState
from employers.models import BriefFile, CandidateBrief

logger = logging.getLogger(__name__)
CHANGED, RENDERING, INTERRUPTED = "changed", "rendering", "interrupted"


@transaction.atomic
def request_brief_file(*, actor, brief_id: int, now: dt.datetime) -> BriefFile:
    """Have the brief made as a PDF, unless this very page is made already; the row that the page shows.

    A failed one is made again. Raises DomainError for a brief that is over or says nothing. The caller has
    asked the consent gate.
    """
    brief = _loaded(CandidateBrief.objects.select_for_update(of=("self",)), brief_id)
    if brief.state not in (BriefState.DRAFT, BriefState.APPROVED) or not brief.items:
        raise DomainError(_("There is nothing to print: write the brief first."))
    row, is_new = BriefFile.objects.get_or_create(
        brief=brief,
        content_hash=content_hash(brief_html(build_brief_paper(brief))),
        defaults={"requested_by": actor},
    )
    if not is_new and row.state in (WorkState.FAILED, WorkState.CANCELLED):
        again = {"state": WorkState.QUEUED, "attempts": 0, "error": "", "requested_by": actor}
        again |= {"queued_at": now, "finished_at": None, "lease_until": None}
        BriefFile.objects.filter(pk=row.pk).update(**again)
        row.refresh_from_db()
    if row.state == WorkState.QUEUED:
        _send_after_commit(row.pk)
        record(actor=actor, action="brief.paper_requested", obj=row, participant_id=brief.participant_id)
    return row


def make_brief_file(*, brief_file_id: int, now: dt.datetime) -> str:
    """Make the PDF of one row; its state afterwards ("" when another worker holds it or nothing is to do).

    The page is built again, so nothing but the id travels; when it is no longer what was asked for (edited,
    withdrawn), the row says so and no file is made.
    """
    if not claim(BriefFile.objects.all(), brief_file_id, now=now):
        return ""
    row = BriefFile.objects.get(pk=brief_file_id)
    brief = _loaded(CandidateBrief.objects, row.brief_id)
    html = brief_html(build_brief_paper(brief))
    if content_hash(html) != row.content_hash or brief.state == BriefState.WITHDRAWN:
        return _finish(row, WorkState.FAILED, now=now, error=CHANGED)
    try:
        content = pdf.render_pdf(html)
        name = default_storage.save(f"briefs/{secrets.token_hex(16)}.pdf", ContentFile(content))
    except Exception as error:  # whatever broke, staff see it on the page and can make it again
        logger.warning("brief file %s failed: %s", row.pk, type(error).__name__)
        return _finish(row, WorkState.FAILED, now=now, error=RENDERING)
    state = _finish(row, WorkState.DONE, now=now, file=name)
    if not state:
        default_storage.delete(name)
    return state


def drop_files(*, brief_id: int) -> int:
    """No PDF of this brief is kept any longer; how many rows went."""
    rows = BriefFile.objects.filter(brief=brief_id)
    names = list(rows.exclude(file="").values_list("file", flat=True))
    dropped, _kinds = rows.delete()

    def forget() -> None:
        for name in names:
            default_storage.delete(name)

    transaction.on_commit(forget, robust=True)
    return dropped


def requeue_brief_files(now: dt.datetime) -> int:
    """Send the rows of lost workers again; those that were tried too often fail. How many were sent."""
    lost = expired(BriefFile.objects.all(), now=now)
    lost.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=WorkState.FAILED, lease_until=None, finished_at=now, error=INTERRUPTED
    )
    sent = 0
    for pk in expired(BriefFile.objects.all(), now=now).values_list("pk", flat=True)[:200]:
        taken = expired(BriefFile.objects.filter(pk=pk), now=now).update(
            state=WorkState.QUEUED, lease_until=None, queued_at=now
        )
        if taken:
            _send(pk)
            sent += 1
    return sent


def _loaded(briefs, pk: int) -> CandidateBrief:
    return briefs.select_related("participant", "employer__own_contact", "created_by").get(pk=pk)


def _finish(row: BriefFile, state: str, *, now: dt.datetime, error: str = "", **fields) -> str:
    """Close this attempt; "" when another attempt has taken the row over or the row is gone."""
    held = BriefFile.objects.filter(pk=row.pk, state=WorkState.RUNNING, attempts=row.attempts)
    written = held.update(state=state, lease_until=None, finished_at=now, error=error, **fields)
    return state if written else ""


def _send_after_commit(pk: int) -> None:
    def send() -> None:
        _send(pk)

    transaction.on_commit(send, robust=True)  # without a broker the row waits, and beat sends it later


def _send(pk: int) -> None:
    from employers.tasks import make_brief_pdf

    make_brief_pdf.delay(brief_file_id=pk)
