"""The information sheet: read and confirmed by the link, asked again when it is renewed."""

import datetime as dt

import pytest

from accounts.models import AuditEvent
from core.errors import DomainError
from participants.own import information
from participants.services.information import confirm_information
from participants.services.participants import record_preparations
from tests.support.own_pages import go_in

NUMBER = information.INFORMATION_VERSION


def confirm(person, number=NUMBER, day=dt.date(2026, 2, 10)):
    return confirm_information(participant_id=person.pk, version=number, today=day)


def test_confirming_notes_day_number_and_way(participant, today):
    person = confirm(participant)
    assert person.information_confirmed_on == today
    assert (person.information_version, person.information_method) == (NUMBER, "link")
    event = AuditEvent.objects.get()
    assert (event.action, event.actor_label) == ("information.confirmed", "participant link")


def test_confirming_twice_keeps_the_first_day(participant, today):
    confirm(participant)
    assert confirm(participant, day=dt.date(2026, 3, 1)).information_confirmed_on == today
    assert AuditEvent.objects.count() == 1


def test_a_renewed_sheet_asks_again(participant, today, monkeypatch):
    person = confirm(participant)
    monkeypatch.setattr(information, "INFORMATION_VERSION", NUMBER + 1)
    assert not information.is_confirmed(person)


def test_a_sheet_renewed_under_the_reader_is_refused(participant, today):
    with pytest.raises(DomainError):
        confirm(participant, number=NUMBER + 1)


def test_what_staff_note_on_paper_has_its_number_too(participant, coach, today):
    person = record_preparations(
        actor=coach,
        participant_id=participant.pk,
        version=participant.version,
        information_confirmed_on=today,
        agreement_signed_on=None,
        today=today,
    )
    assert (person.information_version, person.information_method) == (NUMBER, "paper")
    assert information.is_confirmed(person)


def test_the_page_is_read_and_confirmed(participant, today):
    client = go_in(participant)
    assert "Tietoa sinulle" in client.get("/o/information/").content.decode()
    assert client.post("/o/information/", {"version": NUMBER})["Location"] == "/o/"
    participant.refresh_from_db()
    assert participant.information_confirmed_on == today


@pytest.mark.parametrize("number", ["", "0", "x", "\x00", "99999999999", "٣"])
def test_a_wrong_number_is_a_sentence(participant, today, number):
    response = go_in(participant).post("/o/information/", {"version": number})
    assert response.status_code == 422
    assert response.context["refusal"]


def test_plain_finnish_has_its_own_words(participant, today):
    participant.wants_plain_finnish = True
    participant.save(update_fields=["wants_plain_finnish"])
    page = go_in(participant).get("/o/information/").content.decode()
    assert "Sinä päätät" in page
    assert max(len(words.split()) for part in information.PLAIN_SHEET for words in part.sentences) <= 14
