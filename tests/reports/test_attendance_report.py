"""The attendance of a month as page, CSV, XLSX and PDF: one count, the grid's own; who may; what leaves."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from decimal import Decimal

import openpyxl
import pikepdf
import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import AuditEvent
from coaching.counting import count_attendance
from coaching.enums import Mark, ReasonClass
from coaching.pages.grid import month_grid
from core import clock
from core.pdf import render_pdf
from reports.files.tables import attendance_head
from reports.models import FileJob
from reports.services.file_jobs import run_file_job
from reports.tables.attendance import attendance_report
from reports.tables.paper import attendance_html
from tests.support import factories
from tests.support.queries import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings, today):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def address(month):
    return reverse("reports:attendance", args=[month.pk])


@pytest.fixture
def file_address(month):
    return reverse("reports:attendance-file", args=[month.pk])


def join(month, office, name: str, **more):
    person = factories.ParticipantFactory(first_name="Aino", last_name=name, authority=office)
    return factories.EnrolmentFactory(month=month, participant=person, **more)


def read_csv(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def read_xlsx(content: bytes) -> list[list]:
    return [
        list(row) for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    ]


# --- the numbers are the grid's ---------------------------------------------------------------------
STARTS = (dt.date(2026, 3, 16), dt.date(2026, 6, 8), dt.date(2026, 12, 14), dt.date(2026, 2, 2))


def random_month(seed: int, month, office):
    """A month over Easter, midsummer, Christmas or none of them; people who come late and go early, sessions
    called off, marks missing, half days at a workplace. The seed decides."""
    chance = random.Random(seed)
    month.starts_on = STARTS[seed % len(STARTS)]
    month.ends_on = month.starts_on + dt.timedelta(days=25)
    month.coaching_half = chance.choice(["morning", "afternoon"])
    month.save()
    days = [month.starts_on + dt.timedelta(days=n) for n in range(26)]
    days = [day for day in days if day.weekday() < 5 or chance.random() < 0.1]
    sessions = {}
    for day in days:
        if chance.random() < 0.9:
            state = chance.choices(["logged", "planned", "not_arranged"], [8, 2, 1])[0]
            logged_at = dt.datetime(2026, 2, 9, 12, tzinfo=dt.UTC) if state != "planned" else None
            sessions[day] = factories.SessionFactory(
                month=month, held_on=day, state=state, logged_at=logged_at, week=1
            )
    for number in range(chance.randint(1, 5)):
        joined = month.starts_on + dt.timedelta(days=chance.choice([0, 0, 0, 2, 7]))
        left = joined + dt.timedelta(days=chance.randint(3, 20)) if chance.random() < 0.3 else None
        person = join(month, office, f"Random{number}", joined_on=joined, left_on=left)
        for day in days:
            if day in sessions and chance.random() < 0.85:
                mark = chance.choices(Mark.values, [12, 1, 1, 1, 1, 1, 1, 1, 1])[0]
                late = chance.choice([0, 0, 10]) if mark == "present" else 0
                factories.MarkFactory(enrolment=person, session=sessions[day], mark=mark, minutes_late=late)
            if chance.random() < 0.4:
                mark = chance.choice(["present", "present", "own_illness", "not_arranged"])
                factories.MarkFactory(
                    enrolment=person,
                    session=None,
                    day=day,
                    half=month.work_trial_half,
                    mark=mark,
                    hours=Decimal(chance.choice(["4", "3.5"])) if mark == "present" else None,
                )


def by_counting(month, today) -> dict[str, list]:
    """The figures of each person straight from coaching.counting."""
    people = {person.pk: person.participant for person in month.enrolments.select_related("participant")}
    return {
        f"{people[pk].last_name} {people[pk].first_name}": [
            count.days_arranged,
            count.days_attended,
            *(count.absences[reason] for reason in ReasonClass.values),
            count.days_unmarked,
            count.unlogged_until(today),
            count.travel_days,
            count.work_trial_days,
            count.work_trial_hours,
            count.minutes_late,
        ]
        for pk, count in count_attendance(people).items()
    }


@pytest.mark.parametrize("seed", range(12))
def test_page_csv_and_xlsx_of_any_month_hold_the_grids_numbers(
    seed, month, office, coach, client_of, address, file_address, today
):
    random_month(seed, month, office)
    expected = by_counting(month, today)
    grid = month_grid(month, today=today)
    report = attendance_report(month, today=today)
    assert [(row.count, row.unlogged) for row in report.rows] == [
        (row.count, row.unlogged) for row in grid.rows
    ]
    assert [column.total for column in report.grid.days] == [column.total for column in grid.days]

    client = client_of(coach)
    page = client.get(address)
    shown = {
        f"{row.enrolment.participant.last_name} {row.enrolment.participant.first_name}": numbers
        for row, numbers in page.context["report"].people
    }
    assert shown == expected
    body = page.content.decode()
    for numbers in expected.values():
        assert f'data-label="Days attended">{numbers[1]}</td>' in body

    lines = read_csv(client.post(file_address, {"format": "csv"}))
    written = {line[0]: line[1:12] for line in lines[1:-1]}
    assert written == {
        name: [str(number).replace(".", ",") for number in numbers] for name, numbers in expected.items()
    }
    workbook = read_xlsx(client.post(file_address, {"format": "xlsx"}).getvalue())
    assert {line[0]: [Decimal(str(n)) for n in line[1:12]] for line in workbook[1:-1]} == expected
    assert workbook[-1][1:12] == pytest.approx(
        [float(sum(column)) for column in zip(*expected.values(), strict=False)]
    )
    by_day = [column.total.attended if column.is_past else None for column in grid.days]
    assert workbook[-1][12:] == by_day


def test_the_cells_of_days_say_what_the_grid_says(month, enrolment, session, coach, client_of, file_address):
    factories.MarkFactory(enrolment=enrolment, session=session, mark="job_interview")
    lines = read_csv(client_of(coach).post(file_address, {"format": "csv"}))
    column = next(number for number, header in enumerate(lines[0]) if "10.2." in header)
    assert lines[1][column] == "Job interview / nothing logged"


# --- who may, and what is noted ---------------------------------------------------------------------
def test_the_second_coach_reads_it_and_an_officer_does_not(
    address, second_coach, officer, other_coach, client_of
):
    statuses = [client_of(user).get(address).status_code for user in (second_coach, officer, other_coach)]
    assert statuses == [200, 403, 404]


def test_opening_and_taking_along_are_noted(address, file_address, enrolment, coach, client_of):
    client_of(coach).get(address)
    client_of(coach).post(file_address, {"format": "csv"})
    noted = AuditEvent.objects.filter(actor=coach).values_list("action", "details__enrolments")
    assert list(noted.order_by("pk")) == [
        ("report.attendance_opened", [enrolment.pk]),
        ("report.exported", [enrolment.pk]),
    ]


def test_an_unknown_format_is_refused_with_a_sentence(file_address, enrolment, coach, client_of):
    response = client_of(coach).post(file_address, {"format": "exe"})
    assert response.status_code == 422
    assert "Choose which file you want." in response.content.decode()


def test_a_month_without_people_says_so(address, month, manager, client_of):
    assert "Nobody in the group yet" in client_of(manager).get(address).content.decode()


def test_names_cannot_run_as_formulas(month, office, coach, client_of, file_address):
    join(month, office, '=HYPERLINK("x")')
    lines = read_csv(client_of(coach).post(file_address, {"format": "csv"}))
    assert lines[1][0].startswith("'=HYPERLINK")
    sheet = openpyxl.load_workbook(
        io.BytesIO(client_of(coach).post(file_address, {"format": "xlsx"}).getvalue())
    ).active
    assert sheet["A2"].data_type == "s"


def test_queries_do_not_grow_with_the_group(month, office, enrolment, session, coach, client_of, address):
    def grow():
        for number in range(6):
            person = join(month, office, f"Lisä{number}")
            factories.MarkFactory(enrolment=person, session=session)

    assert_queries_do_not_grow(client_of(coach), address, grow, at_most=14)


# --- what leaves for an office ----------------------------------------------------------------------
@pytest.fixture
def three(month, office, other_office, session):
    """Two of the office, of whom one has allowed it, and one of another office."""
    allowed, silent = join(month, office, "Sallinut"), join(month, office, "Vaiti")
    elsewhere = join(month, other_office, "Muualta")
    factories.ConsentFactory(participant=allowed.participant, item="attendance")
    factories.ConsentFactory(participant=elsewhere.participant, item="attendance")
    for person in (allowed, silent, elsewhere):
        factories.MarkFactory(enrolment=person, session=session, mark="child_illness")
    return allowed, silent, elsewhere


def made(job) -> bytes:
    run_file_job(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error
    with job.file.open() as file:
        return file.read()


def test_the_list_for_an_office_holds_its_people_who_allowed_it(
    three, coach, office, client_of, file_address, own_files
):
    response = client_of(coach).post(file_address, {"format": "csv", "office": office.pk})
    job = FileJob.objects.get()
    assert response.url == reverse("reports:file-job", args=[job.pk])
    text = made(job).decode()
    assert "Sallinut" in text
    assert "Vaiti" not in text
    assert "Muualta" not in text
    assert "Left out, because they have not allowed it: 1." in text
    event = AuditEvent.objects.get(action="report.made_for_office")
    assert event.details == {"office": office.pk, "enrolments": [three[0].pk], "left_out": 1}


def test_an_office_reads_the_class_of_a_reason_and_no_minutes(
    three, month, office, coach, client_of, own_files
):
    report = attendance_report(month, today=clock.today(), office=office)
    words = {cell.text for row in report.rows for half in row.halves for cell in half.cells if cell}
    assert "Illness" in words
    assert not any("child" in word for word in words)
    assert "Minutes late" not in report.figure_labels
    assert all(len(numbers) == len(report.figure_labels) for _row, numbers in report.people)


def test_a_consent_taken_back_meanwhile_keeps_the_person_in_the_house(
    three, coach, office, client_of, file_address, own_files, today
):
    client_of(coach).post(file_address, {"format": "pdf", "office": office.pk})
    three[0].participant.consents.update(revoked_at=clock.now())
    pdf = PdfReader(io.BytesIO(made(FileJob.objects.get())))
    text = pdf.pages[0].extract_text()
    assert "Sallinut" not in text
    assert "Left out, because they have not allowed it: 2." in text


def test_only_the_own_coach_makes_the_list_for_an_office(
    three, coordinator, substitute, manager, office, client_of, file_address
):
    for user in (coordinator, substitute, manager):
        answer = client_of(user).post(file_address, {"format": "csv", "office": office.pk})
        assert answer.status_code == 403
    assert not FileJob.objects.exists()


def test_nobody_has_allowed_it_is_said_and_no_file_is_made(
    month, office, enrolment, coach, client_of, file_address
):
    answer = client_of(coach).post(file_address, {"format": "pdf", "office": office.pk})
    assert answer.status_code == 422
    assert "Nobody of this office has allowed" in answer.content.decode()
    assert not FileJob.objects.exists()


def test_a_job_asks_again_who_may_read(
    month, enrolment, coach, other_coach, client_of, file_address, own_files
):
    client_of(coach).post(file_address, {"format": "pdf"})
    month.coach = other_coach
    month.save()
    job = FileJob.objects.get()
    run_file_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "You may no longer read this file.")


# --- on paper ---------------------------------------------------------------------------------------
def test_twelve_people_of_a_whole_month_fit_on_one_tagged_page(month, office, today):
    for number in range(12):
        join(month, office, f"Äyräpää-Žižková O'Donnell von Strömfors {number}")
    days = [month.starts_on + dt.timedelta(days=n) for n in range(26)]
    for day in days:
        if day.weekday() < 5:
            factories.SessionFactory(month=month, held_on=day, week=1)
    report = attendance_report(month, today=today)
    content = render_pdf(attendance_html(report, attendance_head(report)))
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == 1
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        kinds = {str(item.S) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item}
        assert {"/Table", "/TH", "/TD", "/H1"} <= kinds
