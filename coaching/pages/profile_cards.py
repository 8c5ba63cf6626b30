"""The section cards of what a person can and wants, and of what was corrected late, for the list in
`pages/person_cards.py`."""

from __future__ import annotations

from coaching.pages.assessments import areas_card, skills_card
from coaching.pages.corrections import corrections_card
from coaching.pages.person_cards import SECTION_CARDS
from coaching.pages.profile import (
    barriers_card,
    certificates_card,
    interviews_card,
    profile_card,
    workplaces_card,
)

PROFILE_CARDS = (
    areas_card,
    skills_card,
    profile_card,
    workplaces_card,
    interviews_card,
    certificates_card,
    barriers_card,
    corrections_card,
)


def register_profile_cards() -> None:
    """Put them on the person's page; doing it twice changes nothing."""
    SECTION_CARDS.extend(card for card in PROFILE_CARDS if card not in SECTION_CARDS)
