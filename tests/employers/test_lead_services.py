"""Leads: what the database refuses, who sees which, and what the services write."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from core.errors import DomainError, StaleVersion
from employers.access import can_add_lead, can_edit_lead
from employers.enums import OPEN_STAGES, LeadStage
from employers.models import JobLead, LeadMatch
from employers.services import lead as services
from employers.services import lead_match as matches
from tests.support.factories import ContactPersonFactory, EmployerFactory, EnrolmentFactory
from tests.support.leads import LeadFactory, LeadMatchFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 2, 10, 7, 30, tzinfo=dt.UTC)


def add(actor, today, **fields):
    given = {"kind": "hidden_job", "title": "Tiskaaja", "workplace_name": "Kahvila Kaneli", **fields}
    return services.create_lead(actor=actor, fields=given, today=today, now=NOW)


# --- constraints ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "broken", [{"title": ""}, {"stage": "passed_on"}, {"stage": "closed"}], ids=["title", "passed", "closed"]
)
def test_the_database_refuses_a_lead_that_does_not_say_enough(broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        LeadFactory(**broken)


def test_a_person_stands_once_on_a_lead(lead_match):
    with pytest.raises(IntegrityError), transaction.atomic():
        LeadMatchFactory(lead=lead_match.lead, enrolment=lead_match.enrolment)


# --- who sees -------------------------------------------------------------------------------------
def test_staff_sees_all_an_officer_what_was_passed_to_the_own_authority_others_nothing(
    lead, passed_lead, coach, other_coach, coordinator, manager, officer, other_officer, administrator
):
    both = {lead.pk, passed_lead.pk}
    seen = {
        user.email: set(JobLead.objects.visible_to(user).values_list("pk", flat=True))
        for user in (coach, other_coach, coordinator, manager, officer, other_officer, administrator)
    }
    assert [seen[user.email] for user in (coach, other_coach, coordinator, manager)] == [both] * 4
    assert seen[officer.email] == {passed_lead.pk}
    assert seen[other_officer.email] == seen[administrator.email] == set()


def test_who_is_linked_is_seen_from_the_own_month_only(
    lead_match, coach, other_coach, coordinator, other_coordinator, manager, officer, today
):
    for user, count in (
        (coach, 1),
        (coordinator, 1),
        (other_coach, 0),
        (other_coordinator, 0),
        (manager, 0),
        (officer, 0),
    ):
        assert LeadMatch.objects.visible_to(user, today=today).count() == count, user


def test_a_coach_edits_own_leads_and_a_coordinator_all(
    lead, coach, other_coach, coordinator, other_coordinator, manager, officer, administrator
):
    assert [
        can_edit_lead(user, lead)
        for user in (coach, coordinator, other_coordinator, other_coach, manager, officer, administrator)
    ] == [True, True, True, False, False, False, False]
    lead.owner = other_coach
    assert can_edit_lead(other_coach, lead)
    assert [can_add_lead(user) for user in (coach, coordinator, manager, officer)] == [
        True,
        True,
        False,
        False,
    ]


def test_words_are_found_in_work_place_tasks_and_in_the_employers_name():
    kitchen = LeadFactory(title="Keittiöapulainen", tasks="Pilkkoo kasviksia")
    saw = LeadFactory(title="Apuri", employer=EmployerFactory(name="Saha Oy"), workplace_name="")
    for words, found in (
        ("keitt", {kitchen}),
        ("pilkk kasv", {kitchen}),
        ("hämeenl", {kitchen, saw}),
        ("saha", {saw}),
        ("olematon", set()),
        ("!!!", set()),
        ("", {kitchen, saw}),
    ):
        assert set(JobLead.objects.matching(words)) == found, words


# --- adding and changing --------------------------------------------------------------------------
def test_what_was_heard_is_on_record_and_audited(coach, today):
    lead = add(coach, today)
    assert (lead.stage, lead.stage_since, lead.heard_on, lead.owner) == ("hint", today, today, None)
    assert AuditEvent.objects.filter(action="lead.added", object_id=lead.pk, actor=coach).count() == 1


def test_a_double_click_adds_one_lead(coach, today):
    assert add(coach, today).pk == add(coach, today).pk
    assert JobLead.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"workplace_name": " "}, "workplace_name"),
        ({"heard_on": dt.date(2026, 2, 11)}, "heard_on"),
        ({"heard_on": dt.date(2026, 2, 9), "apply_by": dt.date(2026, 2, 8)}, "apply_by"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(coach, today, fields, field):
    with pytest.raises(DomainError) as refusal:
        add(coach, today, **fields)
    assert refusal.value.field == field
    assert not JobLead.objects.exists()


def test_a_contact_person_belongs_to_the_leads_workplace(coach, today, workplace):
    stranger = ContactPersonFactory()
    with pytest.raises(DomainError) as refusal:
        add(coach, today, employer=workplace, contact_person=stranger)
    assert refusal.value.field == "contact_person"


def test_an_employer_of_the_register_brings_its_municipality(coach, today, workplace):
    lead = add(coach, today, employer=workplace)
    assert (lead.workplace_name, lead.city) == ("", "Hämeenlinna")


def test_a_change_is_audited_and_an_old_version_is_refused(coach, lead, today):
    changed = services.change_lead(
        actor=coach, lead_id=lead.pk, version=1, fields={"title": "Tiskaaja"}, today=today
    )
    assert (changed.title, changed.version) == ("Tiskaaja", 2)
    event = AuditEvent.objects.get(action="lead.changed")
    assert event.details == {"fields": ["title"]}
    with pytest.raises(StaleVersion):
        services.change_lead(actor=coach, lead_id=lead.pk, version=1, fields={"title": "Muu"}, today=today)
    services.change_lead(actor=coach, lead_id=lead.pk, version=1, fields={"title": "Tiskaaja"}, today=today)


def test_what_the_authority_reads_stays_without_names_after_the_passing(passed_lead, enrolment, coach, today):
    LeadMatchFactory(lead=passed_lead, enrolment=enrolment)
    with pytest.raises(DomainError) as refusal:
        services.change_lead(
            actor=coach, lead_id=passed_lead.pk, version=1, fields={"tasks": "Aino tiskaa"}, today=today
        )
    assert refusal.value.field == "tasks"


# --- the way --------------------------------------------------------------------------------------
@pytest.mark.parametrize("source", LeadStage.values)
@pytest.mark.parametrize("target", LeadStage.values)
def test_a_card_goes_to_every_stage_but_those_that_ask_for_more(source, target, coordinator, today, office):
    lead = LeadFactory(
        stage=source,
        authority=office,
        passed_on=dt.date(2026, 2, 4),
        closed_reason="Paikka täytettiin." if source == "closed" else "",
    )

    def move():
        return services.move_lead(actor=coordinator, lead_id=lead.pk, version=1, target=target, today=today)

    if source == target:
        assert move().version == 1
        assert not AuditEvent.objects.exists()
    elif target in ("passed_on", "closed"):
        with pytest.raises(DomainError):
            move()
        lead.refresh_from_db()
        assert lead.stage == source
    else:
        moved = move()
        assert (moved.stage, moved.stage_since, moved.version) == (target, today, 2)
        event = AuditEvent.objects.get()
        ended = source not in OPEN_STAGES and target in OPEN_STAGES
        assert event.action == ("lead.reopened" if ended else "lead.moved")
        assert event.details == {"from": source, "to": target, "days": 7, "on": "2026-02-10"}


def test_a_card_that_moved_meanwhile_is_not_moved_again(lead, coordinator, coach, today):
    services.move_lead(actor=coach, lead_id=lead.pk, version=1, target="need", today=today)
    with pytest.raises(StaleVersion):
        services.move_lead(actor=coordinator, lead_id=lead.pk, version=1, target="interview", today=today)
    services.move_lead(actor=coordinator, lead_id=lead.pk, version=1, target="need", today=today)


def test_closing_asks_why(lead, coach, today):
    with pytest.raises(DomainError) as refusal:
        services.close_lead(actor=coach, lead_id=lead.pk, version=1, reason="  ", today=today)
    assert refusal.value.field == "closed_reason"
    closed = services.close_lead(actor=coach, lead_id=lead.pk, version=1, reason="Täytetty", today=today)
    assert (closed.stage, closed.closed_reason) == ("closed", "Täytetty")


def passing(lead, actor, today, **more):
    given = {"version": lead.version, "passed_on": today, "share_text": "Tiskaaja iltaisin.", **more}
    return services.pass_lead(actor=actor, lead_id=lead.pk, today=today, **given)


def test_passing_on_says_to_whom_and_when(lead, coach, office, officer, today):
    passed = passing(lead, coach, today, authority=office)
    assert (passed.stage, passed.authority, passed.passed_on) == ("passed_on", office, today)
    assert JobLead.objects.visible_to(officer).get() == lead
    assert AuditEvent.objects.filter(action="lead.passed_on", object_id=lead.pk).exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"passed_on": dt.date(2026, 2, 11)}, "passed_on"),
        ({"passed_on": dt.date(2026, 2, 2)}, "passed_on"),
        ({"share_text": " "}, "share_text"),
        ({"share_text": "Soita 040 123 4567"}, "share_text"),
    ],
)
def test_passing_on_is_refused_at_the_field(lead, coach, office, today, given, field):
    with pytest.raises(DomainError) as refusal:
        passing(lead, coach, today, authority=office, **given)
    assert refusal.value.field == field
    lead.refresh_from_db()
    assert lead.stage == "hint"


def test_tasks_that_name_somebody_stop_the_passing(lead, lead_match, coach, office, today):
    JobLead.objects.filter(pk=lead.pk).update(tasks="Aino voisi tiskata")
    with pytest.raises(DomainError, match="Aino"):
        passing(lead, coach, today, authority=office)


def test_an_officer_no_longer_sees_what_was_taken_back(passed_lead, coach, officer, today):
    services.move_lead(actor=coach, lead_id=passed_lead.pk, version=1, target="need", today=today)
    assert not JobLead.objects.visible_to(officer).exists()


def test_the_first_to_take_a_lead_has_it(lead, coach, other_coach):
    assert services.take_lead(actor=coach, lead_id=lead.pk).owner == coach
    services.take_lead(actor=coach, lead_id=lead.pk)
    with pytest.raises(DomainError, match="Sanna"):
        services.take_lead(actor=other_coach, lead_id=lead.pk)
    assert AuditEvent.objects.filter(action="lead.taken").count() == 1


def test_a_lead_joins_an_employer_of_the_register(lead, coach, workplace):
    joined = services.set_lead_employer(actor=coach, lead_id=lead.pk, employer_id=workplace.pk)
    assert (joined.employer, joined.workplace_name) == (workplace, "")


def test_a_lead_stands_still_after_the_days_of_the_setting(today):
    late = LeadFactory(stage_since=today - dt.timedelta(days=14))
    LeadFactory(stage_since=today - dt.timedelta(days=13))
    LeadFactory(stage_since=today - dt.timedelta(days=40), stage="interview")
    assert list(JobLead.objects.standing_still(today=today, days=14)) == [late]


# --- people ---------------------------------------------------------------------------------------
def test_linking_is_on_the_persons_audit_trail_once(lead, enrolment, coach):
    first = matches.link_person(actor=coach, lead_id=lead.pk, enrolment=enrolment)
    assert matches.link_person(actor=coach, lead_id=lead.pk, enrolment=enrolment) == first
    event = AuditEvent.objects.get(action="lead.person_linked")
    assert event.participant_id == enrolment.participant_id


def test_a_change_and_taking_off_are_on_the_trail_too(lead_match, coach):
    matches.change_match(actor=coach, match_id=lead_match.pk, state="interested", note="Aamut sopivat")
    matches.change_match(actor=coach, match_id=lead_match.pk, state="interested", note="Aamut sopivat")
    matches.unlink_person(actor=coach, match_id=lead_match.pk)
    matches.unlink_person(actor=coach, match_id=lead_match.pk)
    actions = AuditEvent.objects.order_by("id").values_list("action", flat=True)
    assert list(actions) == ["lead.person_changed", "lead.person_unlinked"]
    assert not LeadMatch.objects.exists()


def test_nobody_is_linked_to_a_passed_lead_whose_text_names_them(passed_lead, coach, month):
    JobLead.objects.filter(pk=passed_lead.pk).update(share_text="Saarisen paja hakee apuria.")
    saarinen = EnrolmentFactory(
        month=month, participant__first_name="Oili", participant__last_name="Saarinen"
    )
    with pytest.raises(DomainError) as refusal:
        matches.link_person(actor=coach, lead_id=passed_lead.pk, enrolment=saarinen)
    assert refusal.value.field == "enrolment"


def test_a_work_trial_planned_from_a_lead_chooses_the_person(lead, enrolment, coordinator):
    matches.note_planned_trial(actor=coordinator, lead_id=lead.pk, enrolment=enrolment)
    assert LeadMatch.objects.get().state == "chosen"
