"""Reports of returned mail as mail servers write them, and a mailbox to read them from."""

from __future__ import annotations

import socketserver
import threading
from contextlib import contextmanager

REPORT = """\
From: MAILER-DAEMON@mx.office.example (Mail Delivery System)
To: returns@house.example
Subject: {subject}
Content-Type: multipart/report; report-type=delivery-status; boundary="=_edge"
MIME-Version: 1.0

--=_edge
Content-Type: text/plain; charset=utf-8

This is the mail system at host mx.office.example.

--=_edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.office.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {status} <{recipient}>

--=_edge
Content-Type: {quoted}

Message-ID: <{key}.valmennuskuukausi@house.example>
Subject: Summaries have been released
To: {recipient}

--=_edge--
"""

OUT_OF_OFFICE = """\
From: officer@office.example
To: returns@house.example
Subject: Automatic reply: away until Monday
In-Reply-To: <{key}.valmennuskuukausi@house.example>
Auto-Submitted: auto-replied
Content-Type: text/plain; charset=utf-8

I am away until Monday. In urgent matters please ring the exchange.
"""


def report(mail, *, status="5.1.1", action="failed", quoted="text/rfc822-headers", key=None) -> bytes:
    """A server's report (RFC 3464) about this mail; `key` for one that is not ours."""
    text = REPORT.format(
        subject="Undelivered Mail Returned to Sender",
        recipient=mail.recipient,
        status=status,
        action=action,
        quoted=quoted,
        key=key or mail.message_key,
    )
    return text.replace("\n", "\r\n").encode()


def out_of_office(mail) -> bytes:
    """The automatic reply of somebody who is away."""
    return OUT_OF_OFFICE.format(key=mail.message_key).replace("\n", "\r\n").encode()


class _Session(socketserver.StreamRequestHandler):
    """As much of IMAP4rev1 as reading a folder takes."""

    def handle(self) -> None:
        self._say("* OK ready")
        for line in self.rfile:
            tag, word, *rest = line.decode().split()
            box = self.server
            if word == "CAPABILITY":
                self._say("* CAPABILITY IMAP4rev1")
            elif word == "LOGIN" and rest[1] != '"pw"':
                self._say(f"{tag} NO wrong password")
                continue
            elif word == "SEARCH":
                unread = [str(at) for at, mail in enumerate(box.mails, 1) if at not in box.read]
                self._say("* SEARCH " + " ".join(unread))
            elif word == "FETCH":
                number = int(rest[0])
                raw = box.mails[number - 1]
                self.wfile.write(f"* {number} FETCH (BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")
            elif word == "STORE":
                box.read.add(int(rest[0]))
            elif word == "SELECT":
                if "gone" in rest[0]:
                    self._say(f"{tag} NO no such folder")
                    continue
                self._say(f"* {len(box.mails)} EXISTS")
            self._say(f"{tag} OK done")
            if word == "LOGOUT":
                return

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True


@contextmanager
def imap_mailbox(mails: list[bytes]):
    """A mailbox with these mails on a free port; gives the server: `.server_address`, `.read` (numbers)."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.mails, server.read = mails, set()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
