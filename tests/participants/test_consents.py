"""Consents: itemised, given several at once, taken back at once, asked at every door."""

import datetime as dt

import pytest

from accounts.models import AuditEvent
from core.errors import DomainError
from core.registry import WayOut, ways_out
from participants.consent import ConsentMissing, missing_consents, require_way_out
from participants.consent_texts import ITEM_TEXTS, RECIPIENT_TEXTS, consent_table
from participants.enums import CONSENT_CHOICES
from participants.models import Consent
from participants.services import consents as service

DAYS, GOALS = ("authority", "attendance"), ("authority", "goals")


@pytest.fixture
def give(coach, participant, today):
    def given(*pairs, granted_on=today, expires_on=None):
        return service.record_consents(
            actor=coach,
            participant=participant,
            pairs=list(pairs),
            granted_on=granted_on,
            method="paper",
            expires_on=expires_on,
            today=today,
        )

    return given


def test_several_are_given_in_one_act_and_a_double_click_changes_nothing(give):
    assert len(give(DAYS, GOALS)) == 2
    assert give(DAYS, GOALS) == []
    assert AuditEvent.objects.get(action="consent.given").details["items"] == [
        "authority.attendance",
        "authority.goals",
    ]


def test_nothing_is_given_by_a_wrong_form(give, today):
    for pairs, how in [
        ([], {}),
        ([("employer", "attendance")], {}),
        ([("moon", "goals")], {}),
        ([DAYS], {"granted_on": today + dt.timedelta(days=1)}),
        ([DAYS], {"expires_on": today - dt.timedelta(days=1)}),
    ]:
        with pytest.raises(DomainError):
            give(*pairs, **how)
    assert not Consent.objects.exists()


def test_what_is_taken_back_is_missing_at_once_and_stays_in_the_history(give, coach, participant, today):
    (consent,) = give(DAYS)
    known = {"participant": participant, "recipient": "authority", "items": ["attendance"], "today": today}
    assert missing_consents(**known) == ()
    service.revoke_consent(actor=coach, consent=consent)
    service.revoke_consent(actor=coach, consent=consent)
    assert missing_consents(**known) == ("attendance",)
    assert AuditEvent.objects.filter(action="consent.revoked").count() == 1
    give(DAYS)
    assert [bool(row.revoked_at) for row in participant.consents.history()] == [False, True]


def test_one_that_ran_out_is_given_anew(give, participant, today):
    Consent.objects.create(
        participant=participant,
        recipient="authority",
        item="attendance",
        granted_on=today - dt.timedelta(days=60),
        expires_on=today - dt.timedelta(days=1),
        method="paper",
    )
    assert len(give(DAYS)) == 1
    assert participant.consents.valid_on(today).count() == 1


def test_the_gate_names_what_is_missing(give, participant, today, monkeypatch):
    door = WayOut("test.door", "authority", ("attendance", "goals"))
    monkeypatch.setattr(ways_out, "_entries", {door: None})
    give(DAYS)
    with pytest.raises(ConsentMissing) as refused:
        require_way_out(code="test.door", participant=participant, today=today)
    assert refused.value.items == ("goals",)
    give(GOALS)
    require_way_out(code="test.door", participant=participant, today=today)


def test_every_choice_has_its_plain_sentence():
    assert set(RECIPIENT_TEXTS) == set(CONSENT_CHOICES)
    assert set(ITEM_TEXTS) == {(str(r), i) for r, items in CONSENT_CHOICES.items() for i in items}


def test_the_table_says_what_is_given_and_what_may_be_changed(give):
    groups = {group.recipient: group for group in consent_table(give(DAYS), recipients=("employer",))}
    assert {name: group.may_record for name, group in groups.items()} == {
        "authority": False,
        "employer": True,
        "group": False,
    }
    assert [row.key for row in groups["authority"].rows if row.consent] == ["authority.attendance"]
