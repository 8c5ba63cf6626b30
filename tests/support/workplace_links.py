"""A begun work trial with a guide, and the links that its workplace holds: fixtures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.core.cache import cache

from core import clock
from employers.models import Concern
from employers.services.workplace_links import give_workplace_link
from tests.support.factories import ContactPersonFactory


@dataclass(frozen=True)
class Held:
    """A link in somebody's hand: its secret and its row."""

    secret: str
    link: object

    @property
    def path(self) -> str:
        """The address of the hours page without the host."""
        return f"/w/hours/{self.secret}/"


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
