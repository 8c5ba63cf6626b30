"""Leads of the cast: one of the coach's, one that was passed to the office, and Aino linked to the first."""

from __future__ import annotations

import datetime as dt

import factory
import pytest
from factory.django import DjangoModelFactory

from employers.models import JobLead, LeadMatch
from tests.support.factories import EnrolmentFactory, UserFactory


class LeadFactory(DjangoModelFactory):
    class Meta:
        model = JobLead

    kind = "hidden_job"
    title = factory.Sequence(lambda n: f"Keittiöapulainen {n}")
    workplace_name = "Lounaskahvila Kaneli"
    city = "Hämeenlinna"
    heard_on = dt.date(2026, 2, 3)
    stage_since = dt.date(2026, 2, 3)
    created_by = factory.SubFactory(UserFactory)


class LeadMatchFactory(DjangoModelFactory):
    class Meta:
        model = LeadMatch

    lead = factory.SubFactory(LeadFactory)
    enrolment = factory.SubFactory(EnrolmentFactory)


@pytest.fixture
def lead(coach):
    """What the coach heard: nobody takes care of it yet."""
    return LeadFactory(title="Iltavuoron tiskaaja", created_by=coach, tasks="Tiskaa\nPyyhkii pöydät")


@pytest.fixture
def passed_lead(coach, office):
    """What was passed to the cast's office."""
    return LeadFactory(
        title="Varastotyö",
        created_by=coach,
        stage="passed_on",
        authority=office,
        passed_on=dt.date(2026, 2, 9),
        share_text="Varastotyö: hyllytystä aamuisin.",
    )


@pytest.fixture
def lead_match(lead, enrolment, coach):
    """Aino is linked to the coach's lead."""
    return LeadMatchFactory(lead=lead, enrolment=enrolment, created_by=coach)
