"""The contact log on the employer's page, the guard before a call, and one task."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from employers import access
from employers.enums import Channel
from employers.forms.contacts import ContactForm, TaskForm
from employers.models import ContactEvent, DeskTask, Employer

CLOSED_IN_SIGHT = 5


@dataclass(frozen=True)
class Number:
    """A number to ring, and whose it is."""

    name: str
    phone: str
    dial: str


def contact_context(
    employer: Employer,
    *,
    user,
    events: list[ContactEvent],
    people: list,
    today: dt.date,
    now: dt.datetime,
    contact_form: ContactForm | None = None,
    task_form: TaskForm | None = None,
    channel: str = "",
) -> dict:
    """What the sections of contacts and tasks need. `events` are the newest lines, newest first; `channel`
    is what an address may choose before (a visit, on the phone). Two queries."""
    for event in events:
        event.employer = employer
        event.may_finish = access.can_finish_action(user, event)
        event.may_change = access.can_change_contact(user, event, now=now)
    if contact_form is None:
        initial = {"channel": channel} if channel in Channel.values else None
        contact_form = ContactForm(
            employer=employer, today=today, last_person_id=_last_person_id(events, people), initial=initial
        )
    return {
        "contact_form": contact_form,
        "task_form": task_form or TaskForm(),
        "may_log": access.can_log_contact(user),
        "recent": recent_contacts(events, today=today),
        "numbers": _numbers(employer, people, first_id=_last_person_id(events, people)),
        "tasks": employer_tasks(employer, user=user, today=today),
        "closed_tasks": closed_tasks(employer, user=user, today=today),
    }


def recent_contacts(events: list[ContactEvent], *, today: dt.date) -> list[ContactEvent]:
    """The newest contacts that are so fresh that another call may be one too many, at most three."""
    since = today - dt.timedelta(days=settings.EMPLOYER_DOUBLE_CONTACT_DAYS)
    return [event for event in events if event.happened_on >= since][:3]


def _last_person_id(events: list[ContactEvent], people: list) -> int | None:
    """With whom was talked last, if that person is still there; the only person of a small workplace."""
    active = [person.pk for person in people if person.is_active]
    for event in events:
        if event.contact_person_id in active:
            return event.contact_person_id
    return active[0] if len(active) == 1 else None


def _numbers(employer: Employer, people: list, *, first_id: int | None) -> list[Number]:
    """Whom to ring: the person of the last contact, then the workplace."""
    found = []
    for person in people:
        if person.pk == first_id and person.phone:
            found.append(_number(person.name, person.phone))
    if employer.phone:
        found.append(_number(employer.name, employer.phone))
    return found


def _number(name: str, phone: str) -> Number:
    return Number(name, phone, "".join(sign for sign in phone if sign.isdigit() or sign == "+"))


def employer_tasks(employer: Employer, *, user, today: dt.date) -> list[DeskTask]:
    """Open tasks of the employer that this user may see, the soonest first. One query."""
    tasks = list(
        DeskTask.objects.visible_to(user, today=today)
        .filter(employer=employer)
        .open()
        .select_related("responsible")
        .soonest_first()
    )
    for task in tasks:
        task.employer = employer
        task.may_handle = access.can_handle_task(user, task)
        task.is_late = task.due_on is not None and task.due_on < today
    return tasks


def closed_tasks(employer: Employer, *, user, today: dt.date) -> list[DeskTask]:
    """The newest closed ones, so that a slip of the finger is taken back. One query."""
    tasks = list(
        DeskTask.objects.visible_to(user, today=today)
        .filter(employer=employer, done_at__isnull=False)
        .select_related("done_by")
        .order_by("-done_at", "-id")[:CLOSED_IN_SIGHT]
    )
    for task in tasks:
        task.employer = employer
        task.may_handle = access.can_handle_task(user, task)
    return tasks
