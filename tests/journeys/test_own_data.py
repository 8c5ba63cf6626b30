"""The participant asks for everything that is held, waits and fetches it, on a phone."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from reports.models import FileJob, OwnDataRequest
from reports.services.file_jobs import run_file_job
from tests.journeys.conftest import PHONE
from tests.journeys.test_participant_by_link import go_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]


@pytest.fixture(autouse=True)
def _quiet_broker(monkeypatch):
    from reports.tasks import make_file

    monkeypatch.setattr(make_file, "delay", lambda **given: None)
    cache.clear()


def test_ask_wait_and_fetch(walk, enrolment):
    walker = walk(PHONE)
    go_in(walker, enrolment.participant)
    page = walker.page
    page.click("text=Omat tietoni")
    walker.check()
    page.click("text=Pyydä omat tietoni")
    page.wait_for_selector("text=Tiedostoja tehdään")
    walker.check()
    for job in FileJob.objects.all():
        run_file_job(job_id=job.pk)
    page.wait_for_selector("text=Lataa luettavaksi")  # the page asks by itself
    walker.check()
    for words in ("Lataa luettavaksi", "Lataa datana"):
        with page.expect_download() as download:
            page.click(f"text={words}")
        assert download.value.suggested_filename.startswith("omat-tiedot.")
    assert OwnDataRequest.objects.get().answer == "by_link"
