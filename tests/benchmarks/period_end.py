"""A period end of a hundred people with one worker process and with two: real Celery workers, a Redis of
their own."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from celery import Celery

from coaching.models import CoachingMonth
from reports.models import PeriodEnd, PeriodEndItem
from reports.services.period_end import start_period_end
from tests.benchmarks import databases
from tests.benchmarks.figures import figure
from tests.support import factories
from tests.support.processes import wait_until
from tests.support.summaries import make_whole
from tests.support.workers import run_worker

MONTHS, GROUP, RUNS, LEAST_SPEED_UP = 10, 10, 5, 1.5
PEOPLE = MONTHS * GROUP
READY = "period_end_ready"


def run(*, servers, folder: Path) -> list[dict]:
    """`servers` have a Redis; `folder` keeps the workers' files and logs."""
    _prepare()
    spent: dict[int, list[float]] = {1: [], 2: []}
    for number in range(RUNS):
        for processes in (1, 2):
            spent[processes].append(_period_end(servers, folder / f"run-{number}-{processes}", processes))
    databases.drop(READY)
    ratios = [one / two for one, two in zip(spent[1], spent[2], strict=True)]
    speed_up = round(statistics.median(ratios), 2)
    return [
        figure(
            f"{PEOPLE} summaries, one worker process",
            statistics.median(spent[1]) * 1000,
            against="two worker processes",
            against_ms=statistics.median(spent[2]) * 1000,
            speed_up=(speed_up, f"at least {LEAST_SPEED_UP}"),
            paired_runs=RUNS,
        ),
    ]


def _prepare() -> None:
    """A database with ten months of ten people each, ready to be summed up."""
    databases.make_copy(READY)
    with databases.looking_at(READY):
        for _month in range(MONTHS):
            month = factories.MonthFactory()
            for _person in range(GROUP):
                make_whole(factories.EnrolmentFactory(month=month))
        databases.settle()


def _period_end(servers, folder: Path, processes: int) -> float:
    """Seconds from the press of the button on all months to the last summary, on a fresh copy."""
    folder.mkdir(parents=True)
    name = f"{READY}_run"
    databases.drop(name)
    databases.make_copy(name, of=READY)
    environment = {
        "TEST_DATABASE_URL": servers.places.database_url("valmennus_owner", name),
        "WORKER_BROKER_URL": servers.broker_url,
        "WORKER_FILES": str(folder / "files"),
    }
    log = folder / "worker.log"
    with databases.looking_at(name), run_worker(environment, log=log, processes=processes):
        months = list(CoachingMonth.objects.select_related("coach").order_by("pk"))
        # each process brings the PDF library in with its first paper: that is not what is measured
        _press(servers, months[:1])
        wait_until(lambda: not PeriodEndItem.objects.exclude(state="done").exists(), seconds=60)
        PeriodEnd.objects.all().delete()
        _forget_summaries()
        began = time.perf_counter()
        _press(servers, months)
        wait_until(lambda: PeriodEndItem.objects.filter(state="done").count() == PEOPLE, seconds=300)
        return time.perf_counter() - began


def _press(servers, months) -> None:
    with Celery(broker=servers.broker_url, set_as_current=False) as sender:
        for month in months:
            period_end = start_period_end(actor=month.coach, month_id=month.pk, tell_workers=False)
            for pk in period_end.items.order_by("pk").values_list("pk", flat=True):
                sender.send_task("reports.tasks.make_period_end_item", kwargs={"item_id": pk})


def _forget_summaries() -> None:
    from reports.models import SummaryVersion

    SummaryVersion.objects.all().delete()
