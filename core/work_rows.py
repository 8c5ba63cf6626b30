"""Work that staff can see and run again: state lives in our tables, not in a result backend.

Celery over Redis does not bring a task back after its worker was killed, so each row carries a lease; a
row whose lease has run out goes back to the queue (`core.tasks.requeue_expired_work`).
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

LEASE = dt.timedelta(seconds=90)
MAX_ATTEMPTS = 4


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
            lease_until=now + LEASE,
            attempts=models.F("attempts") + 1,
            error="",
        )
        == 1
    )


def expired(queryset: models.QuerySet, *, now: dt.datetime) -> models.QuerySet:
    """Rows whose worker is gone, or that were queued but whose message was lost for over a lease."""
    lost = models.Q(state=WorkState.RUNNING, lease_until__lt=now) | models.Q(
        state=WorkState.QUEUED, queued_at__lt=now - LEASE
    )
    return queryset.filter(lost)
