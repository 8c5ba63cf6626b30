"""What a person can and wants, for the role matrix and the coaching tests."""

from __future__ import annotations

import datetime as dt

import pytest

from coaching.models import Barrier, Interview, ProfileFile, TargetWorkplace
from participants.models import Certificate


@pytest.fixture
def barrier_record(enrolment):
    """What stands in Aino's way."""
    return Barrier.objects.create(enrolment=enrolment, text="Bussi ei kulje aamuvuoroon.")


@pytest.fixture
def workplace_record(enrolment):
    """A workplace that Aino would like."""
    return TargetWorkplace.objects.create(enrolment=enrolment, name="Rautakauppa Saha", colour="green")


@pytest.fixture
def interview_record(enrolment):
    """A practice interview of Aino's."""
    return Interview.objects.create(enrolment=enrolment, kind="practice", held_on=dt.date(2026, 2, 9))


@pytest.fixture
def certificate_record(participant):
    """Aino's hygiene passport."""
    return Certificate.objects.create(participant=participant, name="Hygieniapassi")


@pytest.fixture
def profile_file(enrolment, own_files):
    """A made profile of Aino's."""
    from django.core.files.base import ContentFile

    row = ProfileFile(enrolment=enrolment, language="fi", content_hash="0" * 64, state="done")
    row.file.save("profile.pdf", ContentFile(b"%PDF-1.7"), save=False)
    row.save()
    return row
