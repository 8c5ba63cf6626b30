"""The own search and its end: a task for the coordinator, closed when a place is planned."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.self_search import self_search_deadline
from coaching.services.self_search import set_self_search
from core.errors import AccessDenied, DomainError, StaleVersion
from employers.models import DeskTask
from employers.pages.desk_lines import without_place_lines
from employers.services.find_place import keep_find_place_tasks
from employers.services.tasks import finish_task
from tests.support.factories import EnrolmentFactory, PlacementFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 2, 16, 5, 40, tzinfo=dt.UTC)
AFTER = dt.date(2026, 2, 16)


def test_the_own_search_lasts_the_eighth_working_day_unless_another_day_is_set(month, settings):
    settings.SELF_SEARCH_DAYS = 8
    month.starts_on = dt.date(2026, 2, 2)
    assert self_search_deadline(month) == dt.date(2026, 2, 11)
    month.starts_on = dt.date(2026, 3, 30)  # Good Friday and Easter Monday do not count
    assert self_search_deadline(month) == dt.date(2026, 4, 10)
    month.self_search_until = dt.date(2026, 4, 15)
    assert self_search_deadline(month) == dt.date(2026, 4, 15)


def test_coach_and_coordinator_set_the_day_and_strangers_do_not(
    month, coach, coordinator, other_coach, manager, today
):
    day = dt.date(2026, 2, 12)
    set_self_search(actor=coordinator, month=month, until=day, was=None, today=today)
    with pytest.raises(StaleVersion):
        set_self_search(actor=coach, month=month, until=dt.date(2026, 2, 13), was=None, today=today)
    set_self_search(actor=coach, month=month, until=None, was=day, today=today)
    for stranger in (other_coach, manager):
        with pytest.raises(AccessDenied):
            set_self_search(actor=stranger, month=month, until=day, was=None, today=today)
    assert AuditEvent.objects.filter(action="month.self_search_set").count() == 2


def test_a_day_outside_the_month_is_refused_at_the_day(month, coach, today):
    with pytest.raises(DomainError) as refusal:
        set_self_search(actor=coach, month=month, until=dt.date(2027, 1, 1), was=None, today=today)
    assert refusal.value.field == "until"


def test_the_page_saves_the_day_and_keeps_what_was_typed_wrong(month, coordinator, client_of, today):
    client = client_of(coordinator)
    url = reverse("coaching:self-search", args=[month.pk])
    wrong = client.post(url, {"until": "31.2.2026", "was": ""})
    assert wrong.status_code == 422
    assert "31.2.2026" in wrong.content.decode()
    assert client.post(url, {"until": "12.2.2026", "was": ""}).status_code == 302
    month.refresh_from_db()
    assert month.self_search_until == dt.date(2026, 2, 12)
    assert client.post(url, {"until": "13.2.2026", "was": "2026-02-12"}).status_code == 302
    assert "13.2.2026" in client.get(reverse("coaching:month-detail", args=[month.pk])).content.decode()


def test_after_the_own_search_everybody_without_a_place_is_a_task_once(enrolment, month, coordinator):
    EnrolmentFactory(month=month, state="waiting")
    assert keep_find_place_tasks(today=self_search_deadline(month), now=NOW) == 0
    assert keep_find_place_tasks(today=AFTER, now=NOW) == 1
    assert keep_find_place_tasks(today=AFTER, now=NOW) == 0
    task = DeskTask.objects.get()
    assert (task.kind, task.enrolment, task.created_by) == ("find_place", enrolment, None)
    (line,) = without_place_lines(coordinator, AFTER)
    assert line.is_late


def test_the_task_closes_itself_with_a_place_and_opens_when_the_place_falls_through(enrolment, month):
    keep_find_place_tasks(today=AFTER, now=NOW)
    trial = PlacementFactory(month=month, participant=enrolment.participant)
    keep_find_place_tasks(today=AFTER, now=NOW)
    assert DeskTask.objects.get().done_at == NOW
    type(trial).objects.filter(pk=trial.pk).update(state="did_not_start", ended_reason="Ei tullut")
    keep_find_place_tasks(today=AFTER, now=NOW)
    assert DeskTask.objects.get().done_at is None


def test_what_a_person_closed_stays_closed(enrolment, coordinator):
    keep_find_place_tasks(today=AFTER, now=NOW)
    finish_task(actor=coordinator, task_id=DeskTask.objects.get().pk, now=NOW)
    assert keep_find_place_tasks(today=AFTER, now=NOW) == 0
    assert DeskTask.objects.get().done_by == coordinator
