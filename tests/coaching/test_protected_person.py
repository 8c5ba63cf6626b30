"""A protected person's pages in the month open with a reason, like the file; every page leaves its mark."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from core import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
GOAL = {"text": "Haluan hoiva-alalle.", "base_number": "0"}


def address(name, enrolment, **more):
    return reverse(f"coaching:{name}", kwargs={"pk": enrolment.pk, **more})


@pytest.fixture
def protected(enrolment):
    enrolment.participant.is_restricted = True
    enrolment.participant.save(update_fields=["is_restricted"])
    return enrolment


@pytest.fixture
def file_address(protected):
    return reverse("participants:participant-detail", args=[protected.participant_id])


def pages_of(enrolment):
    return [
        address("person", enrolment),
        address("goal", enrolment),
        address("discussion", enrolment, kind="mid"),
        address("areas", enrolment, moment="start"),
        address("action-step-new", enrolment),
        address("sub-goal-new", enrolment),
        address("alternative-new", enrolment),
        address("other-discussion-new", enrolment),
        address("discussion-plan", enrolment, kind="mid"),
        address("proposal", enrolment),
    ]


def give_reason(client, enrolment):
    opening = reverse("participants:participant-open", args=[enrolment.participant_id])
    client.post(opening, {"reason": "Loppukeskustelu"})


def test_what_is_written_of_a_protected_person_opens_with_a_reason(
    client_of, coach, substitute, protected, file_address
):
    for user in (coach, substitute):
        client = client_of(user)
        answers = [client.get(page) for page in pages_of(protected)]
        assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, file_address)}
        assert not AuditEvent.objects.filter(action="participant.viewed", actor=user).exists()
        give_reason(client, protected)
        assert {client.get(page).status_code for page in pages_of(protected)} == {200}


def test_nothing_is_written_of_a_protected_person_before_the_reason(
    client_of, coach, protected, file_address
):
    answer = client_of(coach).post(address("goal", protected), GOAL)
    assert answer["Location"] == file_address
    assert not protected.goals.exists()


def test_a_text_begun_in_time_is_saved_after_the_half_hour(client_of, coach, protected, monkeypatch):
    client = client_of(coach)
    give_reason(client, protected)
    later = clock.now() + dt.timedelta(minutes=50)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get(address("goal", protected)).status_code == 302
    client.post(address("goal", protected), GOAL)
    assert protected.goals.get().text == GOAL["text"]


def test_every_page_that_shows_what_was_written_is_on_the_audit_trail(client_of, coach, enrolment):
    client = client_of(coach)
    for page in pages_of(enrolment):
        client.get(page)
    seen = AuditEvent.objects.filter(action="participant.viewed", participant_id=enrolment.participant_id)
    assert {event.details["page"] for event in seen} == {
        f"coaching:{name}"
        for name in (
            "person",
            "goal",
            "discussion",
            "areas",
            "action-step-new",
            "sub-goal-new",
            "alternative-new",
            "other-discussion-new",
            "discussion-plan",
            "proposal",
        )
    }


def test_leaving_early_of_a_protected_person_opens_with_a_reason(client_of, coach, protected, file_address):
    client = client_of(coach)
    pages = [address(name, protected) for name in ("left-for-work", "dropped-out", "came-back")]
    assert {client.get(page)["Location"] for page in pages} == {file_address}
    give_reason(client, protected)
    assert {client.get(page).status_code for page in pages} == {200}
