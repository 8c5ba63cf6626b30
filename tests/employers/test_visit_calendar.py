"""Visits in the participant's own calendar, in feeds, and the lines and buttons that belong to them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from core.registry import calendar_days
from employers.models import DeskTask, Visit
from employers.pages.desk_lines import talk_lines
from employers.registrations_visit import visit_days
from tests.support.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
D = dt.date
FIRST, LAST = D(2026, 1, 1), D(2026, 12, 31)


@pytest.fixture
def talk(placement):
    """The opening talk of Aino's trial, at ten on 12.2.2026, and a visit that nobody plans any more."""
    Visit.objects.create(
        placement=placement,
        kind="weekly",
        planned_on=D(2026, 2, 13),
        state="cancelled",
        cancelled_reason="Työpaikka oli kiinni",
    )
    return Visit.objects.create(
        placement=placement, kind="opening", planned_on=D(2026, 2, 12), planned_at=dt.time(10)
    )


def test_visits_are_registered_for_calendars():
    assert visit_days in calendar_days


def test_planned_visits_stand_in_the_participants_calendar_without_a_name(enrolment, talk):
    (found,) = visit_days(enrolment, None, FIRST, LAST)
    assert (found.day, found.begins_at, found.uid) == (talk.planned_on, dt.time(10), f"visit-{talk.pk}")
    assert talk.placement.employer.name not in found.title
    assert not list(visit_days(enrolment, None, FIRST, D(2026, 2, 11)))


def test_a_visit_stands_with_who_goes_there_or_with_the_coordinator(talk, coordinator, coach):
    assert len(list(visit_days(None, coordinator, FIRST, LAST))) == 1
    assert not list(visit_days(None, coach, FIRST, LAST))
    Visit.objects.filter(pk=talk.pk).update(responsible=coach)
    assert not list(visit_days(None, coordinator, FIRST, LAST))
    assert len(list(visit_days(None, coach, FIRST, LAST))) == 1


def test_another_persons_visits_stay_out(talk, month):
    from tests.support.factories import EnrolmentFactory

    assert not list(visit_days(EnrolmentFactory(month=month), None, FIRST, LAST))


def test_the_own_calendar_and_feed_show_the_visit(enrolment, talk, today):
    from coaching.pages.calendar_feed import events_of_enrolment, events_of_user
    from coaching.pages.own_month import calendar_page

    page = calendar_page(enrolment, today=today)
    shown = [other.uid for day in [*page.coming, *page.past] for other in day.others]
    assert shown == [f"visit-{talk.pk}"]
    event = next(event for event in events_of_enrolment(enrolment) if event.uid == f"visit-{talk.pk}")
    assert event.begins.hour == 10
    assert event.place == ""
    coordinator = enrolment.month.coordinator
    assert any(event.uid == f"visit-{talk.pk}" for event in events_of_user(coordinator, today=today))


def test_a_start_that_is_near_without_an_opening_talk_has_its_own_line(placement, talk, coordinator, today):
    placement.state, placement.starts_on = "planned", today + dt.timedelta(days=2)
    placement.save()
    (line,) = talk_lines(coordinator, today)
    assert line.url.endswith("#visits")
    Visit.objects.filter(pk=talk.pk).update(state="done", held_on=today)
    assert not talk_lines(coordinator, today)
    Visit.objects.filter(pk=talk.pk).update(state="planned", held_on=None)
    placement.no_opening_talk_reason = "Tuttu työpaikka"
    placement.save()
    assert not talk_lines(coordinator, today)


def test_a_far_start_and_a_strangers_trial_have_no_line(placement, talk, coordinator, other_coach, today):
    placement.state, placement.starts_on = "planned", today + dt.timedelta(days=20)
    placement.ends_on = placement.starts_on + dt.timedelta(days=20)
    placement.save()
    assert not talk_lines(coordinator, today)
    placement.starts_on = today
    placement.save()
    assert not talk_lines(other_coach, today)


def test_what_a_visit_agreed_is_marked_done_on_the_trials_page(client_of, coordinator, placement, visit):
    task = DeskTask.objects.create(
        kind="visit_action", text="Turvakengät", placement=placement, visit=visit, employer=placement.employer
    )
    page = reverse("employers:placement", args=[placement.pk])
    client = client_of(coordinator)
    address = reverse("employers:task-done", args=[task.pk])
    assert address in client.get(page).content.decode()
    assert client.post(address, {"next": page}).url == page
    assert address not in client.get(page).content.decode()


def test_more_agreed_tasks_cost_no_more_queries(client_of, coordinator, placement, visit):
    def grow(number):
        for n in range(number):
            DeskTask.objects.create(
                kind="visit_action",
                text=f"Asia {n} {number}",
                placement=placement,
                visit=visit,
                employer=placement.employer,
            )

    client, page = client_of(coordinator), reverse("employers:placement", args=[placement.pk])
    grow(1)
    client.get(page)
    few = len(queries_of(client, page))
    grow(12)
    assert len(queries_of(client, page)) == few
