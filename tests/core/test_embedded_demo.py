"""`make demo` as a newcomer meets it: a copy of the project under an awkward path, real processes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from core.embedded import places_for, postgres
from tests.support.processes import alive, descendants, wait_until, wait_until_gone

PROJECT = Path(__file__).resolve().parent.parent.parent
LEFT_OUT = (".git", ".venv", "var", "build", "staticfiles", "node_modules", "__pycache__", ".*_cache", "*.mo")
PASSWORD = "koivu-jarvi-42-kesa"  # noqa: S105 -- known only to tests


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Demo:
    """One start of the demo in `project`; its lines as they come."""

    def __init__(self, project: Path, port: int, **environment: str):
        self.port = port
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "core.embedded.demo"],
            cwd=project,
            env={"PATH": os.environ["PATH"], "PORT": str(port), "DEMO_PASSWORD": PASSWORD} | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=lambda: self.lines.extend(self.process.stdout), daemon=True)
        self.reader.start()

    @property
    def output(self) -> str:
        return "".join(self.lines)

    def wait_until_ready(self, seconds: float = 150) -> None:
        def ready() -> bool:
            assert self.process.poll() is None, self.output
            return "is ready" in self.output and "Ctrl-C" in self.output

        wait_until(ready, seconds)

    def ended(self, seconds: float = 40) -> int:
        code = self.process.wait(seconds)
        self.reader.join(5)
        self.process.stdout.close()
        return code

    def health(self) -> dict:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return json.load(error)

    def child(self, part: str) -> int:
        """Process id of the direct child whose command line holds `part`; 0 when there is none."""
        for pid, _started in descendants(self.process.pid):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]
                if int(parent) == self.process.pid and part in Path(f"/proc/{pid}/cmdline").read_text():
                    return pid
        return 0


@pytest.fixture(scope="module")
def project():
    top = Path(tempfile.mkdtemp(prefix="vkk demo "))
    top.chmod(0o755)
    path = top / ("a long way down " * 6).strip() / "valmennuskuukausi"
    shutil.copytree(PROJECT, path, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    assert len(str(path)) > 100
    yield path
    sockets = places_for(path / "var" / "servers").sockets
    shutil.rmtree(sockets, ignore_errors=True)
    shutil.rmtree(top)


@pytest.fixture
def start(project):
    """`start()` runs the demo; whatever still runs at the end of the test is killed."""
    started: list[Demo] = []

    def begin(port: int | None = None, **environment: str) -> Demo:
        demo = Demo(project, port or free_port(), **environment)
        started.append(demo)
        return demo

    yield begin
    for demo in started:
        if demo.process.poll() is None:
            family = descendants(demo.process.pid)
            demo.process.kill()
            demo.ended()
            wait_until(lambda family=family: not alive(family), 30)


def sql(project: Path, statement: str):
    connection = postgres.connect(places_for(project / "var" / "servers"), postgres.DATABASE, postgres.OWNER)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def test_the_demo_starts_heals_stops_and_remembers(start, project):
    demo = start()
    demo.wait_until_ready()
    for email in ("valmentaja", "koordinaattori", "te", "esihenkilo", "admin"):
        assert f"{email}@demo.example" in demo.output
    assert PASSWORD in demo.output
    assert f"http://127.0.0.1:{demo.port}" in demo.output
    wait_until(lambda: demo.health()["status"] == "ok", 90)

    # what is secret is nobody else's to read
    for secret in (project / "var" / "secrets").iterdir():
        assert secret.stat().st_mode & 0o777 == 0o600, secret

    # the application runs without the owner's rights
    roles = "SELECT array_agg(DISTINCT usename::text) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    assert sql(project, roles + " AND usename LIKE 'valmennus%'") == ["valmennus_app"]

    # a second start and a taken port are one sentence each
    second = start()
    assert second.ended() == 1
    assert len(second.lines) == 1
    assert f"http://127.0.0.1:{demo.port}" in second.output

    # a worker that dies comes back
    worker = demo.child("--concurrency")
    pool = descendants(worker)
    assert pool
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: "worker ended with code -9" in demo.output, 60)
    wait_until(lambda: demo.child("--concurrency") not in (0, worker), 60)
    wait_until_gone(pool)

    # asked to stop, everything stops
    sql(project, "CREATE TABLE remembered AS SELECT 42 AS answer")
    family = descendants(demo.process.pid)
    demo.process.send_signal(signal.SIGTERM)
    assert demo.ended() == 0
    assert not alive(family)

    # data survives; killed without a moment's notice, still nothing is left
    demo = start()
    demo.wait_until_ready()
    assert sql(project, "SELECT answer FROM remembered") == 42
    family = descendants(demo.process.pid)
    demo.process.kill()
    demo.ended()
    wait_until_gone(family)


def test_a_taken_port_is_one_sentence_and_touches_nothing(start, project):
    before = sorted(path.name for path in (project / "var").glob("*")) if (project / "var").exists() else []
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        demo = start(other.getsockname()[1])
        assert demo.ended() == 1
    assert len(demo.lines) == 1
    assert "is taken by another program" in demo.output
    after = sorted(path.name for path in (project / "var").glob("*"))
    assert set(after) - set(before) <= {"demo.lock"}


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_one_sentence(project, port):
    result = subprocess.run(
        [sys.executable, "-m", "core.embedded.demo"],
        cwd=project,
        env={"PATH": os.environ["PATH"], "PORT": port},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert result.returncode == 1
    assert result.stderr == f"PORT={port} is not a port: use a number from 1 to 65535.\n"
