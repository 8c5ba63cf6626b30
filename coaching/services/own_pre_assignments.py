"""Pre-assignments behind the personal link: opened, written, returned, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from coaching.models import PreAssignment
from coaching.services.pre_assignments import checked_answers, locked_task, write_answer_as_goal
from core.errors import DomainError, StaleVersion
from participants.services.personal_links import BY_LINK


@transaction.atomic
def open_task(*, participant_id: int, task_id: int, now: dt.datetime) -> PreAssignment:
    """The participant begins; the first time counts."""
    task = _own(participant_id, task_id)
    if task.opened_at is None:
        task.opened_at = now
        task.save(update_fields=["opened_at"])
    return task


@transaction.atomic
def save_answers(
    *,
    participant_id: int,
    task_id: int,
    answers: Sequence[str],
    base_version: int,
    page: str,
    now: dt.datetime,
) -> PreAssignment:
    """Keep what is written so far. `page` names the open page: it may save again and again, and another page
    that was opened before the last save is refused.

    Raises StaleVersion; DomainError when it was returned already or an answer is too long.
    """
    task = _own(participant_id, task_id)
    _require_unreturned(task)
    _put(task, answers, base_version=base_version, page=page, now=now)
    return task


@transaction.atomic
def return_answers(
    *,
    participant_id: int,
    task_id: int,
    answers: Sequence[str],
    base_version: int,
    page: str,
    now: dt.datetime,
) -> PreAssignment:
    """Return the task to the coach; of the one that asks for the goal the first answer becomes the goal.

    The same answers a second time (a double click) change nothing. Raises StaleVersion; DomainError when
    nothing is written, when it was returned already with other words, or when an answer is too long.
    """
    task = _own(participant_id, task_id)
    if task.returned_at is not None and task.answers == checked_answers(task, answers):
        return task
    _require_unreturned(task)
    _put(task, answers, base_version=base_version, page=page, now=now)
    if not any(task.answers):
        raise DomainError(_("Answer at least one question first. A few words are enough."), field="answer_1")
    if task.holds_goal and not task.answers[0]:
        raise DomainError(_("Write your goal first. A few words are enough."), field="answer_1")
    task.returned_at = now
    task.save(update_fields=["returned_at"])
    _tell("pre_assignment.returned", task)
    if task.holds_goal:
        write_answer_as_goal(task, actor=None, today=timezone.localdate(now))
    return task


@transaction.atomic
def take_back(*, participant_id: int, task_id: int) -> PreAssignment:
    """The participant wants to write more: possible until the coach has read it. Raises DomainError."""
    task = _own(participant_id, task_id)
    if task.returned_at is None:
        return task
    if task.seen_at is not None:
        raise DomainError(_("Your coach has already read this. Tell the coach if something should change."))
    task.returned_at = None
    task.version += 1
    task.save(update_fields=["returned_at", "version"])
    _tell("pre_assignment.taken_back", task)
    return task


def _own(participant_id: int, task_id: int) -> PreAssignment:
    return locked_task(task_id, enrolment__participant_id=participant_id)


def _require_unreturned(task: PreAssignment) -> None:
    if task.returned_at is not None:
        raise DomainError(_("You have already returned this."))


def _put(task: PreAssignment, answers, *, base_version: int, page: str, now: dt.datetime) -> None:
    checked = checked_answers(task, answers)
    is_own_page = bool(page) and task.saved_from == page
    if task.version != base_version and not is_own_page and checked != task.answers:
        raise StaleVersion(
            _("You have written this on another page or phone meanwhile. Your text here is kept below.")
        )
    task.answers, task.answers_saved_at, task.saved_from = checked, now, page
    task.opened_at = task.opened_at or now
    task.version += 1
    task.save(update_fields=["answers", "answers_saved_at", "saved_from", "opened_at", "version"])


def _tell(action: str, task: PreAssignment) -> None:
    audit.record(
        actor=None,
        actor_label=BY_LINK,
        action=action,
        obj=task,
        participant_id=task.enrolment.participant_id,
        details={"number": task.position},
    )
