"""Keeping in touch: what is due with employers, and which of them wait for a contact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import CharField, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from core.months import months_before
from employers.models import ContactEvent, DeskTask, Employer
from employers.querysets.tasks import NO_PERSON, cared_for_by, quiet_employers


@dataclass(frozen=True)
class DueRow:
    """One promised thing whose day has come."""

    text: str
    due_on: dt.date
    is_late: bool
    employer: Employer
    who: str
    url: str


def quiet_since(today: dt.date) -> dt.date:
    """An employer whose last contact is before this day has been quiet for too long."""
    return months_before(today, settings.EMPLOYER_QUIET_MONTHS)


def quiet_of(user_id: int | None, *, today: dt.date):
    """Quiet employers in the care of this user (named contact or deputy); None: everybody's."""
    found = quiet_employers(before=quiet_since(today), today=today).select_related("own_contact")
    return found.filter(cared_for_by(user_id)) if user_id else found


def due_of(user_id: int | None, *, today: dt.date):
    """(kind, id, day) of next actions and of employers' tasks due by today, the latest first; of this user
    and of the employers in the user's care, None: everybody's. A union, so that pages can be cut from it."""
    events = ContactEvent.objects.open_actions().filter(next_action_on__lte=today)
    tasks = DeskTask.objects.open().filter(NO_PERSON, employer__isnull=False, due_on__lte=today)
    if user_id:
        care = cared_for_by(user_id, prefix="employer__")
        events = events.filter(Q(user=user_id) | care)
        tasks = tasks.filter(
            Q(responsible=user_id) | Q(responsible__isnull=True) & (care | Q(created_by=user_id))
        )
    rows = [
        found.annotate(kind_of_row=Value(kind, output_field=CharField()))
        .order_by()
        .values_list("kind_of_row", "pk", day)
        for kind, found, day in (("call", events, "next_action_on"), ("task", tasks, "due_on"))
    ]
    return rows[0].union(rows[1], all=True).order_by("next_action_on", "kind_of_row", "pk")


def due_rows(found: Iterable[tuple[str, int, dt.date]], *, today: dt.date) -> list[DueRow]:
    """The lines of one page of `due_of`. Two queries."""
    found = list(found)
    calls = ContactEvent.objects.select_related("employer", "user").in_bulk(
        [pk for kind, pk, _day in found if kind == "call"]
    )
    tasks = DeskTask.objects.select_related("employer", "responsible").in_bulk(
        [pk for kind, pk, _day in found if kind == "task"]
    )
    rows = []
    for kind, pk, day in found:
        if kind == "call":
            call = calls[pk]
            url = f"{reverse('employers:employer', args=[call.employer_id])}#contacts"
            rows.append(DueRow(call.next_action, day, day < today, call.employer, call.user.full_name, url))
        else:
            task = tasks[pk]
            who = task.responsible.full_name if task.responsible else _("our named contact")
            words = f"{task.get_kind_display()}: {task.text}"
            url = reverse("employers:task", args=[pk])
            rows.append(DueRow(words[:1].upper() + words[1:], day, day < today, task.employer, who, url))
    return rows
