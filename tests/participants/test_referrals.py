"""Referrals by hand, and their way from state to state."""

import datetime as dt

import pytest
from django.urls import reverse

from core.errors import DomainError
from participants.enums import REFERRAL_MOVES, REFERRAL_VERBS, ReferralState
from participants.models import Participant, Referral
from participants.services import referrals as service
from tests.support.factories import ParticipantFactory, ReferralFactory
from tests.support.lists import demo_hetu


@pytest.fixture
def create(coordinator, office, today):
    def created(*, hetu="", same_as="", referred_on=today, **person):
        values = {"first_name": "Liisa", "last_name": "Haka", "authority": office, **person}
        return service.create_referral(
            actor=coordinator,
            person=values,
            hetu=hetu,
            referred_on=referred_on,
            note="",
            same_as=same_as,
            today=today,
        )

    return created


def test_a_new_person_comes_with_a_referral(create, coordinator):
    referral = create(hetu=demo_hetu(3, 4, 1979))
    assert referral.participant.birth_date == dt.date(1979, 4, 3)
    assert (referral.source, referral.state, referral.created_by) == ("manual", "received", coordinator)


def test_a_namesake_is_asked_about_and_may_be_another_person(create):
    create()
    with pytest.raises(service.MaybeOnRecord) as asked:
        create()
    assert not asked.value.is_sure
    create(same_as="new")
    assert Participant.objects.count() == 2


def test_a_sure_match_cannot_be_called_another_person(create, office):
    person = ParticipantFactory(
        first_name="Liisa", last_name="Haka", authority=office, birth_date=dt.date(1979, 4, 3)
    )
    with pytest.raises(service.MaybeOnRecord) as asked:
        create(birth_date=dt.date(1979, 4, 3), same_as="new")
    assert asked.value.is_sure
    referral = create(birth_date=dt.date(1979, 4, 3), same_as=str(person.pk))
    assert referral.participant == person


def test_nobody_has_two_open_referrals(create):
    first = create(birth_date=dt.date(1979, 4, 3))
    with pytest.raises(DomainError):
        create(birth_date=dt.date(1979, 4, 3), same_as=str(first.participant_id))
    assert Referral.objects.count() == 1


def test_a_hidden_namesake_cannot_be_chosen(create, office):
    hidden = ParticipantFactory(
        first_name="Liisa", last_name="Haka", authority=office, birth_date=None, phone=""
    )
    with pytest.raises(service.MaybeOnRecord):
        create(same_as=str(hidden.pk))


def test_a_referral_from_the_future_is_refused(create, today):
    with pytest.raises(DomainError):
        create(referred_on=today + dt.timedelta(days=1))


@pytest.mark.parametrize("start", ReferralState.values)
@pytest.mark.parametrize("target", ReferralState.values)
def test_every_move_is_allowed_or_refused_as_the_table_says(start, target, coach, today, participant):
    reason = "Ryhmä on täynnä" if start == "not_selected" else ""
    referral = ReferralFactory(participant=participant, state=start, reason=reason)
    known = {"actor": coach, "referral_id": referral.pk, "version": 1, "state": target, "today": today}
    if target == start:
        assert service.move_referral(**known).version == 1
    elif target in REFERRAL_MOVES[start]:
        assert service.move_referral(reason="Toinen palvelu", **known).state == target
    else:
        with pytest.raises(DomainError):
            service.move_referral(reason="Toinen palvelu", **known)


def test_every_move_but_a_refusal_has_a_button():
    targets = {target for targets in REFERRAL_MOVES.values() for target in targets}
    assert targets - set(REFERRAL_VERBS) == {ReferralState.NOT_SELECTED}


def test_not_selected_needs_a_reason_and_informed_notes_the_information_sheet(coach, today, participant):
    referral = ReferralFactory(participant=participant)
    known = {"actor": coach, "referral_id": referral.pk, "today": today}
    with pytest.raises(DomainError):
        service.move_referral(version=1, state="not_selected", reason=" ", **known)
    service.move_referral(version=1, state="informed", **known)
    participant.refresh_from_db()
    assert participant.information_confirmed_on == today
    moved = service.move_referral(version=2, state="not_selected", reason="Ryhmä on täynnä", **known)
    assert (moved.decided_on, moved.reason) == (today, "Ryhmä on täynnä")


def test_a_decision_is_not_taken_back_over_another_open_referral(coach, today, participant):
    old = ReferralFactory(participant=participant, state="withdrew")
    ReferralFactory(participant=participant)
    with pytest.raises(DomainError):
        service.move_referral(actor=coach, referral_id=old.pk, version=1, state="informed", today=today)


def test_a_stale_edit_changes_nothing(coach, today, participant):
    referral = ReferralFactory(participant=participant)
    known = {"actor": coach, "referral_id": referral.pk, "referred_on": referral.referred_on, "today": today}
    service.update_referral(version=1, note="Autoton", **known)
    with pytest.raises(service.ReferralMoved) as refused:
        service.update_referral(version=1, note="Toinen", **known)
    assert refused.value.current.note == "Autoton"


def test_the_list_finds_by_beginnings_of_names_and_state(office, other_office):
    for last, first, state in [("Haka", "Liisa", "received"), ("Haapa", "Otto", "withdrew")]:
        ReferralFactory(
            participant=ParticipantFactory(first_name=first, last_name=last, authority=office), state=state
        )
    found = lambda **how: [  # noqa: E731
        referral.participant.last_name
        for referral in Referral.objects.for_list(**{"group": "all", "authority_id": None, "text": "", **how})
    ]
    assert found(text="ha") == ["Haapa", "Haka"]
    assert found(text="HA li") == ["Haka"]
    assert found(group="open") == ["Haka"]
    assert found(group="withdrew") == ["Haapa"]
    assert found(authority_id=other_office.pk) == []
    assert found(text="%") == []


def test_the_second_tab_sees_both_versions_and_saves_again(client_of, coach, referral, today):
    client, address = client_of(coach), reverse("participants:referral-detail", args=[referral.pk])
    typed = {"referred_on": "2.2.2026", "version": str(referral.version)}
    assert client.post(address, {**typed, "note": "Ensimmäinen"}).status_code == 302
    second = client.post(address, {**typed, "note": "Toinen"})
    assert second.status_code == 422
    for words in ("Ensimmäinen", "Toinen"):
        assert words in second.content.decode()
    version = second.context["form"]["version"].value()
    assert client.post(address, {**typed, "note": "Toinen", "version": version}).status_code == 302
    referral.refresh_from_db()
    assert referral.note == "Toinen"


def test_a_protected_persons_note_opens_with_the_file(client_of, coach, referral, today):
    person = referral.participant
    Participant.objects.filter(pk=person.pk).update(is_restricted=True)
    Referral.objects.filter(pk=referral.pk).update(note="Asuu siskon luona Salossa")
    client, address = client_of(coach), reverse("participants:referral-detail", args=[referral.pk])
    assert "Salossa" not in client.get(address).content.decode()
    typed = {"referred_on": "2.2.2026", "version": str(referral.version), "note": "Muuta"}
    file_address = reverse("participants:participant-detail", args=[person.pk])
    assert client.post(address, typed)["Location"] == file_address
    client.post(reverse("participants:participant-open", args=[person.pk]), {"reason": "Sovittu soitto"})
    assert "Salossa" in client.get(address).content.decode()
