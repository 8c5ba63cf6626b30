"""The PDF of a version: asked for inside a request, made by a job, whole or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.core.files.storage import default_storage
from django.db import transaction

from core.files import save_whole
from core.work_rows import WorkState
from reports.models import SummaryPdfJob, SummaryVersion


def request_pdf(*, summary: SummaryVersion, now: dt.datetime) -> SummaryPdfJob:
    """Queue the PDF of what the version says now. Call it inside the transaction of the change."""
    job, _made = SummaryPdfJob.objects.update_or_create(
        summary=summary,
        defaults={
            "state": WorkState.QUEUED,
            "attempts": 0,
            "lease_until": None,
            "queued_at": now,
            "finished_at": None,
            "error": "",
        },
    )
    send_pdf_job(job.pk)
    return job


@transaction.atomic
def ask_for_pdf(*, summary: SummaryVersion, now: dt.datetime) -> SummaryVersion:
    """The coach asks once more for a PDF that failed. A released version has its PDF already."""
    if summary.is_in_work:
        request_pdf(summary=summary, now=now)
    return summary


def send_pdf_job(job_id: int) -> None:
    """Tell the workers after the commit; a lost message is found again by the requeuer."""
    from reports.tasks import make_summary_pdf

    transaction.on_commit(lambda: make_summary_pdf.delay(job_id=job_id), robust=True)


def ensure_pdf(*, summary_id: int) -> bool:
    """Make the PDF of the version unless the stored one already shows this content; True when it was made.

    The file appears under its name in one step and only then in the database, so that there is never half a
    file and never a row that points to one. Whoever changes the content meanwhile empties
    `pdf_content_hash` and asks again, so an outdated result is dropped here.
    """
    from reports.summary.document import render_document, summary_html

    summary = SummaryVersion.objects.with_person().get(pk=summary_id)
    if summary.released_at is not None:
        return False
    html, embedded = summary_html(summary)
    digest = hashlib.sha256((html + embedded).encode()).hexdigest()
    name = f"summaries/{summary.pk}-{digest[:16]}.pdf"
    if summary.pdf_content_hash == digest and default_storage.exists(summary.pdf.name):
        return False
    save_whole(default_storage, name, render_document(html, embedded=embedded, made_at=summary.created_at))
    old_name = summary.pdf.name
    shown = SummaryVersion.objects.filter(
        pk=summary.pk,
        content_hash=summary.content_hash,
        signed_on=summary.signed_on,
        released_at__isnull=True,
    ).update(pdf=name, pdf_content_hash=digest)
    if old_name and old_name != name and shown:
        default_storage.delete(old_name)
    return bool(shown)
