"""A release on its way to an office, and somebody there with the code: fixtures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse

from core import clock
from core.models import OutgoingMail
from reports.models import Delivery
from reports.services.deliveries import release_together
from tests.support import factories
from tests.support.summaries import make_approved, make_whole


@dataclass(frozen=True)
class Sent:
    """A delivery with what only its sender and the mail know."""

    delivery: Delivery
    code: str
    path: str  # of the link, without the host

    @property
    def secret(self) -> str:
        return self.path.rstrip("/").rsplit("/", 1)[1]

    @property
    def pk(self) -> int:
        return self.delivery.pk

    @property
    def item_id(self) -> int:
        return self.delivery.items.order_by("pk").first().pk

    def to(self, name: str, *args) -> str:
        """A page behind the link."""
        return reverse(f"office:{name}", args=[self.secret, *args])


def address_in(body: str) -> str:
    """The path of the link in a mail."""
    line = next(line for line in body.splitlines() if "/d/" in line)
    return urlsplit(line.strip()).path


def send(*summaries, actor=None, today=dt.date(2026, 3, 2)) -> Sent:
    """Release approved summaries of one month to their one office."""
    cache.clear()  # the door counts the knocks of one address, and all tests stand at the same one
    month = summaries[0].enrolment.month
    chosen = {summary.pk: summary.version for summary in summaries}
    (given,) = release_together(
        actor=actor or month.coach, month_id=month.pk, chosen=chosen, now=clock.now(), today=today
    )
    address = urlsplit(given.address).path or address_in(OutgoingMail.objects.latest("pk").body)
    return Sent(given.delivery, given.code, address)


def someone_approved(month, office, *, first="Mikko", last="Saarelma"):
    """One more person of the month with an approved summary."""
    person = factories.ParticipantFactory(first_name=first, last_name=last, authority=office)
    enrolment = factories.EnrolmentFactory(month=month, participant=person)
    make_whole(enrolment, days=3)
    return make_approved(enrolment)


@pytest.fixture
def sent(approved, month, office) -> Sent:
    """Aino's and Mikko's summaries on their way to the office."""
    return send(approved, someone_approved(month, office))
