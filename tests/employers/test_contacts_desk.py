"""Contacts: the one line on the page, the guard before a call, promises, quiet employers, the desk."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from core.errors import DomainError
from employers.models import ContactEvent, DeskTask
from employers.pages.desk_lines import call_lines, quiet_lines, task_lines
from employers.pages.upkeep import due_of, quiet_of
from employers.services.contact import change_contact, log_contact, take_back_contact
from employers.services.tasks import add_task
from tests.support.factories import ContactEventFactory, EmployerFactory, PlacementFactory
from tests.support.queries import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 2, 10, 9, 30, tzinfo=dt.UTC)
LINE = {"result": "no_need", "channel": "phone", "happened_on": "10.2.2026"}


def send(client, name, pk, **data):
    return client.post(reverse(f"employers:{name}", args=[pk]), data)


@pytest.fixture
def desk(coordinator, client_of):
    return client_of(coordinator)


def test_a_chosen_day_without_words_means_ring_again_on_a_working_day(desk, workplace, today):
    assert send(desk, "contact-log", workplace.pk, **LINE, next_when="month").status_code == 302
    event = ContactEvent.objects.get()
    assert event.next_action
    assert event.next_action_on == dt.date(2026, 3, 12)


def test_promises_of_both_sides_become_tasks_of_the_writer(desk, coordinator, workplace, today):
    promised = {
        "our_promise": "Lähetän esitteen",
        "our_promise_by": "12.2.2026",
        "their_promise": "Soittavat",
    }
    assert send(desk, "contact-log", workplace.pk, **LINE, **promised, minutes="15").status_code == 302
    kinds = {task.kind: (task.text, task.due_on) for task in DeskTask.objects.filter(responsible=coordinator)}
    assert kinds == {
        "our_promise": ("Lähetän esitteen", dt.date(2026, 2, 12)),
        "their_promise": ("Soittavat", None),
    }
    assert ContactEvent.objects.get().minutes == 15


@pytest.mark.parametrize(
    "wrong",
    [
        {"note": "x" * 501},
        {"note": "nolla\x00merkki"},
        {"minutes": "-5"},
        {"minutes": "9999999999999999999999"},
        {"happened_on": "31.2.2026"},
        {"next_when": "never"},
        {"our_promise_by": "12.2.2026"},
        {"contact_person": "999999"},
        {"result": "<script>"},
    ],
)
def test_odd_input_is_answered_at_the_field_and_kept(desk, workplace, today, wrong):
    response = send(desk, "contact-log", workplace.pk, **{**LINE, "our_promise": "", **wrong})
    assert response.status_code == 422
    assert not ContactEvent.objects.exists()


def test_emoji_and_script_tags_are_only_text(desk, workplace, today):
    send(desk, "contact-log", workplace.pk, **LINE | {"note": "Kiva 😀 <script>x</script> \u202eoikea"})
    html = desk.get(reverse("employers:employer", args=[workplace.pk])).content.decode()
    assert "&lt;script&gt;x" in html


def test_whoever_rang_lately_stands_before_the_call(desk, other_coordinator, workplace, today):
    workplace.phone = "040 123 4567"
    workplace.save()
    url = reverse("employers:employer", args=[workplace.pk])
    old = ContactEventFactory(employer=workplace, user=other_coordinator, happened_on=dt.date(2026, 1, 20))
    assert "contact-guard" not in desk.get(url).content.decode()
    old.happened_on = dt.date(2026, 2, 5)
    old.save()
    html = desk.get(url).content.decode()
    assert html.index("contact-guard") < html.index("tel:0401234567") < html.index("contact-caution")
    assert send(desk, "contact-log", workplace.pk, **LINE).status_code == 302


def test_the_writer_puts_a_line_right_within_a_week(coordinator, workplace, today, other_coordinator):
    event = log_contact(
        actor=coordinator, employer_id=workplace.pk, result="no_need", happened_on=today, today=today, now=NOW
    )
    ContactEvent.objects.filter(pk=event.pk).update(recorded_at=NOW)
    names = (
        "channel",
        "happened_on",
        "contact_person_id",
        "note",
        "next_action",
        "next_action_on",
        "minutes",
    )
    fields = {name: getattr(event, name) for name in names} | {"result": "agreed"}
    for actor, now in ((other_coordinator, NOW), (coordinator, NOW + dt.timedelta(days=8))):
        with pytest.raises(DomainError):
            change_contact(actor=actor, event_id=event.pk, fields=fields, today=today, now=now)
    change_contact(actor=coordinator, event_id=event.pk, fields=fields, today=today, now=NOW)
    assert ContactEvent.objects.get().result == "agreed"
    assert AuditEvent.objects.get(action="contact.changed").details["fields"] == ["result"]


def test_a_line_taken_back_takes_its_promises_and_the_last_contact_with_it(desk, workplace, today):
    send(desk, "contact-log", workplace.pk, **LINE, our_promise="Esite")
    workplace.refresh_from_db()
    assert workplace.last_contact_on == today
    event = ContactEvent.objects.get()
    ContactEvent.objects.filter(pk=event.pk).update(recorded_at=NOW)
    take_back_contact(actor=event.user, event_id=event.pk, now=NOW)
    workplace.refresh_from_db()
    assert workplace.last_contact_on is None
    assert DeskTask.objects.get().dropped_reason
    assert AuditEvent.objects.filter(action="contact.taken_back").count() == 1


def test_a_call_that_nobody_answered_is_no_contact(desk, workplace, today):
    send(desk, "contact-log", workplace.pk, **LINE | {"result": "not_reached"})
    workplace.refresh_from_db()
    assert workplace.last_contact_on is None


def test_a_task_is_done_taken_back_moved_and_dropped_on_its_page(desk, desk_task, today):
    assert send(desk, "task-done", desk_task.pk, next=reverse("employers:desk")).url == reverse(
        "employers:desk"
    )
    assert send(desk, "task-reopen", desk_task.pk).status_code == 302
    assert send(desk, "task-move", desk_task.pk, due_on="1.1.2020").status_code == 422
    assert send(desk, "task-move", desk_task.pk, due_on="20.2.2026").status_code == 302
    assert send(desk, "task-drop", desk_task.pk, reason="").status_code == 422
    assert send(desk, "task-drop", desk_task.pk, reason="Ei enää ajankohtainen").status_code == 302
    assert (
        "Ei enää ajankohtainen" in desk.get(reverse("employers:task", args=[desk_task.pk])).content.decode()
    )


def test_a_promise_is_on_the_desk_of_whoever_is_responsible(coordinator, other_coordinator, workplace, today):
    add_task(actor=coordinator, kind="our_promise", text="Esite", employer_id=workplace.pk, due_on=today)
    assert [line.title for line in task_lines(coordinator, today)] == [workplace.name]
    workplace.own_contact = other_coordinator
    workplace.save()
    assert task_lines(coordinator, today) == []
    assert len(task_lines(other_coordinator, today)) == 1


def test_a_task_about_a_person_is_the_months_coordinators(placement, coordinator, other_coordinator, today):
    add_task(actor=None, kind="paperwork", text="Palkkatuki", placement_id=placement.pk, due_on=today)
    (line,) = task_lines(coordinator, today)
    assert line.title == placement.participant.full_name
    assert task_lines(other_coordinator, today) == []


def test_quiet_are_those_who_worked_with_us_and_have_not_heard_of_us(coordinator, other_coordinator, today):
    old = dt.date(2025, 9, 1)
    partner = EmployerFactory(name="Kumppani", deputy=coordinator, last_contact_on=old)
    PlacementFactory(employer=partner, state="completed")
    never = EmployerFactory(name="Ei koskaan", own_contact=coordinator, last_contact_on=old)
    ContactEventFactory(employer=never, result="declined", happened_on=old)
    in_peace = EmployerFactory(
        own_contact=coordinator, last_contact_on=old, do_not_ask_before=dt.date(2026, 3, 1)
    )
    fresh = EmployerFactory(own_contact=coordinator, last_contact_on=dt.date(2025, 10, 10))
    for employer in (in_peace, fresh):
        ContactEventFactory(employer=employer, result="agreed", happened_on=employer.last_contact_on)
    assert list(quiet_of(coordinator.pk, today=today)) == [partner]
    assert list(quiet_of(other_coordinator.pk, today=today)) == []
    assert list(quiet_of(None, today=today)) == [partner]
    assert [line.title for line in quiet_lines(coordinator, today)] == ["Kumppani"]


def test_a_workplace_nobody_was_ever_in_touch_with_comes_first(coordinator, today):
    known = EmployerFactory(name="Kumppani", deputy=coordinator, last_contact_on=dt.date(2025, 9, 1))
    silent = EmployerFactory(name="Hiljainen", deputy=coordinator, last_contact_on=None)
    EmployerFactory(name="Vieras", deputy=coordinator, last_contact_on=None)
    for employer in (known, silent):
        PlacementFactory(employer=employer, state="completed")
    assert list(quiet_of(coordinator.pk, today=today)) == [silent, known]
    assert [line.title for line in quiet_lines(coordinator, today)] == ["Hiljainen", "Kumppani"]


def test_the_quiet_list_opens_with_a_workplace_nobody_was_in_touch_with(desk, coordinator, today):
    PlacementFactory(employer=EmployerFactory(name="Hiljainen", own_contact=coordinator), state="completed")
    assert "Hiljainen" in desk.get(reverse("employers:quiet")).content.decode()
    assert desk.get(reverse("employers:desk")).status_code == 200


def test_a_deputy_sees_the_calls_of_the_employer(coordinator, other_coordinator, today):
    employer = EmployerFactory(name="Kumppani", deputy=coordinator)
    ContactEventFactory(employer=employer, user=other_coordinator, next_action="Soita", next_action_on=today)
    assert [line.title for line in call_lines(coordinator, today)] == ["Kumppani"]


def test_somebody_elses_overdue_list_can_be_opened(desk, other_coordinator, workplace, today):
    workplace.deputy = other_coordinator
    workplace.save()
    ContactEventFactory(employer=workplace, next_action="Soita Eerolle", next_action_on=today)
    url = reverse("employers:due")
    assert "Soita Eerolle" not in desk.get(url).content.decode()
    assert "Soita Eerolle" in desk.get(url, {"whose": other_coordinator.pk}).content.decode()
    assert desk.get(url, {"whose": "'x", "page": "0"}).status_code == 200
    assert len(due_of(None, today=today)) == 1


@pytest.mark.parametrize("name", ["due", "quiet", "desk"])
def test_the_lists_keep_their_queries(desk, coordinator, workplace, month, today, name):
    def grow():
        for _ in range(6):
            employer = EmployerFactory(own_contact=coordinator, last_contact_on=dt.date(2025, 6, 1))
            PlacementFactory(employer=employer, month=month, state="completed")
            ContactEventFactory(employer=employer, next_action="Soita", next_action_on=today)
            add_task(actor=coordinator, kind="other", text="Käy", employer_id=employer.pk, due_on=today)

    grow()
    assert_queries_do_not_grow(desk, reverse(f"employers:{name}"), grow)
