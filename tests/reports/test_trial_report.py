"""The work-trial report: a coordinator's own one by one, a manager's numbers, files, protected people."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from pypdf import PdfReader

from coaching.counting import count_attendance
from employers.models import Placement
from reports.models import FileJob
from reports.services.file_jobs import run_file_job
from reports.tables.placements import TrialPeriod, trial_numbers, trial_rows, trial_table
from tests.reports.test_attendance_report import read_csv
from tests.support import factories
from tests.support.queries import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 2, 10)
YEAR = TrialPeriod(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
ASKED = {"first": "1.1.2026", "last": "31.12.2026"}


@pytest.fixture(autouse=True)
def _english(settings, today):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def address():
    return reverse("reports:trial-report")


def worked(placement, days: int) -> None:
    """`days` half days of 3.5 hours at the workplace, from the first day of the trial."""
    enrolment = placement.participant.enrolments.get(month=placement.month)
    for number in range(days):
        factories.MarkFactory(
            enrolment=enrolment,
            session=None,
            day=placement.starts_on + dt.timedelta(days=number),
            half=placement.month.work_trial_half,
            mark="present",
            hours=Decimal("3.5"),
        )


def test_days_and_hours_are_those_of_the_month(placement, coordinator):
    worked(placement, 4)
    (row,) = trial_rows(coordinator, YEAR, today=TODAY)
    assert (row.days, row.hours) == (4, Decimal("14"))
    enrolment = placement.participant.enrolments.get(month=placement.month)
    count = count_attendance([enrolment.pk])[enrolment.pk]
    assert (row.days, row.hours) == (count.work_trial_days, count.work_trial_hours)


def test_only_trials_with_a_day_in_the_period_are_told(placement, coordinator):
    before = TrialPeriod(dt.date(2025, 1, 1), placement.starts_on - dt.timedelta(days=1))
    assert not list(trial_rows(coordinator, before, today=TODAY))
    first_day = TrialPeriod(dt.date(2025, 1, 1), placement.starts_on)
    assert len(list(trial_rows(coordinator, first_day, today=TODAY))) == 1


def test_others_trials_are_not_listed_and_a_manager_lists_none(placement, other_coordinator, manager, coach):
    for user in (other_coordinator, manager, coach):
        assert not list(trial_rows(user, YEAR, today=TODAY))


def test_a_protected_persons_workplace_is_not_told(placement, coordinator, client_of, address):
    placement.participant.is_restricted = True
    placement.participant.save()
    (row,) = trial_rows(coordinator, YEAR, today=TODAY)
    assert placement.employer.name not in (row.employer, row.sector)
    html = client_of(coordinator).get(address, ASKED).content.decode()
    assert placement.employer.name not in html


def test_their_sector_is_not_to_be_worked_out_from_the_numbers(placement, coordinator):
    placement.employer.sector = "retail"
    placement.employer.save()
    placement.participant.is_restricted = True
    placement.participant.save()
    (sectors,) = [table for table in trial_numbers(coordinator, YEAR, today=TODAY) if table.code == "sector"]
    assert sectors.rows == [("Not told (non-disclosure for safety reasons)", 1)]


def test_a_trial_that_did_not_start_has_none_of_anothers_days(placement, coordinator):
    worked(placement, 3)
    factories.PlacementFactory(
        month=placement.month,
        participant=placement.participant,
        state="did_not_start",
        starts_on=placement.starts_on,
        ends_on=placement.ends_on,
        end_cause="employer_cancelled",
    )
    days = {row.state: row.days for row in trial_rows(coordinator, YEAR, today=TODAY)}
    assert sorted(days.values()) == [0, 3]


def test_what_goes_on_is_not_told_as_unknown(placement, coordinator):
    assert placement.is_open
    (after,) = [table for table in trial_numbers(coordinator, YEAR, today=TODAY) if table.code == "after"]
    assert after.rows == [("Goes on or is still to come", 1)]


def test_a_manager_gets_numbers_without_few(month, manager, coordinator):
    for _trial in range(4):
        factories.PlacementFactory(month=month, state="ongoing")
    factories.PlacementFactory(month=month, state="planned")
    by_state = trial_numbers(manager, YEAR, today=TODAY)[0]
    assert [number for _label, number in by_state.rows] == [None, None]  # 5 - 4 would tell the one
    own = trial_numbers(coordinator, YEAR, today=TODAY)[0]
    assert sorted(number for _label, number in own.rows) == [1, 4]
    assert all("Participant" not in str(cells) for cells in trial_table(manager, YEAR, today=TODAY))


def test_the_page_lists_and_counts(placement, coordinator, client_of, address):
    html = client_of(coordinator).get(address, ASKED).content.decode()
    assert placement.employer.name in html
    assert reverse("employers:placement", args=[placement.pk]) in html


def test_an_empty_period_says_so(coordinator, client_of, address):
    html = client_of(coordinator).get(address, {"first": "1.1.2020", "last": "2.1.2020"}).content.decode()
    assert "No work trials in this period" in html


def test_the_csv_holds_each_trial(placement, coordinator, client_of):
    worked(placement, 2)
    answer = client_of(coordinator).post(reverse("reports:trial-report-file"), {**ASKED, "format": "csv"})
    rows = read_csv(answer)
    assert len(rows) == 2
    assert rows[1][5:7] == ["2", "7,00"] or rows[1][5:7] == ["2", "7,0"]


@pytest.mark.parametrize("who", ["coordinator", "manager"])
def test_the_pdf_comes_by_a_job(who, placement, request, client_of):
    user = request.getfixturevalue(who)
    client_of(user).post(reverse("reports:trial-report-file"), {**ASKED, "format": "pdf"})
    job = FileJob.objects.get()
    run_file_job(job_id=job.pk)
    job.refresh_from_db()
    text = " ".join(page.extract_text() for page in PdfReader(job.file).pages)
    assert ("Koivuniemi" in text) == (who == "coordinator")


def test_the_pages_queries_do_not_grow(month, placement, coordinator, client_of, address):
    def more():
        for _trial in range(5):
            worked(factories.PlacementFactory(month=month), 2)

    assert_queries_do_not_grow(
        client_of(coordinator), f"{address}?first=1.1.2026&last=31.12.2026", more, at_most=9
    )


def test_a_thousand_trials_are_at_most_five_queries(
    month, placement, coordinator, django_assert_max_num_queries
):
    person = placement.participant
    Placement.objects.bulk_create(
        factories.PlacementFactory.build(
            month=month,
            participant=person,
            employer=placement.employer,
            starts_on=dt.date(2026, 3, 1) + dt.timedelta(days=n),
            ends_on=dt.date(2026, 3, 1) + dt.timedelta(days=n),
        )
        for n in range(1000)
    )
    years = TrialPeriod(YEAR.first, dt.date(2029, 12, 31))
    with django_assert_max_num_queries(5):
        assert len(list(trial_table(coordinator, years, today=TODAY))) == 1001
