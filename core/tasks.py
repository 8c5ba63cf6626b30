"""Technical jobs. Each may run twice without harm."""

from __future__ import annotations

import datetime as dt
import imaplib
import logging

from celery import shared_task
from django.contrib.sessions.models import Session
from django.db import transaction

from core import clock, health
from core.bounces import read_bounce_mailbox
from core.mail import send_one
from core.models import DemoMail, LinkToken, OutgoingMail
from core.registry import Registry

logger = logging.getLogger(__name__)

# functions `(now) -> int` that put work whose worker is gone back into the queue; apps add theirs
requeuers: Registry = Registry()


@shared_task
def send_waiting_mail() -> None:
    """Send what waits in the outbox; rows that another worker holds are passed over."""
    now = clock.now()
    for pk in OutgoingMail.objects.due(now=now).values_list("pk", flat=True)[:200]:
        with transaction.atomic():
            mail = OutgoingMail.objects.due(now=now).select_for_update(skip_locked=True).filter(pk=pk).first()
            if mail is not None:
                send_one(mail, now=now)


@shared_task
def read_returned_mail() -> None:
    """Mark the mail that came back; a mailbox that does not answer is asked again in the next round."""
    try:
        count = read_bounce_mailbox()
    except (OSError, imaplib.IMAP4.error) as error:
        logger.warning("the mailbox for returned mail does not answer: %s", type(error).__name__)
        return
    if count:
        logger.info("%s mails came back", count)


@shared_task
def requeue_expired_work() -> None:
    """Put back what a killed worker left half done (architecture section 3, Task)."""
    for requeue in requeuers:
        count = requeue(clock.now())
        if count:
            logger.info("%s put back %s rows", requeue.__name__, count)


@shared_task
def note_worker_heartbeat() -> None:
    """Beat sends it, a worker runs it: so a fresh heartbeat proves both."""
    health.beat()


@shared_task
def drop_old_technical_rows() -> None:
    """Sent mail goes after 30 days, dead links a year after they ended, sessions when they are over."""
    now = clock.now()
    OutgoingMail.objects.filter(sent_at__lt=now - dt.timedelta(days=30)).delete()
    DemoMail.objects.filter(received_at__lt=now - dt.timedelta(days=30)).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    LinkToken.objects.filter(expires_at__lt=now - dt.timedelta(days=365)).delete()
