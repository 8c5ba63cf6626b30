"""The first page behind the personal link, and whom to ask."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from core.registry import LinkCard, link_pages
from participants.models import Participant, PersonalLink


@dataclass(frozen=True)
class FrontPage:
    """`to_do` waits for the participant, `to_read` is there to be looked at."""

    contact: User | None
    to_do: list[LinkCard]
    to_read: list[LinkCard]


def front_page(link: PersonalLink, *, today: dt.date) -> FrontPage:
    """The cards of every app, in their order; two queries and those of the cards."""
    pages = sorted(link_pages, key=lambda page: page.order)
    cards = [card for page in pages if (card := page.card(link.participant, today)) is not None]
    return FrontPage(
        contact=contact_of(link),
        to_do=[card for card in cards if card.state in ("todo", "started")],
        to_read=[card for card in cards if card.state not in ("todo", "started")],
    )


def contact_of(link: PersonalLink) -> User | None:
    """The coach of the person's newest month, or, before a month, who gave the link."""
    enrolment = newest_enrolment(link.participant)
    if enrolment is not None:
        return enrolment.month.coach
    return User.objects.filter(pk=link.created_by_id).first() if link.created_by_id else None


def newest_enrolment(participant: Participant):
    """The newest month in which the person is or waits, with its coach; None before."""
    return (
        participant.enrolments.exclude(state="cancelled")
        .select_related("month", "month__coach")
        .order_by("-month__starts_on", "-id")
        .first()
    )
