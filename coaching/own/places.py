"""Where a protected person goes stays out of the pages behind the link (docs/decisions/personal-link.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from coaching.models import Enrolment, Proposal

SHORTEST = 3
COMPANY_FORM = re.compile(r"[\s,]+(oy|oyj|ab|abp|ky|tmi|ry|rf)\.?$", re.IGNORECASE)


class Cover:
    """Takes the names of places out of texts, however their ends are bent."""

    def __init__(self, names: Iterable[str]) -> None:
        bare = {COMPANY_FORM.sub("", name.strip()) for name in names}
        longest_first = sorted((name for name in bare if len(name) >= SHORTEST), key=len, reverse=True)
        words = "|".join(re.escape(name) for name in longest_first)
        self._pattern = re.compile(rf"(?<!\w)(?:{words})\w*", re.IGNORECASE) if words else None

    def names_a_place(self, text: str) -> bool:
        """Whether a place would be read from the text."""
        return bool(self._pattern and self._pattern.search(text))

    def first_place(self, text: str) -> str:
        """The first place in the text as it is written there; "" when there is none."""
        found = self._pattern.search(text) if self._pattern else None
        return found.group() if found else ""

    def __call__(self, text: str) -> str:
        """The text with each place taken out."""
        return self._pattern.sub(_("[place]"), text) if self._pattern else text


def cover_for(place: Enrolment) -> Cover:
    """Covers what the house knows of this person's places: work trials, wishes, interviews, the proposal,
    rooms and visits. Nothing for those who are not protected. Five queries."""
    if not place.participant.is_restricted:
        return Cover(())
    names = [place.month.room]
    names += place.participant.placements.values_list("employer__name", flat=True)
    names += place.target_workplaces.values_list("name", flat=True)
    names += place.interviews.values_list("where", flat=True)
    names += Proposal.objects.filter(enrolment=place).values_list("where", flat=True)
    for room, destination in place.month.sessions.values_list("room", "destination").distinct():
        names += [room, destination]
    return Cover(names)
