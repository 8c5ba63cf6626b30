"""The cards of this app on the first page behind the personal link."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from core.registry import LinkCard
from participants.models import Participant
from participants.own.information import is_confirmed


def information_card(participant: Participant, today: dt.date) -> LinkCard:
    """The information sheet; no query."""
    is_done = is_confirmed(participant)
    return LinkCard(
        title=_("What the month is and what is written down"),
        sentence=_("You have read this.")
        if is_done
        else _("Read this first. It tells what taking part means and who sees your data."),
        url=reverse("own:information"),
        link_text=_("Read"),
        state="done" if is_done else "todo",
    )
