"""The pages of participants and referrals, as people meet them."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from core import clock
from participants import hetu
from participants.models import Participant, Referral
from tests.support.factories import EnrolmentFactory, ParticipantFactory, ReferralFactory
from tests.support.lists import demo_hetu
from tests.support.queries import assert_queries_do_not_grow

CODE = demo_hetu(17, 5, 1980)


def page(name: str, *args) -> str:
    return reverse(f"participants:{name}", args=args)


def form_of(person: Participant, **changes) -> dict:
    values = {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "birth_date": "17.5.1980",
        "language": person.language,
        "phone": person.phone,
        "email": person.email,
        "authority": person.authority_id,
        "officer_name": person.officer_name,
        "labour_status": person.labour_status,
        "version": person.version,
    }
    return values | changes


def test_the_page_says_now_and_next_and_is_in_the_trail(client_of, coach, enrolment, today):
    response = client_of(coach).get(page("participant-detail", enrolment.participant_id))
    assert "Helmikuu 2026" in response.text
    assert 'href="tel:0401234567"' in response.text
    assert "mailto:" in response.text
    event = AuditEvent.objects.get(action="participant.viewed")
    assert (event.actor, event.participant_id) == (coach, enrolment.participant_id)


def test_the_code_is_masked_on_the_page_and_shown_once_by_post(client_of, coach, enrolment, today):
    Participant.objects.update(**hetu.sealed(CODE))
    client = client_of(coach)
    shown = client.get(page("participant-detail", enrolment.participant_id))
    assert "170580-****" in shown.text
    assert CODE not in shown.text
    revealed = client.post(page("participant-hetu", enrolment.participant_id))
    assert CODE in revealed.text
    assert "no-store" in revealed.headers["Cache-Control"]
    assert AuditEvent.objects.filter(action="participant.hetu_revealed").count() == 1
    assert CODE not in client.get(page("participant-edit", enrolment.participant_id)).text


@pytest.fixture
def protected(enrolment):
    Participant.objects.update(is_restricted=True, street_address="Piilotie 1", city="Salo")
    return enrolment.participant


def test_a_protected_file_opens_with_a_reason_for_half_an_hour(
    client_of, coach, protected, today, monkeypatch
):
    client, url = client_of(coach), page("participant-detail", protected.pk)
    for name in ("participant-detail", "participant-edit", "participant-consents", "consent-sheet"):
        assert "Piilotie" not in client.get(page(name, protected.pk)).text
    assert not AuditEvent.objects.filter(action="participant.viewed").exists()
    assert client.post(page("participant-open", protected.pk), {"reason": ""}).status_code == 422
    client.post(page("participant-open", protected.pk), {"reason": "Sovittu soitto"})
    assert "Piilotie 1" in client.get(url).text
    later = clock.now() + dt.timedelta(minutes=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "Piilotie" not in client.get(url).text


def test_a_protected_file_refuses_posts_before_the_reason(client_of, coach, protected, today):
    client = client_of(coach)
    client.post(page("participant-edit", protected.pk), form_of(protected, city="Turku"))
    client.post(page("participant-hetu", protected.pk))
    protected.refresh_from_db()
    assert protected.city == "Salo"
    assert not AuditEvent.objects.filter(action="participant.hetu_revealed").exists()


def test_a_protected_persons_address_is_on_no_list(client_of, coach, protected, today):
    ReferralFactory(participant=protected)
    client = client_of(coach)
    for name in ("participant-list", "referral-list"):
        text = client.get(page(name)).text
        assert "Koivuniemi" in text
        assert "Salo" not in text
        assert "tel:" not in text


def test_an_edit_is_saved_and_a_wrong_one_keeps_what_was_typed(client_of, coach, enrolment, today):
    person, client = enrolment.participant, client_of(coach)
    wrong = client.post(page("participant-edit", person.pk), form_of(person, phone="ei ole", city="Turku"))
    assert wrong.status_code == 422
    assert 'value="Turku"' in wrong.text
    right = client.post(page("participant-edit", person.pk), form_of(person, phone="+358 50 1112222"))
    assert right.status_code == 302
    person.refresh_from_db()
    assert person.phone == "050 111 2222"


def test_two_people_edit_at_once_and_both_versions_are_shown(client_of, coach, enrolment, today):
    person, client = enrolment.participant, client_of(coach)
    Participant.objects.update(city="Turku", version=2)
    url = page("participant-edit", person.pk)
    clash = client.post(url, form_of(person, city="Oulu", version=1))
    assert clash.status_code == 422
    assert "Turku" in clash.text
    assert 'value="Oulu"' in clash.text
    assert 'name="version" value="2"' in clash.text
    client.post(url, form_of(person, city="Oulu", version=2, take_stored="city", phone="050 111 2222"))
    person.refresh_from_db()
    assert (person.city, person.phone) == ("Turku", "050 111 2222")


def test_a_substitutes_access_ends_with_the_day(client_of, substitute, enrolment, today, monkeypatch):
    url = page("participant-detail", enrolment.participant_id)
    assert client_of(substitute).get(url).status_code == 200
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 2, 12))
    assert client_of(substitute).get(url).status_code == 404


def test_a_coordinator_edits_while_the_referral_is_open_and_reads_afterwards(
    client_of, coordinator, enrolment, referral, today
):
    url = page("participant-edit", enrolment.participant_id)
    assert client_of(coordinator).get(url).status_code == 200
    Referral.objects.update(state="enrolled")
    assert client_of(coordinator).get(url).status_code == 403


def test_consents_are_recorded_from_the_table_and_taken_back(client_of, coach, enrolment, today):
    person, client = enrolment.participant, client_of(coach)
    url = page("participant-consents", person.pk)
    ticks = {"items": ["authority.goals", "group.progress"], "granted_on": "10.2.2026", "method": "paper"}
    wrong = client.post(url, ticks | {"granted_on": "31.2.2026"})
    assert wrong.status_code == 422
    assert wrong.text.count("checked") == 3
    assert client.post(url, ticks).status_code == 302
    consent = person.consents.get(item="goals")
    client.post(page("consent-revoke", person.pk, consent.pk))
    assert list(person.consents.valid_on(today).values_list("item", flat=True)) == ["progress"]


def test_a_coordinator_records_for_the_workplace_only(client_of, coordinator, enrolment, today):
    url = page("participant-consents", enrolment.participant_id)
    given = {"granted_on": "10.2.2026", "method": "paper"}
    client = client_of(coordinator)
    assert client.post(url, given | {"items": ["authority.goals"]}).status_code == 422
    assert client.post(url, given | {"items": ["employer.profile"]}).status_code == 302


def test_the_managers_page_counts_and_names_nobody(client_of, manager, referral):
    text = client_of(manager).get(page("referral-list")).text
    assert referral.participant.last_name not in text


def test_a_referral_by_hand_asks_about_a_namesake(client_of, coordinator, referred, office, today):
    client, url = client_of(coordinator), page("referral-new")
    data = {"last_name": "Saha", "first_name": "Pekka", "authority": office.pk, "language": "fi"}
    data["referred_on"] = "10.2.2026"
    Participant.objects.update(birth_date=None, phone="", email="")
    asked = client.post(url, data)
    assert asked.status_code == 422
    assert f'value="{referred.pk}"' in asked.text
    assert client.post(url, data | {"duplicate": "new"}).status_code == 302
    assert Participant.objects.filter(last_name="Saha").count() == 2


def test_a_state_button_moves_the_referral_and_a_refusal_needs_its_reason(client_of, coach, referral, today):
    client, url = client_of(coach), page("referral-move", referral.pk)
    move = {"move-state": "not_selected", "move-version": 1, "move-reason": ""}
    assert client.post(url, move).status_code == 422
    assert client.post(url, move | {"move-reason": "Ryhmä on täynnä"}).status_code == 302
    referral.refresh_from_db()
    assert (referral.state, referral.reason) == ("not_selected", "Ryhmä on täynnä")


@pytest.mark.parametrize("name", ["participant-list", "referral-list"])
def test_a_list_costs_the_same_however_many_people_it_finds(name, client_of, coach, month, today):
    def add(count: int) -> None:
        for _number in range(count):
            person = ParticipantFactory(authority=month.authority)
            ReferralFactory(participant=person)
            EnrolmentFactory(month=month, participant=person)

    add(5)
    assert_queries_do_not_grow(client_of(coach), page(name), lambda: add(35), at_most=8)


def test_the_lists_are_lean(client_of, coach, month, today):
    for number in range(25):
        person = ParticipantFactory(
            authority=month.authority, last_name=f"Pitkäsukuniminen-Yhdistelmä{number}"
        )
        ReferralFactory(participant=person)
    for name in ("participant-list", "referral-list"):
        response = client_of(coach).get(page(name))
        assert len(response.content) < 60_000
        assert 'rel="next"' in response.text
