"""A worker is killed in the middle of a period end and started again: ten summaries, each once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from celery import Celery
from django.db import connection
from django.utils import timezone
from pypdf import PdfReader

from reports.models import PeriodEndItem, SummaryVersion
from reports.services.period_end import start_period_end
from tests.support import factories
from tests.support.processes import wait_until
from tests.support.summaries import make_whole
from tests.support.workers import kill, run_worker

GROUP = 10
LEASE_SECONDS = 3


def worker(*, broker: str, files: Path, log: Path):
    """A Celery worker with one process on the test's own database."""
    database = connection.settings_dict
    host = database["OPTIONS"].get("host") or database["HOST"]
    environment = {
        "TEST_DATABASE_URL": f"postgresql://{database['USER']}@/{database['NAME']}?host={host}",
        "WORKER_BROKER_URL": broker,
        "WORKER_FILES": str(files),
        "WORK_LEASE_SECONDS": str(LEASE_SECONDS),
    }
    return run_worker(environment, log=log)


def states() -> Counter:
    return Counter(PeriodEndItem.objects.values_list("state", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_ten_summaries_each_once(month, embedded_redis, tmp_path):
    for _n in range(GROUP):
        make_whole(factories.EnrolmentFactory(month=month), days=2)
    files, log = tmp_path / "files", tmp_path / "worker.log"
    period_end = start_period_end(actor=month.coach, month_id=month.pk, tell_workers=False)
    broker = embedded_redis.places.broker_url
    with Celery(broker=broker, set_as_current=False) as sender:
        for pk in period_end.items.order_by("pk").values_list("pk", flat=True):
            sender.send_task("reports.tasks.make_period_end_item", kwargs={"item_id": pk})

    with worker(broker=broker, files=files, log=log) as first:
        wait_until(lambda: states()["done"] >= 2 and states()["running"], seconds=60)
        kill(first)
    after_the_kill = states()
    assert 2 <= after_the_kill["done"] < GROUP, log.read_text()

    held = PeriodEndItem.objects.filter(state="running")
    wait_until(lambda: not held.filter(lease_until__gte=timezone.now()).exists(), seconds=LEASE_SECONDS + 5)
    with worker(broker=broker, files=files, log=log):
        wait_until(lambda: states()["done"] + states()["failed"] == GROUP, seconds=90)
        wait_until(lambda: type(period_end).objects.filter(finished_at__isnull=False).exists())

    assert states() == {"done": GROUP}, log.read_text()
    summaries = list(SummaryVersion.objects.all())
    assert len({summary.enrolment_id for summary in summaries}) == len(summaries) == GROUP
    assert {summary.number for summary in summaries} == {1}
    on_disk = {str(path.relative_to(files)) for path in files.rglob("*") if path.is_file()}
    assert on_disk == {summary.pdf.name for summary in summaries}
    assert all(len(PdfReader(files / name).pages) == 2 for name in on_disk)
