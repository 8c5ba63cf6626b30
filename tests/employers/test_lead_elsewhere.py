"""Leads on others' pages: the employer's, the participant's, Today, the desk, the work trial, the export."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from core.registry import anonymisers, person_sections
from employers.models import JobLead, LeadMatch
from employers.pages.lead import lead_of_trial
from employers.registrations_lead import (
    coach_lead_lines,
    desk_lead_lines,
    forget_leads,
    lead_panel,
    lead_section,
    lead_timeline,
)
from tests.support.factories import ContactPersonFactory
from tests.support.leads import LeadFactory, LeadMatchFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 2, 10)


@pytest.fixture
def registered_lead(workplace, workplace_person, coordinator):
    """A work-trial place at the register's workplace, heard from its supervisor."""
    return LeadFactory(
        title="Varastoapulainen",
        kind="work_trial",
        employer=workplace,
        workplace_name="",
        contact_person=workplace_person,
        tasks="Purkaa kuorman\nHyllyttää",
        created_by=coordinator,
    )


def test_the_employers_page_shows_its_leads_and_adds_one(client_of, coach, registered_lead, workplace, today):
    html = client_of(coach).get(reverse("employers:employer", args=[workplace.pk])).content.decode()
    assert "Varastoapulainen" in html
    assert f"{reverse('employers:lead-new')}?employer={workplace.pk}" in html


def test_a_work_trial_takes_tasks_and_people_from_the_lead(
    client_of, coordinator, enrolment, registered_lead, workplace, workplace_person, today
):
    address = reverse("employers:placement-new", args=[workplace.pk, enrolment.pk])
    form = client_of(coordinator).get(address, {"lead": registered_lead.pk}).context["form"]
    assert form["tasks"].value() == "Purkaa kuorman\nHyllyttää"
    assert form["supervisor"].value() == workplace_person.pk


@pytest.mark.parametrize("asked", ["", "x", "-1", "9" * 30, "٣", "999999"])
def test_an_odd_lead_in_the_address_carries_nothing(
    client_of, coordinator, enrolment, workplace, today, asked
):
    address = reverse("employers:placement-new", args=[workplace.pk, enrolment.pk])
    response = client_of(coordinator).get(address, {"lead": asked})
    assert response.status_code == 200
    assert not response.context["form"]["tasks"].value()


def test_a_lead_of_another_employer_carries_nothing(coordinator, lead, workplace):
    assert lead_of_trial(str(lead.pk), user=coordinator, employer_id=workplace.pk) is None


def test_a_guide_of_the_lead_becomes_the_trials_guide(
    coordinator, registered_lead, workplace, client_of, enrolment, today
):
    guide = ContactPersonFactory(employer=workplace, name="Oona Ohjaaja", role="guide")
    JobLead.objects.filter(pk=registered_lead.pk).update(contact_person=guide)
    address = reverse("employers:placement-new", args=[workplace.pk, enrolment.pk])
    form = client_of(coordinator).get(address, {"lead": registered_lead.pk}).context["form"]
    assert form["guide"].value() == guide.pk


def test_the_participants_page_and_timeline_show_the_leads_to_own_staff_only(
    lead_match, coach, other_coach, manager, participant, enrolment, today
):
    assert lead_panel(participant, coach).context["matches"] == [lead_match]
    assert lead_panel(participant, other_coach) is lead_panel(participant, manager) is None
    assert ["Iltavuoron tiskaaja" in entry.text for entry in lead_timeline(enrolment, coach)] == [True]
    assert list(lead_timeline(enrolment, other_coach)) == []


def test_a_persons_own_export_holds_the_leads_and_forgetting_takes_them_away(lead_match, participant):
    LeadMatch.objects.filter(pk=lead_match.pk).update(note="Toivoo aamuja")
    assert lead_section in person_sections
    assert forget_leads in anonymisers
    _title, rows = lead_section(participant)
    assert "Toivoo aamuja" in rows[0].values()
    assert forget_leads(participant) == 1
    assert not LeadMatch.objects.exists()
    assert JobLead.objects.filter(pk=lead_match.lead_id).exists()


def test_todays_page_names_leads_of_own_people_whose_last_day_is_near(coach, month, enrolment, count_queries):
    near = LeadFactory(title="Huomenna", apply_by=TODAY + dt.timedelta(days=1))
    LeadMatchFactory(lead=near, enrolment=enrolment)
    LeadFactory(title="Ei ketään", apply_by=TODAY + dt.timedelta(days=1))
    past = LeadFactory(title="Mennyt", apply_by=TODAY - dt.timedelta(days=1))
    LeadMatchFactory(lead=past, enrolment=enrolment)
    with count_queries() as queries:
        lines = coach_lead_lines(coach, {month.pk: month}, TODAY)
    assert [line.title for line in lines] == ["Huomenna"]
    assert len(queries) == 1


def test_the_desk_names_leads_that_nobody_takes_care_of_and_own_late_ones(
    coordinator, other_coordinator, count_queries
):
    LeadFactory(title="Kenenkään")
    LeadFactory(title="Oma myöhässä", owner=coordinator, apply_by=TODAY - dt.timedelta(days=1))
    LeadFactory(title="Oma rauhassa", owner=coordinator)
    LeadFactory(title="Toisen", owner=other_coordinator, apply_by=TODAY)
    LeadFactory(title="Päättynyt", stage="closed", closed_reason="Syy")
    with count_queries() as queries:
        lines = {line.title: line for line in desk_lead_lines(coordinator, TODAY)}
    assert set(lines) == {"Kenenkään", "Oma myöhässä"}
    assert lines["Oma myöhässä"].is_late
    assert len(queries) == 1


def test_the_register_leads_to_the_board(client_of, coach, today):
    html = client_of(coach).get(reverse("employers:register")).content.decode()
    assert reverse("employers:lead-board") in html


def test_a_coach_shares_a_lead_from_today(client_of, coach, month, today):
    html = client_of(coach).get(reverse("coaching:today")).content.decode()
    assert reverse("employers:lead-quick") in html


def test_a_talk_that_brought_a_lead_goes_with_it(client_of, coach, contact_event, workplace, today):
    client = client_of(coach)
    address = f"{reverse('employers:lead-new')}?contact={contact_event.pk}"
    assert address in client.get(reverse("employers:employer", args=[workplace.pk])).content.decode()
    form = client.get(address).context["form"]
    assert (form["employer"].value(), form["heard_on"].value()) == (workplace.pk, contact_event.happened_on)
    sent = {"kind": "gig", "title": "Muuttoapu", "employer": workplace.pk, "heard_on": "3.2.2026"}
    assert client.post(address, sent).status_code == 302
    assert JobLead.objects.get().contact_event == contact_event


@pytest.mark.parametrize("asked", ["x", "0", "9" * 30, "999999"])
def test_an_odd_talk_in_the_address_is_none(client_of, coach, asked, today):
    assert client_of(coach).get(reverse("employers:lead-new"), {"contact": asked}).status_code == 200
