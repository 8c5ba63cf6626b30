"""Writing the contact log: what was talked with an employer and what was promised next."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from core.constraints import constraint_sentence
from core.errors import DomainError
from employers.access import can_change_contact
from employers.enums import ContactResult, TaskKind
from employers.models import ContactEvent, ContactPerson, Employer
from employers.services.employer import standing_for_update
from employers.services.tasks import add_task, drop_task

DOUBLE_CLICK = dt.timedelta(minutes=2)


@transaction.atomic
def log_contact(
    *,
    actor,
    employer_id: int,
    result: str,
    happened_on: dt.date,
    today: dt.date,
    now: dt.datetime,
    channel: str = "phone",
    contact_person_id: int | None = None,
    note: str = "",
    next_action: str = "",
    next_action_on: dt.date | None = None,
    minutes: int | None = None,
    our_promise: str = "",
    our_promise_by: dt.date | None = None,
    their_promise: str = "",
    their_promise_by: dt.date | None = None,
) -> ContactEvent:
    """Add one line to the employer's contact log; promises become tasks of the desk.

    A call can be logged for today or an earlier day. The same line sent twice within two minutes (a double
    click) is kept once. Raises DomainError for a day ahead, a day without an action, a next action in the
    past, and a person of another employer.
    """
    employer = standing_for_update(employer_id)
    values = {
        "channel": channel,
        "result": result,
        "happened_on": happened_on,
        "contact_person_id": contact_person_id,
        "note": note,
        "next_action": next_action,
        "next_action_on": next_action_on,
        "minutes": minutes,
    }
    _check(employer, values, today=today)
    twin = employer.contact_events.filter(user=actor, recorded_at__gt=now - DOUBLE_CLICK, **values).first()
    if twin is not None:
        return twin
    event = ContactEvent.objects.create(employer=employer, user=actor, **values)
    _note_last_contact(employer)
    record(
        actor=actor,
        action="contact.logged",
        obj=event,
        details={"employer": employer.pk, "channel": channel, "result": result},
    )
    _keep_promise(actor, event, TaskKind.OUR_PROMISE, our_promise, our_promise_by)
    _keep_promise(actor, event, TaskKind.THEIR_PROMISE, their_promise, their_promise_by)
    return event


@transaction.atomic
def change_contact(*, actor, event_id: int, fields: dict, today: dt.date, now: dt.datetime) -> ContactEvent:
    """Put an own line right. `fields` as `log_contact` takes them, without promises.

    Raises DomainError when the line is not the actor's or too old, and for what `log_contact` refuses."""
    event = _own_line(actor, event_id, now=now)
    _check(event.employer, fields, today=today)
    changed = sorted(name for name, value in fields.items() if getattr(event, name) != value)
    if not changed:
        return event
    if {"next_action", "next_action_on"} & set(changed):
        event.next_action_done_at = None
    for name in changed:
        setattr(event, name, fields[name])
    event.save()
    _note_last_contact(event.employer)
    details = {"employer": event.employer_id, "fields": changed}
    record(actor=actor, action="contact.changed", obj=event, details=details)
    return event


@transaction.atomic
def take_back_contact(*, actor, event_id: int, now: dt.datetime) -> int:
    """Remove an own line that was logged by mistake; its open promises are dropped. The employer's id.

    Raises DomainError when the line is not the actor's or too old."""
    event = _own_line(actor, event_id, now=now)
    employer = event.employer
    for task in event.tasks.filter(done_at__isnull=True):
        drop_task(actor=actor, task_id=task.pk, reason=_("The contact was taken back"), now=now)
    details = {"employer": employer.pk, "channel": event.channel, "result": event.result}
    record(actor=actor, action="contact.taken_back", obj=event, details=details)
    event.delete()
    _note_last_contact(employer)
    return employer.pk


@transaction.atomic
def finish_next_action(*, actor, event_id: int, now: dt.datetime) -> ContactEvent:
    """Mark a next action done; marking it twice changes nothing."""
    event = ContactEvent.objects.select_for_update().get(pk=event_id)
    if event.next_action and event.next_action_done_at is None:
        event.next_action_done_at = now
        event.save(update_fields=["next_action_done_at"])
        record(actor=actor, action="contact.action_done", obj=event, details={"employer": event.employer_id})
    return event


def _keep_promise(actor, event: ContactEvent, kind: str, text: str, due_on: dt.date | None) -> None:
    """A promise becomes a task of whoever wrote it down."""
    if text.strip():
        add_task(
            actor=actor,
            kind=kind,
            text=text,
            due_on=due_on,
            employer_id=event.employer_id,
            contact_event_id=event.pk,
            responsible_id=actor.pk,
        )


def _own_line(actor, event_id: int, *, now: dt.datetime) -> ContactEvent:
    """The line, locked with its employer, when the actor may still change it."""
    employer_id = ContactEvent.objects.values_list("employer_id", flat=True).get(pk=event_id)
    employer = Employer.objects.select_for_update().get(pk=employer_id)
    event = ContactEvent.objects.select_for_update().get(pk=event_id)
    event.employer = employer
    if not can_change_contact(actor, event, now=now):
        raise DomainError(_("A line is changed by its writer within a week of writing it."))
    return event


def _check(employer: Employer, values: dict, *, today: dt.date) -> None:
    happened_on, next_action_on = values["happened_on"], values["next_action_on"]
    if happened_on > today:
        raise DomainError(
            _("This day is still ahead. Write what is to come as the next action."), field="happened_on"
        )
    if next_action_on and not values["next_action"]:
        sentence = constraint_sentence(ContactEvent, "contact_date_belongs_to_an_action")
        raise DomainError(sentence, field="next_action")
    if next_action_on and next_action_on < happened_on:
        raise DomainError(_("The next action cannot be before the contact."), field="next_action_on")
    person_id = values["contact_person_id"]
    if person_id and not ContactPerson.objects.filter(pk=person_id, employer=employer).exists():
        raise DomainError(_("Choose somebody of this employer."), field="contact_person")


def _note_last_contact(employer: Employer) -> None:
    """Keep the employer's last contact: a call that nobody answered is none."""
    reached = employer.contact_events.exclude(result=ContactResult.NOT_REACHED)
    newest = reached.order_by("-happened_on").values_list("happened_on", flat=True).first()
    if employer.last_contact_on != newest:
        Employer.objects.filter(pk=employer.pk).update(last_contact_on=newest)
