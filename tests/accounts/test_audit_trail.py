"""The audit trail: read by two roles, without a participant's name.

What the application's database role may do with it: tests/core/test_app_role.py.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from accounts import audit
from accounts.access import can_read_audit_trail
from accounts.models import AuditEvent
from tests.support.queries import assert_queries_do_not_grow

READER = "/account/audit-trail/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewed(coach, participant):
    return audit.record_view(
        actor=coach, participant=participant, page="participants:detail", reason="Ainon puhelu"
    )


def test_the_queryset_and_the_policy_agree_for_every_role(
    viewed, coach, coordinator, officer, manager, administrator
):
    for user in (coach, coordinator, officer, manager, administrator):
        assert AuditEvent.objects.visible_to(user).exists() == can_read_audit_trail(user)


def test_every_opening_of_a_file_is_an_event_of_its_own(coach, participant, viewed):
    audit.record_view(actor=coach, participant=participant, page="participants:detail")
    assert AuditEvent.objects.filter(action="participant.viewed", participant_id=participant.pk).count() == 2


def test_the_reader_speaks_in_sentences_and_shows_numbers_for_people(client_of, manager, participant, viewed):
    html = client_of(manager).get(READER, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "Opened a participant&#x27;s file" in html
    assert f"participant #{participant.pk}" in html
    assert participant.last_name not in html


def test_a_typed_reason_about_a_person_is_the_managers_to_read(client_of, manager, administrator, viewed):
    assert "Ainon puhelu" in client_of(manager).get(READER).content.decode()
    assert "Ainon puhelu" not in client_of(administrator).get(READER).content.decode()


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def test_days_are_days_in_helsinki(coach, today):
    for moment in (at(today, 0, 5), at(today, 23, 55)):
        event = audit.record(actor=coach, action="user.logged_in")
        AuditEvent.objects.filter(pk=event.pk).update(at=moment)
    assert AuditEvent.objects.matching(since=today, until=today).count() == 2
    assert AuditEvent.objects.matching(since=today + dt.timedelta(days=1)).count() == 0
    assert AuditEvent.objects.matching(until=today - dt.timedelta(days=1)).count() == 0


def test_the_reader_finds_by_action_user_and_participant(client_of, manager, coach, coordinator, viewed):
    audit.record(actor=coordinator, action="user.logged_in")
    client = client_of(manager)
    for query, count in {
        "action=user.logged_in": 1,
        f"actor={coach.pk}": 1,
        f"participant_id={viewed.participant_id}": 1,
        "participant_id=999999": 0,
        "since=": 2,
    }.items():
        assert client.get(f"{READER}?{query}").context["page"].paginator.count == count, query


@pytest.mark.parametrize(
    "query",
    ["since=2026-13-45", "since=2026-02-10&until=2026-02-01", "action=none", "actor=x", "participant_id=-1"],
)
def test_a_senseless_question_is_answered_on_the_form(client_of, manager, query):
    response = client_of(manager).get(f"{READER}?{query}")
    assert response.status_code == 422
    assert response.context["filters"].errors


def test_the_first_and_the_last_day_there_are_limit_nothing(client_of, manager, viewed):
    answer = client_of(manager).get(f"{READER}?since=0001-01-01&until=9999-12-31")
    assert answer.status_code == 200
    assert len(answer.context["lines"]) >= 1


def test_the_first_look_shows_the_last_week(client_of, manager, coach):
    old = audit.record(actor=coach, action="user.logged_in")
    AuditEvent.objects.filter(pk=old.pk).update(at=timezone.now() - dt.timedelta(days=9))
    assert client_of(manager).get(READER).context["page"].paginator.count == 0
    assert client_of(manager).get(f"{READER}?since=").context["page"].paginator.count == 1


def test_the_reader_stays_within_eight_queries_however_long_the_trail(client_of, manager, coach, participant):
    def grow():
        for _event in range(30):
            audit.record(
                actor=coach, action="participant.viewed", obj=participant, participant_id=participant.pk
            )

    grow()
    assert_queries_do_not_grow(client_of(manager), f"{READER}?since=", grow, at_most=8)


def test_the_details_name_their_keys_in_the_readers_language(client_of, manager, participant, viewed):
    manager.language = "fi"
    manager.save(update_fields=["language"])
    page = client_of(manager).get(READER).content.decode()
    assert "sivu: participants:detail" in page


def test_the_days_of_the_first_look_are_written_as_people_write_them(client_of, manager, today):
    page = client_of(manager).get(READER).content.decode()
    assert f'value="{today.day}.{today.month}.{today.year}"' in page


def test_a_detail_that_is_yes_no_or_empty_is_said_in_words(client_of, manager, participant):
    audit.record(
        actor=manager, action="participant.viewed", obj=participant, details={"note": False, "steps": []}
    )
    page = client_of(manager).get(f"{READER}?since=").content.decode()
    assert "False" not in page
    assert "[]" not in page
