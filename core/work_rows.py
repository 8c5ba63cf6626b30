"""Work that staff can see and run again: state lives in our tables, not in a result backend.

Celery over Redis does not bring a task back after its worker was killed, so each row carries a lease; a
row whose lease has run out goes back to the queue (`core.tasks.requeue_expired_work`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_ATTEMPTS = 4
RETRY_AFTER = (dt.timedelta(seconds=2), dt.timedelta(seconds=10), dt.timedelta(seconds=30))


def lease() -> dt.timedelta:
    """How long one attempt may take before its worker counts as gone; longer than any task's time limit."""
    return dt.timedelta(seconds=settings.WORK_LEASE_SECONDS)


class WorkState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("being made")
    DONE = "done", _("ready")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class WorkRow(models.Model):
    """One piece of work with its lease. Subclasses say what the work is."""

    state = models.CharField(_("state"), max_length=12, choices=WorkState, default=WorkState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    queued_at = models.DateTimeField(_("queued at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    error = models.CharField(_("what went wrong"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.state in (WorkState.QUEUED, WorkState.RUNNING)


def claim(queryset: models.QuerySet, pk: int, *, now: dt.datetime) -> bool:
    """Take the row `pk` of `queryset` for this worker: True for exactly one claimant.

    A row is free when it is queued, or running with a lease that ran out.
    """
    free = models.Q(state=WorkState.QUEUED) | models.Q(state=WorkState.RUNNING, lease_until__lt=now)
    return (
        queryset.filter(free, pk=pk).update(
            state=WorkState.RUNNING,
            lease_until=now + lease(),
            attempts=models.F("attempts") + 1,
            error="",
        )
        == 1
    )


def expired(queryset: models.QuerySet, *, now: dt.datetime) -> models.QuerySet:
    """Rows whose worker is gone, or that were queued but whose message was lost for over a lease."""
    lost = models.Q(state=WorkState.RUNNING, lease_until__lt=now) | models.Q(
        state=WorkState.QUEUED, queued_at__lt=now - lease()
    )
    return queryset.filter(lost)


def finish(queryset: models.QuerySet, pk: int, *, attempt: int, now: dt.datetime, **fields) -> bool:
    """Mark the row done, with `fields`; False when another attempt has taken it over meanwhile."""
    held = queryset.filter(pk=pk, state=WorkState.RUNNING, attempts=attempt)
    return held.update(state=WorkState.DONE, lease_until=None, finished_at=now, error="", **fields) == 1


def fail(queryset: models.QuerySet, pk: int, *, attempt: int, now: dt.datetime, cause: str) -> None:
    """Mark the row failed for good, with its cause, unless another attempt has taken it over."""
    queryset.filter(pk=pk, state=WorkState.RUNNING, attempts=attempt).update(
        state=WorkState.FAILED, lease_until=None, finished_at=now, error=cause[:300]
    )


def retry_or_fail(
    queryset: models.QuerySet, pk: int, *, attempt: int, now: dt.datetime, cause: str
) -> dt.timedelta | None:
    """Put the row back for another attempt and return how long to wait, or mark it failed and return None."""
    if attempt >= MAX_ATTEMPTS:
        fail(queryset, pk, attempt=attempt, now=now, cause=cause)
        return None
    wait = RETRY_AFTER[min(attempt, len(RETRY_AFTER)) - 1]
    queryset.filter(pk=pk, state=WorkState.RUNNING, attempts=attempt).update(
        state=WorkState.QUEUED, lease_until=None, queued_at=now + wait, error=cause[:300]
    )
    return wait


def requeue(
    queryset: models.QuerySet, *, now: dt.datetime, send: Callable[[int], None], interrupted: str
) -> list[int]:
    """Send the expired rows to a worker again, each at most once a lease; their ids.

    A row that was interrupted in its last attempt fails with the cause `interrupted` instead.
    """
    worn_out = models.Q(state=WorkState.RUNNING, attempts__gte=MAX_ATTEMPTS)
    expired(queryset, now=now).filter(worn_out).update(
        state=WorkState.FAILED, lease_until=None, finished_at=now, error=interrupted[:300]
    )
    sent = []
    for pk in expired(queryset, now=now).order_by("pk").values_list("pk", flat=True)[:500]:
        taken = expired(queryset.filter(pk=pk), now=now).update(
            state=WorkState.QUEUED, lease_until=None, queued_at=now
        )
        if taken:
            send(pk)
            sent.append(pk)
    return sent
