"""The pre-assignments on the person's page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.models import Enrolment
from coaching.pages.person_cards import SECTION_CARDS, PersonFacts, SectionCard
from coaching.pages.pre_assignments import state_of
from coaching.pre_assignment_words import words_of


def pre_assignment_card(enrolment: Enrolment, facts: PersonFacts) -> SectionCard | None:
    """The tasks with their state, each leading to its answers. One query."""
    tasks = list(enrolment.pre_assignments.order_by("position"))
    rows = [(task, words_of(task.texts).title, state_of(task, today=facts.today)) for task in tasks]
    board = (_("The group's pre-assignments"), reverse("coaching:pre-assignments", args=[enrolment.month_id]))
    if not rows:
        if not facts.may_write or enrolment.month.state != "open":
            return None
        return SectionCard(
            code="pre-assignments",
            title=_("Pre-assignments"),
            summary=_("The pre-assignments have not been sent yet."),
            actions=(board,),
            order=30,
        )
    return SectionCard(
        code="pre-assignments",
        title=_("Pre-assignments"),
        template="coaching/_pre_assignments_card.html",
        context={"rows": rows},
        actions=(board,),
        order=30,
    )


def register_pre_assignment_card() -> None:
    """Put it on the person's page; doing it twice changes nothing."""
    if pre_assignment_card not in SECTION_CARDS:
        SECTION_CARDS.append(pre_assignment_card)
