"""The cards of the month on the first page behind the personal link; at most two queries each."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.own.place import own_place
from core.registry import LinkCard
from participants.models import Participant


def goal_card(participant: Participant, today: dt.date) -> LinkCard | None:
    """The own goal."""
    place = own_place(participant)
    if place is None:
        return None
    newest = place.goals.order_by("-number").only("text").first()
    return LinkCard(
        title=_("My goal"),
        sentence=_shortened(newest.text)
        if newest
        else _("What do you want from this month? Write it in your own words."),
        url=reverse("own_month:goal"),
        link_text=_("Open") if newest else _("Write"),
        state="" if newest else "todo",
    )


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 120 else words[:117].rstrip() + "…"
