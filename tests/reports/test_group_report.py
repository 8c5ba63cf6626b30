"""The group report: the same numbers as the house counts, few people not told to a manager, files, speed."""

from __future__ import annotations

import datetime as dt
import time
import tracemalloc

import pytest
from django.urls import reverse
from pypdf import PdfReader

from coaching.counting import count_attendance
from coaching.models import CoachingMonth
from core import clock
from core.tables import csv_lines
from reports.models import FileJob
from reports.services.file_jobs import run_file_job
from reports.tables.groups import GroupPeriod, GroupRow, GroupTotal, group_rows, group_table, hide_few
from tests.reports.test_attendance_report import random_month, read_csv, read_xlsx
from tests.support import factories
from tests.support.queries import assert_queries_do_not_grow
from tests.support.summaries import assess_areas

pytestmark = pytest.mark.django_db
YEAR = GroupPeriod(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
NOW = dt.datetime(2026, 2, 27, 12, tzinfo=dt.UTC)
ASKED = {"first": "1.1.2026", "last": "31.12.2026"}


@pytest.fixture(autouse=True)
def _english(settings, today):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def address():
    return reverse("reports:groups")


def numbers_of(user) -> dict:
    (row,) = group_rows(user, YEAR)
    return row.numbers


def people(month, count: int, **more):
    return [factories.EnrolmentFactory(month=month, **more) for _person in range(count)]


# --- the numbers -------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(12))
def test_days_are_the_grids_own_on_random_months(seed, month, office, coach):
    random_month(seed, month, office)
    group = month.enrolments.filter(state="enrolled")
    counts = count_attendance(list(group.values_list("pk", flat=True))).values()
    told = numbers_of(coach)
    assert told["attended"] == sum(count.days_attended for count in counts)
    assert told["arranged"] == sum(count.days_arranged for count in counts)
    assert told["started"] == group.filter(joined_on__lte=clock.today()).count()


def test_people_by_how_they_left_add_up(month, coach):
    people(month, 2, exit_kind="completed", onward_path="paid_work", onward_recorded_at=NOW)
    people(
        month,
        1,
        exit_kind="left_for_work",
        onward_path="paid_work",
        onward_recorded_at=NOW,
        left_on=month.starts_on,
    )
    people(
        month,
        1,
        exit_kind="dropped_out",
        exit_reason="muutti",
        onward_path="none",
        onward_recorded_at=NOW,
        left_on=month.starts_on,
    )
    people(month, 3)
    told = numbers_of(coach)
    exits = ("completed", "left_for_work", "left_for_study", "dropped_out", "open")
    assert told["started"] == sum(told[name] for name in exits) == 7
    assert told["path"] == told["work"] == 3


def test_whoever_begins_later_has_not_started(month, coach, monkeypatch):
    people(month, 3)
    day_before = month.starts_on - dt.timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: day_before)
    told = numbers_of(coach)
    assert (told["chosen"], told["started"], told["open"]) == (3, 0, 0)


def test_trials_hires_and_areas_are_counted(month, coach):
    one, two, three = people(month, 3)
    states = ((one, "completed", "hired"), (two, "ongoing", ""), (three, "proposed", ""))
    for person, state, after in states:
        factories.PlacementFactory(
            month=month, participant=person.participant, state=state, continuation=after
        )
    assess_areas(one, start="developing", end="good")
    assess_areas(two, start="good", end="good")
    told = numbers_of(coach)
    assert (told["trials"], told["trials_completed"], told["hired"]) == (2, 1, 1)
    assert (told["areas"], told["areas_up"]) == (12, 6)


def test_a_coach_reads_own_months_and_a_manager_all(month, coach, other_coach, manager):
    theirs = factories.MonthFactory(coach=other_coach, name="Toisen")
    people(month, 3)
    people(theirs, 4)
    assert [row.pk for row in group_rows(coach, YEAR)] == [month.pk]
    assert {row.pk for row in group_rows(manager, YEAR)} == {month.pk, theirs.pk}
    assert [
        row.pk for row in group_rows(manager, GroupPeriod(YEAR.first, YEAR.last, coach_id=other_coach.pk))
    ] == [theirs.pk]


def test_the_share_of_onward_paths_waits_until_the_month_is_closed(month, coach):
    people(month, 2, exit_kind="completed", onward_path="paid_work", onward_recorded_at=NOW)
    people(month, 2, exit_kind="completed", onward_path="none", onward_recorded_at=NOW)
    total = GroupTotal()
    assert [row.path_percent for row in group_rows(coach, YEAR, total)] == [None]
    assert total.row.path_percent is None
    type(month).objects.filter(pk=month.pk).update(state="closed", closed_at=NOW, closed_by=coach)
    total = GroupTotal()
    assert [row.path_percent for row in group_rows(coach, YEAR, total)] == [50]
    assert total.row.path_percent == 50


def test_a_month_that_was_called_off_or_begins_elsewhere_is_not_told(month, coach):
    factories.MonthFactory(coach=coach, state="cancelled", name="Peruttu")
    assert len(list(group_rows(coach, YEAR))) == 1
    assert not list(group_rows(coach, GroupPeriod(dt.date(2025, 1, 1), dt.date(2025, 6, 30))))


# --- few people ----------------------------------------------------------------------------------------
def row(**numbers) -> GroupRow:
    from reports.tables.groups import NUMBERS

    return GroupRow("Kuukausi", dict.fromkeys(NUMBERS, 0) | numbers)


def test_one_or_two_people_are_not_told_nor_what_gives_them_away():
    told = hide_few(row(started=9, completed=7, dropped_out=2)).numbers
    assert told["dropped_out"] is None
    assert told["completed"] is None  # 9 - 7 would tell it
    assert told["started"] == 9


def test_a_group_of_two_tells_nothing_of_its_days():
    told = hide_few(row(started=2, completed=2, attended=30, arranged=40)).numbers
    assert (told["started"], told["attended"], told["arranged"]) == (None, None, None)


def test_a_coach_knows_the_own_people(month, coach, manager):
    people(month, 2, exit_kind="completed")
    assert numbers_of(coach)["completed"] == 2
    assert numbers_of(manager)["completed"] is None


# --- page and files ----------------------------------------------------------------------------------
def test_the_page_shows_the_months_and_all_together(client_of, coach, month, address):
    people(month, 3)
    factories.EnrolmentFactory(month=factories.MonthFactory(coach=coach, name="Maaliskuu"))
    html = client_of(coach).get(address, ASKED).content.decode()
    assert month.name in html
    assert "All months together" in html


@pytest.mark.parametrize(
    ("first", "last"),
    [("x", ""), ("31.2.2026", ""), ("1.6.2026", "1.1.2026"), ("1.1.2000", "1.1.2026"), ("\x00", "9" * 99)],
)
def test_bad_days_are_answered_at_the_field(client_of, coach, month, address, first, last):
    people(month, 3)
    answer = client_of(coach).get(address, {"first": first, "last": last})
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


def test_an_empty_period_says_so(client_of, coach, address):
    html = client_of(coach).get(address, {"first": "1.1.2020", "last": "1.2.2020"}).content.decode()
    assert "No months in this period" in html


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_files_hold_the_rows_of_the_report(client_of, coach, month, format):
    month.name = "=1+1"
    month.save()
    people(month, 4)
    answer = client_of(coach).post(reverse("reports:groups-file"), {**ASKED, "format": format})
    rows = read_csv(answer) if format == "csv" else read_xlsx(b"".join(answer.streaming_content))
    assert rows[1][0] == ("'=1+1" if format == "csv" else "=1+1")
    assert len(rows) == 3  # headers, the month, all together
    assert str(rows[1][7]) == "4"


def test_the_pdf_comes_by_a_job(client_of, coach, month):
    people(month, 4)
    answer = client_of(coach).post(reverse("reports:groups-file"), {**ASKED, "format": "pdf"})
    job = FileJob.objects.get()
    assert answer["Location"] == reverse("reports:file-job", args=[job.pk])
    run_file_job(job_id=job.pk)
    job.refresh_from_db()
    text = " ".join(page.extract_text() for page in PdfReader(job.file).pages)
    assert month.name in text


def test_a_file_without_a_format_is_asked_for_again(client_of, coach, month):
    answer = client_of(coach).post(reverse("reports:groups-file"), ASKED)
    assert answer.status_code == 422


def test_a_job_of_somebody_who_is_no_longer_a_coach_is_not_made(client_of, coach, month):
    people(month, 4)
    client_of(coach).post(reverse("reports:groups-file"), {**ASKED, "format": "pdf"})
    type(coach).objects.filter(pk=coach.pk).update(role="admin")
    job = FileJob.objects.get()
    run_file_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.file.name) == ("failed", "")


# --- size ----------------------------------------------------------------------------------------------
def test_the_pages_queries_do_not_grow(client_of, coach, month, address):
    people(month, 3)

    def more():
        people(factories.MonthFactory(coach=coach), 3)

    assert_queries_do_not_grow(client_of(coach), f"{address}?first=1.1.2026&last=31.12.2026", more, at_most=8)


def test_a_thousand_months_are_one_query(month, manager, coach, office, django_assert_num_queries):
    CoachingMonth.objects.bulk_create(
        factories.MonthFactory.build(
            coach=coach,
            authority=office,
            programme=month.programme,
            name=f"Kuukausi {n}",
            starts_on=dt.date(2026, 2, 2),
        )
        for n in range(1000)
    )
    with django_assert_num_queries(1):
        started = time.monotonic()
        rows = list(group_table(manager, YEAR))
        spent = time.monotonic() - started
    assert len(rows) == 1002
    assert spent < 3  # the bench holds it to half a second on a quiet machine


def test_a_hundred_thousand_rows_flow_through_flat_memory():
    def rows():
        for n in range(100_000):
            yield [f"Kuukausi {n}", dt.date(2026, 2, 2), n, "=1+1"]

    lines = csv_lines(["a", "b", "c", "d"], rows())
    for _first in range(20):
        next(lines)
    tracemalloc.start()
    for _rest in lines:
        pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000
