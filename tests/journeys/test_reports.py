"""The reports: from the index to the numbers, the same numbers in a file, and the PDF from the worker."""

from __future__ import annotations

import csv
import datetime as dt

import pytest
from django.utils import timezone

from reports.models import FileJob
from reports.services.file_jobs import run_file_job
from tests.support import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files", "quiet_broker")]


@pytest.fixture
def quiet_broker(monkeypatch):
    """The journey plays the worker itself."""
    from reports.tasks import make_file

    monkeypatch.setattr(make_file, "delay", lambda **given: None)


@pytest.fixture
def group(month, session, office, today):
    """A long name, a short one, marks for both, and a closed month with its outcomes."""
    long_name = factories.ParticipantFactory(
        first_name="Marja-Liisa Annikki", last_name="Väinämöisenpoika-Koskenkorva", authority=office
    )
    for person, mark in ((long_name, "present"), (factories.ParticipantFactory(), "own_illness")):
        place = factories.EnrolmentFactory(month=month, participant=person, joined_on=month.starts_on)
        factories.MarkFactory(enrolment=place, session=session, mark=mark)
    session.state, session.logged_at = "logged", timezone.now()
    session.save()
    closed = factories.MonthFactory(
        name="Tammikuu 2026",
        starts_on=dt.date(2026, 1, 5),
        coach=month.coach,
        authority=office,
        state="closed",
        closed_at=timezone.now(),
        closed_by=month.coach,
    )
    for _ in range(4):
        factories.EnrolmentFactory(
            month=closed, onward_path="paid_work", exit_kind="completed", onward_recorded_at=timezone.now()
        )
    return month


def file_of(page, button: str):
    """Press a file's button; the path of what came."""
    with page.expect_download() as download:
        page.click(f"main button:has-text('{button}')")
    return download.value


def test_attendance_from_the_index_to_the_files(walk, width, coach, group):
    desk = walk(width)
    desk.log_in(coach)
    desk.go("/reports/lists/")
    desk.check()
    desk.page.click(f"main table a:has-text('{group.name}')")
    desk.page.wait_for_selector(".report-figures")
    desk.check()
    shown = desk.page.locator(".report-figures tbody tr", has_text="Väinämöisenpoika")
    numbers = [cell.strip() for cell in shown.locator("td").all_inner_texts()]
    came = file_of(desk.page, "CSV")
    with open(came.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    (row,) = [row for row in rows if "Väinämöisenpoika" in row[0]]
    assert numbers
    assert numbers[0].split()[-1] in row
    desk.page.click("main button:has-text('PDF') >> nth=0")
    desk.page.wait_for_selector("[role=progressbar], progress")
    desk.check()
    run_file_job(job_id=FileJob.objects.get().pk)
    with desk.page.expect_download() as download:
        desk.page.click("text=Lataa tiedosto")  # the page asks each second by itself
    assert download.value.suggested_filename.endswith(".pdf")


def test_a_manager_compares_months_by_keyboard(walk, width, manager, group):
    desk = walk(width)
    desk.log_in(manager)
    desk.go("/reports/lists/")
    desk.press_tab_to("main .report-cards a[href*='groups']")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector("main form.filters")
    desk.page.fill("#id_first", "1.1.2026")
    desk.page.fill("#id_last", "31.12.2026")
    desk.page.press("#id_last", "Enter")
    desk.page.wait_for_selector(".report-figures")
    desk.check()
    assert "Tammikuu 2026" in desk.page.inner_text(".report-figures")
    told = desk.page.locator(".report-figures tbody tr", has_text="Tammikuu 2026").inner_text()
    assert "100" in told  # everybody of the closed month found a path
    running = desk.page.locator(".report-figures tbody tr", has_text=group.name).inner_text()
    assert "ei kerrota" in running  # two people started
    with open(file_of(desk.page, "CSV").path(), encoding="utf-8-sig", newline="") as file:
        named = [row[0] for row in csv.reader(file, delimiter=";")]
    assert {"Tammikuu 2026", group.name} <= set(named)
    desk.page.fill("#id_first", "31.2.2026")
    desk.page.press("#id_first", "Enter")
    desk.page.wait_for_selector(".error-summary")
    desk.check()
    assert desk.page.input_value("#id_first") == "31.2.2026"


def test_a_coordinator_without_work_trials_reads_so(walk, width, coordinator, group):
    desk = walk(width)
    desk.log_in(coordinator)
    desk.go("/reports/lists/work-trials/")
    desk.page.wait_for_selector("main form.filters")
    desk.check()
