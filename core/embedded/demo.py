"""`python -m core.embedded.demo`: the whole program on this machine under one supervisor.

PostgreSQL, Redis, web, worker and beat are our children; whatever way we end, they end. HOST, PORT,
DEMO_PASSWORD and RESET come from the environment (see docs/operations/demo.md).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from core import embedded
from core.embedded import postgres, process
from core.embedded.accounts import DEMO_ACCOUNTS
from core.embedded.address import bind_address, local_address, refuse_taken_address, wanted_address
from core.embedded.errors import EmbeddedServerError
from core.embedded.secrets import keep_secret, kept_secret, password

VAR = embedded.PROJECT / "var"
BIGGEST_LOG = 5_000_000
LONGEST_PAUSE = 30.0


class Stop(Exception):  # noqa: N818 - not a failure
    """Somebody asked us to end."""


@dataclass
class Job:
    """One long-running child that is started again when it dies."""

    name: str
    command: list[str]
    stop_steps: tuple[tuple[signal.Signals, float], ...]
    on_parent_death: signal.Signals
    child: subprocess.Popen | None = None
    started_at: float = 0.0
    pause: float = 1.0
    start_again_at: float | None = None

    def start(self, environment: dict[str, str]) -> None:
        with (embedded.LOG_DIR / f"{self.name}.log").open("ab") as output:
            self.child = process.spawn(
                self.command,
                on_parent_death=self.on_parent_death,
                output=output,
                cwd=embedded.PROJECT,
                environment=environment,
            )
        self.started_at, self.start_again_at = time.monotonic(), None

    def watch(self, environment: dict[str, str]) -> None:
        """Notice a death, say it, and start again after a pause that grows while deaths come quickly."""
        now = time.monotonic()
        if self.start_again_at is not None:
            if now >= self.start_again_at:
                self.start(environment)
        elif self.child is not None and self.child.poll() is not None:
            self.pause = 1.0 if now - self.started_at > 60 else min(self.pause * 2, LONGEST_PAUSE)
            self.start_again_at = now + self.pause
            say(
                f"{self.name} ended with code {self.child.returncode}; starting it again in "
                f"{self.pause:.0f} s (var/log/{self.name}.log)"
            )

    def ask_to_stop(self) -> None:
        if self.child is not None and self.child.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self.child.send_signal(self.stop_steps[0][0])

    def stop(self) -> None:
        if self.child is not None:
            process.stop(self.child, *self.stop_steps)


@dataclass
class Demo:
    host: str
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    jobs: list[Job] = field(default_factory=list)

    @property
    def address(self) -> str:
        return local_address(self.host, self.port)


def say(line: str) -> None:
    print(line, flush=True)


def main() -> int:
    """Run until told to stop. Returns the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _ask_to_stop)
    try:
        if "--with-parent" in sys.argv:
            process.follow_parent(signal.SIGTERM)
        _run()
    except Stop:
        say("Stopped; the data stays in var/ for the next time.")
    except EmbeddedServerError as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    return 0


def _ask_to_stop(number, frame):
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)  # stopping takes its seconds; do not break into it
    raise Stop


def _run() -> None:
    demo = Demo(*wanted_address())
    began = time.monotonic()
    with _only_one(demo):
        refuse_taken_address(demo.host, demo.port)
        if os.environ.get("RESET") not in (None, "", "0"):
            say("Starting over: removing the demo's data")
            embedded.remove_data(embedded.DATA_DIR, VAR / "files", VAR / "beat-schedule")
        demo.environment = _environment(demo)
        embedded.LOG_DIR.mkdir(parents=True, exist_ok=True)
        _shorten_logs()
        say("Starting PostgreSQL and Redis")
        with embedded.servers_for_demo() as servers:
            _prepare(demo)
            demo.jobs = _jobs(demo)
            try:
                for job in demo.jobs:
                    job.start(demo.environment)
                _wait_for_the_web(demo)
                _welcome(demo, time.monotonic() - began)
                _watch(demo, servers)
            finally:
                _stop(demo)


@contextlib.contextmanager
def _only_one(demo: Demo) -> Iterator[None]:
    """Holds the demo's lock, in which the running demo writes where it is."""
    VAR.mkdir(exist_ok=True)
    with (VAR / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            where = lock.read().strip() or "starting"
            raise EmbeddedServerError(
                f"The demo of this folder is running already ({where}): stop it with Ctrl-C first."
            ) from None
        lock.truncate(0)
        lock.write(f"{demo.address}, process {os.getpid()}")
        lock.flush()
        yield


def _environment(demo: Demo) -> dict[str, str]:
    """What the children see: the demo's settings, and a DEMO_PASSWORD that holds from now on."""
    secrets_dir = VAR / "secrets"
    wanted = os.environ.get("DEMO_PASSWORD", "")
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(embedded.PROJECT),
        "HOST": demo.host,
        "PORT": str(demo.port),
        "DEMO_PASSWORD": wanted or kept_secret(secrets_dir, "demo_password", password),
    }


def _prepare(demo: Demo) -> None:
    say("Bringing tables, translations and static files up to date")
    _manage(demo, "prepare_demo")
    secrets_dir = VAR / "secrets"
    if not _has_users():
        say("Loading the demo data")
        _manage(demo, "demo_data")
    elif demo.environment["DEMO_PASSWORD"] != kept_secret(secrets_dir, "demo_password", password):
        _manage(demo, "set_demo_password")
    keep_secret(secrets_dir, "demo_password", demo.environment["DEMO_PASSWORD"])


def _manage(demo: Demo, command: str) -> None:
    """Run one command of manage.py; its output goes to the log, its failure to the reader."""
    log = embedded.LOG_DIR / "prepare.log"
    with log.open("ab") as output:
        child = process.spawn(
            [sys.executable, "manage.py", command],
            on_parent_death=signal.SIGTERM,
            output=output,
            cwd=embedded.PROJECT,
            environment=demo.environment,
        )
        try:
            code = child.wait()
        finally:
            process.stop(child, (signal.SIGTERM, 5))
    if code != 0:
        last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:] or [""]
        raise EmbeddedServerError(f"manage.py {command} failed: {last[0]} (see var/log/prepare.log).")


def _has_users() -> bool:
    import psycopg2

    url = os.environ.get("DATABASE_URL") or embedded.places_for(embedded.DATA_DIR).database_url(
        postgres.OWNER, postgres.DATABASE
    )
    with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM accounts_user)")
        return cursor.fetchone()[0]


def _jobs(demo: Demo) -> list[Job]:
    python = sys.executable
    celery = [python, "-m", "celery", "--app", "config.celery", "--quiet"]
    return [
        Job(
            "web",
            [
                *(python, "-m", "gunicorn", "config.wsgi:application"),
                *("--bind", bind_address(demo.host, demo.port)),
                *("--workers", "2", "--threads", "4", "--no-control-socket"),
                *("--graceful-timeout", "8", "--log-level", "warning"),
            ],
            stop_steps=((signal.SIGTERM, 10), (signal.SIGQUIT, 2)),
            on_parent_death=signal.SIGQUIT,
        ),
        Job(
            "worker",
            [
                *celery,
                *("worker", "--pool", "prefork", "--concurrency", "2", "--loglevel", "INFO"),
                *("--without-gossip", "--without-mingle", "--hostname", "demo@%h"),
            ],
            # a task that is cut off comes back by its lease
            stop_steps=((signal.SIGTERM, 8), (signal.SIGQUIT, 5)),
            # its queue dies with us: a gentle end would wait for it
            on_parent_death=signal.SIGKILL,
        ),
        Job(
            "beat",
            [*celery, "beat", "--pidfile", "", "--loglevel", "WARNING"],
            stop_steps=((signal.SIGTERM, 5),),
            on_parent_death=signal.SIGKILL,
        ),
    ]


def _wait_for_the_web(demo: Demo, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    web = demo.jobs[0]
    while not _answers(demo.address + "/healthz"):
        if web.child.poll() is not None or time.monotonic() > end:
            raise EmbeddedServerError("The web server did not start: see var/log/web.log.")
        time.sleep(0.1)


def _answers(url: str) -> bool:
    """True when a page comes, whatever it says: health needs the worker, which starts beside us."""
    try:
        urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own address
    except urllib.error.HTTPError as error:
        error.close()
    except OSError:
        return False
    return True


def _welcome(demo: Demo, seconds: float) -> None:
    width = max(len(email) for email, _role in DEMO_ACCOUNTS)
    say(f"\nValmennuskuukausi is ready after {seconds:.0f} s: {demo.address}\n")
    for email, role in DEMO_ACCOUNTS:
        say(f"  {email:<{width}}  {role}")
    say(f"\n  password of all: {demo.environment['DEMO_PASSWORD']}")
    say("\nCtrl-C stops it. Logs: var/log/\n")


def _watch(demo: Demo, servers: embedded.Servers) -> None:
    while True:
        time.sleep(0.5)
        for job in demo.jobs:
            job.watch(demo.environment)
        if died := servers.died():
            raise EmbeddedServerError(
                f"{' and '.join(died)} ended unexpectedly, so the demo stops. Your data is safe: start again "
                f"(see var/log/{died[0]}.log)."
            )


def _stop(demo: Demo) -> None:
    say("Stopping")
    for job in demo.jobs:
        job.ask_to_stop()
    for job in demo.jobs:
        job.stop()


def _shorten_logs() -> None:
    for log in embedded.LOG_DIR.glob("*.log"):
        if log.stat().st_size > BIGGEST_LOG:
            log.replace(Path(f"{log}.1"))


if __name__ == "__main__":
    sys.exit(main())
