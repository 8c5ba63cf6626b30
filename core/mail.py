"""Mail goes to our own outbox table first and out after the commit; what fails is seen and tried again."""

from __future__ import annotations

import datetime as dt
import logging

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from core.models import DemoMail, MailState, OutgoingMail

logger = logging.getLogger(__name__)
RETRY_AFTER = (dt.timedelta(minutes=1), dt.timedelta(minutes=10), dt.timedelta(hours=1))


def queue_mail(*, name: str, recipient: str, language: str, context: dict) -> OutgoingMail:
    """Write one mail from `emails/<name>/subject.txt` and `body.txt` into the outbox, in `language`.

    Call it inside the transaction of the change that causes it. The templates must stay free of
    personal data: a subject is read on a lock screen.
    """
    from core.tasks import send_waiting_mail

    with translation.override(language):
        subject = " ".join(render_to_string(f"emails/{name}/subject.txt", context).split())
        body = render_to_string(f"emails/{name}/body.txt", context).strip() + "\n"
    mail = OutgoingMail.objects.create(kind=name, recipient=recipient, subject=subject, body=body)
    transaction.on_commit(send_waiting_mail.delay, robust=True)
    return mail


def send_one(mail: OutgoingMail, *, now: dt.datetime) -> bool:
    """Try to send; True when it went. A failure keeps the row, with its cause and the next moment to try."""
    mail.attempts += 1
    try:
        EmailMessage(subject=mail.subject, body=mail.body, to=[mail.recipient]).send()
    except Exception as error:  # any mail server may fail in any way; the row says how
        mail.error = type(error).__name__
        retry = RETRY_AFTER[mail.attempts - 1] if mail.attempts <= len(RETRY_AFTER) else None
        mail.next_try_at = now + retry if retry else None
        mail.state = MailState.WAITING if retry else MailState.FAILED
        logger.warning("mail %s failed: %s", mail.pk, mail.error)
    else:
        mail.state, mail.sent_at, mail.error = MailState.SENT, now, ""
    mail.save(update_fields=["attempts", "state", "sent_at", "error", "next_try_at"])
    return mail.state == MailState.SENT


class DemoMailboxBackend(BaseEmailBackend):
    """Puts mail on the demo's mailbox page instead of sending it."""

    def send_messages(self, email_messages) -> int:
        DemoMail.objects.bulk_create(
            DemoMail(recipient=address, subject=message.subject, body=message.body)
            for message in email_messages
            for address in message.recipients()
        )
        return len(email_messages)
