"""What a browser loads first, and what a web worker weighs: measured on a real gunicorn."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import os
import re
import signal
import socket
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from accounts.models import User
from coaching.models import CoachingMonth, Enrolment, Session
from core import clock
from core.embedded import PROJECT, process
from employers.models import Employer, Placement
from participants.models import Participant, Referral
from tests.benchmarks import databases
from tests.benchmarks.figures import figure

MOST_FIRST_LOAD_BYTES, MOST_FILES = 120 * 1024, 8
REQUESTS, MOST_MEGABYTES = 1_000, 130
LINKED = re.compile(r'<(?:link|script|img)\b[^>]*?(?:href|src)="(/static/[^"]+)"')
IN_CSS = re.compile(r"url\([\"']?(?!data:)([^\"')]+)")
LOG_IN = "/account/log-in/"


def run(*, database: str, database_url: str, folder: Path) -> list[dict]:
    """A figure for the first load and one for the worker's memory. `database` holds demo data,
    `database_url` is the application role's way to it, `folder` keeps the server's log."""
    with databases.looking_at(database):
        cookies = {name: _session_of(name) for name in ("valmentaja", "koordinaattori", "esihenkilo", "te")}
        visits = _round_of_visits()
        connection.close()
    with _gunicorn(database_url, folder) as (port, pid):
        return [_first_load(port), _memory(port, pid, cookies, visits)]


def _session_of(name: str) -> str:
    """A session key of the demo's account `name`, as logging in would give."""
    user = User.objects.get(email=f"{name}@demo.example")
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = "accounts.backends.EmailBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def _round_of_visits() -> list[tuple[str, str]]:
    """Who opens which page; every kind of page, many different people and days."""
    coach = User.objects.get(email="valmentaja@demo.example")
    coordinator = User.objects.get(email="koordinaattori@demo.example")
    months = CoachingMonth.objects.filter(coach=coach)
    open_file = {"participant__is_restricted": False}  # a protected person's page first asks for a reason
    referrals = Referral.objects.open().values_list("pk", flat=True)
    enrolments = Enrolment.objects.filter(month__in=months, **open_file).values_list("pk", flat=True)
    logs = Session.objects.filter(month__in=months).values_list("pk", flat=True)
    trials = Placement.objects.visible_to(coordinator, today=clock.today()).filter(**open_file)
    people = Participant.objects.filter(enrolments__month__in=months).distinct().values_list("pk", flat=True)
    by_coach = [
        "/coaching/today/",
        "/coaching/months/",
        "/participants/",
        "/participants/referrals/",
        "/reports/months/",
        *(f"/coaching/months/{pk}/" for pk in months.values_list("pk", flat=True)),
        *(f"/coaching/months/{pk}/grid/" for pk in months.values_list("pk", flat=True)),
        *(f"/coaching/sessions/{pk}/log/" for pk in logs[:25]),
        *(f"/coaching/people/{pk}/" for pk in enrolments),
        *(f"/participants/{pk}/" for pk in people),
    ]
    by_coordinator = [
        "/employers/",
        "/employers/desk/",
        "/employers/placements/",
        *(f"/employers/{pk}/" for pk in Employer.objects.values_list("pk", flat=True)[:25]),
        *(f"/employers/placements/{pk}/" for pk in trials.values_list("pk", flat=True)[:25]),
        *(f"/participants/referrals/{pk}/" for pk in referrals[:25]),
    ]
    visits = [("valmentaja", address) for address in by_coach]
    visits += [("koordinaattori", address) for address in by_coordinator]
    visits += [
        ("esihenkilo", "/coaching/months/"),
        ("esihenkilo", "/account/audit-trail/"),
        ("te", "/reports/inbox/"),
    ]
    return visits


@contextlib.contextmanager
def _gunicorn(database_url: str, folder: Path) -> Iterator[tuple[int, int]]:
    """One worker of four threads on loopback: its port and its process id. It ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "gunicorn.log"
    with log.open("ab") as output:
        child = process.spawn(
            [
                *(sys.executable, "-m", "gunicorn", "config.wsgi:application"),
                *("--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"),
                *("--no-control-socket", "--log-level", "warning"),
            ],
            on_parent_death=signal.SIGQUIT,
            output=output,
            cwd=PROJECT,
            environment=os.environ | {"TEST_DATABASE_URL": database_url},
        )
        try:
            _wait_for(port, child, log)
            [worker] = [
                int(pid) for pid in Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split()
            ]
            yield port, worker
        finally:
            process.stop(child, (signal.SIGTERM, 10), (signal.SIGQUIT, 2))


def _wait_for(port: int, child, log: Path, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError):
            if _get(port, LOG_IN)[0] == 200:
                return
        if child.poll() is not None or time.monotonic() > end:
            raise AssertionError(f"gunicorn did not start: {log.read_text()[-2000:]}")
        time.sleep(0.1)


def _get(port: int, address: str, session: str = "") -> tuple[int, bytes, str]:
    """Status, body as it came over the wire, and its encoding."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        cookie = {"Cookie": f"sessionid={session}"} if session else {}
        line.request("GET", address, headers={"Accept-Encoding": "gzip", **cookie})
        answer = line.getresponse()
        return answer.status, answer.read(), answer.headers.get("Content-Encoding", "")
    finally:
        line.close()


def _first_load(port: int) -> dict:
    """The log-in page and all that it asks for, as small as they travel (a page is packed by the proxy)."""
    _status, page, _encoding = _get(port, LOG_IN)
    files, waiting = {}, set(LINKED.findall(page.decode()))
    while waiting:
        address = waiting.pop()
        status, body, encoding = _get(port, address)
        if status != 200:
            raise AssertionError(f"{address} answered {status}")
        files[address] = len(body)
        if address.endswith(".css"):
            text = (gzip.decompress(body) if encoding == "gzip" else body).decode()
            folder = address.rpartition("/")[0]
            found = {os.path.normpath(f"{folder}/{url.split('#')[0]}") for url in IN_CSS.findall(text)}
            waiting |= found - files.keys()
    size = len(gzip.compress(page)) + sum(files.values())
    return figure(
        "first load of the log-in page, gzipped",
        bytes=(size, MOST_FIRST_LOAD_BYTES),
        files=(1 + len(files), MOST_FILES),
    )


def _memory(port: int, pid: int, cookies: dict[str, str], visits: list[tuple[str, str]]) -> dict:
    times = []
    for number in range(REQUESTS):
        who, address = visits[number % len(visits)]
        began = time.perf_counter()
        status, _body, _encoding = _get(port, address, cookies[who])
        times.append((time.perf_counter() - began) * 1000)
        if status != 200:
            raise AssertionError(f"{address} answered {status} to {who}")
    status = Path(f"/proc/{pid}/status").read_text()
    megabytes = round(int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024, 1)
    return figure(
        f"a web worker after {REQUESTS} requests of {len(visits)} different pages",
        statistics.median(times),
        megabytes=(megabytes, MOST_MEGABYTES),
    )
