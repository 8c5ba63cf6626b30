"""A real Celery worker beside a test, in a process group of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

COMMAND = (sys.executable, "-m", "celery", "--app", "config.celery", "worker", "--concurrency")


@contextmanager
def run_worker(
    environment: dict[str, str], *, log: Path, processes: int = 1, more: tuple[str, ...] = ()
) -> Iterator[subprocess.Popen]:
    """A worker with so many `processes`, killed at the end of the block. `environment` holds what
    tests.support.worker_settings reads; `more` are further options of the command."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*COMMAND, str(processes), "--without-gossip", "--without-mingle", *more],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.support.worker_settings", **environment},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen) -> None:
    """SIGKILL to the worker and its children at once; harmless when they are gone."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)
