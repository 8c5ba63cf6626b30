"""Pre-assignments on the coach's side: sending, reminding, paper, reading, the board."""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from coaching.models import Enrolment, PreAssignment
from coaching.reminder_hours import may_remind_at, next_opening
from coaching.services.pre_assignments import (
    mark_seen,
    record_paper_return,
    remind_late,
    send_pre_assignments,
)
from core.errors import AccessDenied, DomainError, StaleVersion
from core.models import OutgoingMail
from participants.models import OwnDraft
from tests.support import factories
from tests.support.pre_assignments import sent, texts

HELSINKI = dt.timezone(dt.timedelta(hours=2))
NOON = dt.datetime(2026, 1, 26, 12, tzinfo=HELSINKI)  # a Monday, a week before the month
AFTER = dt.datetime(2026, 2, 3, 12, tzinfo=HELSINKI)  # the tasks were due on Friday


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 2, day, hour, minute, tzinfo=HELSINKI)


def send(coach, month, *, now=NOON, **more):
    return send_pre_assignments(actor=coach, month_id=month.pk, now=now, **more)


# --- the table ------------------------------------------------------------------------------------
def test_a_task_stands_once(enrolment):
    sent(enrolment)
    with pytest.raises(IntegrityError), transaction.atomic():
        sent(enrolment)


def test_a_task_is_seen_only_after_it_was_returned(enrolment):
    with pytest.raises(IntegrityError), transaction.atomic():
        sent(enrolment, seen_at=NOON)


# --- sending --------------------------------------------------------------------------------------
def test_everybody_in_the_group_gets_all_tasks_and_one_mail(coach, month, month_tasks, enrolment):
    other = factories.EnrolmentFactory(month=month)
    result = send(coach, month)
    assert {person.pk for person in result.mailed} == {enrolment.pk, other.pk}
    assert enrolment.pre_assignments.count() == 3
    assert OutgoingMail.objects.filter(kind="pre_assignments").count() == 2
    assert AuditEvent.objects.filter(action="pre_assignment.sent").count() == 6


def test_the_mail_says_nothing_about_the_person(coach, month, month_tasks, enrolment):
    send(coach, month)
    letter = OutgoingMail.objects.get()
    for word in ("Aino", "Koivuniemi", "Helmikuu", "Tehtävä"):
        assert word not in letter.subject + letter.body
    assert "/o/" in letter.body


def test_a_sent_task_keeps_its_texts(coach, month, month_tasks, enrolment):
    send(coach, month)
    month_tasks[0].texts = texts("Uusi")
    month_tasks[0].save()
    assert enrolment.pre_assignments.get(position=1).texts == texts("Tehtävä 1")


def test_answers_are_due_before_the_first_day(coach, month, month_tasks, enrolment):
    send(coach, month)
    assert enrolment.pre_assignments.get(position=1).due_on == dt.date(2026, 1, 30)


def test_who_comes_late_still_has_two_days(coach, month, month_tasks):
    late = factories.EnrolmentFactory(month=month, joined_on=dt.date(2026, 2, 10))
    send(coach, month, now=at(9, 12))
    assert {task.due_on for task in late.pre_assignments.all()} == {dt.date(2026, 2, 11)}


def test_sending_again_sends_only_what_is_missing(coach, month, month_tasks, enrolment):
    send(coach, month)
    with pytest.raises(DomainError):
        send(coach, month)
    newcomer = factories.EnrolmentFactory(month=month)
    assert [person.pk for person in send(coach, month).mailed] == [newcomer.pk]
    assert PreAssignment.objects.count() == 6


def test_who_has_no_mail_or_is_protected_is_named(coach, month, month_tasks):
    def person(**more):
        return factories.EnrolmentFactory(month=month, participant=factories.ParticipantFactory(**more))

    person(email="")
    person(is_restricted=True)
    person(birth_date=None)
    result = send(coach, month)
    assert result.mailed == []
    assert sorted(reason for _person, reason in result.by_hand) == ["birth_date", "email", "protected"]
    assert PreAssignment.objects.count() == 9
    assert not OutgoingMail.objects.exists()


def test_who_waits_has_left_or_is_of_another_group_gets_nothing(coach, month, month_tasks, enrolment):
    factories.EnrolmentFactory(month=month, left_on=dt.date(2026, 2, 5))
    factories.EnrolmentFactory(month=month, state="waiting", joined_on=None)
    stranger = factories.EnrolmentFactory()
    with pytest.raises(DomainError):
        send(coach, month, enrolment_ids=[stranger.pk])
    send(coach, month)
    assert set(PreAssignment.objects.values_list("enrolment", flat=True)) == {enrolment.pk}


def test_a_programme_without_tasks_says_so(coach, month, enrolment):
    with pytest.raises(DomainError):
        send(coach, month)


def test_a_substitute_does_not_send(substitute, month, month_tasks, enrolment):
    with pytest.raises(AccessDenied):
        send(substitute, month)


def test_a_closed_month_sends_nothing(coach, month, month_tasks, enrolment):
    month.state, month.closed_at, month.closed_by = "closed", NOON, coach
    month.save()
    with pytest.raises(DomainError):
        send(coach, month)


# --- reminding ------------------------------------------------------------------------------------
def remind(coach, month, *, now=AFTER):
    return remind_late(actor=coach, month_id=month.pk, now=now)


def test_the_late_get_one_mail_for_all_their_tasks(coach, month, enrolment):
    sent(enrolment)
    sent(enrolment, position=2)
    assert [person.pk for person in remind(coach, month).mailed] == [enrolment.pk]
    assert OutgoingMail.objects.get().kind == "pre_assignment_reminder"
    assert {task.reminded_at for task in enrolment.pre_assignments.all()} == {AFTER}


@pytest.mark.parametrize(
    ("later", "is_free"), [(dt.timedelta(hours=23, minutes=59), False), (dt.timedelta(hours=24), True)]
)
def test_nobody_is_reminded_twice_within_a_day(coach, month, enrolment, later, is_free):
    sent(enrolment)
    remind(coach, month)
    if is_free:
        assert remind(coach, month, now=AFTER + later).mailed
    else:
        with pytest.raises(DomainError, match=r"4\.2\.2026.*12\.00"):
            remind(coach, month, now=AFTER + later)
    assert OutgoingMail.objects.count() == 1 + is_free


def test_another_task_that_gets_late_does_not_shorten_the_day(coach, month, enrolment):
    sent(enrolment)
    sent(enrolment, position=2, due_on=dt.date(2026, 2, 3))
    remind(coach, month)
    with pytest.raises(DomainError):
        remind(coach, month, now=at(4, 9))


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(3, 7, 59), at(3, 8)),
        (at(3, 20), at(4, 8)),
        (at(3, 23, 30), at(4, 8)),
        (at(4, 0, 30), at(4, 8)),
        (at(6, 20), at(9, 8)),  # Friday night
        (at(7, 12), at(9, 8)),  # Saturday
        (dt.datetime(2026, 4, 3, 12, tzinfo=dt.timezone(dt.timedelta(hours=3))), None),  # Good Friday
    ],
)
def test_at_night_and_on_days_off_it_is_said_when_it_is_possible(coach, month, enrolment, moment, opens):
    sent(enrolment)
    assert not may_remind_at(moment)
    if opens is None:
        opens = dt.datetime(2026, 4, 7, 8, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    assert next_opening(moment) == opens
    with pytest.raises(DomainError, match=f"{opens.day}.{opens.month}.2026"):
        remind(coach, month, now=moment)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("moment", [at(3, 8), at(3, 19, 59)])
def test_by_day_it_is_possible(moment):
    assert may_remind_at(moment)
    assert next_opening(moment) == moment


def test_who_has_returned_or_is_not_late_yet_is_not_reminded(coach, month, enrolment):
    sent(enrolment, returned_at=NOON)
    sent(enrolment, position=2, due_on=dt.date(2026, 2, 3))
    with pytest.raises(DomainError):
        remind(coach, month)


# --- paper and reading ----------------------------------------------------------------------------
def paper(coach, task, answers=("", ""), version=1):
    return record_paper_return(
        actor=coach,
        enrolment_id=task.enrolment_id,
        task_id=task.pk,
        answers=answers,
        base_version=version,
        now=AFTER,
    )


def test_what_came_on_paper_is_returned_and_seen(coach, pre_assignment):
    task = paper(coach, pre_assignment, ["Olen ylpeä", ""])
    assert task.returned_on_paper
    assert (task.answers, task.seen_by, task.returned_at) == (["Olen ylpeä", ""], coach, AFTER)


def test_a_goal_on_paper_becomes_the_goal(coach, enrolment):
    paper(coach, sent(enrolment, holds_goal=True), ["Töihin keväällä", ""])
    goal = enrolment.goals.get()
    assert (goal.text, goal.by_link, goal.recorded_by) == ("Töihin keväällä", False, coach)


def test_what_was_begun_behind_the_link_stays_the_participants_own(coach, enrolment):
    task = sent(enrolment, answers=["salainen", ""])
    paper(coach, task)
    task.refresh_from_db()
    assert task.answers == []
    assert OwnDraft.objects.get().content == {"answers": ["salainen", ""]}


def test_paper_comes_once(coach, pre_assignment):
    paper(coach, pre_assignment)
    with pytest.raises(DomainError):
        paper(coach, pre_assignment, version=2)


def test_paper_is_refused_on_a_stale_page(coach, pre_assignment):
    with pytest.raises(StaleVersion):
        paper(coach, pre_assignment, version=0)


def test_the_first_reader_is_remembered(coach, second_coach, enrolment):
    task = sent(enrolment, returned_at=NOON)
    for reader in (coach, second_coach):
        seen = mark_seen(actor=reader, enrolment_id=enrolment.pk, task_id=task.pk, now=AFTER)
    assert seen.seen_by == coach
    assert AuditEvent.objects.filter(action="pre_assignment.seen").count() == 1


def test_what_was_not_returned_cannot_be_read(coach, pre_assignment):
    with pytest.raises(DomainError):
        mark_seen(actor=coach, enrolment_id=pre_assignment.enrolment_id, task_id=pre_assignment.pk, now=AFTER)
    assert Enrolment.objects.count() == 1
    assert mail.outbox == []
