"""Several calls at the same moment, each on a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each call answered, or the error it raised, in the order of the calls. The test must be marked
    `django_db(transaction=True)`, or the threads would not see its rows."""
    results: list[object] = [None] * len(calls)
    ready = threading.Barrier(len(calls))

    def run(number: int, call: Callable[[], object]) -> None:
        try:
            ready.wait(timeout=20)
            results[number] = call()
        except Exception as error:  # the answer of a race may be a refusal
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


class Overtaker:
    """A call that another starts in the middle of its own work: `answer` is what it returned or raised, and
    `waited` whether it was still waiting when the other went on."""

    def __init__(self, call: Callable[[], object]) -> None:
        self.answer: object = None
        self.waited = False
        self._call = call
        self._thread: threading.Thread | None = None

    def start(self, patience: float) -> None:
        """Once; goes on after `patience` seconds at the latest."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run)
            self._thread.start()
            self._thread.join(timeout=patience)
            self.waited = self._thread.is_alive()

    def _run(self) -> None:
        try:
            self.answer = self._call()
        except Exception as error:  # the answer of a race may be a refusal
            self.answer = error
        finally:
            connection.close()

    def end(self) -> object:
        """Wait for it; what it answered."""
        assert self._thread is not None, "the call was never overtaken"
        self._thread.join(timeout=30)
        return self.answer


def overtaken(
    monkeypatch, module, name: str, call: Callable[[], object], *, patience: float = 1
) -> Overtaker:
    """From now on the first call of `module.name` lets `call` run on another connection first, as long as it
    does not have to wait for a lock."""
    real, other = getattr(module, name), Overtaker(call)

    def slowly(*given, **named):
        other.start(patience)
        return real(*given, **named)

    monkeypatch.setattr(module, name, slowly)
    return other
