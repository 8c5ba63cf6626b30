"""The contact log: lines, next actions, who may close them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent
from core.errors import DomainError
from employers.access import can_finish_action, can_log_contact
from employers.models import ContactEvent
from employers.services.contact import finish_next_action, log_contact
from tests.support.factories import ContactEventFactory, ContactPersonFactory, EmployerFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 2, 10, 9, 30, tzinfo=dt.UTC)


def log(actor, employer, today, **more):
    values = {"result": "need_found", "happened_on": today, "now": NOW, **more}
    return log_contact(actor=actor, employer_id=employer.pk, today=today, **values)


def test_the_database_wants_an_action_for_a_day():
    with pytest.raises(IntegrityError, match="contact_date_belongs_to_an_action"):
        ContactEventFactory(next_action="", next_action_on=dt.date(2026, 3, 1))


def test_one_line_is_logged_with_its_next_action(coach, today):
    person = ContactPersonFactory()
    event = log(
        coach,
        person.employer,
        today,
        contact_person_id=person.pk,
        note="Tarvitsee apua hyllytykseen",
        next_action="Soita uudelleen",
        next_action_on=today + dt.timedelta(days=7),
    )
    assert event.user == coach
    audit = AuditEvent.objects.get(action="contact.logged")
    assert audit.details == {"employer": person.employer_id, "channel": "phone", "result": "need_found"}


def test_a_double_click_logs_once(coach, today):
    employer = EmployerFactory()
    first = log(coach, employer, today, now=dt.datetime.now(dt.UTC))
    assert log(coach, employer, today, now=dt.datetime.now(dt.UTC)) == first
    assert ContactEvent.objects.count() == 1


def test_the_same_result_later_is_another_contact(coach, today):
    employer = EmployerFactory()
    log(coach, employer, today, now=dt.datetime.now(dt.UTC))
    log(coach, employer, today, now=dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))
    assert ContactEvent.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"happened_on": dt.date(2026, 2, 11)}, "happened_on"),
        ({"next_action_on": dt.date(2026, 2, 20)}, "next_action"),
        ({"next_action": "Soita", "next_action_on": dt.date(2026, 2, 9)}, "next_action_on"),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_field(coach, today, more, field):
    with pytest.raises(DomainError) as refusal:
        log(coach, EmployerFactory(), today, **more)
    assert refusal.value.field == field
    assert not ContactEvent.objects.exists()


def test_the_person_must_be_of_the_same_employer(coach, today):
    stranger = ContactPersonFactory()
    with pytest.raises(DomainError) as refusal:
        log(coach, EmployerFactory(), today, contact_person_id=stranger.pk)
    assert refusal.value.field == "contact_person"


def test_a_next_action_is_finished_once(coordinator):
    event = ContactEventFactory(next_action="Soita", next_action_on=dt.date(2026, 2, 10))
    finish_next_action(actor=coordinator, event_id=event.pk, now=NOW)
    finish_next_action(actor=coordinator, event_id=event.pk, now=NOW + dt.timedelta(days=1))
    event.refresh_from_db()
    assert event.next_action_done_at == NOW
    assert AuditEvent.objects.filter(action="contact.action_done").count() == 1


def test_due_actions_are_own_lines_and_those_of_own_employers(coordinator, other_coordinator, today):
    due = {"next_action": "Soita", "next_action_on": today}
    own = ContactEventFactory(user=coordinator, **due)
    overdue = ContactEventFactory(
        employer=EmployerFactory(own_contact=coordinator),
        user=other_coordinator,
        next_action="Käy",
        next_action_on=today - dt.timedelta(days=3),
    )
    ContactEventFactory(user=other_coordinator, **due)
    ContactEventFactory(user=coordinator, next_action="Soita", next_action_on=today + dt.timedelta(days=1))
    ContactEventFactory(user=coordinator, next_action_done_at=NOW, **due)
    assert list(ContactEvent.objects.due_for(coordinator, today=today)) == [overdue, own]


def test_who_may_log_and_finish(coach, other_coach, coordinator, manager):
    event = ContactEventFactory(user=coach)
    assert [can_log_contact(user) for user in (coach, coordinator, manager)] == [True, True, False]
    allowed = [can_finish_action(user, event) for user in (coach, other_coach, coordinator, manager)]
    assert allowed == [True, False, True, False]
