"""Behind the personal link: a client in which a participant is inside."""

from __future__ import annotations

from django.core.cache import cache
from django.urls import reverse

from core import clock
from participants.enums import LinkChannel
from participants.services.personal_links import GivenLink, give_link
from tests.support.client import PolicedClient


def give(participant, *, channel: str = LinkChannel.PAPER, actor=None) -> GivenLink:
    """A link by the service."""
    return give_link(actor=actor, participant_id=participant.pk, channel=channel, now=clock.now())


def door_of(given: GivenLink) -> str:
    """The path of the given link's door."""
    return "/o/" + given.address.split("/o/", 1)[1]


def as_typed(day) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def go_in(participant, client: PolicedClient | None = None) -> PolicedClient:
    """A client that has passed the second factor of a fresh link."""
    cache.clear()  # the door counts the knocks of one address, and all tests stand at the same one
    client = client or PolicedClient()
    response = client.post(door_of(give(participant)), {"birth_date": as_typed(participant.birth_date)})
    assert response.status_code == 302, response.content.decode()[:500]
    assert response["Location"] == reverse("own:front")
    return client
