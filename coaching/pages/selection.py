"""The selection of a month: events, people who are talked with, and where the group wants to get."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from coaching.enums import Aim, EnrolmentState, SelectionDecision
from coaching.models import CoachingMonth, Enrolment, InformationEvent, Selection
from participants.models import Participant


@dataclass(frozen=True)
class AimShare:
    """How many of the group want to get there. `of` is the whole group."""

    label: str
    count: int
    of: int


@dataclass(frozen=True)
class SelectionPage:
    """Everything on the selection page of one month."""

    month: CoachingMonth
    events: list[InformationEvent]
    open: list[Selection]
    decided: list[Selection]
    gone_elsewhere: int
    in_group: int
    waiting: int
    aims: list[AimShare]

    @property
    def free_places(self) -> int:
        return max(0, self.month.capacity - self.in_group)

    @property
    def came(self) -> int:
        return sum(event.came or 0 for event in self.events)


def selection_page(month: CoachingMonth, user, *, today: dt.date) -> SelectionPage:
    """Four queries. Whoever is not this user's to see any more (a closed referral) is counted, not named."""
    rows = list(
        month.selections.select_related("participant", "interviewer", "decided_by").order_by(
            "planned_at", "participant__last_name", "participant__first_name", "id"
        )
    )
    seen = set(
        Participant.objects.visible_to(user, today=today)
        .filter(pk__in=[row.participant_id for row in rows])
        .values_list("pk", flat=True)
    )
    shown = [row for row in rows if row.participant_id in seen]
    group = list(month.enrolments.exclude(state=EnrolmentState.CANCELLED))
    return SelectionPage(
        month=month,
        events=list(month.information_events.order_by("held_at", "id")),
        open=[row for row in shown if not row.decision],
        decided=[row for row in shown if row.decision],
        gone_elsewhere=len(rows) - len(shown),
        in_group=sum(person.state == EnrolmentState.ENROLLED and person.left_on is None for person in group),
        waiting=sum(person.state == EnrolmentState.WAITING for person in group),
        aims=aims_of(group),
    )


def aims_of(enrolments: Iterable[Enrolment]) -> list[AimShare]:
    """The spread of aims over the group, in the order of the list; what nobody wants is left out. Pure."""
    group = [person for person in enrolments if person.state == EnrolmentState.ENROLLED]
    counted = Counter(person.aim for person in group)
    return [AimShare(str(aim.label), counted[aim], len(group)) for aim in Aim if counted[aim]]


TONES = {
    SelectionDecision.SELECTED: "success",
    SelectionDecision.WAITING: "info",
    SelectionDecision.NOT_SELECTED: "neutral",
    SelectionDecision.WITHDREW: "neutral",
}
