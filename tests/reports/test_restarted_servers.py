"""Redis and then PostgreSQL are restarted in the middle of a period end: every summary once, no half file.

Real servers, a real worker with beat inside, real PDFs: the worker is told nothing of it.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from pypdf import PdfReader

from core.embedded import postgres, redis_server
from tests.support.processes import wait_until
from tests.support.servers import throw_away_servers
from tests.support.workers import run_worker

GROUP = 12
LEASE_SECONDS = 3


class Drill:
    """A month of twelve on servers of its own."""

    def __init__(self, servers, folder: Path) -> None:
        self.servers, self.folder = servers, folder
        self.files, self.log = folder / "files", folder / "worker.log"
        self.environment = {
            "TEST_DATABASE_URL": servers.owner_url,
            "WORKER_BROKER_URL": servers.broker_url,
            "WORKER_FILES": str(self.files),
            "WORK_LEASE_SECONDS": str(LEASE_SECONDS),
        }

    def run(self, task: str, number: int) -> int:
        command = [sys.executable, "-m", "tests.support.drill", task, str(number)]
        done = subprocess.run(
            command,
            cwd=settings.BASE_DIR,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return int(done.stdout.strip().splitlines()[-1])

    def worker(self):
        beat = ("--beat", "--schedule", str(self.folder / "beat"))
        return run_worker(self.environment, log=self.log, more=beat)

    def rows(self, query: str) -> list[tuple]:
        """What the database answers; nothing while it is down."""
        places = self.servers.places
        try:
            connection = postgres.connect(places, postgres.DATABASE, postgres.OWNER)
        except psycopg2.OperationalError:
            return []
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    def states(self) -> Counter:
        return Counter(state for (state,) in self.rows("SELECT state FROM reports_periodenditem"))

    def restart(self, name: str) -> None:
        """Stop the server as an operator does, and start it again with an empty memory."""
        server = {"redis": redis_server, "postgres": postgres}[name]
        server.stop(self.servers.children[name])
        log = self.folder / f"{name}.log"
        nothing = os.open(os.devnull, os.O_RDONLY)
        child = server.start(self.servers.places, log=log, durable=True, lock=nothing)
        os.close(nothing)
        self.servers.children[name] = child
        server.wait_until_ready(self.servers.places, child, log)

    def is_finished(self) -> bool:
        return bool(self.rows("SELECT 1 FROM reports_periodend WHERE finished_at IS NOT NULL"))


@pytest.fixture
def drill(tmp_path):
    with throw_away_servers() as servers:
        made = Drill(servers, tmp_path)
        try:
            yield made
        finally:
            for name, server in (("redis", redis_server), ("postgres", postgres)):
                server.stop(servers.children[name])


def test_restarts_in_the_middle_leave_every_summary_once(drill):
    month = drill.run("prepare", GROUP)
    with drill.worker():
        drill.run("press", month)
        for name, settled in (("redis", 2), ("postgres", 5)):
            wait_until(lambda least=settled: drill.states()["done"] >= least, seconds=60)
            drill.restart(name)
            assert drill.states()["done"] < GROUP, f"{name} was restarted too late to prove anything"
        wait_until(drill.is_finished, seconds=120)

    assert drill.states() == {"done": GROUP}, drill.log.read_text()
    summaries = drill.rows("SELECT enrolment_id, number, pdf FROM reports_summaryversion")
    assert len({enrolment for enrolment, _number, _pdf in summaries}) == len(summaries) == GROUP
    assert {number for _enrolment, number, _pdf in summaries} == {1}
    on_disk = {str(path.relative_to(drill.files)) for path in drill.files.rglob("*") if path.is_file()}
    assert on_disk == {pdf for _enrolment, _number, pdf in summaries}
    assert all(len(PdfReader(drill.files / pdf).pages) == 2 for pdf in on_disk)
