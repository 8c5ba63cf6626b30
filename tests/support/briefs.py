"""Fixtures of candidate briefs."""

from __future__ import annotations

import datetime as dt

import pytest

from coaching.models import CompetenceProfile
from employers.services import brief as services
from employers.services.brief_file import make_brief_file, request_brief_file
from participants.services.consents import record_consents
from tests.support.factories import PlacementFactory

NOW = dt.datetime(2026, 2, 10, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))
TODAY = dt.date(2026, 2, 10)


@pytest.fixture
def brief_trial(enrolment, workplace, coordinator):
    """A planned work trial that starts in three days, with the person's own words on record."""
    CompetenceProfile.objects.create(
        enrolment=enrolment,
        strengths="Olen tarkka ja rauhallinen.",
        temperament="Teen yhden asian kerrallaan.",
        from_work="Varastotyö ja keräily.",
        suitable_tasks="Hyllytys ja keräily.",
    )
    return PlacementFactory(
        month=enrolment.month,
        participant=enrolment.participant,
        employer=workplace,
        state="planned",
        starts_on=dt.date(2026, 2, 13),
        ends_on=dt.date(2026, 2, 27),
        created_by=coordinator,
    )


@pytest.fixture
def allow(coordinator):
    """`allow(trial, "strengths", …)`: the participant allows these to the trial's employer."""

    def given(trial, *items, to=None):
        return record_consents(
            actor=coordinator,
            participant=trial.participant,
            pairs=[("employer", item) for item in items],
            granted_on=TODAY,
            method="paper",
            today=TODAY,
            recipient_id=(to or trial.employer).pk,
        )

    return given


@pytest.fixture
def written_brief(brief_trial, allow, coordinator):
    """A brief of strengths and support that is being written."""
    allow(brief_trial, "strengths", "support")
    return services.make_brief(
        actor=coordinator,
        participant_id=brief_trial.participant_id,
        employer_id=brief_trial.employer_id,
        now=NOW,
        today=TODAY,
    )


@pytest.fixture
def approved_brief(written_brief, coordinator):
    """The same, signed by the participant on paper."""
    return services.approve_brief(
        actor=coordinator,
        brief_id=written_brief.pk,
        seen_hash=written_brief.content_hash,
        method="paper",
        approved_on=TODAY,
        now=NOW,
        today=TODAY,
    )


@pytest.fixture
def brief_pdf(written_brief, coordinator):
    """The PDF of the brief that is being written, as the job makes it."""
    row = request_brief_file(actor=coordinator, brief_id=written_brief.pk, now=NOW)
    make_brief_file(brief_file_id=row.pk, now=NOW)
    row.refresh_from_db()
    return row
