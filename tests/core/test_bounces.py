"""Mail that comes back is seen: which one it was, why, and nothing else is taken for a return."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace

import pytest
from django.core import mail as django_mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from core import clock
from core.bounces import note_bounce, read_bounce_mailbox
from core.mail import queue_mail, why_lost
from core.models import OutgoingMail
from core.tasks import read_returned_mail, send_waiting_mail
from tests.support.returned_mail import imap_mailbox, out_of_office, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(settings) -> OutgoingMail:
    """A mail that went out."""
    settings.DEFAULT_FROM_EMAIL = "Valmennuskuukausi <desk@house.example>"
    context = {"address": "https://house.example/x/", "valid_until": clock.now()}
    mail = queue_mail(name="personal_link", recipient="a@office.example", language="en", context=context)
    send_waiting_mail()
    mail.refresh_from_db()
    assert mail.state == "sent"
    return mail


def state(mail: OutgoingMail) -> tuple[str, str]:
    """State and cause as they stand in the database."""
    mail.refresh_from_db()
    return mail.state, mail.error


# --- what goes out ------------------------------------------------------------------------------------
def test_a_mail_carries_its_key_and_asks_for_its_return(settings, sent):
    (message,) = django_mail.outbox
    headers = message.message()
    assert headers["Message-ID"] == f"<{sent.message_key}.valmennuskuukausi@house.example>"
    assert headers["From"] == "Valmennuskuukausi <desk@house.example>"
    settings.BOUNCE_ADDRESS = "returns@house.example"
    OutgoingMail.objects.update(state="waiting", sent_at=None)
    send_waiting_mail()
    again = django_mail.outbox[-1]
    assert again.from_email == "returns@house.example"  # the envelope
    assert again.message()["From"] == "Valmennuskuukausi <desk@house.example>"


def test_the_database_keeps_keys_apart_and_the_moment_of_what_came_back(sent):
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.create(
            kind="x", recipient="b@x.example", subject="x", body="x", message_key=sent.message_key
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.filter(pk=sent.pk).update(state="bounced", sent_at=None)


# --- what comes back ------------------------------------------------------------------------------------
@pytest.mark.parametrize("quoted", ["text/rfc822-headers", "message/rfc822"])
@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("5.1.1", "no such address"),
        ("5.2.2", "full or closed"),
        ("5.7.1", "refuses it"),
        ("5.4.4", "from the receiver's server"),
    ],
)
def test_a_report_marks_its_mail_and_says_why(sent, status, words, quoted):
    assert note_bounce(report(sent, status=status, quoted=quoted)) == sent
    assert state(sent) == ("bounced", status)
    with translation.override("en"):
        assert words in why_lost(sent)
    assert sent.sent_at is not None


def test_the_same_report_twice_changes_nothing(sent):
    note_bounce(report(sent))
    before = state(sent)
    note_bounce(report(sent))
    assert state(sent) == before


@pytest.mark.parametrize(
    "raw",
    [
        lambda mail: report(mail, status="4.4.1", action="delayed"),  # it is still being tried
        out_of_office,
        lambda mail: report(mail, key="0" * 32),  # not one of ours
        lambda mail: b"",
        lambda mail: b"\xff\xfe\x00Content-Type: multipart/report\r\n\r\n--",
        lambda mail: f"<{mail.message_key}.valmennuskuukausi@house.example>".encode(),
    ],
    ids=["delayed", "out of office", "a stranger's", "empty", "broken", "only the key"],
)
def test_what_is_no_report_of_ours_marks_nothing(sent, raw):
    assert note_bounce(raw(sent)) is None
    assert state(sent) == ("sent", "")
    assert why_lost(sent) == ""


def test_a_mail_that_waits_does_not_come_back(sent):
    OutgoingMail.objects.update(state="waiting", sent_at=None)
    assert note_bounce(report(sent)) is None


def test_a_mail_server_may_hand_a_report_to_the_command(sent, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(report(sent))))
    said = io.StringIO()
    call_command("read_bounce", stdout=said)
    assert state(sent)[0] == "bounced"
    assert f"mail {sent.pk} came back" in said.getvalue()


# --- the mailbox ------------------------------------------------------------------------------------------
@pytest.fixture
def settings_for(settings):
    """Point the settings at a mailbox."""

    def point(server, password="pw") -> None:
        settings.BOUNCE_IMAP_HOST, settings.BOUNCE_IMAP_PORT = server.server_address
        settings.BOUNCE_IMAP_TLS = False
        settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD = "returns", password

    return point


def test_without_a_mailbox_nothing_is_asked(settings):
    settings.BOUNCE_IMAP_HOST = ""
    assert read_bounce_mailbox() == 0


def test_the_unread_is_read_once(sent, settings_for):
    with imap_mailbox([out_of_office(sent), report(sent), b"Subject: hello\r\n\r\nhello"]) as server:
        settings_for(server)
        assert read_bounce_mailbox() == 1
        assert server.read == {1, 2, 3}
        assert read_bounce_mailbox() == 0
    assert state(sent) == ("bounced", "5.1.1")


@pytest.mark.parametrize("trouble", ["password", "folder", "nobody there"])
def test_a_mailbox_that_does_not_answer_is_logged_and_asked_again(
    sent, settings, settings_for, caplog, trouble
):
    with imap_mailbox([report(sent)]) as server:
        settings_for(server, password="no" if trouble == "password" else "pw")
        settings.BOUNCE_IMAP_FOLDER = "gone" if trouble == "folder" else "INBOX"
        if trouble == "nobody there":
            settings.BOUNCE_IMAP_PORT = 1
        read_returned_mail()
        assert server.read == set()
    assert "does not answer" in caplog.text
    assert "pw" not in caplog.text
    assert state(sent)[0] == "sent"
