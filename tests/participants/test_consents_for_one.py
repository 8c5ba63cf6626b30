"""Consents for one named employer: none of them opens a door to another (evidence 003, F1)."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from core.errors import DomainError
from core.registry import NamedRecipient, WayOut, consent_revoked, named_recipients, ways_out
from participants.consent import ConsentMissing, missing_consents, require_way_out
from participants.consent_texts import BRIEF_TEXTS
from participants.enums import BRIEF_ITEMS
from participants.models import Consent
from participants.services import consents as service
from tests.support.factories import ConsentFactory

A, B = 101, 102


@pytest.fixture
def give(coach, participant, today):
    def given(*items, to=A):
        return service.record_consents(
            actor=coach,
            participant=participant,
            pairs=[("employer", item) for item in items],
            granted_on=today,
            method="paper",
            today=today,
            recipient_id=to,
        )

    return given


@pytest.fixture
def missing(participant, today):
    def of(*items, to=A):
        return missing_consents(
            participant=participant, recipient="employer", items=items, today=today, recipient_id=to
        )

    return of


def test_what_is_allowed_to_one_is_allowed_to_nobody_else(give, missing):
    give("strengths", "skills")
    assert missing("strengths", "skills") == ()
    assert missing("strengths", "skills", to=B) == ("strengths", "skills")
    assert missing("strengths", to=None) == ("strengths",)


def test_what_is_allowed_to_the_workplace_of_the_trial_is_not_allowed_to_one_by_name(
    participant, missing, today
):
    ConsentFactory(participant=participant, recipient="employer", item="contact", granted_on=today)
    assert missing("contact") == ("contact",)


def test_the_door_asks_for_the_items_that_leave_this_time(give, participant, today, monkeypatch):
    door = WayOut("test.brief", "employer", ("strengths", "skills"))
    monkeypatch.setattr(ways_out, "_entries", {door: None})
    give("strengths")
    asked = {"code": "test.brief", "participant": participant, "today": today}
    require_way_out(**asked, recipient_id=A, items=["strengths"])
    for how in ({"recipient_id": A}, {"recipient_id": B, "items": ["strengths"]}, {"items": ["strengths"]}):
        with pytest.raises(ConsentMissing):
            require_way_out(**asked, **how)
    with pytest.raises(ValueError):
        require_way_out(**asked, recipient_id=A, items=["health"])


def test_an_item_is_given_once_to_each_and_only_employers_have_names(give, participant, today):
    assert len(give("strengths")) == 1
    assert give("strengths") == []
    assert len(give("strengths", to=B)) == 1
    row = {"participant": participant, "item": "strengths", "granted_on": today}
    for wrong in ({"recipient": "employer", "recipient_id": A}, {"recipient": "group", "recipient_id": A}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ConsentFactory(**row, **wrong)
    for pairs, to in ([("employer", "attendance")], A), ([("group", "strengths")], A):
        with pytest.raises(DomainError):
            service.record_consents(
                actor=None,
                participant=participant,
                pairs=pairs,
                granted_on=today,
                method="paper",
                today=today,
                recipient_id=to,
            )


def test_setting_what_one_may_know_gives_the_new_and_takes_back_the_rest(
    give, participant, today, missing, monkeypatch
):
    told = []
    monkeypatch.setattr(consent_revoked, "_entries", {lambda *args: told.append(args): None})
    give("strengths", "skills")
    give("strengths", to=B)
    how = {
        "actor": None,
        "actor_label": "personal link",
        "participant": participant,
        "recipient": "employer",
        "recipient_id": A,
        "today": today,
        "method": "link",
    }
    assert service.set_consents_for_one(**how, items=["skills", "wishes"])
    assert not service.set_consents_for_one(**how, items=["skills", "wishes"])
    assert missing("strengths", "skills", "wishes") == ("strengths",)
    assert missing("strengths", to=B) == ()
    assert [(row.item, actor) for row, actor, _label in told] == [("strengths", None)]
    assert AuditEvent.objects.filter(action="consent.revoked").get().details["employer"] == A


def test_every_item_has_its_sentence_and_a_code_that_fits():
    assert set(BRIEF_TEXTS) == set(BRIEF_ITEMS)
    assert all(len(item) <= Consent._meta.get_field("item").max_length for item in BRIEF_ITEMS)


@pytest.fixture
def two_employers(monkeypatch):
    def named(participant, today):
        yield NamedRecipient("employer", A, "Kahvila Aamu")
        yield NamedRecipient("employer", B, "Vanha Paja", is_open=False)

    monkeypatch.setattr(named_recipients, "_entries", {named: None})


def test_staff_record_and_take_back_on_the_page_of_consents(
    client_of, coordinator, enrolment, today, two_employers
):
    person, client = enrolment.participant, client_of(coordinator)
    url = f"/participants/{person.pk}/consents/"
    page = client.get(url).content.decode()
    assert "Kahvila Aamu" in page
    assert "Vanha Paja" not in page
    data = {"items": ["employer-101.strengths", "employer.profile"], "granted_on": "10.2.2026"}
    assert client.post(url, data | {"method": "paper"}).status_code == 302
    assert set(person.consents.values_list("recipient_id", "item")) == {(A, "strengths"), (None, "profile")}
    consent = person.consents.get(recipient_id=A)
    assert client.post(f"{url}{consent.pk}/revoke/").status_code == 302
    assert not person.consents.for_recipient("employer", A).valid_on(today).exists()
    assert "Kahvila Aamu: vahvuudet" in client.get(url).content.decode()


def test_what_is_not_open_cannot_be_ticked(client_of, coordinator, enrolment, two_employers):
    url = f"/participants/{enrolment.participant_id}/consents/"
    data = {"items": ["employer-102.strengths"], "granted_on": "10.2.2026", "method": "paper"}
    assert client_of(coordinator).post(url, data).status_code == 422
    assert not Consent.objects.exists()
