"""Query counts that must not depend on how much there is."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, url: str) -> list[str]:
    """The SQL of one GET of `url`, which has to succeed."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, f"{url} answered {response.status_code}"
    return [query["sql"] for query in queries]


def assert_queries_do_not_grow(
    client, url: str, grow: Callable[[], object], *, at_most: int | None = None
) -> None:
    """The page makes as many queries after `grow()` added rows as before; `at_most` bounds both.

    One GET goes first, so that what is cached for the process (content types, session) does not count.
    """
    queries_of(client, url)
    before = queries_of(client, url)
    grow()
    after = queries_of(client, url)
    extra = "\n".join(after[len(before) :])
    assert len(after) == len(before), f"{url}: {len(before)} queries became {len(after)}:\n{extra}"
    if at_most is not None:
        assert len(after) <= at_most, f"{url}: {len(after)} queries, allowed are {at_most}"
