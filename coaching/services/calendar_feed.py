"""The secret address of a calendar feed: made, found, revoked.

A feed belongs to one person with an account, or to one participant's place in a month. Its address is the
only key to it, so it shows times, rooms and what kind of session it is, and never a name (issue 3, C12).
One address works at a time: a new one ends the one before.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from coaching.access import can_have_calendar_feed
from coaching.models import Enrolment
from core.errors import LinkGone
from core.models import LinkToken
from core.tokens import find_link_token, make_link_token, revoke_link_tokens

STAFF_FEED = "coaching.calendar"
PARTICIPANT_FEED = "coaching.own_calendar"


@dataclass(frozen=True)
class FeedState:
    """Whether an address works, since when and until when."""

    made_at: dt.datetime
    expires_at: dt.datetime


def staff_feed_state(user: User, *, now: dt.datetime) -> FeedState | None:
    """The address that works now; None without one. The secret itself is shown once and not kept."""
    token = (
        LinkToken.objects.filter(
            purpose=STAFF_FEED, subject_id=user.pk, revoked_at__isnull=True, expires_at__gt=now
        )
        .order_by("-created_at")
        .first()
    )
    return FeedState(token.created_at, token.expires_at) if token else None


@transaction.atomic
def make_staff_feed(*, actor: User, now: dt.datetime) -> str:
    """A new secret for one's own feed; the address before it stops working."""
    User.objects.select_for_update().get(pk=actor.pk)
    revoke_link_tokens(purpose=STAFF_FEED, subject_id=actor.pk, now=now)
    token, secret = make_link_token(purpose=STAFF_FEED, subject_id=actor.pk, lifetime=_lifetime(), now=now)
    audit.record(actor=actor, action="calendar_feed.made", obj=token)
    return secret


@transaction.atomic
def revoke_staff_feed(*, actor: User, now: dt.datetime) -> None:
    """One's own feed stops working at once. Without one nothing happens."""
    if revoke_link_tokens(purpose=STAFF_FEED, subject_id=actor.pk, now=now):
        audit.record(actor=actor, action="calendar_feed.revoked", obj=actor)


@transaction.atomic
def make_participant_feed(*, enrolment: Enrolment, now: dt.datetime) -> str:
    """A new secret for the participant's own times in this month; asked for behind the personal link."""
    Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    revoke_link_tokens(purpose=PARTICIPANT_FEED, subject_id=enrolment.pk, now=now)
    token, secret = make_link_token(
        purpose=PARTICIPANT_FEED, subject_id=enrolment.pk, lifetime=_lifetime(), now=now
    )
    audit.record(
        actor=None,
        actor_label="participant link",
        action="calendar_feed.made",
        obj=token,
        participant_id=enrolment.participant_id,
    )
    return secret


def owner_of_feed(*, secret: str, now: dt.datetime) -> User | Enrolment:
    """Whose feed this is. Raises LinkGone for an unknown, expired or revoked address, for somebody whose
    account has ended, and for a participant who is no longer in the group or who is protected by now: the
    address tells the rooms."""
    try:
        token = find_link_token(purpose=STAFF_FEED, secret=secret, now=now)
    except LinkGone:
        token = find_link_token(purpose=PARTICIPANT_FEED, secret=secret, now=now)
        places = Enrolment.objects.enrolled().filter(participant__is_restricted=False)
        owner = places.select_related("month").filter(pk=token.subject_id).first()
    else:
        owner = User.objects.filter(pk=token.subject_id, is_active=True).first()
        if owner is not None and not can_have_calendar_feed(owner):
            owner = None
    if owner is None:
        raise LinkGone(_("This calendar has ended."))
    return owner


def _lifetime() -> dt.timedelta:
    return dt.timedelta(days=settings.CALENDAR_FEED_DAYS)
