"""Tasks of the desk: made once, done, taken back, dropped with a reason, moved to a day ahead."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEvent
from core.errors import DomainError
from employers.models import DeskTask
from employers.services.tasks import add_task, drop_task, finish_task, move_task, reopen_task

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 2, 10, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def task(coordinator, workplace) -> DeskTask:
    return add_task(
        actor=coordinator,
        kind="our_promise",
        text="Lähetä esite",
        employer_id=workplace.pk,
        due_on=NOW.date(),
    )


def test_a_task_is_added_once_however_often_it_is_sent(task, coordinator, workplace):
    again = add_task(
        actor=coordinator,
        kind="our_promise",
        text="  Lähetä \n esite ",
        employer_id=workplace.pk,
        due_on=NOW.date(),
    )
    assert again == task
    assert AuditEvent.objects.get(action="task.added").details["employer"] == workplace.pk


def test_the_program_adds_tasks_without_an_actor(workplace):
    task = add_task(actor=None, kind="paperwork", text="Palkkatukihakemus", employer_id=workplace.pk)
    assert task.created_by is None


@pytest.mark.parametrize("text", ["", "   ", "x" * 201])
def test_a_task_without_words_or_with_too_many_is_refused_at_the_text(coordinator, workplace, text):
    with pytest.raises(DomainError) as refusal:
        add_task(actor=coordinator, kind="other", text=text, employer_id=workplace.pk)
    assert refusal.value.field == "text"


def test_a_task_about_nobody_is_refused(coordinator):
    with pytest.raises(DomainError):
        add_task(actor=coordinator, kind="other", text="Jotain")
    assert not DeskTask.objects.exists()


def test_done_twice_is_done_once_and_can_be_taken_back(task, coordinator, coach):
    finish_task(actor=coordinator, task_id=task.pk, now=NOW)
    done = finish_task(actor=coach, task_id=task.pk, now=NOW + dt.timedelta(days=1))
    assert (done.done_at, done.done_by) == (NOW, coordinator)
    assert AuditEvent.objects.filter(action="task.done").count() == 1
    reopen_task(actor=coach, task_id=task.pk)
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (None, None)


def test_dropping_needs_a_reason_and_an_open_task(task, coordinator):
    with pytest.raises(DomainError) as refusal:
        drop_task(actor=coordinator, task_id=task.pk, reason=" ", now=NOW)
    assert refusal.value.field == "reason"
    drop_task(actor=coordinator, task_id=task.pk, reason="Yritys lopetti", now=NOW)
    with pytest.raises(DomainError):
        drop_task(actor=coordinator, task_id=task.pk, reason="Taas", now=NOW)
    task.refresh_from_db()
    assert task.dropped_reason == "Yritys lopetti"
    reopen_task(actor=coordinator, task_id=task.pk)
    task.refresh_from_db()
    assert (task.done_at, task.dropped_reason) == (None, "")


def test_a_task_moves_to_a_day_ahead_and_never_into_the_past(task, coordinator):
    today = NOW.date()
    with pytest.raises(DomainError) as refusal:
        move_task(actor=coordinator, task_id=task.pk, due_on=today - dt.timedelta(days=1), today=today)
    assert refusal.value.field == "due_on"
    moved = move_task(actor=coordinator, task_id=task.pk, due_on=today + dt.timedelta(days=3), today=today)
    assert moved.due_on == dt.date(2026, 2, 13)
    assert AuditEvent.objects.filter(action="task.moved").count() == 1
