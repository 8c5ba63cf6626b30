"""Counting attendance: random months against a naive count, each rule by name, and the number of queries."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.counting import MarkFact, OnwardShare, count_attendance, count_days, onward_shares
from coaching.enums import REASON_CLASS, Half, Mark, ReasonClass, SessionState
from coaching.services.schedule import holidays_between, plan_month
from tests.support import factories

MONDAY = dt.date(2026, 2, 2)
MORNING, AFTERNOON = Half.MORNING, Half.AFTERNOON


# --- random months against a naive count --------------------------------------------------------
@st.composite
def months(draw):
    """A month somewhere in the year, someone's stay in it, and any marks, also impossible ones."""
    start = draw(st.sampled_from([dt.date(2026, 2, 2), dt.date(2026, 3, 16), dt.date(2026, 12, 14)]))
    plan = plan_month(start)
    first = start + dt.timedelta(days=draw(st.integers(0, 10)))
    last = first + dt.timedelta(days=draw(st.integers(0, 20)))
    sessions = {(planned.day, MORNING): draw(st.sampled_from(SessionState.values)) for planned in plan.days}
    every_day = [start + dt.timedelta(days=n) for n in range(28)]
    spots = draw(st.sets(st.tuples(st.sampled_from(every_day), st.sampled_from(Half.values)), max_size=45))
    marks = [
        MarkFact(day, half, draw(st.sampled_from(Mark.values)), Decimal("4") if half == AFTERNOON else None)
        for day, half in sorted(spots)
    ]
    return first, last, sessions, marks, holidays_between(first, last)


def naively(first, last, sessions, marks, holidays) -> dict:
    """The same rules, told day by day the long way."""
    figures = {
        "arranged": 0, "attended": 0, "unmarked": 0, "unlogged": 0, "hours": Decimal(0), "worked": 0,
        **dict.fromkeys(ReasonClass.values, 0),
    }  # fmt: skip
    day = first
    while day <= last:
        morning = next((m.mark for m in marks if (m.day, m.half) == (day, MORNING)), None)
        afternoon = next((m.mark for m in marks if (m.day, m.half) == (day, AFTERNOON)), None)
        state = sessions.get((day, MORNING))
        if day not in holidays:
            if morning is None and state in ("planned", "logged"):
                figures["unlogged"] += 1
            if afternoon == "present":
                figures["worked"] += 1
                figures["hours"] += 4
            if morning == "present" or afternoon == "present":
                figures["arranged"] += 1
                figures["attended"] += 1
            elif morning in REASON_CLASS or afternoon in REASON_CLASS:
                figures["arranged"] += 1
                figures[REASON_CLASS[morning if morning in REASON_CLASS else afternoon]] += 1
            elif morning is None and state == "logged":
                figures["arranged"] += 1
                figures["unmarked"] += 1
        day += dt.timedelta(days=1)
    return figures


@given(months())
def test_any_month_counts_as_the_naive_count_does(month):
    first, last, sessions, marks, holidays = month
    count = count_days(
        first=first, last=last, coaching_half=MORNING, sessions=sessions, marks=marks, holidays=holidays
    )
    expected = naively(first, last, sessions, marks, holidays)
    assert {
        "arranged": count.days_arranged, "attended": count.days_attended, "unmarked": count.days_unmarked,
        "unlogged": count.unlogged_sessions, "hours": count.work_trial_hours, "worked": count.work_trial_days,
        **count.absences,
    } == expected  # fmt: skip


@given(months())
def test_the_days_of_a_count_always_add_up(month):
    first, last, sessions, marks, holidays = month
    count = count_days(
        first=first, last=last, coaching_half=MORNING, sessions=sessions, marks=marks, holidays=holidays
    )
    assert count.days_arranged == count.days_attended + count.days_absent + count.days_unmarked
    assert count.travel_days == count.days_attended <= count.days_arranged <= len(count.days)
    assert all(first <= day.day <= last for day in count.days)
    assert {day.day for day in count.days if day.verdict == "holiday"} <= holidays.keys()


# --- each rule by name --------------------------------------------------------------------------
def one_day(*, session=None, morning=None, afternoon=None, hours=None, holidays=None):
    marks = [
        MarkFact(MONDAY, half, mark, hours if half == AFTERNOON else None)
        for half, mark in ((MORNING, morning), (AFTERNOON, afternoon))
        if mark
    ]
    sessions = {(MONDAY, MORNING): session} if session else {}
    return count_days(
        first=MONDAY,
        last=MONDAY,
        coaching_half=MORNING,
        sessions=sessions,
        marks=marks,
        holidays=holidays or {},
    )


@pytest.mark.parametrize(
    ("morning", "afternoon"), [("present", None), ("own_illness", "present"), ("not_arranged", "present")]
)
def test_a_day_is_attended_when_either_half_was(morning, afternoon):
    count = one_day(session="logged", morning=morning, afternoon=afternoon)
    assert (count.days_arranged, count.days_attended, count.travel_days, count.days_absent) == (1, 1, 1, 0)


def test_a_day_that_was_not_arranged_is_no_absence_and_no_travel_day():
    count = one_day(session="not_arranged")
    assert (count.days_arranged, count.travel_days, count.days_absent, count.unlogged_sessions) == (
        0,
        0,
        0,
        0,
    )
    assert count.days[0].verdict == "not_arranged"


def test_a_session_called_off_still_leaves_the_work_trial_day():
    count = one_day(session="not_arranged", afternoon="unauthorised")
    assert (count.days_arranged, count.absences["unauthorised"]) == (1, 1)


def test_a_missing_mark_is_not_an_absence():
    planned, logged = one_day(session="planned"), one_day(session="logged")
    assert (planned.days_arranged, planned.days_absent, planned.unlogged_sessions) == (0, 0, 1)
    assert (logged.days_arranged, logged.days_absent, logged.unlogged_sessions) == (1, 0, 1)
    assert (logged.days_unmarked, logged.days[0].verdict) == (1, "unmarked")


def test_the_groups_half_decides_between_two_reasons():
    count = one_day(session="logged", morning="own_illness", afternoon="unauthorised")
    assert count.absences == {"health": 1, "accepted": 0, "unauthorised": 0}


def test_a_holiday_is_neither_arranged_nor_attended():
    count = one_day(
        session="logged", morning="present", afternoon="present", hours=Decimal(4), holidays={MONDAY: "X"}
    )
    assert (count.days_arranged, count.days_attended, count.work_trial_hours) == (0, 0, 0)
    assert (count.days[0].verdict, count.days[0].holiday) == ("holiday", "X")


def test_hours_count_only_for_days_present_at_the_workplace():
    assert one_day(afternoon="present", hours=Decimal("4.5")).work_trial_hours == Decimal("4.5")
    assert one_day(afternoon="own_illness", hours=Decimal("4.5")).work_trial_hours == 0


# --- from the database --------------------------------------------------------------------------
def mark(enrolment, day, mark="present", *, half=MORNING, session=None, hours=None):
    return factories.MarkFactory(
        enrolment=enrolment, session=session, day=day, half=half, mark=mark, hours=hours
    )


def test_only_the_days_between_joining_and_leaving_count(month):
    enrolment = factories.EnrolmentFactory(
        month=month, joined_on=dt.date(2026, 2, 4), left_on=dt.date(2026, 2, 6)
    )
    for day in range(2, 11):
        if day not in (7, 8):
            session = factories.SessionFactory(month=month, held_on=dt.date(2026, 2, day))
            mark(enrolment, session.held_on, session=session)
    count = count_attendance([enrolment.pk])[enrolment.pk]
    assert (count.days_attended, count.unlogged_sessions) == (3, 0)
    assert [day.day.day for day in count.days] == [4, 5, 6]


def test_sessions_still_to_come_are_unlogged(month, enrolment):
    for day in (2, 3, 4):
        factories.SessionFactory(month=month, held_on=dt.date(2026, 2, day))
    assert count_attendance([enrolment.pk])[enrolment.pk].unlogged_sessions == 3


@pytest.mark.parametrize("state", ["waiting", "cancelled"])
def test_somebody_outside_the_group_gets_zeros(month, state):
    enrolment = factories.EnrolmentFactory(month=month, state=state)
    factories.SessionFactory(month=month)
    assert count_attendance([enrolment.pk])[enrolment.pk].unlogged_sessions == 0


def test_the_afternoon_group_has_its_work_trial_in_the_morning(coach):
    month = factories.MonthFactory(
        coach=coach,
        coaching_half="afternoon",
        session_starts_at=dt.time(12, 30),
        session_ends_at=dt.time(15, 30),
    )
    enrolment = factories.EnrolmentFactory(month=month)
    mark(enrolment, MONDAY, half=MORNING, hours=Decimal("4"))
    count = count_attendance([enrolment.pk])[enrolment.pk]
    assert (count.work_trial_hours, count.days[0].work_trial, count.days[0].coaching) == (4, "present", "")


def test_counting_takes_three_queries_for_one_and_for_many(django_assert_num_queries, month):
    sessions = [factories.SessionFactory(month=month, held_on=dt.date(2026, 2, day)) for day in (2, 3, 4)]
    people = [factories.EnrolmentFactory(month=month) for _ in range(10)]
    people += [factories.EnrolmentFactory() for _ in range(5)]
    for person in people[:10]:
        for session in sessions:
            mark(person, session.held_on, session=session)
    with django_assert_num_queries(3):
        count_attendance([people[0].pk])
    with django_assert_num_queries(3):
        counts = count_attendance([person.pk for person in people])
    assert [counts[person.pk].days_attended for person in people] == [3] * 10 + [0] * 5


def test_the_share_with_an_onward_path_counts_everybody_who_was_in_the_group(
    month, django_assert_num_queries
):
    now = dt.datetime(2026, 2, 27, 12, tzinfo=dt.UTC)
    for path in ("paid_work", "study", "none_yet"):
        factories.EnrolmentFactory(month=month, onward_path=path, onward_recorded_at=now)
    factories.EnrolmentFactory(month=month)
    factories.EnrolmentFactory(month=month, state="waiting", joined_on=None)
    empty = factories.MonthFactory()
    with django_assert_num_queries(1):
        shares = onward_shares([month.pk, empty.pk])
    assert shares == {month.pk: OnwardShare(people=4, found=2, answered=3), empty.pk: OnwardShare()}
    assert (shares[month.pk].percent, shares[empty.pk].percent) == (50, None)
