"""The sheet on the table by the door."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.pages.sign_in_sheet import sign_in_sheet
from core import clock
from tests.coaching.daily_log_support import make_group
from tests.coaching.grid_support import sessions_of
from tests.support import factories
from tests.support.queries import assert_queries_do_not_grow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "english")]


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def address(month):
    return reverse("coaching:sign-in-sheet", args=[month.pk])


def test_the_week_of_today_has_a_box_for_each_session(month, enrolment, today):
    sessions_of(month, 9, 10, 12)
    sheet = sign_in_sheet(month, week=None, today=today)
    assert (sheet.week, sheet.weeks) == (2, [1, 2, 3, 4])
    assert [column.day.day for column in sheet.days] == [9, 10, 11, 12, 13]
    assert sheet.rows[0].boxes == [True, True, False, True, False]


@pytest.mark.parametrize(("day", "week"), [(dt.date(2026, 1, 20), 1), (dt.date(2026, 3, 20), 4)])
def test_before_and_after_the_month_the_nearest_week_is_shown(month, enrolment, day, week):
    assert sign_in_sheet(month, week=None, today=day).week == week


def test_nobody_signs_on_a_holiday_or_when_it_was_called_off(coach, office):
    month = factories.MonthFactory(coach=coach, authority=office, starts_on=dt.date(2026, 3, 30))
    factories.EnrolmentFactory(month=month)
    factories.SessionFactory(
        month=month, held_on=dt.date(2026, 3, 31), state="not_arranged", logged_at=clock.now()
    )
    sheet = sign_in_sheet(month, week=1, today=dt.date(2026, 3, 30))
    assert [column.closed for column in sheet.days][-1] == "Good Friday"
    assert sheet.rows[0].boxes == [False] * 5


def test_who_left_or_joins_later_has_boxes_only_on_own_days(month, today):
    sessions_of(month, 9, 10, 11)
    gone, coming, away = make_group(month, 3)
    gone.left_on = dt.date(2026, 2, 9)
    gone.save()
    coming.joined_on = dt.date(2026, 2, 11)
    coming.save()
    away.left_on = dt.date(2026, 2, 6)
    away.save()
    sheet = sign_in_sheet(month, week=2, today=today)
    assert [row.boxes[:3] for row in sheet.rows] == [[True, False, False], [False, False, True]]


def test_a_protected_person_is_on_paper_by_first_name_only(month, enrolment, coach, client_of, address):
    enrolment.participant.is_restricted = True
    enrolment.participant.save()
    html = client_of(coach).get(address).content.decode()
    assert "Aino" in html
    assert "Koivuniemi" not in html


@pytest.mark.parametrize(
    ("week", "status"), [("4", 200), ("0", 404), ("5", 404), ("99", 404), ("x", 200), ("٣", 200)]
)
def test_a_week_that_is_not_there_is_not_found(client_of, coach, enrolment, address, week, status):
    assert client_of(coach).get(address, {"week": week}).status_code == status


def test_an_empty_group_says_so(client_of, coach, month, address):
    assert "Nobody is in the group" in client_of(coach).get(address).content.decode()


def test_what_is_printed_is_on_the_audit_trail(client_of, coach, enrolment, address):
    client_of(coach).get(address, {"week": "3"})
    event = AuditEvent.objects.get(action="month.sign_in_sheet_opened")
    assert event.details == {"week": 3, "enrolments": [enrolment.pk]}


def test_more_people_make_no_more_queries(client_of, coach, month, enrolment, address):
    assert_queries_do_not_grow(client_of(coach), address, lambda: make_group(month, 9), at_most=8)
