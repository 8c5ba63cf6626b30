"""The decision of the discussion of three: constraint, service, refusals, two at once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from coaching.models import Discussion
from core.errors import AccessDenied, DomainError, StaleVersion
from reports.models import Decision, HealthNeed
from reports.services.decisions import record_decision, record_health_need
from tests.support import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = dt.date(2026, 2, 10)


def facts(**more) -> dict:
    return {
        "kind": "work_trial",
        "where": "Rautakauppa Saha",
        "programme": "",
        "starts_on": dt.date(2026, 3, 2),
        "ends_on": dt.date(2026, 4, 30),
        "conditions": "4 tuntia päivässä",
        "decided_on": TODAY,
        "decided_by": None,
        "decided_by_name": "Veera Virkailija",
        "participant_comment": "Tämä on se, mitä toivoin.",
        **more,
    }


def record(actor, enrolment, *, base_version=0, talk=None, talk_version=0, **more):
    return record_decision(
        actor=actor,
        enrolment_id=enrolment.pk,
        base_version=base_version,
        today=TODAY,
        talk=talk,
        talk_version=talk_version,
        **facts(**more),
    )


TALK = {
    "held_on": TODAY,
    "present": "Aino, Sanna, Veera",
    "participant_view": "Lähden mielelläni.",
    "coach_view": "Aino on valmis.",
    "agreed": "",
}


# --- the database -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "wrong",
    [
        {"decided_by_name": ""},
        {"ends_on": dt.date(2026, 3, 1)},
        {"where": ""},
        {"programme": "Lähihoitaja"},
        {"kind": "none"},
    ],
)
def test_the_database_refuses_what_is_no_decision(enrolment, coach, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(enrolment=enrolment, recorded_by=coach, **facts(**wrong))


# --- reading ----------------------------------------------------------------------------------------
def test_the_own_coach_and_the_office_with_a_summary_see_a_decision(
    coach, other_coach, officer, other_officer, manager, released
):
    decision = record(coach, released.enrolment)
    sees = {user.email: decision in Decision.objects.visible_to(user) for user in (coach, officer)}
    assert all(sees.values())
    for stranger in (other_coach, other_officer, manager):
        assert decision not in Decision.objects.visible_to(stranger)


# --- the service ------------------------------------------------------------------------------------
def test_decision_and_discussion_are_recorded_in_one_breath(coach, enrolment):
    decision = record(coach, enrolment, talk=TALK)
    talk = Discussion.objects.get(enrolment=enrolment, kind="three_party")
    assert (talk.held_on, talk.present) == (TODAY, "Aino, Sanna, Veera")
    assert decision.version == 1
    actions = set(AuditEvent.objects.filter(actor=coach).values_list("action", flat=True))
    assert {"decision.recorded", "discussion.recorded"} <= actions


def test_a_planned_day_stays_when_the_discussion_is_held(coach, enrolment):
    factories.DiscussionFactory(
        enrolment=enrolment,
        kind="three_party",
        planned_on=dt.date(2026, 2, 9),
        held_on=None,
        present="",
        participant_view="",
        coach_view="",
    )
    record(coach, enrolment, talk=TALK, talk_version=1)
    assert Discussion.objects.get(enrolment=enrolment).planned_on == dt.date(2026, 2, 9)


def test_without_both_views_neither_is_recorded(coach, enrolment):
    with pytest.raises(DomainError) as refusal:
        record(coach, enrolment, talk={**TALK, "coach_view": ""})
    assert refusal.value.field == "coach_view"
    assert not Decision.objects.exists()
    assert not Discussion.objects.exists()


def test_the_officer_with_an_account_is_kept_by_name_too(coach, enrolment, officer):
    decision = record(coach, enrolment, decided_by=officer, decided_by_name="")
    assert decision.decided_by_name == "Olli Virkailija"


def test_an_officer_of_another_office_decides_nothing(coach, enrolment, other_officer):
    with pytest.raises(DomainError) as refusal:
        record(coach, enrolment, decided_by=other_officer)
    assert refusal.value.field == "decided_by"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("decided_by_name", {"decided_by_name": "  "}),
        ("decided_on", {"decided_on": TODAY + dt.timedelta(days=1)}),
        ("decided_on", {"decided_on": dt.date(1026, 2, 10)}),
        ("ends_on", {"ends_on": dt.date(2026, 3, 1)}),
        ("starts_on", {"starts_on": dt.date(9999, 12, 31)}),
        ("where", {"where": " "}),
        ("programme", {"programme": "Lähihoitaja"}),
        ("where", {"kind": "none"}),
        ("kind", {"kind": "something"}),
    ],
)
def test_a_wrong_fact_is_refused_at_its_field(coach, enrolment, field, wrong):
    with pytest.raises(DomainError) as refusal:
        record(coach, enrolment, **wrong)
    assert refusal.value.field == field


def test_a_second_click_writes_nothing(coach, enrolment):
    record(coach, enrolment, talk=TALK)
    again = record(coach, enrolment, talk=TALK)
    assert again.version == 1
    assert AuditEvent.objects.filter(action="decision.recorded").count() == 1


def test_who_saw_an_older_decision_does_not_overwrite_the_newer(coach, enrolment):
    record(coach, enrolment)
    record(coach, enrolment, base_version=1, conditions="6 tuntia")
    with pytest.raises(StaleVersion):
        record(coach, enrolment, base_version=1, conditions="8 tuntia")
    assert Decision.objects.get().conditions == "6 tuntia"


def test_strangers_record_nothing(enrolment, other_coach, coordinator, manager, officer):
    """The officer neither, before a summary of the person has come."""
    for user in (other_coach, coordinator, manager, officer):
        with pytest.raises(AccessDenied):
            record(user, enrolment)


def test_the_officer_records_the_own_decision_but_no_discussion(officer, released):
    with pytest.raises(AccessDenied):
        record(officer, released.enrolment, talk=TALK)
    assert record(officer, released.enrolment, decided_by=officer).decided_by == officer


# --- the need of a health check ---------------------------------------------------------------------
def need(actor, enrolment, **more):
    values = {"is_needed": True, "referred_to": "Työttömän terveystarkastus", "referred_on": TODAY, **more}
    return record_health_need(
        actor=actor,
        enrolment_id=enrolment.pk,
        today=TODAY,
        base_version=values.pop("base_version", 0),
        **values,
    )


def test_a_need_is_recorded_with_where_it_led(coach, enrolment):
    assert need(coach, enrolment).referred_to == "Työttömän terveystarkastus"
    assert AuditEvent.objects.get(action="health_need.recorded").details == {}


def test_without_a_need_nobody_is_helped_on(coach, enrolment):
    with pytest.raises(DomainError) as refusal:
        need(coach, enrolment, is_needed=False)
    assert refusal.value.field == "referred_to"
    with pytest.raises(IntegrityError), transaction.atomic():
        HealthNeed.objects.create(enrolment=enrolment, is_needed=False, referred_to="Lääkäri")


def test_only_the_own_coach_records_it(enrolment, substitute, coordinator, officer):
    for user in (substitute, coordinator, officer):
        with pytest.raises(AccessDenied):
            need(user, enrolment)


def test_a_stale_need_is_refused(coach, enrolment):
    need(coach, enrolment)
    with pytest.raises(StaleVersion):
        need(coach, enrolment, referred_to="Työterveys")
