"""Jobs of participants. Each may run twice without harm."""

from __future__ import annotations

from celery import shared_task

from core import clock
from participants.services import referral_lists


@shared_task
def drop_expired_previews() -> None:
    """Uploaded lists that nobody decided within a day are dropped with their rows."""
    referral_lists.drop_expired_previews(now=clock.now())
