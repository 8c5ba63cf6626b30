"""A protected person's file (turvakielto) opens with a reason and stays open for half an hour.

Thirty minutes: long enough for a talk or a phone call, short enough that a forgotten screen locks. The
memory is the session's, so logging out ends it; each page that is then shown is audited as any other.
"""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest

from participants.models import Participant

OPEN_FOR = dt.timedelta(minutes=30)
_KEY = "opened_restricted"


def is_locked(request: HttpRequest, participant: Participant, *, now: dt.datetime) -> bool:
    """Does this person's file need a reason first?"""
    if not participant.is_restricted:
        return False
    opened = request.session.get(_KEY, {}).get(str(participant.pk))
    return opened is None or now - dt.datetime.fromisoformat(opened) > OPEN_FOR


def unlock(request: HttpRequest, participant: Participant, *, now: dt.datetime) -> None:
    """Remember in the session that a reason was given just now. Call it from a POST."""
    fresh = {
        pk: moment
        for pk, moment in request.session.get(_KEY, {}).items()
        if now - dt.datetime.fromisoformat(moment) <= OPEN_FOR
    }
    request.session[_KEY] = fresh | {str(participant.pk): now.isoformat()}
