"""Files that take a moment: asked for inside a request, made by a worker, fetched, thrown away in time."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import tempfile

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from core import clock
from core.errors import DomainError
from core.files import save_whole
from core.work_rows import WorkState, claim, fail, finish, lease, requeue, retry_or_fail
from reports.enums import FailureCause
from reports.errors import WrongState
from reports.files import MAKERS, JobCancelled, require_allowed
from reports.models import FileJob

logger = logging.getLogger(__name__)
SPOOL_BYTES = 8 * 1024 * 1024


@transaction.atomic
def ask_for_file(
    *,
    kind: str,
    format: str,
    params: dict,
    actor=None,
    actor_label: str = "",
    delivery=None,
    participant=None,
    parts: int = 0,
) -> FileJob:
    """Queue a file of `kind` (FileKind) in `format` ("pdf", "csv", "xlsx", "zip", "json").

    `params` are ids, codes and ISO dates, never names; `parts` is how many pieces the progress counts. The
    same file that is still being made for the same asker is returned instead of a second one: a double click
    makes one. `actor` None with `actor_label` is who came through a link.
    """
    if actor is not None:
        params = {**params, "role": str(actor.role)}  # whoever has another one later asks again
    wanted = {
        "kind": kind,
        "format": format,
        "params": params,
        "requested_by": actor,
        "delivery": delivery,
        "participant": participant,
    }
    _one_by_one(delivery or actor or participant)
    twin = FileJob.objects.filter(state__in=(WorkState.QUEUED, WorkState.RUNNING), **wanted).first()
    if twin is not None:
        return twin
    job = FileJob.objects.create(all_parts=parts, **wanted)
    audit.record(
        actor=actor,
        actor_label=actor_label,
        action="file.asked_for",
        obj=job,
        participant_id=participant.pk if participant else None,
        details={"kind": str(kind), "format": format, **params},
    )
    send_file_job(job.pk)
    return job


def _one_by_one(asker) -> None:
    """Presses of one asker (a Delivery, User or Participant) wait for each other, so that each sees the
    other's file."""
    if asker is not None:
        asker._meta.model.objects.select_for_update(no_key=True).filter(pk=asker.pk).first()


def send_file_job(job_id: int) -> None:
    """Tell the workers after the commit; a lost message is found again by the requeuer."""
    from reports.tasks import make_file

    transaction.on_commit(lambda: make_file.delay(job_id=job_id), robust=True)


def run_file_job(*, job_id: int) -> dt.timedelta | None:
    """Make the file; how long to wait before another try, or None when settled. Boring when it runs twice."""
    jobs = FileJob.objects.all()
    if not claim(jobs, job_id, now=clock.now()):
        return None
    job = jobs.select_related("requested_by", "delivery", "participant").get(pk=job_id)
    try:
        if job.requested_by is not None:
            require_allowed(job, user=job.requested_by, today=clock.today())
        with tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES) as target:
            MAKERS[job.kind](job, target, _progress_of(job))
            name = f"jobs/{job.pk}-{secrets.token_hex(8)}.{job.format}"
            save_whole(default_storage, name, target)
    except JobCancelled:
        return None
    except DomainError as error:
        fail(jobs, job.pk, attempt=job.attempts, now=clock.now(), cause=str(error))
        return None
    except Exception as error:  # whatever happens to one file must not stop the worker
        from reports.services.period_end import cause_of

        logger.exception("file job %s failed in attempt %s", job.pk, job.attempts)
        return retry_or_fail(jobs, job.pk, attempt=job.attempts, now=clock.now(), cause=cause_of(error))
    now = clock.now()
    kept_until = now + dt.timedelta(days=settings.FILE_JOB_DAYS)
    if not finish(jobs, job.pk, attempt=job.attempts, now=now, file=name, expires_at=kept_until):
        default_storage.delete(name)  # called off, or made by another worker meanwhile
    return None


def _progress_of(job: FileJob):
    """Makers call it at least every half minute: it also renews the lease."""
    held = FileJob.objects.filter(pk=job.pk, state=WorkState.RUNNING, attempts=job.attempts)

    def progress(done: int, total: int) -> None:
        if not held.update(done_parts=done, all_parts=total, lease_until=clock.now() + lease()):
            raise JobCancelled

    return progress


@transaction.atomic
def cancel_file_job(*, actor, job_id: int) -> FileJob:
    """Call off a file that is not ready. Raises WrongState when it is settled."""
    job = FileJob.objects.select_for_update(of=("self",)).get(pk=job_id)
    if not job.is_open:
        raise WrongState(_("The file is settled already."))
    job.state, job.lease_until, job.finished_at = WorkState.CANCELLED, None, clock.now()
    job.save(update_fields=["state", "lease_until", "finished_at"])
    audit.record(actor=actor, action="file.cancelled", obj=job)
    return job


@transaction.atomic
def run_file_again(*, actor, job_id: int) -> FileJob:
    """Another try for a file that failed or was called off. Raises WrongState otherwise, and AccessDenied
    for somebody who may not have it any more."""
    job = FileJob.objects.select_for_update(of=("self",)).get(pk=job_id)
    require_allowed(job, user=actor, today=clock.today())
    if job.state not in (WorkState.FAILED, WorkState.CANCELLED):
        raise WrongState(_("Only a file that failed or was called off can be made again."))
    job.state, job.attempts, job.error, job.done_parts = WorkState.QUEUED, 0, "", 0
    job.queued_at, job.finished_at, job.lease_until = clock.now(), None, None
    job.save()
    audit.record(actor=actor, action="file.asked_for", obj=job, details={"kind": job.kind})
    send_file_job(job.pk)
    return job


def requeue_file_jobs(now: dt.datetime) -> int:
    """Put back the files whose worker is gone (core.tasks.requeuers)."""
    return len(
        requeue(FileJob.objects.all(), now=now, send=send_file_job, interrupted=FailureCause.INTERRUPTED)
    )


def drop_expired_files(*, now: dt.datetime) -> int:
    """Throw away the files whose time is over; the rows go with them. How many there were."""
    gone = 0
    for job in FileJob.objects.expired_by(now).iterator():
        if job.file:
            default_storage.delete(job.file.name)
        job.delete()
        gone += 1
    return gone
