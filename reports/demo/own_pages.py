"""Personal links in the demo: a few people of the running month got theirs by e-mail."""

from __future__ import annotations

from coaching.models import CoachingMonth
from core import clock
from participants.enums import LinkChannel
from participants.services.personal_links import give_link

LINKS = 3


def build_links(month: CoachingMonth) -> None:
    """The mails wait in the outbox and stand on the demo's mailbox page soon after the start."""
    people = month.enrolments.filter(state="enrolled", participant__is_restricted=False)
    people = people.exclude(participant__email="").exclude(participant__birth_date=None).order_by("id")
    for enrolment in people[:LINKS]:
        give_link(
            actor=month.coach,
            participant_id=enrolment.participant_id,
            channel=LinkChannel.EMAIL,
            now=clock.now(),
        )
