"""Getting people in: demo data, and a TE-office's list of 300."""

from __future__ import annotations

import time

from accounts.models import Authority, User
from core import clock
from participants.services.referral_lists import take_in_referral_list, upload_referral_list
from reports.demo.build import build_demo
from tests.benchmarks import databases
from tests.benchmarks.figures import figure
from tests.support.lists import csv_list, xlsx_list

PEOPLE, LEAST_PEOPLE_A_SECOND = 500, 50
ROWS, MOST_MS = 300, 2_000
HEADERS = ["Sukunimi", "Etunimi", "Syntymäaika", "Puhelin", "Sähköposti", "Lähetepäivä"]


def run(database: str) -> list[dict]:
    """Fills the new `database` with demo data and takes a list in on top; both are left there."""
    databases.make_copy(database)
    with databases.looking_at(database):
        return [_demo_data(), *(_referral_list(kind) for kind in ("xlsx", "csv"))]


def _demo_data() -> dict:
    began = time.perf_counter()
    build_demo(today=clock.today(), participants=PEOPLE, password="not-used-here")
    seconds = time.perf_counter() - began
    databases.settle()
    return figure(
        f"demo data: {PEOPLE} whole people",
        seconds * 1000,
        people_a_second=(round(PEOPLE / seconds), f"at least {LEAST_PEOPLE_A_SECOND}"),
    )


def _referral_list(kind: str) -> dict:
    """Upload and decision, as the two pages do them."""
    coordinator = User.objects.get(email="koordinaattori@demo.example")
    authority = Authority.objects.order_by("pk").first()
    number = {"xlsx": 0, "csv": ROWS}[kind]
    rows = [
        [
            f"Lista{n}",
            "Pyry",
            "17.5.1980",
            f"040 555 {n:04}",
            f"pyry{n}@lista.example",
            f"{clock.today():%-d.%-m.%Y}",
        ]
        for n in range(number, number + ROWS)
    ]
    data = {"xlsx": xlsx_list, "csv": csv_list}[kind](HEADERS, *rows)
    today = clock.today()
    began = time.perf_counter()
    preview = upload_referral_list(
        actor=coordinator, authority=authority, data=data, file_name=f"lista.{kind}", today=today
    )
    done = take_in_referral_list(actor=coordinator, referral_import=preview, decisions={}, today=today)
    spent = (time.perf_counter() - began) * 1000
    if done.referral_import.imported_count != ROWS:
        raise AssertionError(f"{done.referral_import.imported_count} of {ROWS} rows came in")
    return figure(
        f"referral list: {ROWS} rows of {kind}, checked and taken in", spent, ms=(round(spent), MOST_MS)
    )
