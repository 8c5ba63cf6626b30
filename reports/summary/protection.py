"""Where a protected person works or is to work stays out of what leaves the house, whenever the protection
came: also from versions that were made before it, and from the coach's own words."""

from __future__ import annotations

import json

from coaching.models import Proposal
from coaching.own.places import Cover


def place_told(version) -> str:
    """The first workplace of the protected person that this SummaryVersion names; "" when it names none, or
    the person is not protected. Two queries for a protected person, else none."""
    enrolment = version.enrolment
    if not enrolment.participant.is_restricted:
        return ""
    names = [
        *enrolment.participant.placements.values_list("employer__name", flat=True),
        *Proposal.objects.filter(enrolment=enrolment).values_list("where", flat=True),
    ]
    return Cover(names).first_place(all_words(version))


def all_words(version) -> str:
    """Everything that the version says, as one text to look into."""
    words = [version.data, version.texts, version.plan_text, version.participant_comment]
    return json.dumps(words, ensure_ascii=False)
