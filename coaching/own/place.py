"""The participant's own place in a month: what the own pages are about."""

from __future__ import annotations

from django.http import Http404

from coaching.enums import EnrolmentState
from coaching.models import Enrolment
from core import clock
from participants.models import Participant


def own_place(participant: Participant) -> Enrolment | None:
    """The month that runs, else the newest in which the person is or waits. One query for each Participant in
    memory: the cards of the first page ask one after the other."""
    if not hasattr(participant, "own_place"):
        participant.own_place = _find_place(participant)
    return participant.own_place


def _find_place(participant: Participant) -> Enrolment | None:
    places = Enrolment.objects.filter(participant=participant).exclude(state=EnrolmentState.CANCELLED)
    people = ("month", "month__coach", "month__programme")
    return places.select_related(*people).own_place_first(clock.today()).first()


def require_own_place(participant: Participant, *, in_group: bool = False) -> Enrolment:
    """As `own_place`, or 404; `in_group` leaves out those who wait."""
    place = own_place(participant)
    if place is None or (in_group and place.state != EnrolmentState.ENROLLED):
        raise Http404
    place.participant = participant
    return place
