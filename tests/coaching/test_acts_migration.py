"""Steps forward with a kind move to the tables that now hold what they said; nothing is cut off."""

from __future__ import annotations

import datetime as dt
import importlib
from types import SimpleNamespace

import pytest

from coaching.models import Interview, JobSearchAction
from participants.models import Certificate

MIGRATION = importlib.import_module("coaching.migrations.0007_acts_go_to_their_own_tables")
DAY = dt.date(2026, 2, 10)


def moved(kind: str, text: str = "Rautakauppa Saha"):
    step = SimpleNamespace(
        pk=1,
        kind=kind,
        text=text,
        day=DAY,
        done_by="together",
        session_id=5,
        enrolment_id=7,
        enrolment=SimpleNamespace(participant_id=9),
        recorded_by_id=3,
        recorded_at=dt.datetime(2026, 2, 10, 12, tzinfo=dt.UTC),
    )
    _, row = MIGRATION._row(step, JobSearchAction, Interview, Certificate)
    return row


@pytest.mark.parametrize(
    ("kind", "becomes"), [("call", "call"), ("application", "application"), ("visit", "went_there")]
)
def test_calls_applications_and_visits_become_job_search_actions(kind, becomes):
    row = moved(kind)
    assert isinstance(row, JobSearchAction)
    assert (row.kind, row.text, row.day, row.done_by) == (becomes, "Rautakauppa Saha", DAY, "together")
    assert (row.enrolment_id, row.session_id, row.recorded_by_id) == (7, 5, 3)


@pytest.mark.parametrize(("kind", "becomes"), [("interview", "real"), ("practice_interview", "practice")])
def test_interviews_become_interviews(kind, becomes):
    row = moved(kind)
    assert isinstance(row, Interview)
    assert (row.kind, row.where, row.held_on, row.enrolment_id) == (becomes, "Rautakauppa Saha", DAY, 7)


def test_a_certificate_belongs_to_the_person_and_always_has_a_name():
    row = moved("certificate", "")
    assert isinstance(row, Certificate)
    assert (row.participant_id, row.issued_on) == (9, DAY)
    assert row.name


@pytest.mark.parametrize("kind", ["call", "interview", "certificate"])
def test_what_is_too_long_for_its_new_place_stays_as_a_step_too(kind):
    text = "x" * 300
    row = moved(kind, text)
    where = {"call": "job_search", "interview": "interview", "certificate": "certificate"}[kind]
    limit = MIGRATION.TEXT_LIMITS[where]
    assert len(getattr(row, "where", None) or getattr(row, "name", None) or row.text) == limit < 300
