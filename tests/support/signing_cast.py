"""Fixtures of the signing: a planned work trial of the cast's person with every consent."""

from __future__ import annotations

import datetime as dt

import pytest

from employers.services.signing_links import Asking, send_for_signing
from employers.services.signing_paper import record_paper
from tests.support.factories import (
    ConsentFactory,
    ContactPersonFactory,
    EmployerFactory,
    GoalFactory,
    PlacementFactory,
)

NOW = dt.datetime(2026, 2, 10, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))


@pytest.fixture
def signing_trial(enrolment, coordinator, officer):
    """Begins on the tests' today; nothing is sent out."""
    employer = EmployerFactory(name="Rautakauppa Saha Oy")
    person = enrolment.participant
    person.email, person.birth_date, person.officer = "aino@koti.example", dt.date(1980, 2, 1), officer
    person.save()
    for recipient, item in (("employer", "contact"), ("authority", "contact"), ("authority", "work_trial")):
        ConsentFactory(participant=person, recipient=recipient, item=item)
    return PlacementFactory(
        month=enrolment.month,
        participant=person,
        employer=employer,
        supervisor=ContactPersonFactory(employer=employer, name="Eero Esimies", email="eero@saha.example"),
        starts_on=dt.date(2026, 2, 10),
        no_opening_talk_reason="Puhelimessa sovittu",
        created_by=coordinator,
        goal=GoalFactory(enrolment=enrolment),
    )


def all_by_link(trial) -> dict:
    """Everybody by a link; the officer with the account."""
    return {
        "participant": Asking("link"),
        "employer": Asking("link", trial.supervisor, email="eero@saha.example"),
        "authority": Asking("account", name="Olli Virkailija"),
    }


@pytest.fixture
def sent_out(signing_trial, coordinator, today):
    """The agreement out for signing."""
    return send_for_signing(
        actor=coordinator,
        placement_id=signing_trial.pk,
        askings=all_by_link(signing_trial),
        now=NOW,
        today=today,
    )


@pytest.fixture
def places(sent_out):
    """The three places by party."""
    return {row.party: row for row in sent_out.signatures.all()}


@pytest.fixture
def employer_place(places):
    return places["employer"]


@pytest.fixture
def authority_place(places):
    return places["authority"]


def pdf_scan() -> bytes:
    """A small file that is a PDF by its looks."""
    return b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def scanned_place(places, coordinator, today):
    """The workplace has signed on paper, and the scan is kept."""
    place = places["employer"]
    record_paper(
        actor=coordinator,
        placement_id=place.agreement.placement_id,
        names={"employer": "Eero Esimies"},
        signed_on=today,
        scan=pdf_scan(),
        text_hash=place.agreement.text_hash,
        now=NOW,
        today=today,
    )
    place.refresh_from_db()
    return place
