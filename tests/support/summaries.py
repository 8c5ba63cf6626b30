"""Whole people with all a summary can hold, and summaries in each state (fixtures for tests/conftest.py)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone, translation

from coaching.enums import Area, Moment, Viewpoint
from core.files import save_whole
from participants.enums import CONSENT_CHOICES, ConsentRecipient
from reports.models import PeriodEnd, PeriodEndItem
from reports.services.versions import make_draft
from tests.support import factories

HELSINKI = ZoneInfo("Europe/Helsinki")

AUTHORITY_ITEMS = tuple(str(item) for item in CONSENT_CHOICES[ConsentRecipient.AUTHORITY] if item != "health")


def give_consents(participant, *, items=AUTHORITY_ITEMS):
    for item in items:
        factories.ConsentFactory(participant=participant, item=item)


def log_days(enrolment, *, count=5, marks=(), logged=True):
    """`count` weekdays from the month's start with a logged session and a mark of the group's half each."""
    month = enrolment.month
    for n in range(count):
        day = month.starts_on + dt.timedelta(days=n + 2 * (n // 5))
        session = month.sessions.filter(held_on=day).first() or factories.SessionFactory(
            month=month,
            held_on=day,
            state="logged" if logged else "planned",
            logged_at=dt.datetime(2026, 2, 27, 12, tzinfo=dt.UTC) if logged else None,
        )
        if logged:
            factories.MarkFactory(
                enrolment=enrolment, session=session, mark=marks[n] if n < len(marks) else "present"
            )


def assess_areas(enrolment, *, start="developing", end="good"):
    for area in Area:
        for moment, level in ((Moment.START, start), (Moment.END, end)):
            for viewpoint in Viewpoint:
                factories.AreaAssessmentFactory(
                    enrolment=enrolment, area=area, moment=moment, viewpoint=viewpoint, level=level
                )


def make_whole(enrolment, *, days=20):
    """Fill everything that a release needs, and a work trial with hours."""
    give_consents(enrolment.participant)
    log_days(enrolment, count=days)
    factories.GoalFactory(enrolment=enrolment)
    assess_areas(enrolment)
    factories.DiscussionFactory(enrolment=enrolment, agreed="Soitetaan maaliskuussa.")
    factories.ActionStepFactory(enrolment=enrolment, alternative="Toinen kurssi syksyllä")
    factories.ProposalFactory(enrolment=enrolment)
    factories.StepForwardFactory(enrolment=enrolment)
    for kind in ("call", "call", "application", "went_there"):
        factories.JobSearchActionFactory(enrolment=enrolment, kind=kind, text=f"Teko: {kind}")
    factories.InterviewFactory(enrolment=enrolment, where="Rautakauppa Vasara")
    factories.CertificateFactory(participant=enrolment.participant, issued_on=enrolment.joined_on)
    placement = factories.PlacementFactory(
        month=enrolment.month,
        participant=enrolment.participant,
        employer__name="Rautakauppa Saha Oy",
        ends_on=enrolment.month.starts_on + dt.timedelta(days=11),
        state="completed",
        hire_chance="possible",
    )
    for n in range(2):
        factories.MarkFactory(
            enrolment=enrolment,
            session=None,
            day=enrolment.month.starts_on + dt.timedelta(days=n),
            half="afternoon",
            hours=Decimal("4.00"),
        )
    return placement


def make_summary(enrolment, *, today=dt.date(2026, 3, 2)):
    """A draft of what is on record, made an hour before noon of `today`."""
    moment = dt.datetime.combine(today, dt.time(11), tzinfo=HELSINKI)
    return make_draft(actor=enrolment.month.coach, enrolment_id=enrolment.pk, now=moment, today=today)


def make_approved(enrolment, *, pdf: bytes = b"%PDF-1.7 test"):
    """A version that the participant and the coach have approved, with a PDF."""
    summary = make_summary(enrolment)
    summary.state, summary.signed_on, summary.signed_method = "approved", dt.date(2026, 3, 2), "meeting"
    summary.approved_by, summary.approved_at = enrolment.month.coach, summary.created_at
    summary.pdf_content_hash = "f" * 64
    summary.pdf.name = save_whole(default_storage, f"summaries/test-{summary.pk}.pdf", pdf)
    summary.save()
    return summary


def make_released(enrolment, **more):
    """A version that the participant's office may read."""
    summary = make_approved(enrolment, **more)
    summary.state, summary.recipient = "released", enrolment.participant.authority
    summary.released_by, summary.released_at = enrolment.month.coach, summary.created_at
    summary.save()
    return summary


@pytest.fixture
def english():
    """Sentences in the source language, for tests that name a refusal by its words."""
    with translation.override("en"):
        yield


@pytest.fixture
def own_files(settings, tmp_path):
    """Generated files go to the test's own folder."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path), "base_url": None},
        },
    }
    return tmp_path


@pytest.fixture
def draft(whole):
    """Aino's summary as a draft."""
    return make_summary(whole)


@pytest.fixture
def approved(whole, own_files):
    """Aino's summary, approved by her and the coach."""
    return make_approved(whole)


@pytest.fixture
def released(month, office, own_files):
    """Somebody else's summary of the same group, released to the office."""
    person = factories.ParticipantFactory(first_name="Mikko", last_name="Saarelma", authority=office)
    enrolment = factories.EnrolmentFactory(month=month, participant=person)
    make_whole(enrolment, days=3)
    return make_released(enrolment)


@pytest.fixture
def failed_item(enrolment):
    """A part of a period end that failed."""
    period_end = PeriodEnd.objects.create(
        month=enrolment.month, requested_by=enrolment.month.coach, finished_at=timezone.now()
    )
    return PeriodEndItem.objects.create(
        period_end=period_end, enrolment=enrolment, state="failed", error="too_slow", attempts=4
    )


@pytest.fixture
def whole(enrolment):
    """Aino, with everything recorded."""
    make_whole(enrolment)
    return enrolment
