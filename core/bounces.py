"""Mail that came back: which of ours it was, and why, from the report of the receiver's server.

Our mails carry a random key in their Message-ID, and a report quotes the headers of what it reports. Whether
it *is* such a report, and of a failure for good, says flufl.bounce: an automatic reply quotes them too.
"""

from __future__ import annotations

import email
import imaplib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message

from django.conf import settings
from django.db import transaction
from flufl.bounce import scan_message

from core.mail import KEY_BYTES, MESSAGE_MARK
from core.models import MailState, OutgoingMail

logger = logging.getLogger(__name__)
KEY = re.compile(rf"<([0-9a-f]{{{2 * KEY_BYTES}}})\.{MESSAGE_MARK}@")
STATUS = re.compile(r"^[245]\.\d{1,3}\.\d{1,3}$")
AT_ONCE = 200  # reports of one round; the rest waits for the next
TIMEOUT_SECONDS = 20


def note_bounce(raw: bytes) -> OutgoingMail | None:
    """Mark the mail that this report says has come back for good; None when it says nothing of the kind.

    `raw` is one whole mail as a server delivers it. Reading the same report twice changes nothing.
    """
    message = email.message_from_bytes(raw)
    keys = set(KEY.findall("\n".join(_texts(raw, message))))
    if not keys or not _is_for_good(message):
        return None
    with transaction.atomic():
        mail = (
            OutgoingMail.objects.select_for_update()
            .filter(message_key__in=keys, state__in=(MailState.SENT, MailState.BOUNCED))
            .order_by("-id")
            .first()
        )
        if mail is None:
            return None
        mail.state, mail.error = MailState.BOUNCED, _status(message) or mail.error
        mail.save(update_fields=["state", "error"])
    logger.warning("mail %s came back: %s", mail.pk, mail.error or "no status")
    return mail


def _texts(raw: bytes, message: Message) -> Iterator[str]:
    yield raw.decode("utf-8", "replace")
    for part in message.walk():
        body = part.get_payload(decode=True)
        if body:
            yield body.decode("utf-8", "replace")


def _is_for_good(message: Message) -> bool:
    try:
        return bool(scan_message(message))
    except Exception:  # a stranger's mail may be broken in any way
        logger.warning("a report of returned mail could not be read", exc_info=True)
        return False


def _status(message: Message) -> str:
    """The code of RFC 3463 ("5.1.1"), or nothing. The diagnostic text beside it may hold an address."""
    for part in message.walk():
        found = str(part.get("Status", "")).strip().split(" ")[0]
        if STATUS.match(found) and found.startswith("5"):
            return found
    return ""


def read_bounce_mailbox() -> int:
    """Read what is unread in BOUNCE_IMAP_FOLDER, and mark it read; how many of our mails had come back.

    Nothing when BOUNCE_IMAP_HOST is empty. Raises OSError or imaplib.IMAP4.error when the mailbox does not
    answer: what was not read is read in the next round.
    """
    if not settings.BOUNCE_IMAP_HOST:
        return 0
    came_back = 0
    with _mailbox() as box:
        _kind, found = box.search(None, "UNSEEN")
        for number in found[0].split()[:AT_ONCE]:
            _kind, answer = box.fetch(number, "(BODY.PEEK[])")
            parts = [part for part in answer if isinstance(part, tuple)]
            if parts:
                came_back += note_bounce(parts[0][1]) is not None
            box.store(number, "+FLAGS", "\\Seen")
    return came_back


@contextmanager
def _mailbox() -> Iterator[imaplib.IMAP4]:
    kind = imaplib.IMAP4_SSL if settings.BOUNCE_IMAP_TLS else imaplib.IMAP4
    with kind(settings.BOUNCE_IMAP_HOST, settings.BOUNCE_IMAP_PORT, timeout=TIMEOUT_SECONDS) as box:
        box.login(settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD)
        kind, said = box.select(settings.BOUNCE_IMAP_FOLDER)
        if kind != "OK":
            raise imaplib.IMAP4.error(f"no folder {settings.BOUNCE_IMAP_FOLDER}: {said!r}")
        yield box
