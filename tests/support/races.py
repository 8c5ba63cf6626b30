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
