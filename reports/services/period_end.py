"""The period end: one piece of work per person, visible, repeatable, and never done twice."""

from __future__ import annotations

import datetime as dt
import logging

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, OperationalError, transaction
from django.utils.translation import gettext as _

from accounts import audit
from coaching.enums import EnrolmentState
from coaching.models import CoachingMonth, Enrolment
from core import clock
from core.errors import AccessDenied, DomainError
from core.work_rows import WorkState, claim, fail, finish, requeue, retry_or_fail
from reports.access import can_write_summaries
from reports.enums import FailureCause
from reports.errors import AlreadyRunning, NobodyInTheGroup, WrongState
from reports.models import PeriodEnd, PeriodEndItem, SummaryPdfJob
from reports.services.pdf_files import ensure_pdf
from reports.services.versions import make_draft

logger = logging.getLogger(__name__)


@transaction.atomic
def start_period_end(*, actor, month_id: int, tell_workers: bool = True) -> PeriodEnd:
    """Begin making the summaries of everybody in the month's group.

    Pressing twice is harmless: while one period end of the month is under way, that one is returned.
    `actor` None is the operator's command, which does the work itself and tells no worker. Raises
    AccessDenied for anybody but the month's own coach and
    NobodyInTheGroup for an empty group.
    """
    month = CoachingMonth.objects.select_for_update().get(pk=month_id)
    if actor is not None and not can_write_summaries(actor, month):
        raise AccessDenied(_("The summaries are written by the month's own coach."))
    running = month.period_ends.filter(finished_at__isnull=True).first()
    if running is not None:
        return running
    people = list(month.enrolments.enrolled().by_name().values_list("pk", flat=True))
    if not people:
        raise NobodyInTheGroup(_("Nobody is in the group of this month yet, so there is nothing to sum up."))
    period_end = PeriodEnd.objects.create(month=month, requested_by=actor)
    items = PeriodEndItem.objects.bulk_create(
        PeriodEndItem(period_end=period_end, enrolment_id=person) for person in people
    )
    audit.record(
        actor=actor,
        actor_label="" if actor else "command line",
        action="period_end.started",
        obj=period_end,
        details={"month": month.pk, "people": len(people)},
    )
    if tell_workers:
        for item in items:
            send_item(item.pk)
    return period_end


def send_item(item_id: int, *, wait: dt.timedelta | None = None) -> None:
    """Tell the workers after the commit; a lost message is found again by the requeuer."""
    from reports.tasks import make_period_end_item

    countdown = wait.total_seconds() if wait else None
    transaction.on_commit(
        lambda: make_period_end_item.apply_async(kwargs={"item_id": item_id}, countdown=countdown),
        robust=True,
    )


@transaction.atomic
def run_item_again(*, actor, item_id: int) -> PeriodEndItem:
    """Another try for a part that failed or was called off. Raises WrongState for any other, AlreadyRunning
    when a newer period end of the month is under way."""
    item = PeriodEndItem.objects.select_for_update(of=("self",)).select_related("period_end").get(pk=item_id)
    month = CoachingMonth.objects.select_for_update().get(pk=item.period_end.month_id)
    if not can_write_summaries(actor, month):
        raise AccessDenied(_("The summaries are written by the month's own coach."))
    if item.state not in (WorkState.FAILED, WorkState.CANCELLED):
        raise WrongState(_("Only a part that failed or was called off can be run again."))
    newer = month.period_ends.filter(finished_at__isnull=True).exclude(pk=item.period_end_id)
    if newer.exists():
        raise AlreadyRunning(_("The summaries of this month are already being made."))
    item.state, item.attempts, item.error = WorkState.QUEUED, 0, ""
    item.queued_at, item.finished_at, item.lease_until = clock.now(), None, None
    item.save(update_fields=["state", "attempts", "error", "queued_at", "finished_at", "lease_until"])
    PeriodEnd.objects.filter(pk=item.period_end_id).update(finished_at=None)
    audit.record(actor=actor, action="period_end.part_run_again", obj=item)
    send_item(item.pk)
    return item


@transaction.atomic
def cancel_period_end(*, actor, period_end_id: int) -> PeriodEnd:
    """Call off what is not made yet; what is ready stays, what a worker has in hand is dropped when it ends.

    Raises AccessDenied for anybody but the month's own coach, WrongState when everything is settled.
    """
    period_end = (
        PeriodEnd.objects.select_for_update(of=("self",)).select_related("month").get(pk=period_end_id)
    )
    if not can_write_summaries(actor, period_end.month):
        raise AccessDenied(_("The summaries are written by the month's own coach."))
    now = clock.now()
    called_off = period_end.items.filter(state__in=(WorkState.QUEUED, WorkState.RUNNING)).update(
        state=WorkState.CANCELLED, lease_until=None, finished_at=now
    )
    if period_end.finished_at is not None or not called_off:
        raise WrongState(_("All of them are settled already: there is nothing to call off."))
    period_end.finished_at, period_end.cancelled_by = now, actor
    period_end.save(update_fields=["finished_at", "cancelled_by"])
    audit.record(actor=actor, action="period_end.cancelled", obj=period_end, details={"parts": called_off})
    return period_end


def run_item(*, item_id: int) -> dt.timedelta | None:
    """Make one person's summary and its PDF; how long to wait before another try, or None when settled.

    Does nothing when somebody else holds the part or it is settled already, so a message that comes twice
    is boring.
    """
    items = PeriodEndItem.objects.all()
    if not claim(items, item_id, now=clock.now()):
        return None
    item = items.select_related("period_end__requested_by").get(pk=item_id)
    try:
        summary = make_draft(
            actor=item.period_end.requested_by,
            enrolment_id=item.enrolment_id,
            now=clock.now(),
            today=clock.today(),
        )
        ensure_pdf(summary_id=summary.pk)
    except DomainError as error:
        logger.warning("period end part %s: %s", item.pk, type(error).__name__)
        fail(items, item.pk, attempt=item.attempts, now=clock.now(), cause=_cause_of_refusal(item))
        wait = None
    except Exception as error:  # whatever happens to one person must not stop the others
        logger.exception("period end part %s failed in attempt %s", item.pk, item.attempts)
        wait = retry_or_fail(items, item.pk, attempt=item.attempts, now=clock.now(), cause=cause_of(error))
    else:
        finish(items, item.pk, attempt=item.attempts, now=clock.now(), summary=summary)
        wait = None
    if wait is None:
        close_when_complete(period_end_id=item.period_end_id)
    return wait


def _cause_of_refusal(item: PeriodEndItem) -> str:
    still_in = Enrolment.objects.filter(pk=item.enrolment_id, state=EnrolmentState.ENROLLED).exists()
    return FailureCause.NO_RIGHT if still_in else FailureCause.LEFT_THE_GROUP


def cause_of(error: Exception) -> str:
    """The cause in a code whose label staff can read; never the error's own words, which may hold names."""
    if isinstance(error, SoftTimeLimitExceeded):
        return FailureCause.TOO_SLOW
    if isinstance(error, OperationalError | DatabaseError):
        return FailureCause.NO_DATABASE
    if isinstance(error, OSError):
        return FailureCause.NO_STORAGE
    return FailureCause.UNEXPECTED


@transaction.atomic
def close_when_complete(*, period_end_id: int) -> bool:
    """Note the moment when the last part was settled; True for the one who did."""
    period_end = PeriodEnd.objects.select_for_update().get(pk=period_end_id)
    unsettled = period_end.items.filter(state__in=(WorkState.QUEUED, WorkState.RUNNING))
    if period_end.finished_at is not None or unsettled.exists():
        return False
    period_end.finished_at = clock.now()
    period_end.save(update_fields=["finished_at"])
    return True


def run_pdf_job(*, job_id: int) -> dt.timedelta | None:
    """Make the PDF that a change asked for; the same manners as `run_item`."""
    jobs = SummaryPdfJob.objects.all()
    if not claim(jobs, job_id, now=clock.now()):
        return None
    job = jobs.get(pk=job_id)
    try:
        ensure_pdf(summary_id=job.summary_id)
    except Exception as error:
        logger.exception("PDF job %s failed in attempt %s", job.pk, job.attempts)
        return retry_or_fail(jobs, job.pk, attempt=job.attempts, now=clock.now(), cause=cause_of(error))
    finish(jobs, job.pk, attempt=job.attempts, now=clock.now())
    return None


def requeue_period_end_items(now: dt.datetime) -> int:
    """Put back the parts whose worker is gone (core.tasks.requeuers)."""
    sent = requeue(PeriodEndItem.objects.all(), now=now, send=send_item, interrupted=FailureCause.INTERRUPTED)
    open_ones = PeriodEnd.objects.filter(finished_at__isnull=True)
    for period_end_id in open_ones.exclude(
        items__state__in=(WorkState.QUEUED, WorkState.RUNNING)
    ).values_list("pk", flat=True):
        close_when_complete(period_end_id=period_end_id)
    return len(sent)


def requeue_pdf_jobs(now: dt.datetime) -> int:
    """Put back the PDFs whose worker is gone (core.tasks.requeuers)."""
    from reports.services.pdf_files import send_pdf_job

    return len(
        requeue(SummaryPdfJob.objects.all(), now=now, send=send_pdf_job, interrupted=FailureCause.INTERRUPTED)
    )
