"""Aftercare in each state (fixtures for tests/conftest.py)."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.models import Aftercare, AftercareUse


def agreed_aftercare(enrolment, **more) -> Aftercare:
    """Accepted and approved by both, 2.2.-1.6.2026, at most 10 hours, cared for by the coach."""
    coach = enrolment.month.coach
    values = {
        "offered_on": dt.date(2026, 2, 1),
        "needs": "Soitto viikossa",
        "answer": "accepted",
        "answered_on": dt.date(2026, 2, 1),
        "carer": coach,
        "starts_on": dt.date(2026, 2, 2),
        "window_months": 4,
        "ends_on": dt.date(2026, 6, 1),
        "most_minutes": 600,
        "coach_approved_by": coach,
        "coach_approved_on": dt.date(2026, 2, 1),
        "officer_name": "Veera Virkailija",
        "officer_approved_on": dt.date(2026, 2, 2),
        **more,
    }
    return Aftercare.objects.create(enrolment=enrolment, **values)


def given(aftercare, minutes: int = 60, **more) -> AftercareUse:
    """An entry of the carer's."""
    values = {"held_on": dt.date(2026, 2, 5), "channel": "phone", "given_by": aftercare.carer, **more}
    return AftercareUse.objects.create(aftercare=aftercare, minutes=minutes, **values)


@pytest.fixture
def aftercare(enrolment):
    """Aino's aftercare, which the office has not approved yet."""
    return agreed_aftercare(
        enrolment, coach_approved_by=None, coach_approved_on=None, officer_name="", officer_approved_on=None
    )


@pytest.fixture
def aftercare_use(aftercare):
    """An hour on the phone."""
    return given(aftercare)
