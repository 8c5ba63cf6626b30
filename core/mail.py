"""Mail goes to our own outbox table first and out after the commit; what fails is seen and tried again."""

from __future__ import annotations

import datetime as dt
import logging
import secrets

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core.models import DemoMail, MailState, OutgoingMail

logger = logging.getLogger(__name__)
KEY_BYTES = 16
MESSAGE_MARK = "valmennuskuukausi"  # tells our Message-IDs from others' in a report (core/bounces.py)
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
    mail = OutgoingMail.objects.create(
        kind=name,
        recipient=recipient,
        subject=subject,
        body=body,
        message_key=secrets.token_hex(KEY_BYTES),
    )
    transaction.on_commit(send_waiting_mail.delay, robust=True)
    return mail


def send_one(mail: OutgoingMail, *, now: dt.datetime) -> bool:
    """Try to send; True when it went. A failure keeps the row, with its cause and the next moment to try."""
    mail.attempts += 1
    try:
        _message(mail).send()
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


def _message(mail: OutgoingMail) -> EmailMessage:
    """The mail with its key in the Message-ID, and returns going to BOUNCE_ADDRESS where there is one."""
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].rstrip("> ") or "localhost"
    headers = {"From": sender}
    if mail.message_key:
        headers["Message-ID"] = f"<{mail.message_key}.{MESSAGE_MARK}@{domain}>"
    return EmailMessage(
        subject=mail.subject,
        body=mail.body,
        from_email=settings.BOUNCE_ADDRESS or sender,
        to=[mail.recipient],
        headers=headers,
    )


def why_lost(mail: OutgoingMail) -> str:
    """In words, why the mail did not reach its receiver; empty while nothing speaks against it.

    The codes are those of RFC 3463: 1 the address, 2 the mailbox, 7 the receiver's rules.
    """
    if mail.state == MailState.FAILED:
        return _("The mail did not go out: the mail server did not take it.")
    if mail.state != MailState.BOUNCED:
        return ""
    reasons = {
        "1": _("The mail came back: there is no such address."),
        "2": _("The mail came back: the mailbox is full or closed."),
        "7": _("The mail came back: the receiver's server refuses it."),
    }
    kind = mail.error.split(".")[1] if mail.error.count(".") == 2 else ""
    return reasons.get(kind, _("The mail came back from the receiver's server."))


class DemoMailboxBackend(BaseEmailBackend):
    """Puts mail on the demo's mailbox page instead of sending it."""

    def send_messages(self, email_messages) -> int:
        DemoMail.objects.bulk_create(
            DemoMail(recipient=address, subject=message.subject, body=message.body)
            for message in email_messages
            for address in message.recipients()
        )
        return len(email_messages)
