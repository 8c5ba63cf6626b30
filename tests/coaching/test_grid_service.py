"""Saving cells of the grid: what is written, what follows from it, and what is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from coaching.errors import MonthAlreadyClosed
from coaching.models import AttendanceMark, CoachingMonth, Session
from coaching.services.grid import save_grid_cells
from core import clock
from core.errors import AccessDenied, DomainError
from tests.coaching.daily_log_support import make_group
from tests.coaching.grid_support import EMPTY, change, name_of, sessions_of, trial_of
from tests.support import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "english")]


@pytest.fixture
def save(month, coach, today):
    def saved(*changes, actor=coach, **more):
        return save_grid_cells(
            actor=actor, month_id=month.pk, changes=list(changes), today=today, now=clock.now(), **more
        )

    return saved


def marks() -> dict:
    return {(mark.enrolment_id, mark.day.day, mark.half): mark.mark for mark in AttendanceMark.objects.all()}


def test_a_mark_makes_the_session_logged_and_says_who_and_when(save, session, enrolment, coach):
    save(change(enrolment, "present"))
    mark = AttendanceMark.objects.get()
    assert (mark.session, mark.recorded_by, mark.recorded_at) == (session, coach, clock.now())
    session.refresh_from_db()
    assert (session.state, session.logged_by, session.version) == ("logged", coach, 2)


def test_clearing_the_last_mark_makes_the_session_not_logged_again(save, session, enrolment):
    save(change(enrolment, "present"))
    save(change(enrolment, "", seen="present:::"))
    session.refresh_from_db()
    assert (session.state, session.logged_at, AttendanceMark.objects.count()) == ("planned", None, 0)


def test_a_session_stays_logged_while_somebody_has_a_mark(save, session, month):
    first, second = make_group(month, 2)
    save(change(first, "present"), change(second, "own_illness"))
    save(change(first, "", seen="present:::"))
    session.refresh_from_db()
    assert session.state == "logged"


def test_the_mark_of_somebody_who_has_left_does_not_keep_a_session_logged(save, session, month):
    here, gone = make_group(month, 2)
    factories.MarkFactory(enrolment=gone, session=session)
    gone.left_on = session.held_on - dt.timedelta(days=1)
    gone.save()
    save(change(here, "present"))
    save(change(here, "", seen="present:::"))
    session.refresh_from_db()
    assert session.state == "planned"


def test_the_same_twice_writes_nothing_the_second_time(save, session, enrolment):
    save(change(enrolment, "present"))
    again = save(change(enrolment, "present"))
    session.refresh_from_db()
    assert (session.version, again.conflicts) == (2, ())
    assert AuditEvent.objects.filter(action="month.grid_saved").count() == 1


def test_what_somebody_else_marked_in_between_stands_and_the_rest_is_saved(save, session, month):
    first, second = make_group(month, 2)
    save(change(first, "own_illness"))
    saved = save(change(first, "present"), change(second, "present"))
    [conflict] = saved.conflicts
    assert (conflict.name, conflict.mine.mark, conflict.theirs.state.mark) == (
        name_of(first),
        "present",
        "own_illness",
    )
    assert marks() == {(first.pk, 10, "morning"): "own_illness", (second.pk, 10, "morning"): "present"}


def test_all_or_nothing_writes_nothing_when_two_people_meet(save, session, month):
    first, second = make_group(month, 2)
    save(change(first, "own_illness"))
    assert save(change(first, "present"), change(second, "present"), all_or_nothing=True).conflicts
    assert marks() == {(first.pk, 10, "morning"): "own_illness"}


def test_minutes_stand_while_somebody_is_present_and_go_with_an_absence(save, session, enrolment):
    save(change(enrolment, "present:10:5:"))
    save(change(enrolment, "present", seen="present:10:5:"))
    mark = AttendanceMark.objects.get()
    assert (mark.minutes_late, mark.minutes_left_early) == (10, 5)
    save(change(enrolment, "job_interview", seen="present:10:5:"))
    mark.refresh_from_db()
    assert (mark.minutes_late, mark.minutes_left_early) == (0, 0)


def test_present_at_work_takes_the_agreed_hours(save, session, enrolment):
    trial_of(enrolment, hours_per_day=Decimal("3.5"))
    save(change(enrolment, "present", half="afternoon"))
    mark = AttendanceMark.objects.get()
    assert (mark.session, mark.hours) == (None, Decimal("3.50"))
    session.refresh_from_db()
    assert (session.state, session.version) == ("planned", 1)


def test_hours_of_ones_own_are_kept(save, enrolment):
    trial_of(enrolment)
    save(change(enrolment, "present:::2.25", half="afternoon"))
    assert AttendanceMark.objects.get().hours == Decimal("2.25")


def test_without_a_work_trial_there_is_nothing_to_mark_in_its_half(save, session, enrolment):
    with pytest.raises(DomainError, match="no work trial"):
        save(change(enrolment, "present", half="afternoon"))


def test_a_planned_work_trial_that_has_not_begun_is_none_yet(save, enrolment, placement):
    with pytest.raises(DomainError, match="no work trial"):
        save(change(enrolment, "present", half="afternoon"))


def test_the_coordinator_marks_the_work_trials_half_and_not_the_groups(save, session, enrolment, coordinator):
    trial_of(enrolment)
    save(change(enrolment, "own_illness", half="afternoon"), actor=coordinator)
    assert marks() == {(enrolment.pk, 10, "afternoon"): "own_illness"}
    with pytest.raises(AccessDenied):
        save(change(enrolment, "present"), actor=coordinator)


def test_the_substitute_marks_both_on_the_day(save, session, enrolment, substitute):
    trial_of(enrolment)
    save(change(enrolment, "present"), change(enrolment, "present", half="afternoon"), actor=substitute)
    assert len(marks()) == 2


@pytest.mark.parametrize("who", ["other_coach", "other_coordinator", "administrator", "other_officer"])
def test_to_a_stranger_the_month_does_not_exist(save, session, enrolment, who, request):
    with pytest.raises(CoachingMonth.DoesNotExist):
        save(change(enrolment, "present"), actor=request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["manager", "officer"])
def test_who_only_reads_cannot_mark(save, session, enrolment, who, request):
    with pytest.raises(AccessDenied):
        save(change(enrolment, "present"), actor=request.getfixturevalue(who))


def test_tomorrow_cannot_be_marked(save, month, enrolment):
    sessions_of(month, 11)
    with pytest.raises(DomainError, match="still ahead"):
        save(change(enrolment, "present", day=11))


def test_a_session_that_was_not_arranged_is_changed_in_its_log(save, session, enrolment):
    session.state, session.logged_at = "not_arranged", clock.now()
    session.save()
    with pytest.raises(DomainError, match="not arranged"):
        save(change(enrolment, "present"))


def test_a_day_outside_ones_time_in_the_group_cannot_be_marked(save, session, enrolment):
    enrolment.joined_on = session.held_on + dt.timedelta(days=1)
    enrolment.save()
    with pytest.raises(DomainError, match="not in the group"):
        save(change(enrolment, "present"))


def test_somebody_of_another_group_is_refused_without_a_name(save, session, enrolment):
    stranger = factories.EnrolmentFactory()
    with pytest.raises(DomainError) as refusal:
        save(change(stranger, "present"))
    assert stranger.participant.last_name not in str(refusal.value)
    assert marks() == {}


def test_one_wrong_cell_saves_none(save, session, month, enrolment):
    sessions_of(month, 11)
    with pytest.raises(DomainError):
        save(change(enrolment, "present"), change(enrolment, "present", day=11))
    assert marks() == {}


def test_a_closed_month_is_closed(save, session, enrolment, month, coach):
    month.state, month.closed_at, month.closed_by = "closed", clock.now(), coach
    month.save()
    with pytest.raises(MonthAlreadyClosed):
        save(change(enrolment, "present"))


def test_hours_in_the_groups_half_and_minutes_at_work_are_refused(save, session, enrolment):
    trial_of(enrolment)
    for wrong in (change(enrolment, "present:::4"), change(enrolment, "present:5::4", half="afternoon")):
        with pytest.raises(DomainError, match="Hours belong"):
            save(wrong)


def test_too_much_and_the_same_cell_twice_are_refused(save, session, enrolment):
    twice = change(enrolment, "present")
    with pytest.raises(DomainError, match="twice"):
        save(twice, twice)
    with pytest.raises(DomainError, match="too much"):
        save(*[twice] * 401)


def test_the_audit_names_the_cells_and_not_what_they_hold(save, session, enrolment):
    save(change(enrolment, "own_illness"))
    event = AuditEvent.objects.get(action="month.grid_saved")
    assert event.details == {"cells": [f"{enrolment.pk}-2026-02-10-morning"]}


def test_ten_cells_of_ten_sessions_take_at_most_twelve_queries(save, month, enrolment, count_queries):
    sessions_of(month, 2, 3, 4, 5, 6, 9, 10)
    trial_of(enrolment)
    save(change(enrolment, "present", day=2))
    changes = [change(enrolment, "present", day=day) for day in (3, 4, 5, 6, 9, 10)]
    changes += [change(enrolment, "present", day=day, half="afternoon") for day in (4, 5, 6)]
    with count_queries() as queries:
        save(*changes, change(enrolment, "", day=2, seen="present:::"))
    assert len(queries) <= 10  # and two for the session and the user in a request
    assert len(marks()) == 9
    assert Session.objects.filter(state="logged").count() == 6


def test_more_people_make_no_more_queries(save, month, session, count_queries):
    few, many = make_group(month, 2), make_group(month, 10)
    with count_queries() as with_few:
        save(*[change(person, "present") for person in few])
    with count_queries() as with_many:
        save(*[change(person, "present") for person in many])
    assert len(with_few) == len(with_many)


def test_seen_and_empty_mean_the_same_for_a_cell_without_a_mark(save, session, enrolment):
    assert save(change(enrolment, "", seen=EMPTY)).conflicts == ()
    assert marks() == {}
