"""The pre-assignments as the participant sees them: a card on the first page, and the list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coaching.models import Enrolment, PreAssignment
from coaching.own.place import own_place
from coaching.pre_assignment_words import words_of
from core.registry import LinkCard
from participants.models import Participant


@dataclass(frozen=True)
class TaskLine:
    """One task in the list; `state` is "todo", "started" or "done"."""

    task: PreAssignment
    title: str
    state: str


def _state(task: PreAssignment) -> str:
    if task.returned_at is not None:
        return "done"
    return "started" if any(task.answers) or task.opened_at is not None else "todo"


def task_lines(place: Enrolment, *, reading: str) -> list[TaskLine]:
    """The tasks of the place in their order. One query."""
    return [
        TaskLine(task, words_of(task.texts, reading).title, _state(task))
        for task in place.pre_assignments.order_by("position")
    ]


def tasks_card(participant: Participant, today: dt.date) -> LinkCard | None:
    """Before the first day: how many are still to be answered."""
    place = own_place(participant)
    tasks = list(place.pre_assignments.order_by("position")) if place else []
    if not tasks:
        return None
    open_ones = [task for task in tasks if task.returned_at is None]
    if not open_ones:
        return LinkCard(
            title=_("Questions before the first day"),
            sentence=_("You have answered all of them. Thank you!"),
            url=reverse("own_month:tasks"),
            link_text=_("Read"),
            state="done",
        )
    due = min(task.due_on for task in open_ones)
    answered = len(tasks) - len(open_ones)
    counts = {"done": answered, "all": len(tasks), "day": date_format(due)}
    if due >= today:
        sentence = _("You have returned %(done)s of %(all)s. The next is due on %(day)s.") % counts
    else:
        sentence = _("You have returned %(done)s of %(all)s. You can still answer the rest.") % counts
    is_begun = answered or any(_state(task) == "started" for task in tasks)
    return LinkCard(
        title=_("Questions before the first day"),
        sentence=sentence,
        url=reverse("own_month:tasks"),
        link_text=_("Go on") if is_begun else _("Begin"),
        state="started" if is_begun else "todo",
    )
