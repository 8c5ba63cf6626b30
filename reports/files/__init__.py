"""What a worker writes into a file: one module per FileKind, found through `MAKERS`.

A maker is a function `(job, target, progress)`: `job` is the FileJob, `target` a writable binary file,
`progress(done, total)` tells how far it is and raises JobCancelled when the job was called off. It writes
nothing but the file, so that it may run twice. Import a new module in `reports/apps.py`.

A gate is a function `(job, user, today)` that raises AccessDenied when this member of staff may not have the
file (any more): asked before it is made, made again and fetched. A test fails for a kind without one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import BinaryIO

from django.utils.translation import gettext as _

from core.errors import AccessDenied

Progress = Callable[[int, int], None]
Maker = Callable[[object, BinaryIO, Progress], None]
Gate = Callable[[object, object, dt.date], None]
MAKERS: dict[str, Maker] = {}
GATES: dict[str, Gate] = {}


class JobCancelled(Exception):
    """Somebody called the job off, or another worker has taken it over."""


def makes(kind: str) -> Callable[[Maker], Maker]:
    """Register the decorated function as the maker of a FileKind."""

    def register(maker: Maker) -> Maker:
        MAKERS[str(kind)] = maker
        return maker

    return register


def guards(kind: str) -> Callable[[Gate], Gate]:
    """Register the decorated function as the gate of a FileKind."""

    def register(gate: Gate) -> Gate:
        GATES[str(kind)] = gate
        return gate

    return register


def require_allowed(job, *, user, today: dt.date) -> None:
    """Let this member of staff have the file, or raise AccessDenied: a file outlives the right to it. Whoever
    has another role now than when asking asks again."""
    if not user.is_active or job.params.get("role", user.role) != user.role:
        raise no_longer()
    GATES[job.kind](job, user, today)


def no_longer() -> AccessDenied:
    """Somebody asked for a file and lost the right to it."""
    return AccessDenied(_("You may no longer read this file."))
