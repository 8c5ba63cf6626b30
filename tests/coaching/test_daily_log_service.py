"""Saving a session's log: state, marks, steps, audit, and each refusal."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.models import AuditEvent
from coaching.errors import MonthAlreadyClosed, MonthCancelled
from coaching.models import AttendanceMark, Session, StepForward
from coaching.services.daily_log import (
    LogConflict,
    NotInTheGroup,
    RemovalNotConfirmed,
    SessionInTheFuture,
    save_daily_log,
)
from core.errors import AccessDenied, DomainError
from tests.coaching.daily_log_support import TODAY, as_input, everybody, make_group, opened_form
from tests.support import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def group(month):
    return make_group(month, 3)


def save(session, actor, fields, today=TODAY):
    return save_daily_log(actor=actor, session_id=session.pk, wanted=as_input(fields), today=today)


def audit_rows(session):
    return AuditEvent.objects.filter(object_type="coaching.session", object_id=session.pk)


def test_a_normal_day_marks_everybody_present_and_logs_the_session(session, coach, group, today):
    saved = save(session, coach, opened_form(session) | everybody(group) | {"group_note": "Hyvä päivä"})
    session.refresh_from_db()
    assert saved.changed
    assert saved.missing == ()
    assert (session.state, session.logged_by, session.version) == ("logged", coach, 2)
    assert session.logged_at is not None
    assert session.group_note == "Hyvä päivä"
    marks = AttendanceMark.objects.filter(session=session)
    assert {(m.enrolment_id, m.mark, m.day, m.half, m.recorded_by_id) for m in marks} == {
        (e.pk, "present", session.held_on, "morning", coach.pk) for e in group
    }


def test_saving_writes_one_audit_row_with_ids_and_no_names_or_reasons(session, coach, group, today):
    fields = opened_form(session) | everybody(group)
    fields |= {f"mark-{group[0].pk}": "own_illness", f"step-{group[1].pk}": "Soitti kauppaan"}
    save(session, coach, fields)
    row = audit_rows(session).get()
    assert row.action == "session.logged"
    assert row.actor == coach
    assert row.details == {
        "state": "logged",
        "version": 2,
        "marks": sorted(e.pk for e in group),
        "steps": [group[1].pk],
        "times": [],
        "acts": [],
        "texts": [],
    }


def test_exceptions_minutes_and_steps_are_kept(session, coach, group, today):
    first, second, third = group
    fields = opened_form(session) | everybody(group)
    fields |= {f"mark-{first.pk}": "child_illness", f"late-{second.pk}": "015", f"early-{second.pk}": "480"}
    fields |= {f"step-{second.pk}": "  Uskalsi   kysyä "}
    fields |= {f"step-{third.pk}": "Avasi sähköpostin", f"by-{third.pk}": "together"}
    save(session, coach, fields)
    marks = {m.enrolment_id: m for m in AttendanceMark.objects.all()}
    assert marks[first.pk].mark == "child_illness"
    assert (marks[second.pk].minutes_late, marks[second.pk].minutes_left_early) == (15, 480)
    steps = {s.enrolment_id: (s.text, s.done_by, s.day) for s in StepForward.objects.all()}
    assert steps == {
        second.pk: ("Uskalsi kysyä", "participant", session.held_on),
        third.pk: ("Avasi sähköpostin", "together", session.held_on),
    }


def test_saving_the_same_again_changes_nothing(session, coach, group, today):
    fields = opened_form(session) | everybody(group) | {f"step-{group[0].pk}": "Soitti"}
    save(session, coach, fields)
    before = Session.objects.filter(pk=session.pk).values().get()
    again = save(session, coach, fields)
    assert not again.changed
    assert Session.objects.filter(pk=session.pk).values().get() == before
    assert audit_rows(session).count() == 1
    assert AttendanceMark.objects.count() == 3
    assert StepForward.objects.count() == 1


def test_only_changed_cells_are_written_again(session, coach, substitute, group, today):
    save(session, coach, opened_form(session) | everybody(group))
    save(session, substitute, opened_form(session) | {f"mark-{group[0].pk}": "job_interview"})
    recorded = dict(AttendanceMark.objects.values_list("enrolment_id", "recorded_by"))
    assert recorded == {group[0].pk: substitute.pk, group[1].pk: coach.pk, group[2].pk: coach.pk}


def test_people_without_a_mark_are_named_as_missing_and_are_not_absent(session, coach, group, today):
    saved = save(session, coach, opened_form(session) | {f"mark-{group[0].pk}": "present"})
    assert saved.session.state == "logged"
    assert saved.missing == ("Pat Berg", "Pat Eerola")
    assert AttendanceMark.objects.count() == 1


def test_a_note_alone_is_saved_but_the_session_still_waits_for_its_log(session, coach, group, today):
    save(session, coach, opened_form(session) | {"group_note": "Keskustelimme tavoitteista"})
    session.refresh_from_db()
    assert (session.state, session.logged_at) == ("planned", None)
    assert session.group_note == "Keskustelimme tavoitteista"


def test_the_log_of_an_empty_group_counts_as_logged(session, coach, today):
    save(session, coach, opened_form(session))
    session.refresh_from_db()
    assert session.state == "logged"


def test_a_mark_and_a_step_can_be_taken_back(session, coach, group, today):
    save(session, coach, opened_form(session) | everybody(group) | {f"step-{group[0].pk}": "Soitti"})
    fields = opened_form(session) | everybody(group, "")
    fields |= {f"step-{group[0].pk}": ""}
    save(session, coach, fields)
    session.refresh_from_db()
    assert not AttendanceMark.objects.exists()
    assert not StepForward.objects.exists()
    assert (session.state, session.logged_at) == ("planned", None)


def test_not_arranged_needs_a_confirmation_before_marks_go(session, coach, group, today):
    save(session, coach, opened_form(session) | everybody(group))
    fields = opened_form(session) | {"not_arranged": "1", "not_arranged_reason": "Valmentaja sairastui"}
    with pytest.raises(RemovalNotConfirmed, match="3"):
        save(session, coach, fields)
    assert AttendanceMark.objects.count() == 3
    save(session, coach, fields | {"confirm_removal": "1"})
    session.refresh_from_db()
    assert (session.state, session.not_arranged_reason) == ("not_arranged", "Valmentaja sairastui")
    assert not AttendanceMark.objects.exists()
    assert audit_rows(session).latest("pk").action == "session.not_arranged"


def test_not_arranged_without_any_marks_needs_no_confirmation(session, coach, group, today):
    fields = opened_form(session) | {"not_arranged": "1", "not_arranged_reason": "Sähkökatko"}
    saved = save(session, coach, fields)
    assert saved.session.state == "not_arranged"
    assert saved.missing == ()


def test_not_arranged_leaves_the_work_trial_half_alone(session, coach, group, today):
    factories.MarkFactory(enrolment=group[0], session=None, day=session.held_on, half="afternoon")
    save(session, coach, opened_form(session) | {"not_arranged": "1", "not_arranged_reason": "Sähkökatko"})
    assert AttendanceMark.objects.filter(half="afternoon").count() == 1


def test_a_session_can_be_turned_back_to_arranged(session, coach, group, today):
    save(session, coach, opened_form(session) | {"not_arranged": "1", "not_arranged_reason": "Sähkökatko"})
    fields = opened_form(session) | everybody(group) | {"not_arranged_reason": ""}
    fields.pop("not_arranged")
    save(session, coach, fields)
    session.refresh_from_db()
    assert (session.state, session.not_arranged_reason) == ("logged", "")


# --- two people ------------------------------------------------------------------------------------
def test_two_people_who_changed_different_things_both_keep_theirs(session, coach, substitute, group, today):
    mine, theirs = opened_form(session), opened_form(session)
    save(session, substitute, theirs | {f"mark-{group[0].pk}": "present", "group_note": "Sirpan"})
    save(session, coach, mine | {f"mark-{group[1].pk}": "own_illness"})
    session.refresh_from_db()
    assert session.group_note == "Sirpan"
    assert dict(AttendanceMark.objects.values_list("enrolment_id", "mark")) == {
        group[0].pk: "present",
        group[1].pk: "own_illness",
    }


def test_a_true_conflict_writes_nothing_at_all(session, coach, substitute, group, today):
    mine, theirs = opened_form(session), opened_form(session)
    save(session, substitute, theirs | {"group_note": "Sirpan"})
    with pytest.raises(LogConflict) as refused:
        save(session, coach, mine | {"group_note": "Sannan"} | everybody(group))
    assert refused.value.conflicts == {"note"}
    session.refresh_from_db()
    assert session.group_note == "Sirpan"
    assert not AttendanceMark.objects.exists()


def test_a_form_from_before_somebody_joined_takes_nothing_from_them(session, coach, group, month, today):
    fields = opened_form(session) | everybody(group)
    late_comer = factories.EnrolmentFactory(month=month, participant__authority=month.authority)
    factories.MarkFactory(enrolment=late_comer, session=session)
    save(session, coach, fields)
    assert AttendanceMark.objects.filter(enrolment=late_comer).exists()


# --- refusals --------------------------------------------------------------------------------------
def test_somebody_of_another_group_is_refused_without_being_named(session, coach, group, today):
    stranger = factories.EnrolmentFactory(participant__first_name="Salainen")
    with pytest.raises(NotInTheGroup) as refused:
        save(session, coach, opened_form(session) | everybody([*group, stranger]))
    assert "Salainen" not in str(refused.value)
    assert not AttendanceMark.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"joined_on": TODAY + dt.timedelta(days=1)},
        {"left_on": TODAY - dt.timedelta(days=1)},
        {"state": "waiting"},
        {"state": "cancelled"},
    ],
    ids=["joined later", "left earlier", "waiting", "never started"],
)
def test_somebody_who_was_not_in_the_group_that_day_is_refused_by_name(session, coach, month, today, change):
    enrolment = factories.EnrolmentFactory(
        month=month, participant__first_name="Aino", participant__last_name="Koivu", **change
    )
    with pytest.raises(NotInTheGroup, match="Aino Koivu"):
        save(session, coach, opened_form(session) | everybody([enrolment]))


def test_the_last_day_and_the_first_day_still_belong(session, coach, month, today):
    enrolment = factories.EnrolmentFactory(month=month, joined_on=TODAY, left_on=TODAY)
    assert save(session, coach, opened_form(session) | everybody([enrolment])).changed


def test_a_form_of_another_session_is_refused(session, coach, group, month, today):
    other = factories.SessionFactory(month=month, held_on=TODAY - dt.timedelta(days=1))
    with pytest.raises(DomainError, match="another session"):
        save_daily_log(actor=coach, session_id=session.pk, wanted=as_input(opened_form(other)), today=TODAY)


def test_a_future_session_cannot_be_logged(coach, month, today):
    tomorrow = factories.SessionFactory(month=month, held_on=TODAY + dt.timedelta(days=1))
    with pytest.raises(SessionInTheFuture):
        save(tomorrow, coach, opened_form(tomorrow))


def test_a_closed_month_is_not_written_in(session, coach, manager, month, group, today):
    fields = opened_form(session) | everybody(group)
    month.state, month.closed_at, month.closed_by = "closed", "2026-02-10T10:00Z", manager
    month.save()
    with pytest.raises(MonthAlreadyClosed):
        save(session, coach, fields)


def test_a_cancelled_month_is_not_written_in(session, coach, month, group, today):
    fields = opened_form(session) | everybody(group)
    month.state = "cancelled"
    month.save()
    with pytest.raises(MonthCancelled):
        save(session, coach, fields)


@pytest.mark.parametrize("who", ["coordinator", "officer", "manager"])
def test_those_who_may_only_read_are_told_so(session, who, request, today):
    with pytest.raises(AccessDenied):
        save(session, request.getfixturevalue(who), opened_form(session))


@pytest.mark.parametrize("who", ["other_coach", "other_coordinator", "other_officer", "administrator"])
def test_for_strangers_the_session_does_not_exist(session, who, request, today):
    with pytest.raises(Session.DoesNotExist):
        save(session, request.getfixturevalue(who), opened_form(session))


def test_a_substitute_writes_on_the_days_and_not_after(session, substitute, group, today):
    assert save(session, substitute, opened_form(session) | everybody(group)).changed
    with pytest.raises(Session.DoesNotExist):
        save(session, substitute, opened_form(session), today=TODAY + dt.timedelta(days=2))


def test_the_database_allows_one_step_per_person_and_session(session, enrolment):
    factories.StepForwardFactory(enrolment=enrolment, session=session)
    with pytest.raises(IntegrityError, match="step_forward_stands_once"), transaction.atomic():
        factories.StepForwardFactory(enrolment=enrolment, session=session)


# --- queries ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [2, 10])
def test_saving_a_whole_group_takes_the_same_few_queries_whatever_its_size(
    session, coach, month, today, count_queries, size
):
    people = make_group(month, size)
    fields = opened_form(session) | everybody(people) | {"group_note": "Hyvä päivä"}
    fields |= {f"step-{person.pk}": "Soitti" for person in people}
    with count_queries() as queries:
        save(session, coach, fields)
    assert len(queries) == 9, [query["sql"][:80] for query in queries]
