"""The work trial's half of the grid, written through coaching's service."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from coaching.errors import MonthAlreadyClosed
from coaching.models import AttendanceMark
from coaching.services.work_trial_half import (
    HalfDay,
    HalfDayChange,
    mark_unmarked_present,
    save_work_trial_half,
    work_trial_marks,
)
from core.errors import DomainError, StaleVersion
from tests.support.factories import EnrolmentFactory, MonthFactory, SessionFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 2, 10, 9, 30, tzinfo=dt.UTC)
MONDAY = dt.date(2026, 2, 9)
TUESDAY = dt.date(2026, 2, 10)
HERE = HalfDay("present", Decimal("4"))
NOTHING = HalfDay()


def change(day, wanted, seen=NOTHING):
    return HalfDayChange(day=day, wanted=wanted, seen=seen.token)


def save(actor, enrolment, *changes, today=TUESDAY, half="afternoon"):
    return save_work_trial_half(
        actor=actor, enrolment_id=enrolment.pk, half=half, changes=changes, today=today, now=NOW
    )


def standing(enrolment, first=MONDAY, last=TUESDAY):
    return work_trial_marks(enrolment_id=enrolment.pk, half="afternoon", first=first, last=last)


def test_marks_are_written_without_a_session_and_with_who_and_when(coordinator, enrolment):
    ill = HalfDay("own_illness")
    assert save(coordinator, enrolment, change(MONDAY, HERE), change(TUESDAY, ill)) == 2
    assert standing(enrolment) == {MONDAY: HERE, TUESDAY: ill}
    mark = AttendanceMark.objects.get(day=MONDAY)
    assert (mark.session, mark.recorded_by, mark.recorded_at) == (None, coordinator, NOW)
    event = AuditEvent.objects.get(action="work_trial_half.saved")
    assert event.details == {"days": ["2026-02-09", "2026-02-10"]}
    assert event.participant_id == enrolment.participant_id


def test_saving_the_same_twice_writes_once(coordinator, enrolment):
    save(coordinator, enrolment, change(MONDAY, HERE))
    assert save(coordinator, enrolment, change(MONDAY, HERE)) == 0
    assert AuditEvent.objects.count() == 1


def test_a_mark_is_changed_and_cleared_by_who_saw_it(coordinator, enrolment):
    save(coordinator, enrolment, change(MONDAY, HERE))
    three = HalfDay("present", Decimal("3.25"))
    save(coordinator, enrolment, change(MONDAY, three, seen=HERE))
    assert standing(enrolment) == {MONDAY: three}
    save(coordinator, enrolment, change(MONDAY, NOTHING, seen=three))
    assert standing(enrolment) == {}


def test_a_mark_that_somebody_else_changed_is_not_overwritten_and_nothing_is_saved(
    coordinator, coach, enrolment
):
    save(coach, enrolment, change(MONDAY, HalfDay("own_illness")))
    with pytest.raises(StaleVersion):
        save(coordinator, enrolment, change(MONDAY, HERE), change(TUESDAY, HERE))
    assert standing(enrolment) == {MONDAY: HalfDay("own_illness")}


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (dt.date(2026, 2, 11), HERE),  # tomorrow
        (dt.date(2026, 2, 7), HERE),  # Saturday
        (dt.date(2026, 1, 30), HERE),  # before joining
        (MONDAY, HalfDay("present", None)),
        (MONDAY, HalfDay("present", Decimal(0))),
        (MONDAY, HalfDay("present", Decimal("12.25"))),
        (MONDAY, HalfDay("own_illness", Decimal(4))),
    ],
)
def test_what_cannot_be_is_refused(coordinator, enrolment, day, wanted):
    with pytest.raises(DomainError):
        save(coordinator, enrolment, change(day, wanted))
    assert not AttendanceMark.objects.exists()


def test_a_holiday_is_closed(coordinator):
    month = MonthFactory(starts_on=dt.date(2026, 3, 30), ends_on=dt.date(2026, 4, 24))
    enrolment = EnrolmentFactory(month=month)
    good_friday = dt.date(2026, 4, 3)
    with pytest.raises(DomainError):
        save(coordinator, enrolment, change(good_friday, HERE), today=dt.date(2026, 4, 10))


def test_days_after_leaving_are_closed(coordinator, enrolment):
    enrolment.left_on = MONDAY
    enrolment.save()
    save(coordinator, enrolment, change(MONDAY, HERE))
    with pytest.raises(DomainError):
        save(coordinator, enrolment, change(TUESDAY, HERE))


def test_the_groups_own_half_is_not_written(coordinator, enrolment):
    SessionFactory(month=enrolment.month, held_on=MONDAY, half="morning")
    with pytest.raises(DomainError):
        save(coordinator, enrolment, change(MONDAY, HERE), half="morning")


def test_a_closed_month_takes_no_marks(coordinator, enrolment):
    month = enrolment.month
    month.state, month.closed_at, month.closed_by = "closed", NOW, month.coach
    month.save()
    with pytest.raises(MonthAlreadyClosed):
        save(coordinator, enrolment, change(MONDAY, HERE))


def test_all_done_fills_the_open_days_up_to_today_and_leaves_the_rest(coach, enrolment):
    ill = HalfDay("own_illness")
    save(coach, enrolment, change(MONDAY, ill))
    week = [MONDAY + dt.timedelta(days=n) for n in range(7)]
    wednesday = week[2]

    def press():
        return mark_unmarked_present(
            actor=coach,
            enrolment_id=enrolment.pk,
            half="afternoon",
            days=week,
            hours=Decimal("4"),
            today=wednesday,
            now=NOW,
        )

    assert press() == 2
    assert press() == 0
    assert standing(enrolment, last=week[-1]) == {MONDAY: ill, TUESDAY: HERE, wednesday: HERE}


def test_a_week_costs_a_fixed_number_of_queries(coach, enrolment, count_queries):
    days = [dt.date(2026, 2, 2) + dt.timedelta(days=n) for n in range(5)]
    counts = []
    for some in (days[:1], days[1:]):
        with count_queries() as queries:
            save(coach, enrolment, *(change(day, HERE) for day in some))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
