"""The record: never overwritten, the identity code sealed, a protected file opened with a reason."""

import datetime as dt

import pytest

from accounts.models import AuditEvent
from core import crypto
from core.errors import DomainError
from participants import hetu as rules
from participants.models import Participant
from participants.person_data import consent_section, forget_record, record_section, referral_section
from participants.services import participants as service
from tests.support.factories import ParticipantFactory, ReferralFactory
from tests.support.lists import demo_hetu

CODE = demo_hetu(17, 5, 1980)


def update(actor, person, *, hetu=None, version=None, **values):
    return service.update_participant(
        actor=actor,
        participant_id=person.pk,
        version=version or person.version,
        values=values,
        hetu=hetu,
    )


def test_a_change_is_saved_with_its_version_and_audited_by_field_names_only(coach, participant):
    changed = update(coach, participant, phone="050 111 2222", city="Turku")
    event = AuditEvent.objects.get(action="participant.changed")
    assert (changed.version, changed.phone) == (2, "050 111 2222")
    assert event.details == {"fields": ["phone", "city"]}
    assert "Turku" not in str(event.details)


def test_saving_what_is_there_already_changes_nothing(coach, participant):
    assert update(coach, participant, phone=participant.phone).version == 1
    assert not AuditEvent.objects.exists()


def test_a_record_that_moved_on_is_refused_with_what_is_stored(coach, other_coach, participant):
    update(other_coach, participant, city="Turku")
    with pytest.raises(service.RecordMoved) as refused:
        update(coach, participant, version=1, city="Oulu")
    assert refused.value.current.city == "Turku"
    participant.refresh_from_db()
    assert participant.city == "Turku"


def test_the_code_is_sealed_found_again_and_removed(coach, participant):
    person = update(coach, participant, hetu=CODE.lower())
    assert CODE not in person.hetu_encrypted
    assert crypto.decrypt(person.hetu_encrypted) == CODE
    assert rules.masked_of(person) == "170580-****"
    assert not update(coach, person, hetu="").has_hetu


def test_a_code_fills_in_a_missing_date_of_birth_and_must_agree_with_a_given_one(coach, office):
    person = ParticipantFactory(authority=office, birth_date=None)
    assert update(coach, person, hetu=CODE).birth_date == dt.date(1980, 5, 17)
    with pytest.raises(DomainError):
        update(coach, person, version=2, birth_date=dt.date(1980, 5, 18))
    with pytest.raises(rules.HetuWrong):
        update(coach, person, version=2, hetu="170580-900A")


def test_a_code_belongs_to_one_person(coach, participant, office):
    ParticipantFactory(authority=office, **rules.sealed(CODE))
    with pytest.raises(service.HetuTaken):
        update(coach, participant, hetu=CODE)


def test_two_codes_that_differ_in_the_separator_are_two_people(office):
    for mark in "-YX":
        ParticipantFactory(authority=office, **rules.sealed(demo_hetu(17, 5, 1980, 900, mark)))
    assert Participant.objects.exclude(hetu_hash="").count() == 3


def test_each_reveal_is_in_the_trail_without_the_code(coach, participant):
    person = update(coach, participant, hetu=CODE)
    assert service.reveal_hetu(actor=coach, participant=person) == CODE
    event = AuditEvent.objects.get(action="participant.hetu_revealed")
    assert (event.actor, event.participant_id) == (coach, person.pk)
    assert CODE not in str(event.details)
    with pytest.raises(DomainError):
        service.reveal_hetu(actor=coach, participant=ParticipantFactory())


def test_opening_a_protected_file_needs_a_real_reason(coach, participant):
    with pytest.raises(DomainError):
        service.open_restricted_file(actor=coach, participant=participant, reason="  x ")
    service.open_restricted_file(actor=coach, participant=participant, reason="Soitto sovittu")
    assert AuditEvent.objects.get(action="participant.restricted_opened").reason == "Soitto sovittu"


def test_preparations_are_dated_and_not_in_the_future(coach, participant, today):
    dates = {"information_confirmed_on": today, "agreement_signed_on": None}
    known = {"actor": coach, "participant_id": participant.pk, "today": today}
    person = service.record_preparations(version=1, **known, **dates)
    assert (person.information_confirmed_on, person.version) == (today, 2)
    with pytest.raises(service.RecordMoved):
        service.record_preparations(version=1, **known, **dates)
    dates["agreement_signed_on"] = today + dt.timedelta(days=1)
    with pytest.raises(DomainError):
        service.record_preparations(version=2, **known, **dates)


def test_the_persons_own_export_holds_everything_but_the_bare_code(participant, consent):
    ReferralFactory(participant=participant, note="Autoton")
    sections = dict(
        [record_section(participant), referral_section(participant), consent_section(participant)]
    )
    assert all(len(rows) == 1 for rows in sections.values())
    text = str(sections)
    assert "Koivuniemi" in text
    assert "Autoton" in text


def test_forgetting_strips_the_name_but_keeps_the_year_for_figures(coach, participant):
    update(coach, participant, hetu=CODE)
    ReferralFactory(participant=participant, note="Autoton", state="not_selected", reason="Aino ei ehdi")
    assert forget_record(participant) == 2
    person = Participant.objects.get(pk=participant.pk)
    assert (person.full_name, person.birth_date) == ("– –", dt.date(1980, 1, 1))
    assert (person.phone, person.email, person.hetu_encrypted, person.hetu_hash) == ("", "", "", "")
    assert "Aino" not in person.referrals.get().reason
    assert person.labour_status
