"""PostgreSQL as our own supervised child."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg2

from core.embedded import process
from core.embedded.errors import EmbeddedServerError
from core.embedded.places import Places

SUPERUSER = "postgres"
OWNER = "valmennus_owner"
APP_ROLE = "valmennus_app"
DATABASE = "valmennuskuukausi"

# Errors name the rule but never the row: a failing statement or its DETAIL would put people into the log.
QUIET = {
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
}
SMALL = {
    "max_connections": "60",
    "shared_buffers": "64MB",
    "random_page_cost": "1.1",  # no disk turns any more: a jump costs what a step does
    "timezone": "UTC",
    "log_timezone": "UTC",
}
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "autovacuum": "off",
}


def initialise(places: Places, *, log: Path, lock: int | None = None) -> None:
    """Make a new cluster in the empty data folder. No-op when there is one."""
    if (places.postgres_data / "PG_VERSION").exists():
        return
    for path in places.postgres_data.iterdir():  # an initdb that was killed half-way: nothing of value yet
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    # PG_VERSION is among the first files initdb writes, so it works beside the data and is moved over
    fresh = places.postgres_data / "new"
    command = [
        places.postgres_folder / "bin" / "initdb",
        f"--pgdata={fresh}",
        f"--username={SUPERUSER}",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--auth-local=trust",
        "--auth-host=reject",
        "--no-sync",
        "--no-instructions",
    ]
    with log.open("ab") as output:
        child = process.spawn(
            command,
            user=places.user,
            on_parent_death=signal.SIGKILL,
            output=output,
            cwd=Path("/"),
            keep_open=() if lock is None else (lock,),
        )
        try:
            code = child.wait()
        finally:
            process.stop(child, (signal.SIGTERM, 5))
    if code != 0:
        raise EmbeddedServerError(f"PostgreSQL could not set up its data folder: {_last_line(log)}")
    version = fresh / "PG_VERSION"
    for path in sorted(fresh.iterdir(), key=lambda path: path == version):
        path.rename(places.postgres_data / path.name)
    fresh.rmdir()


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return f"{lines[-1] if lines else 'it said nothing'} (see {log})"


def start(places: Places, *, log: Path, durable: bool, lock: int) -> subprocess.Popen:
    """Start the server; it holds the descriptor `lock` for as long as any of its processes lives."""
    # we hold the lock, so no server of ours lives: a pid file is stale, whoever has that number now
    (places.postgres_data / "postmaster.pid").unlink(missing_ok=True)
    settings = QUIET | SMALL | ({} if durable else THROW_AWAY)
    command: list[str | Path] = [
        places.postgres_folder / "bin" / "postgres",
        "-D",
        places.postgres_data,
        "-k",
        places.sockets,
        "-h",
        "",
    ]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with log.open("ab") as output:
        return process.spawn(
            command,
            user=places.user,
            on_parent_death=signal.SIGINT,  # fast shutdown: clients are dropped, data is flushed
            output=output,
            cwd=Path("/"),
            keep_open=(lock,),
        )


def stop(child: subprocess.Popen) -> None:
    process.stop(child, (signal.SIGINT, 20), (signal.SIGQUIT, 5))


def connect(places: Places, name: str = "postgres", role: str = SUPERUSER):
    """An autocommitting connection."""
    connection = psycopg2.connect(host=str(places.sockets), user=role, dbname=name, connect_timeout=3)
    connection.autocommit = True
    return connection


def answers(places: Places) -> bool:
    if not places.postgres_socket.exists():
        return False
    try:
        connect(places).close()
    except psycopg2.OperationalError:
        return False
    return True


def wait_until_ready(places: Places, child: subprocess.Popen, log: Path, seconds: float = 60) -> None:
    """Raises EmbeddedServerError with the log's last line when the server ends or takes too long."""
    end = time.monotonic() + seconds
    while not answers(places):
        if child.poll() is not None or time.monotonic() > end:
            raise EmbeddedServerError(f"PostgreSQL did not start: {_last_line(log)}.")
        time.sleep(0.02)


def ensure_roles(places: Places) -> None:
    """Two roles and the database: the owner migrates, the application may not rewrite the audit trail.

    `core.management.commands.grant_app_role` gives the application role its rights on the tables.
    """
    with contextlib.closing(connect(places)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles")
        roles = {name for (name,) in cursor.fetchall()}
        if OWNER not in roles:
            cursor.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB")
        if APP_ROLE not in roles:
            cursor.execute(f"CREATE ROLE {APP_ROLE} LOGIN")
            cursor.execute(f"GRANT {APP_ROLE} TO {OWNER}")  # so that tests can SET ROLE
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
