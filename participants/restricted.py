"""A protected person's file (turvakielto) opens with a reason and stays open for half an hour.

Thirty minutes: long enough for a talk or a phone call, short enough that a forgotten screen locks. The
memory is the session's, so logging out ends it; each page that is then shown is audited as any other.
"""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.urls import reverse

from core.errors import GoThereFirst
from participants.models import Participant

OPEN_FOR = dt.timedelta(minutes=30)
MAY_SEND_FOR = dt.timedelta(hours=10)  # what was begun while the file was open may still be sent
_KEY = "opened_restricted"


def is_locked(request: HttpRequest, participant: Participant, *, now: dt.datetime) -> bool:
    """Does this person's file need a reason first?"""
    if not participant.is_restricted:
        return False
    return not _was_opened(request, participant, now=now, within=OPEN_FOR)


def _was_opened(
    request: HttpRequest, participant: Participant, *, now: dt.datetime, within: dt.timedelta
) -> bool:
    opened = request.session.get(_KEY, {}).get(str(participant.pk))
    return opened is not None and now - dt.datetime.fromisoformat(opened) <= within


def require_opened(request: HttpRequest, participant: Participant, *, now: dt.datetime) -> None:
    """Send the user to the page that asks for a reason, when the person is protected and none was given.

    For the other apps' pages about one person. A form that was opened in time may be sent later in the same
    session: a long text about a person must not be lost to a clock.
    """
    within = OPEN_FOR if request.method == "GET" else MAY_SEND_FOR
    if participant.is_restricted and not _was_opened(request, participant, now=now, within=within):
        raise GoThereFirst(reverse("participants:participant-detail", args=[participant.pk]))


def unlock(request: HttpRequest, participant: Participant, *, now: dt.datetime) -> None:
    """Remember in the session that a reason was given just now. Call it from a POST."""
    fresh = {
        pk: moment
        for pk, moment in request.session.get(_KEY, {}).items()
        if now - dt.datetime.fromisoformat(moment) <= MAY_SEND_FOR
    }
    request.session[_KEY] = fresh | {str(participant.pk): now.isoformat()}
