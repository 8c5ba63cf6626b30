"""Mail about summaries. No personal data: who it is about is seen after logging in."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from core.mail import queue_mail
from reports.models import SummaryVersion


def tell_office(summary: SummaryVersion) -> None:
    """Tell the office's shared address that something waits in the inbox; nothing without an address."""
    office = summary.recipient
    if not office.email:
        return
    queue_mail(
        name="summary_released",
        recipient=office.email,
        language=office.language,
        context={"inbox": settings.PUBLIC_ADDRESS.rstrip("/") + reverse("reports:inbox")},
    )
