"""Writing the contact log: what was talked with an employer and what was promised next."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from core.constraints import constraint_sentence
from core.errors import DomainError
from employers.models import ContactEvent, ContactPerson, Employer
from employers.services.employer import standing_for_update

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
) -> ContactEvent:
    """Add one line to the employer's contact log.

    A call can be logged for today or an earlier day. The same line sent twice within two minutes (a double
    click) is kept once. Raises DomainError for a day ahead, a day without an action, a next action in the
    past, and a person of another employer.
    """
    employer = standing_for_update(employer_id)
    if happened_on > today:
        raise DomainError(
            _("This day is still ahead. Write what is to come as the next action."), field="happened_on"
        )
    if next_action_on and not next_action:
        sentence = constraint_sentence(ContactEvent, "contact_date_belongs_to_an_action")
        raise DomainError(sentence, field="next_action")
    if next_action_on and next_action_on < happened_on:
        raise DomainError(_("The next action cannot be before the contact."), field="next_action_on")
    if (
        contact_person_id
        and not ContactPerson.objects.filter(pk=contact_person_id, employer=employer).exists()
    ):
        raise DomainError(_("Choose somebody of this employer."), field="contact_person")
    values = {
        "channel": channel,
        "result": result,
        "happened_on": happened_on,
        "contact_person_id": contact_person_id,
        "note": note,
        "next_action": next_action,
        "next_action_on": next_action_on,
    }
    twin = employer.contact_events.filter(user=actor, recorded_at__gt=now - DOUBLE_CLICK, **values).first()
    if twin is not None:
        return twin
    event = ContactEvent.objects.create(employer=employer, user=actor, **values)
    if employer.last_contact_on is None or employer.last_contact_on < happened_on:
        Employer.objects.filter(pk=employer.pk).update(last_contact_on=happened_on)
    record(
        actor=actor,
        action="contact.logged",
        obj=event,
        details={"employer": employer.pk, "channel": channel, "result": result},
    )
    return event


@transaction.atomic
def finish_next_action(*, actor, event_id: int, now: dt.datetime) -> ContactEvent:
    """Mark a next action done; marking it twice changes nothing."""
    event = ContactEvent.objects.select_for_update().get(pk=event_id)
    if event.next_action and event.next_action_done_at is None:
        event.next_action_done_at = now
        event.save(update_fields=["next_action_done_at"])
        record(actor=actor, action="contact.action_done", obj=event, details={"employer": event.employer_id})
    return event
