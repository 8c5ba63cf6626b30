"""The page of one person in a month, and the table of areas that two people look at together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from coaching.access import can_edit_month
from coaching.discussion_windows import TalkWindow, discussion_windows
from coaching.enums import (
    DiscussionKind,
    EnrolmentState,
    GoalArea,
    MonthState,
)
from coaching.goal_prompts import Prompt, goal_prompts
from coaching.models import (
    ActionStep,
    Discussion,
    Enrolment,
    GoalAlternative,
    GoalVersion,
    Proposal,
    SubGoal,
)
from coaching.pages.person_cards import PersonFacts, SectionCard, section_cards
from coaching.pages.person_now import PersonNow, person_now
from coaching.pages.timeline import Timeline, timeline


@dataclass(frozen=True)
class TalkCard:
    """One kind of discussion and its record, if any; `state` as of TalkWindow.state_on."""

    kind: str
    label: str
    discussion: Discussion | None
    state: str
    window: TalkWindow


@dataclass(frozen=True)
class PersonPage:
    """Everything on the page of one person."""

    enrolment: Enrolment
    today: dt.date
    goal: GoalVersion | None
    earlier_goals: list[GoalVersion]
    prompts: list[Prompt]
    sub_goals: list[SubGoal]
    alternatives: list[GoalAlternative]
    talks: list[TalkCard]
    other_talks: list[Discussion]
    open_steps: list[ActionStep]
    done_steps: list[ActionStep]
    proposal: Proposal | None
    now: PersonNow
    timeline: Timeline
    cards: list[SectionCard]
    may_end: bool

    @property
    def next_step(self) -> ActionStep | None:
        """The open step whose day comes first; those without a day come last."""
        return self.open_steps[0] if self.open_steps else None

    @property
    def overdue(self) -> set[int]:
        """Ids of open steps whose day has passed."""
        return {step.pk for step in self.open_steps if step.due_on and step.due_on < self.today}

    @property
    def goals_by_area(self) -> list[tuple[str, str, list[SubGoal]]]:
        """(area, label, its goals that are under way) of the areas that have some; no area comes before
        another, the order is the list's."""
        return [
            (area.value, area.label, goals)
            for area in GoalArea
            if (goals := [goal for goal in self.sub_goals if goal.area == area and not goal.closed_on])
        ]

    @property
    def closed_goals(self) -> list[SubGoal]:
        return [goal for goal in self.sub_goals if goal.closed_on]

    @property
    def kept_alternatives(self) -> list[GoalAlternative]:
        return [alternative for alternative in self.alternatives if alternative.set_aside_on is None]

    @property
    def alternatives_aside(self) -> list[GoalAlternative]:
        return [alternative for alternative in self.alternatives if alternative.set_aside_on is not None]


def person_page(enrolment: Enrolment, *, user: User, today: dt.date, show_all: bool = False) -> PersonPage:
    """The page's content in a constant number of queries; `enrolment` has its month and participant
    loaded. `show_all` lifts the cap of the timeline."""
    goals = list(enrolment.goals.select_related("recorded_by").order_by("-number"))
    next_steps = list(enrolment.action_steps.order_by("done_on", "due_on", "id"))
    open_steps = [step for step in next_steps if step.done_on is None]
    talks = list(enrolment.discussions.select_related("recorded_by").order_by("id"))
    return PersonPage(
        enrolment=enrolment,
        today=today,
        goal=goals[0] if goals else None,
        earlier_goals=goals[1:],
        prompts=goal_prompts(goals[0].text) if goals else [],
        sub_goals=list(enrolment.sub_goals.order_by("area", "closed_on", "id")),
        alternatives=list(enrolment.goal_alternatives.order_by("id")),
        talks=_talks(enrolment, talks, today),
        other_talks=sorted(
            (talk for talk in talks if talk.kind == DiscussionKind.OTHER),
            key=lambda talk: (talk.held_on is not None, talk.held_on or talk.planned_on),
        ),
        open_steps=open_steps,
        done_steps=[step for step in next_steps if step.done_on is not None],
        proposal=Proposal.objects.filter(enrolment=enrolment).first(),
        now=person_now(enrolment, user=user, today=today),
        timeline=timeline(enrolment, user=user, today=today, show_all=show_all),
        may_end=_may_end(enrolment, user, today),
        cards=section_cards(
            enrolment, PersonFacts(user, today, may_write=enrolment.state != EnrolmentState.CANCELLED)
        ),
    )


def _may_end(enrolment: Enrolment, user: User, today: dt.date) -> bool:
    """Can this user record now that the month ended early for this person, or take it back?"""
    month = enrolment.month
    return (
        can_edit_month(user, month)
        and month.state == MonthState.OPEN
        and enrolment.state == EnrolmentState.ENROLLED
        and enrolment.joined_on <= today
    )


def _talks(enrolment: Enrolment, talks: list[Discussion], today: dt.date) -> list[TalkCard]:
    written = {talk.kind: talk for talk in talks}
    left_on = enrolment.left_on
    cards = []
    for kind, window in discussion_windows(enrolment.month).items():
        talk = written.get(kind)
        state = window.state_on(today, is_held=talk is not None and talk.held_on is not None)
        if left_on is not None and left_on < min(today, window.first_day):
            state = ""  # who has left is asked for nothing; the talk can still be held and written down
        cards.append(TalkCard(kind, DiscussionKind(kind).label, talk, state, window))
    return cards
