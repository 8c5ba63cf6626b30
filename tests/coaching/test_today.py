"""The Today page: everything that a coach's groups need, and nothing of other groups."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from coaching.discussion_windows import day_of_month
from coaching.models import DiscussionWindow
from coaching.pages.today import build_today_page
from core import clock
from tests.coaching.daily_log_support import make_group
from tests.support import factories

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def today_of(user, today):
    return build_today_page(user=user, today=today, now=clock.now())


def logged(session, by, **marks):
    session.state, session.logged_by = "logged", by
    session.logged_at = dt.datetime(2026, 2, 9, 10, tzinfo=dt.UTC)
    session.save()
    return session


@pytest.fixture
def yesterday(month, today):
    return factories.SessionFactory(month=month, held_on=today - DAY, week=2)


def test_todays_session_is_one_link_away(session, coach, month, client_of, today):
    month.room = "Huone 3"
    month.save()
    make_group(month, 3)
    html = client_of(coach).get(reverse("coaching:today")).content.decode()
    assert reverse("coaching:daily-log", args=[session.pk]) in html
    for shown in ("Helmikuu 2026", "9.00–12.00", "Huone 3", "Oma tavoite", "3 people"):
        assert shown in html


@pytest.mark.parametrize(
    ("begins", "ends", "phase"),
    [
        ((13, 0), (16, 0), "before"),
        ((9, 0), (12, 0), "now"),
        ((10, 0), (12, 0), "now"),
        ((6, 0), (9, 0), "after"),
    ],
)
def test_the_card_knows_whether_the_session_is_on(month, coach, today, begins, ends, phase):
    factories.SessionFactory(month=month, held_on=today, begins_at=dt.time(*begins), ends_at=dt.time(*ends))
    assert [card.phase for card in today_of(coach, today).now] == [phase]


def test_unlogged_sessions_stay_on_the_list_however_old_and_today_is_not_late_yet(
    session, yesterday, coach, month, today
):
    old = factories.SessionFactory(month=month, held_on=month.starts_on)
    factories.SessionFactory(month=month, held_on=today + DAY)
    assert [s.pk for s in today_of(coach, today).unlogged] == [old.pk, yesterday.pk]


def test_a_session_that_was_not_arranged_asks_for_nothing(yesterday, coach, today):
    yesterday.state, yesterday.logged_at = "not_arranged", clock.now()
    yesterday.save()
    page = today_of(coach, today)
    assert (page.unlogged, page.incomplete) == ((), ())


def test_missing_marks_of_a_logged_session_are_counted_for_who_was_in_the_group(
    yesterday, coach, month, today
):
    first, _second, gone = make_group(month, 3)
    gone.left_on = yesterday.held_on - DAY
    gone.save()
    factories.MarkFactory(enrolment=first, session=logged(yesterday, coach))
    page = today_of(coach, today)
    assert [(s.pk, s.missing, s.group_size) for s in page.incomplete] == [(yesterday.pk, 1, 2)]
    assert page.unlogged == ()


def test_those_away_last_time_are_named_with_their_phone_and_those_without_a_mark_are_not(
    yesterday, coach, month, today
):
    ill, present, _unmarked = make_group(month, 3)
    logged(yesterday, coach)
    factories.MarkFactory(enrolment=ill, session=yesterday, mark="own_illness")
    factories.MarkFactory(enrolment=present, session=yesterday)
    assert [(a.name, a.dial, a.reason) for a in today_of(coach, today).absentees] == [
        ("Pat Aalto", "0401234567", "own illness")
    ]


def test_only_the_latest_logged_session_counts_as_last_time(yesterday, coach, month, today):
    (person,) = make_group(month, 1)
    before = factories.SessionFactory(month=month, held_on=today - 4 * DAY)
    factories.MarkFactory(enrolment=person, session=logged(before, coach), mark="own_illness")
    factories.MarkFactory(enrolment=person, session=logged(yesterday, coach))
    assert today_of(coach, today).absentees == ()


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        (1, []),
        (2, [("mid", False)]),
        (3, [("mid", False)]),
        (4, [("mid", True), ("final", False)]),
        (5, [("mid", True), ("final", True), ("three_party", False)]),
    ],
)
def test_discussions_fall_due_by_the_week_of_the_month(coach, month, today, week, expected):
    make_group(month, 1)
    day = month.starts_on + dt.timedelta(days=7 * (week - 1))
    assert [(d.kind, d.is_late) for d in today_of(coach, day).discussions] == expected


def test_the_programmes_own_windows_decide_when_a_discussion_is_due(coach, month, today):
    make_group(month, 1)
    DiscussionWindow.objects.create(programme=month.programme, kind="mid", first_day=8, last_day=9)
    days = {number: [] for number in (7, 8, 9, 10)}
    for number in days:
        due = today_of(coach, day_of_month(month.starts_on, number)).discussions
        days[number] = [(talk.kind, talk.is_late) for talk in due]
    assert days == {7: [], 8: [("mid", False)], 9: [("mid", False)], 10: [("mid", True)]}


def test_a_discussion_that_was_held_is_done_and_a_planned_one_shows_its_day(coach, month, today):
    held, planned = make_group(month, 2)
    factories.DiscussionFactory(enrolment=held, kind="mid", held_on=today)
    factories.DiscussionFactory(
        enrolment=planned,
        kind="mid",
        held_on=None,
        planned_on=today + DAY,
        present="",
        participant_view="",
        coach_view="",
    )
    due = today_of(coach, today).discussions
    assert [(d.name, d.planned_on) for d in due] == [("Pat Berg", today + DAY)]


def test_a_missing_officer_is_asked_for_and_a_named_one_without_an_account_is_enough(coach, month, today):
    missing, _named = make_group(month, 2)
    missing.participant.officer_name = " "
    missing.participant.save()
    assert [person.name for person in today_of(coach, today).officers] == ["Pat Aalto"]


def test_those_who_left_need_nothing_any_more(coach, month, today):
    (person,) = make_group(month, 1)
    person.left_on = today - DAY
    person.save()
    page = today_of(coach, today)
    assert (page.discussions, page.officers) == ((), ())


def test_a_month_that_has_ended_asks_to_be_closed_by_its_own_coach(coach, month, substitute, today):
    assert today_of(coach, today).closings == ()
    assert today_of(coach, month.ends_on).closings == (month,)


def test_a_substitute_sees_the_month_on_the_days_only(session, substitute, month, today):
    page = today_of(substitute, today)
    assert [card.standing_in_for for card in page.now] == ["Sanna Valmentaja"]
    assert today_of(substitute, today + 5 * DAY).months == ()


def test_other_groups_closed_and_cancelled_months_stay_away(session, coach, other_coach, month, today):
    factories.MonthFactory(coach=coach, state="cancelled")
    factories.MonthFactory(coach=coach, state="closed", closed_at=clock.now(), closed_by=coach)
    assert today_of(coach, today).months == (month,)
    assert today_of(other_coach, today).months == ()


def test_a_coach_without_a_month_is_told_what_to_do(other_coach, client_of, today):
    html = client_of(other_coach).get(reverse("coaching:today")).content.decode()
    assert "You have no coaching month yet" in html


def test_a_day_without_a_session_names_the_next_one(coach, month, client_of, today):
    factories.SessionFactory(month=month, held_on=today + DAY)
    html = client_of(coach).get(reverse("coaching:today")).content.decode()
    assert "No session today" in html
    assert "11.2.2026" in html


def test_today_is_the_coaches_home(coach, client_of, today):
    assert client_of(coach).get("/").headers["Location"] == reverse("coaching:today")


def test_one_month_and_twelve_take_the_same_queries(coach, client_of, today, count_queries):
    def busy_month():
        month = factories.MonthFactory(coach=coach)
        people = make_group(month, 4)
        factories.SessionFactory(month=month, held_on=today)
        session = logged(factories.SessionFactory(month=month, held_on=today - DAY), coach)
        factories.MarkFactory(enrolment=people[0], session=session, mark="own_illness")
        factories.SessionFactory(month=month, held_on=today - 2 * DAY)

    client = client_of(coach)
    address = reverse("coaching:today")
    busy_month()
    with count_queries() as with_one:
        client.get(address)
    for _ in range(11):
        busy_month()
    with count_queries() as with_twelve:
        html = client.get(address).content.decode()
    assert html.count("card-now") == 12
    assert len(with_one) == len(with_twelve)
    # 13 of our own, and one of each of the nine sources of other apps (two of the visits)
    assert len(with_one) <= 23
