"""What staff see of a person's personal link: in what state it is, never the link itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.mail import why_lost
from core.models import LOST
from core.registry import Panel, TodayLine
from core.tokens import MAX_WRONG_TRIES
from participants.models import Participant, PersonalLink
from participants.services.personal_links import was_mailed_to_protected

SHOWN = 10
LOST_MAIL = 7  # where the section stands on Today


@dataclass(frozen=True)
class LinkState:
    """One link in words: `word` for the badge in `tone`, `sentence` for what it means."""

    link: PersonalLink
    word: str
    tone: str
    sentence: str
    is_live: bool


def links_of(participant: Participant, *, now: dt.datetime) -> list[LinkState]:
    """The person's links, newest first. One query."""
    rows = participant.personal_links.select_related("token", "mail", "created_by").order_by(
        "-created_at", "-id"
    )
    return [state_of(link, now=now) for link in rows[:SHOWN]]


def state_of(link: PersonalLink, *, now: dt.datetime) -> LinkState:
    """How one link stands."""
    token = link.token
    if token.revoked_at:
        return LinkState(
            link, _("revoked"), "neutral", _("It was taken back or replaced by a newer one."), False
        )
    if token.wrong_tries >= MAX_WRONG_TRIES:
        return LinkState(link, _("locked"), "danger", _("Five wrong dates of birth. Give a new link."), False)
    if token.expires_at <= now:
        return LinkState(link, _("expired"), "warning", _("Its time has run out. Give a new link."), False)
    if was_mailed_to_protected(link):
        sentence = _("The person is protected now, and the link went by e-mail. Print a new one.")
        return LinkState(link, _("ended"), "warning", sentence, False)
    if link.opened_at:
        return LinkState(link, _("opened"), "success", _("The participant has been inside."), True)
    if link.mail is not None and link.mail.is_lost:
        return LinkState(link, _("mail did not arrive"), "danger", why_lost(link.mail), True)
    return LinkState(link, _("not opened yet"), "info", _("The participant has not opened it yet."), True)


def link_panel(participant: Participant, user) -> Panel:
    """The link's state on the participant's page. One query."""
    link = participant.personal_links.select_related("token", "mail").order_by("-created_at", "-id").first()
    summary = _("No link has been given yet.")
    if link is not None:
        state = state_of(link, now=clock.now())
        summary = f"{state.word.capitalize()}. {state.sentence}"
    return Panel(
        title=_("The participant's own pages"),
        summary=summary,
        url=reverse("participants:personal-link", args=[participant.pk]),
        link_text=_("Open the link's page"),
        order=20,
    )


def lost_link_lines(user, months: Mapping[int, object], today: dt.date) -> list[TodayLine]:
    """Today: people of these months whose link did not reach them. One query."""
    links = (
        PersonalLink.objects.filter(
            participant__enrolments__month__in=months,
            participant__enrolments__state="enrolled",
            mail__state__in=LOST,
            opened_at__isnull=True,
            token__revoked_at__isnull=True,
            token__expires_at__date__gte=today,
        )
        .select_related("participant", "mail")
        .order_by("id")
        .distinct()
    )
    return [
        TodayLine(
            heading=_("Mail that did not arrive"),
            title=link.participant.full_name,
            title_url=reverse("participants:participant-detail", args=[link.participant_id]),
            detail=why_lost(link.mail),
            url=reverse("participants:personal-link", args=[link.participant_id]),
            link_text=_("Give a new link"),
            icon="mail",
            is_late=True,
            alarm=_("did not arrive"),
            day=link.created_at.date(),
            order=LOST_MAIL,
        )
        for link in links
    ]
