"""A begun work trial with a guide, and the links that its workplace holds: fixtures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.core.cache import cache

from core import clock
from employers.enums import FeedbackItem
from employers.models import Concern, EmployerFeedback, FeedbackAnswer
from employers.services.workplace_links import give_workplace_link
from tests.support.factories import ContactPersonFactory


@dataclass(frozen=True)
class Held:
    """A link in somebody's hand: its secret and its row."""

    secret: str
    link: object

    @property
    def path(self) -> str:
        """The page's address without the host."""
        page = "feedback" if self.link.purpose == "employer.feedback" else "hours"
        return f"/w/{page}/{self.secret}/"


def hold(placement, *, purpose="employer.hours", subject_id=None, person=None, actor=None) -> Held:
    """A fresh link of this purpose."""
    cache.clear()  # the door counts the knocks of one address, and all tests stand at the same one
    given = give_workplace_link(
        actor=actor,
        purpose=purpose,
        subject_id=subject_id or placement.pk,
        placement=placement,
        contact_person=person,
        now=clock.now(),
    )
    return Held(given.address.rstrip("/").rsplit("/", 1)[1], given.link)


@pytest.fixture
def workplace_guide(placement):
    """The guide of Aino's work trial."""
    placement.guide = ContactPersonFactory(
        employer=placement.employer, name="Ossi Ohjaaja", email="ossi@saha.example", phone="040 555 0199"
    )
    placement.save(update_fields=["guide"])
    return placement.guide


@pytest.fixture
def begun_trial(placement, workplace_guide):
    """Aino's work trial goes on: 2.2.–27.2.2026, afternoons, 4 hours."""
    placement.state = "ongoing"
    placement.save(update_fields=["state"])
    return placement


@pytest.fixture
def hours_link(begun_trial, today) -> Held:
    """The guide's link to the days."""
    return hold(begun_trial, person=begun_trial.guide)


@pytest.fixture
def concern(placement):
    """An open concern of the workplace."""
    return Concern.objects.create(
        placement=placement,
        source="guide",
        raised_by_name="Ossi Ohjaaja",
        text="Aino on ollut kovin hiljaa tällä viikolla.",
        raised_at=dt.datetime(2026, 2, 9, 12, tzinfo=dt.UTC),
    )


@pytest.fixture
def asked_feedback(begun_trial, today):
    """The guide has been asked and has not answered."""
    return EmployerFeedback.objects.create(
        placement=begun_trial,
        assessor=begun_trial.guide,
        assessor_name=begun_trial.guide.name,
        asked_at=clock.now(),
    )


@pytest.fixture
def feedback_link(asked_feedback) -> Held:
    """The guide's link to the feedback."""
    return hold(
        asked_feedback.placement,
        purpose="employer.feedback",
        subject_id=asked_feedback.pk,
        person=asked_feedback.assessor,
    )


@pytest.fixture
def given_feedback(asked_feedback):
    """The guide has answered on the phone: fours, customers not seen."""
    feedback = asked_feedback
    feedback.given_at, feedback.channel, feedback.take_again = clock.now(), "phone", "yes"
    feedback.succeeded, feedback.differently = "Yhteydenpito toimi.", "Alussa olisi auttanut toinen kierros."
    feedback.save()
    FeedbackAnswer.objects.bulk_create(
        FeedbackAnswer(feedback=feedback, item=item, value=None if item == "customers" else 4)
        for item in FeedbackItem.values
    )
    return feedback
