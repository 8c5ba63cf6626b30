"""Server time and queries of the daily log of ten people, beside the same inputs as a crispy formset and
beside a bare view. Medians of interleaved runs in one warm process; only the ratios travel to other machines.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable

from django.db import connection, transaction
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from core import clock
from tests.benchmarks.daily_log_urls import INPUTS_ALONE, crispy_context, page_for
from tests.coaching.daily_log_support import everybody, make_group, opened_form
from tests.support import factories

ROUNDS = 40
WARM_UP = 5


def run(sizes: tuple[int, ...] = (10, 30), rounds: int = ROUNDS) -> list[dict]:
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
    times = _interleaved(
        {
            "page": lambda: client.get(address),
            "crispy": lambda: client.get(f"/rival/crispy/{session.pk}/"),
            "bare": lambda: client.get("/rival/bare/"),
        },
        rounds,
    )
    inputs = _interleaved(_inputs_alone(month.coach, session.pk), rounds)
    with CaptureQueriesContext(connection) as page_queries:
        body = client.get(address).content
    fields = opened_form(session) | everybody(people) | {"group_note": "Hyvä päivä ryhmässä."}
    fields |= {f"step-{person.pk}": "Soitti työpaikkaan" for person in people}
    client.post(f"{address}draft/", fields)
    with CaptureQueriesContext(connection) as save_queries:
        started = time.perf_counter()
        answer = client.post(address, fields)
        saving = time.perf_counter() - started
    if answer.status_code != 302:
        raise AssertionError(f"the log was not saved: {answer.status_code}")
    page_ms, crispy_ms, bare_ms = (round(times[name] * 1000, 2) for name in ("page", "crispy", "bare"))
    return [
        {
            "measure": f"daily log page, {size} people",
            "page_ms": page_ms,
            "crispy_formset_ms": crispy_ms,
            "bare_view_ms": bare_ms,
            "times_faster_than_crispy": round(crispy_ms / page_ms, 2),
            "goal_times_faster": 4 if size == 10 else None,
            "queries": len(page_queries),
            "goal_queries": 10,
            "bytes": len(body),
        },
        {
            "measure": f"daily log inputs alone, {size} people",
            "ours_ms": round(inputs["ours"] * 1000, 2),
            "crispy_formset_ms": round(inputs["crispy"] * 1000, 2),
            "times_faster_than_crispy": round(inputs["crispy"] / inputs["ours"], 2),
            "goal_times_faster": 4,
        },
        {
            "measure": f"daily log save, {size} people",
            "ms": round(saving * 1000, 2),
            "queries": len(save_queries),
            "goal_queries": 12,
        },
    ]


def _inputs_alone(user, pk: int) -> dict[str, Callable]:
    """The form from its plain data against the formset from the same data, without queries and frame."""
    page = page_for(user, pk)
    rival = engines["django"].from_string(INPUTS_ALONE)
    return {
        "ours": lambda: render_to_string("coaching/_daily_log_form.html", {"page": page, "csrf_token": "x"}),
        "crispy": lambda: rival.render(crispy_context(page)),
    }


def _interleaved(calls: dict[str, Callable], rounds: int) -> dict[str, float]:
    """Median seconds of each call; every round runs each once, so that a slow moment hits all."""
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(WARM_UP + rounds):
        for name, call in calls.items():
            started = time.perf_counter()
            response = call()
            elapsed = time.perf_counter() - started
            if getattr(response, "status_code", 200) != 200:
                raise AssertionError(f"{name} answered {response.status_code}")
            if number >= WARM_UP:
                seconds[name].append(elapsed)
    return {name: statistics.median(values) for name, values in seconds.items()}
