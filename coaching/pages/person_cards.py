"""The section cards of the person's page: what stands there beside goal, steps and discussions.

How to put your own part on the page (profile, skills, barriers, workplaces, interviews, certificates):

1. In your own `pages/<noun>.py` write a function `(enrolment, facts) -> SectionCard | None`. `enrolment` has
   its month and participant loaded; `facts` (PersonFacts) says who looks, on which day, and whether writing
   is possible. At most two queries, whatever the number of rows. Return None to leave the card out.
2. Put it into the list `SECTION_CARDS` below: cards stand in ascending `order`.
3. A card needs a `title`, an anchor `code` (the section's id; `saved(request, enrolment, sentence, code)` of
   `views/person_base.py` leads back to it), and either `summary`/`lines` (plain sentences) or a `template`,
   which is rendered inside the card with `card`, `enrolment`, `person` and `month` in its context; its own
   data goes into `card.context`. `actions` are (verb, address) pairs, shown as buttons beside the heading.
   An empty card says in `summary` what to do first.

What your part adds to the timeline is already read by `pages/timeline.py` (interviews, certificates,
assessments); higher apps add theirs through `core.registry.timeline_sources`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from accounts.models import User
from coaching.models import Enrolment


@dataclass(frozen=True)
class PersonFacts:
    """What every card may know without asking the database. `may_write` is False for somebody who never
    started (the enrolment was cancelled); a closed month stays open for what is written about people."""

    user: User
    today: dt.date
    may_write: bool = True


@dataclass(frozen=True)
class SectionCard:
    """One card; see the module's docstring."""

    code: str
    title: str
    summary: str = ""
    lines: tuple[str, ...] = ()
    actions: tuple[tuple[str, str], ...] = ()
    template: str = ""
    context: dict = field(default_factory=dict)
    order: int = 100


SECTION_CARDS: list[Callable[[Enrolment, PersonFacts], SectionCard | None]] = []


def section_cards(enrolment: Enrolment, facts: PersonFacts) -> list[SectionCard]:
    """The cards of one person in their order."""
    cards = [build(enrolment, facts) for build in SECTION_CARDS]
    return sorted((card for card in cards if card is not None), key=lambda card: card.order)
