"""The coordinator's tasks of finding a place, made by the program when the own search is over."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from coaching.models import Enrolment
from coaching.self_search import self_search_deadline
from employers.enums import TaskKind
from employers.models import DeskTask
from employers.querysets.tasks import without_place
from employers.services.tasks import add_task, finish_task, reopen_task


@transaction.atomic
def keep_find_place_tasks(*, today: dt.date, now: dt.datetime) -> int:
    """Give the coordinator a task for everybody in a running group who has no place after the own search,
    close those of people who have one or who left, open again those whose place fell through. How many
    changed. Running it twice changes nothing; what a person closed stays closed."""
    people = without_place(Enrolment.objects.enrolled(), today=today).filter(month__starts_on__lte=today)
    seeking = {
        person.pk: person
        for person in people.select_related("month")
        if self_search_deadline(person.month) < today
    }
    tasks = {task.enrolment_id: task for task in _tasks(seeking, today=today)}
    changed = 0
    for pk in seeking.keys() - tasks.keys():
        text = _("Find a work-trial place")
        add_task(actor=None, kind=TaskKind.FIND_PLACE, text=text, due_on=today, enrolment_id=pk)
        changed += 1
    for pk, task in tasks.items():
        if pk not in seeking and task.done_at is None:
            finish_task(actor=None, task_id=task.pk, now=now)
            changed += 1
        elif pk in seeking and task.done_at is not None and task.done_by_id is None:
            reopen_task(actor=None, task_id=task.pk)
            changed += 1
    return changed


def _tasks(seeking, *, today: dt.date):
    """Open ones of anybody, and all of those who seek a place."""
    found = DeskTask.objects.select_for_update(of=("self",)).filter(kind=TaskKind.FIND_PLACE)
    return found.filter(done_at__isnull=True) | found.filter(enrolment__in=seeking)
