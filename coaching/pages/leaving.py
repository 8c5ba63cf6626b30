"""What is shown when somebody leaves for work or studies."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from coaching.enums import DiscussionKind, MonthState
from coaching.models import Enrolment


@dataclass(frozen=True)
class Celebration:
    """The way there in figures, and what is left to do. `first_waiting` may get the free place."""

    enrolment: Enrolment
    days: int
    steps: int
    acts: int
    interviews: int
    has_final_talk: bool
    first_waiting: Enrolment | None


def celebration(enrolment: Enrolment, *, today: dt.date) -> Celebration:
    """Six queries."""
    month = enrolment.month
    gives_place = month.state == MonthState.OPEN and month.ends_on >= today
    has_room = gives_place and month.enrolments.holding_a_place().count() < month.capacity
    final = enrolment.discussions.filter(kind=DiscussionKind.FINAL, held_on__isnull=False)
    return Celebration(
        enrolment=enrolment,
        days=max(1, (enrolment.left_on - enrolment.joined_on).days + 1),
        steps=enrolment.steps_forward.count(),
        acts=enrolment.job_search_actions.count(),
        interviews=enrolment.interviews.count(),
        has_final_talk=final.exists(),
        first_waiting=month.enrolments.waiting().select_related("participant").first() if has_room else None,
    )
