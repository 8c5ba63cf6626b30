"""Figures of work with employers: counted right, small groups untold, as files that flow."""

from __future__ import annotations

import datetime as dt

import pytest

from coaching.models import IndividualTime
from employers.figures import Period, employer_figures, employer_rows, half_year
from employers.models import EmployerFeedback, Visit
from tests.support.factories import (
    ContactEventFactory,
    EmployerFactory,
    EnrolmentFactory,
    PlacementFactory,
)
from tests.support.queries import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db
HALF = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
DAY = dt.date(2026, 2, 3)
URL = "/employers/figures/"


def table(code, period=HALF, *, tells_few=True):
    (found,) = [table for table in employer_figures(period, tells_few=tells_few) if table.code == code]
    return {row.label: row for row in found.rows}, found


def numbers(code, period=HALF, **how):
    rows, _table = table(code, period, **how)
    return [row.number for row in rows.values()]


@pytest.fixture
def contacts(coordinator, other_coordinator, workplace):
    """Four contacts of the half year with two employers, one of them by another, and one of last year."""
    other = EmployerFactory(name="=Toinen Oy")
    facts = {"happened_on": DAY, "minutes": 15}
    ContactEventFactory(employer=workplace, user=coordinator, result="need_found", **facts)
    ContactEventFactory(employer=workplace, user=coordinator, result="not_reached", **facts)
    ContactEventFactory(employer=workplace, user=other_coordinator, result="no_need", **facts)
    ContactEventFactory(employer=other, user=coordinator, result="no_need", **facts)
    ContactEventFactory(employer=other, user=coordinator, happened_on=dt.date(2025, 12, 31), minutes=480)


def test_the_half_year_of_a_day():
    assert half_year(DAY) == (HALF.first, HALF.last)
    assert half_year(dt.date(2026, 12, 31)) == (dt.date(2026, 7, 1), dt.date(2026, 12, 31))


def test_contacts_by_month_result_and_employer(contacts, coordinator):
    assert numbers("months") == [0, 4, 0, 0, 0, 0]
    rows, _table = table("results")
    assert (rows["Ei tarvetta nyt"].number, rows["Ei tarvetta nyt"].share) == (2, "50 %")
    assert numbers("employers") == [1, 1, 0, 0]
    assert "4,0" in table("employers")[1].note
    own = Period(HALF.first, HALF.last, coordinator.pk)
    assert sum(numbers("results", own)) == 3


def test_who_answers(contacts, placement):
    asked_at = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    EmployerFeedback.objects.create(placement=placement, asked_at=asked_at)
    assert numbers("answers") == [3, 1, 0, 1]


def test_time_on_employers_against_time_on_participants(contacts, placement, enrolment):
    IndividualTime.objects.create(enrolment=enrolment, day=DAY, minutes=90, recorded_at="2026-02-03T12:00Z")
    event = ContactEventFactory(employer=placement.employer, happened_on=DAY, minutes=45)
    Visit.objects.create(
        placement=placement,
        kind="visit",
        state="done",
        planned_on=DAY,
        held_on=DAY,
        minutes=45,
        contact_event=event,
        check_work="in_order",
        check_learning="in_order",
        check_cooperation="in_order",
        check_terms="in_order",
    )
    assert [str(number) for number in numbers("time")] == ["1.0", "0.8", "1.5"]


def test_fewer_than_three_people_are_told_only_to_their_own_coordinator(placement, month, workplace):
    rows, _table = table("trials")
    assert sum(row.number for row in rows.values()) == 1
    hidden, found = table("trials", tells_few=False)
    assert [row.words for row in hidden.values() if row.number is None] == ["alle 3"]
    assert "alle 3" in found.in_words
    for _number in range(2):
        PlacementFactory(
            month=month, participant=EnrolmentFactory(month=month).participant, employer=workplace
        )
    assert sum(numbers("trials", tells_few=False)) == 3


def test_a_manager_is_not_told_of_one_person(placement, manager, coordinator, client_of, today):
    for user, told in ((manager, False), (coordinator, False)):
        assert ("alle 3" in client_of(user).get(URL).content.decode()) != told
    own = client_of(coordinator).get(URL, {"coordinator": coordinator.pk}).content.decode()
    assert "alle 3" not in own


@pytest.mark.parametrize(
    "query",
    [
        {"first": "31.2.2026"},
        {"first": "1.6.2026", "last": "1.5.2026"},
        {"first": "1.1.1900"},
        {"coordinator": "999999"},
        {"coordinator": "x\0"},
    ],
)
def test_a_wrong_period_is_said_at_the_field(query, coordinator, client_of, today):
    answer = client_of(coordinator).get(URL, query)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


def test_the_queries_do_not_grow_with_what_there_is(contacts, placement, coordinator, client_of, today):
    def grow():
        for number in range(12):
            ContactEventFactory(
                employer=EmployerFactory(name=f"Uusi {number}"), happened_on=DAY, user=coordinator
            )

    assert_queries_do_not_grow(client_of(coordinator), URL, grow, at_most=20)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_files_hold_the_same_and_nothing_runs(kind, contacts, coordinator, client_of, today):
    client = client_of(coordinator)
    for path in (f"{URL}all.{kind}", f"{URL}employers.{kind}"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.streaming
        body = b"".join(answer.streaming_content)
        if kind == "csv" and "employers." in path:
            assert "'=Toinen Oy" in body.decode("utf-8-sig")
    assert client.get(f"{URL}all.exe").status_code == 404


def test_each_employer_has_its_own_line(contacts, coordinator):
    rows = [(row[0], row[3], row[4], row[5]) for row in employer_rows(HALF)]
    assert rows == [("=Toinen Oy", 1, 0, 15), ("Rautakauppa Saha Oy", 3, 1, 45)]
    own = Period(HALF.first, HALF.last, coordinator.pk)
    assert [(row[3], row[5]) for row in employer_rows(own)] == [(1, 15), (2, 30)]
