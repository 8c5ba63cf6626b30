"""List pages with a thousand people and with a hundred thousand: they must cost the same."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from coaching.models import CoachingMonth
from core import clock
from reports.demo.bulk import build_bulk
from reports.tables.groups import GroupPeriod, group_table
from tests.benchmarks import databases
from tests.benchmarks.figures import figure, interleaved

SMALL, MOST_RATIO, MOST_QUERIES, MOST_BYTES = 1_000, 1.3, 8, 60_000
MONTHS, MOST_MS = 1_000, 500  # of the group report
# many lists on one page: Today's queries are held in month_grid.py, the desk's in its own test
NO_LIST = {"today of a coach", "coordinator's desk"}
NO_RATIO = {"employers by a common word"}  # a hundred times the hits: measured, not promised

# what, who looks (account of the demo), address; a search finds more than a page at either size
PAGES: tuple[tuple[str, str, str], ...] = (
    ("participants of the coordinator", "koordinaattori", "/participants/"),
    ("participants of a coach", "valmentaja", "/participants/"),
    ("participants by name", "koordinaattori", "/participants/"),
    ("participants with a referral", "koordinaattori", "/participants/?show=referred"),
    ("participants in a month", "valmentaja", "/participants/?show=month"),
    ("referrals, open", "koordinaattori", "/participants/referrals/"),
    ("referrals, all", "valmentaja", "/participants/referrals/?state=all"),
    ("referrals by name", "koordinaattori", "/participants/referrals/"),
    ("employers", "koordinaattori", "/employers/"),
    ("employers by name", "koordinaattori", "/employers/"),
    ("employers by a common word", "koordinaattori", "/employers/"),
    ("work trials", "koordinaattori", "/employers/placements/"),
    ("work trials of a coach", "valmentaja", "/employers/placements/"),
    ("coordinator's desk", "koordinaattori", "/employers/desk/"),
    ("months of a coach", "valmentaja", "/coaching/months/"),
    ("months of the coordinator", "koordinaattori", "/coaching/months/"),
    ("months of the manager", "esihenkilo", "/coaching/months/"),
    ("period ends of a coach", "valmentaja", "/reports/months/"),
    ("today of a coach", "valmentaja", "/coaching/today/"),
    ("inbox of the officer", "te", "/reports/inbox/"),
    ("audit trail", "esihenkilo", "/account/audit-trail/"),
)
# what is posted to the address before the page that it leads to is measured (core/search_terms.py)
TYPED: dict[str, dict[str, str]] = {
    "participants by name": {"q": "sukunimi1"},
    "referrals by name": {"q": "sukunimi1", "state": "all"},
    "employers by name": {"q": "kahvila"},  # 50 in either register
    "employers by a common word": {"q": "työpaikka 12"},  # 11 of a thousand, 1 111 of a hundred thousand
}


def load(people: int) -> str:
    """A database with that many people; its name."""
    name = f"people_{people}"
    databases.make_copy(name)
    with databases.looking_at(name):
        build_bulk(today=clock.today(), participants=people, password="not-used-here")
        databases.settle()
    return name


def run(*, small: str, large: str, label: str, rounds: int = 15) -> list[dict]:
    """A figure for each page: the `large` database beside the `small` one. `label` names the large size."""
    figures = [_measure(what, who, address, small, large, label, rounds) for what, who, address in PAGES]
    return [*figures, _measure_group_report(large)]


def _measure(what: str, who: str, address: str, small: str, large: str, label: str, rounds: int) -> dict:
    getters = {name: _getter(name, who, address, TYPED.get(what)) for name in (small, large)}
    times = interleaved(getters, rounds=rounds)
    with databases.looking_at(large), CaptureQueriesContext(connection) as queries:
        size = len(getters[large]().content)
        count = len(queries)
    return figure(
        f"list: {what}, {label} people",
        times[large],
        against=f"the same page with {SMALL} people",
        against_ms=times[small],
        most=None if what in NO_RATIO else MOST_RATIO,
        queries=count if what in NO_LIST else (count, MOST_QUERIES),
        bytes=(size, MOST_BYTES),
    )


def _getter(name: str, who: str, address: str, typed: dict[str, str] | None) -> Callable:
    client = Client()
    with databases.looking_at(name):
        client.force_login(
            User.objects.get(email=f"{who}@demo.example"), backend="accounts.backends.EmailBackend"
        )
        place = client.post(address, typed).url if typed else address

    def get():
        with databases.looking_at(name):
            return client.get(place)

    return get


def _measure_group_report(name: str) -> dict:
    """A manager's group report over a thousand months: one aggregated query, half a second."""
    with databases.looking_at(name):
        manager = User.objects.get(email="esihenkilo@demo.example")
        days = list(
            CoachingMonth.objects.exclude(state="cancelled")
            .order_by("-starts_on", "-id")
            .values_list("starts_on", flat=True)[:MONTHS]
        )
        period = GroupPeriod(days[-1], days[0])
        times = interleaved({"report": lambda: list(group_table(manager, period))}, rounds=3, warm_up=1)
        rows = len(list(group_table(manager, period))) - 1
    # a cursor on the server reads it: one query, which the tests count
    return figure(
        f"group report of {rows} months",
        times["report"],
        milliseconds=(round(times["report"]), round(MOST_MS * max(rows, MONTHS) / MONTHS)),
    )
