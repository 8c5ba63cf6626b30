"""The page of one person in a month, and the table of areas that two people look at together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from coaching.discussion_windows import DUE, LATE, discussion_windows
from coaching.enums import SINGLE_DISCUSSIONS, EnrolmentState
from coaching.models import (
    ActionStep,
    Discussion,
    Enrolment,
    GoalVersion,
    Proposal,
    StepForward,
)
from coaching.pages.person_cards import PersonFacts, SectionCard, section_cards

STEPS_SHOWN = 12


@dataclass(frozen=True)
class TalkCard:
    """One kind of discussion and its record, if any; `is_due` asks for it on this day."""

    kind: str
    label: str
    discussion: Discussion | None
    is_due: bool


@dataclass(frozen=True)
class PersonPage:
    """Everything on the page of one person."""

    enrolment: Enrolment
    goal: GoalVersion | None
    earlier_goals: list[GoalVersion]
    talks: list[TalkCard]
    open_steps: list[ActionStep]
    done_steps: list[ActionStep]
    proposal: Proposal | None
    steps_forward: list[StepForward]
    next_step: ActionStep | None
    cards: list[SectionCard]


def person_page(enrolment: Enrolment, *, user: User, today: dt.date) -> PersonPage:
    """The page's content in a constant number of queries; `enrolment` has its month and participant
    loaded."""
    goals = list(enrolment.goals.select_related("recorded_by").order_by("-number"))
    next_steps = list(enrolment.action_steps.order_by("done_on", "due_on", "id"))
    open_steps = [step for step in next_steps if step.done_on is None]
    return PersonPage(
        enrolment=enrolment,
        goal=goals[0] if goals else None,
        earlier_goals=goals[1:],
        talks=_talks(enrolment, today),
        open_steps=open_steps,
        done_steps=[step for step in next_steps if step.done_on is not None],
        proposal=Proposal.objects.filter(enrolment=enrolment).first(),
        steps_forward=list(enrolment.steps_forward.newest_first()[:STEPS_SHOWN]),
        next_step=open_steps[0] if open_steps else None,
        cards=section_cards(
            enrolment, PersonFacts(user, today, may_write=enrolment.state != EnrolmentState.CANCELLED)
        ),
    )


def _talks(enrolment: Enrolment, today: dt.date) -> list[TalkCard]:
    written = {talk.kind: talk for talk in enrolment.discussions.select_related("recorded_by")}
    windows = discussion_windows(enrolment.month)
    cards = []
    for kind in SINGLE_DISCUSSIONS:
        talk = written.get(kind)
        is_held = talk is not None and talk.held_on is not None
        state = windows[kind].state_on(today, is_held=is_held)
        cards.append(
            TalkCard(kind=kind.value, label=kind.label, discussion=talk, is_due=state in (DUE, LATE))
        )
    return cards
