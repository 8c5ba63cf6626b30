"""Jobs of the period end. Ids only; each may run twice without harm."""

from __future__ import annotations

from celery import shared_task

from core import clock
from reports.services import file_jobs, period_end


@shared_task(acks_late=True, soft_time_limit=60, time_limit=75)
def make_period_end_item(*, item_id: int) -> None:
    """One person's summary in a period end; another try follows by itself when it failed unexpectedly."""
    wait = period_end.run_item(item_id=item_id)
    if wait is not None:
        period_end.send_item(item_id, wait=wait)


@shared_task(acks_late=True, soft_time_limit=60, time_limit=75)
def make_summary_pdf(*, job_id: int) -> None:
    """The PDF of a version that was edited or signed."""
    wait = period_end.run_pdf_job(job_id=job_id)
    if wait is not None:
        make_summary_pdf.apply_async(kwargs={"job_id": job_id}, countdown=wait.total_seconds())


@shared_task(acks_late=True, soft_time_limit=600, time_limit=630)
def make_file(*, job_id: int) -> None:
    """A report, an archive or a person's own data as a file."""
    wait = file_jobs.run_file_job(job_id=job_id)
    if wait is not None:
        make_file.apply_async(kwargs={"job_id": job_id}, countdown=wait.total_seconds())


@shared_task
def drop_expired_files() -> None:
    """Files that were made as jobs go when their time is over."""
    file_jobs.drop_expired_files(now=clock.now())
