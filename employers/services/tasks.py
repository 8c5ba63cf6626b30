"""Writing the tasks of the desk: promises of both sides, what follows a hire, what a visit agreed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from core.constraints import constraint_sentence, constraints_in_words
from core.errors import DomainError
from employers.models import DeskTask

LONGEST_TEXT = 200


@transaction.atomic
def add_task(
    *,
    actor,
    kind: str,
    text: str,
    due_on: dt.date | None = None,
    employer_id: int | None = None,
    placement_id: int | None = None,
    enrolment_id: int | None = None,
    contact_event_id: int | None = None,
    visit_id: int | None = None,
    responsible_id: int | None = None,
) -> DeskTask:
    """Put one thing to do onto the desk; `actor` is None for what the program adds by itself.

    It is about an employer, a work trial or a person (at least one of the ids). Without `responsible_id` it
    is the employer's named contact's, else the month's coordinator's, else its maker's. The same open task is
    kept once. Raises DomainError at `text` or for a task about nobody.
    """
    text = " ".join(text.split())
    if not text:
        raise DomainError(constraint_sentence(DeskTask, "desk_task_says_what"), field="text")
    if len(text) > LONGEST_TEXT:
        raise DomainError(_("Keep it to 200 characters."), field="text")
    values = {
        "kind": kind,
        "text": text,
        "due_on": due_on,
        "employer_id": employer_id,
        "placement_id": placement_id,
        "enrolment_id": enrolment_id,
        "contact_event_id": contact_event_id,
        "visit_id": visit_id,
        "responsible_id": responsible_id,
    }
    twin = DeskTask.objects.filter(done_at__isnull=True, **values).first()
    if twin is not None:
        return twin
    with constraints_in_words(DeskTask):
        task = DeskTask.objects.create(created_by=actor, **values)
    _note(task, actor, "task.added")
    return task


@transaction.atomic
def finish_task(*, actor, task_id: int, now: dt.datetime) -> DeskTask:
    """Mark a task done; twice changes nothing."""
    task = _locked(task_id)
    if task.done_at is None:
        task.done_at, task.done_by = now, actor
        task.save(update_fields=["done_at", "done_by"])
        _note(task, actor, "task.done")
    return task


@transaction.atomic
def reopen_task(*, actor, task_id: int) -> DeskTask:
    """Take a task back that was marked done or dropped by mistake; an open one stays as it is."""
    task = _locked(task_id)
    if task.done_at is not None:
        task.done_at, task.done_by, task.dropped_reason = None, None, ""
        task.save(update_fields=["done_at", "done_by", "dropped_reason"])
        _note(task, actor, "task.reopened")
    return task


@transaction.atomic
def drop_task(*, actor, task_id: int, reason: str, now: dt.datetime) -> DeskTask:
    """Close a task that is not needed any more. Raises DomainError without a reason and for a closed one."""
    reason = " ".join(reason.split())
    if not reason:
        raise DomainError(_("Say in a few words why it is dropped."), field="reason")
    if len(reason) > LONGEST_TEXT:
        raise DomainError(_("Keep it to 200 characters."), field="reason")
    task = _locked(task_id)
    if task.done_at is not None:
        raise DomainError(_("This was closed already."))
    task.done_at, task.done_by, task.dropped_reason = now, actor, reason
    task.save(update_fields=["done_at", "done_by", "dropped_reason"])
    _note(task, actor, "task.dropped")
    return task


@transaction.atomic
def move_task(*, actor, task_id: int, due_on: dt.date | None, today: dt.date) -> DeskTask:
    """Give a task another day. Raises DomainError for a day that is past and for a closed task."""
    if due_on is None:
        raise DomainError(_("Give a day."), field="due_on")
    if due_on < today:
        raise DomainError(_("This day is past already. Choose today or a day ahead."), field="due_on")
    task = _locked(task_id)
    if task.done_at is not None:
        raise DomainError(_("This was closed already."))
    if task.due_on != due_on:
        task.due_on = due_on
        task.save(update_fields=["due_on"])
        _note(task, actor, "task.moved")
    return task


def _locked(task_id: int) -> DeskTask:
    return DeskTask.objects.select_for_update().get(pk=task_id)


def _note(task: DeskTask, actor, action: str) -> None:
    details = {"kind": task.kind, "employer": task.employer_id}
    label = "" if actor is not None else "program"
    if task.visit_id:
        details["visit"] = task.visit_id
    record(
        actor=actor,
        actor_label=label,
        action=action,
        obj=task,
        participant_id=task.placement.participant_id if task.placement else None,
        details=details,
    )
