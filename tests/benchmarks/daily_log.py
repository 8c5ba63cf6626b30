"""Server time and queries of the daily log of ten people, beside the same inputs as a crispy formset and
beside a bare view. Medians of interleaved runs in one warm process; only the ratios travel to other machines.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from django.db import connection, transaction
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from core import clock
from tests.benchmarks.daily_log_urls import INPUTS_ALONE, crispy_context, page_for
from tests.benchmarks.figures import figure, interleaved
from tests.coaching.daily_log_support import everybody, make_group, opened_form
from tests.support import factories

GROUP, ROUNDS = 10, 40
MOST_OF_CRISPY, MOST_PAGE_QUERIES, MOST_SAVE_QUERIES = 0.25, 10, 12  # four times faster


def run(sizes: tuple[int, ...] = (GROUP, 30), rounds: int = ROUNDS) -> list[dict]:
    """One dict per measure, for a JSON line each. Needs a migrated database; leaves nothing in it."""
    figures: list[dict] = []
    with transaction.atomic(), override_settings(ROOT_URLCONF="tests.benchmarks.daily_log_urls"):
        for size in sizes:
            figures += _measure(size, rounds)
        transaction.set_rollback(True)
    return figures


def _measure(size: int, rounds: int) -> list[dict]:
    today = clock.today()
    month = factories.MonthFactory(starts_on=today - dt.timedelta(days=7))
    session = factories.SessionFactory(month=month, held_on=today)
    people = make_group(month, size)
    client = Client()
    client.force_login(month.coach, backend="accounts.backends.EmailBackend")
    address = f"/coaching/sessions/{session.pk}/log/"
    times = interleaved(
        {
            "page": lambda: client.get(address),
            "crispy": lambda: client.get(f"/rival/crispy/{session.pk}/"),
            "bare": lambda: client.get("/rival/bare/"),
        },
        rounds=rounds,
    )
    inputs = interleaved(_inputs_alone(month.coach, session.pk), rounds=rounds)
    with CaptureQueriesContext(connection) as page_queries:
        body = client.get(address).content
    queries, saving = _save(client, address, session, people)
    return [
        figure(
            f"daily log page, {size} people",
            times["page"],
            against="the same inputs as a crispy formset",
            against_ms=times["crispy"],
            most=MOST_OF_CRISPY if size == GROUP else None,
            queries=(len(page_queries), MOST_PAGE_QUERIES),
            bytes=len(body),
        ),
        figure(
            f"daily log page, {size} people, beside nothing at all",
            times["page"],
            against="a bare view through the same middleware",
            against_ms=times["bare"],
        ),
        figure(
            f"daily log inputs alone, {size} people",
            inputs["ours"],
            against="the same inputs as a crispy formset",
            against_ms=inputs["crispy"],
            most=MOST_OF_CRISPY,
        ),
        figure(f"daily log save, {size} people", saving, queries=(queries, MOST_SAVE_QUERIES)),
    ]


def _save(client: Client, address: str, session, people: list) -> tuple[int, float]:
    """Queries and milliseconds of saving everybody's marks, a step for each and the group's note."""
    fields = opened_form(session) | everybody(people) | {"group_note": "Hyvä päivä ryhmässä."}
    fields |= {f"step-{person.pk}": "Soitti työpaikkaan" for person in people}
    client.post(f"{address}draft/", fields)
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        answer = client.post(address, fields)
        spent = (time.perf_counter() - began) * 1000
    if answer.status_code != 302:
        raise AssertionError(f"the log was not saved: {answer.status_code}")
    return len(queries), spent


def _inputs_alone(user, pk: int) -> dict[str, Callable]:
    """The form from its plain data against the formset from the same data, without queries and frame."""
    page = page_for(user, pk)
    rival = engines["django"].from_string(INPUTS_ALONE)
    return {
        "ours": lambda: render_to_string("coaching/_daily_log_form.html", {"page": page, "csrf_token": "x"}),
        "crispy": lambda: rival.render(crispy_context(page)),
    }
