"""`python -m tests.benchmarks [--quick] [--only NAME …]`: measurements as JSON lines (docs/benchmarks.md).

Everything runs on a throw-away PostgreSQL of its own. The exit code is 1 when a goal was missed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.servers import throw_away_servers

PARTS = (
    "daily-log",
    "month-grid",
    "summary-pdf",
    "pdf-memory",
    "period-end",
    "loading",
    "floor",
    "web",
    "lists",
)
DEMO = "demo_people"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--quick",
        action="store_true",
        help="lists with 10 000 people instead of 100 000: a minute instead of four",
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="these parts only")
    wanted = parser.parse_args(argv)
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="vkk-bench-"))
    try:
        with throw_away_servers(with_redis="period-end" in wanted.only) as servers:
            _set_up(servers.owner_url, folder)
            rows = []
            for row in _figures(wanted, servers, folder):
                print(json.dumps(row, ensure_ascii=False), flush=True)
                rows.append(row)
            _close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    missed = [row["name"] for row in rows if row["ok"] is False]
    goals = sum(row["ok"] is not None for row in rows)
    summary = {"name": "summary", "goals": goals, "met": goals - len(missed), "missed": missed}
    print(
        json.dumps(
            summary | {"seconds": round(time.monotonic() - began), "ok": not missed}, ensure_ascii=False
        )
    )
    return 1 if missed else 0


def _set_up(database_url: str, folder: Path) -> None:
    os.environ["TEST_DATABASE_URL"] = database_url
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    os.environ["BENCH_STATIC_ROOT"] = str(folder / "static")
    import django

    django.setup()
    from django.core.management import call_command

    from tests.benchmarks import databases

    call_command("collectstatic", interactive=False, verbosity=0)
    databases.migrate()


def _close() -> None:
    from django.db import connections

    connections.close_all()


def _figures(wanted: argparse.Namespace, servers, folder: Path) -> Iterator[dict]:
    """The rows of each part in turn; a part that needs demo data loads it."""
    from tests.benchmarks import (
        daily_log,
        databases,
        floor,
        loading,
        month_grid,
        pdf_memory,
        period_end,
        summary_pdf,
        web,
    )

    only = set(wanted.only)
    if "daily-log" in only:
        yield from daily_log.run()
    if "month-grid" in only:
        yield from month_grid.run()
    if "summary-pdf" in only:
        yield from summary_pdf.run()
    if "pdf-memory" in only:
        yield from pdf_memory.run()
    if "period-end" in only:
        yield from period_end.run(servers=servers, folder=folder)
    if only & {"loading", "floor", "web"}:
        rows = loading.run(DEMO)
        yield from rows if "loading" in only else ()
    if "floor" in only:
        with databases.looking_at(DEMO):
            yield from floor.run()
    if "web" in only:
        url = servers.places.database_url("valmennus_app", DEMO)
        yield from web.run(database=DEMO, database_url=url, folder=folder)
    if "lists" in only:
        yield from _lists(10_000 if wanted.quick else 100_000)


def _lists(people: int) -> Iterator[dict]:
    from tests.benchmarks import databases, lists

    small = lists.load(lists.SMALL)
    large = lists.load(people)
    yield from lists.run(small=small, large=large, label=f"{people:,}".replace(",", " "))
    for name in (small, large):
        databases.drop(name)


if __name__ == "__main__":
    sys.exit(main())
