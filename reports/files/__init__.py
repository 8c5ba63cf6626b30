"""What a worker writes into a file: one module per FileKind, found through `MAKERS`.

A maker is a function `(job, target, progress)`: `job` is the FileJob, `target` a writable binary file,
`progress(done, total)` tells how far it is and raises JobCancelled when the job was called off. It writes
nothing but the file, so that it may run twice. Import a new module in `reports/apps.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

Progress = Callable[[int, int], None]
Maker = Callable[[object, BinaryIO, Progress], None]
MAKERS: dict[str, Maker] = {}


class JobCancelled(Exception):
    """Somebody called the job off, or another worker has taken it over."""


def makes(kind: str) -> Callable[[Maker], Maker]:
    """Register the decorated function as the maker of a FileKind."""

    def register(maker: Maker) -> Maker:
        MAKERS[str(kind)] = maker
        return maker

    return register
