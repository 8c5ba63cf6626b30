"""The handover page: what the group did lately, what comes next, and who needs what.

For whoever stands in for the coach, on the days of the substitution; the coach reads it when making it ready.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery

from coaching.discussion_windows import DUE, LATE, discussion_windows
from coaching.enums import SINGLE_DISCUSSIONS, DiscussionKind, Mark, SessionState
from coaching.models import (
    ActionStep,
    AttendanceMark,
    CoachingMonth,
    Discussion,
    Enrolment,
    IndividualTime,
    Session,
    Substitution,
)

SESSIONS_BACK = 3
SESSIONS_AHEAD = 3


@dataclass(frozen=True)
class Need:
    """One person of the group: what is agreed next, and what to keep an eye on. Of a protected person only
    the name stands here; the rest opens with a reason."""

    enrolment: Enrolment
    away_last_time: str = ""
    next_step: str = ""
    next_step_who: str = ""
    next_step_due: dt.date | None = None
    is_late: bool = False
    help_wanted: str = ""
    discussions: tuple[str, ...] = ()
    last_alone: dt.date | None = None

    @property
    def is_protected(self) -> bool:
        return self.enrolment.participant.is_restricted


@dataclass(frozen=True)
class HandoverPage:
    """Everything on the handover page of one month on one day."""

    month: CoachingMonth
    today: dt.date
    substitutions: list[Substitution]
    done: list[Session]
    coming: list[Session]
    needs: list[Need]


def handover_page(month: CoachingMonth, *, today: dt.date) -> HandoverPage:
    """Five queries, whatever the size of the group. `month` comes from `visible_to`."""
    sessions = month.sessions.in_order()
    done = sessions.filter(held_on__lte=today).exclude(state=SessionState.PLANNED).order_by("-held_on")
    coming = sessions.filter(held_on__gte=today, state=SessionState.PLANNED)
    return HandoverPage(
        month=month,
        today=today,
        substitutions=list(
            month.substitutions.filter(ends_on__gte=today).select_related("user").order_by("starts_on", "id")
        ),
        done=list(done[:SESSIONS_BACK]),
        coming=list(coming[:SESSIONS_AHEAD]),
        needs=_needs(month, today),
    )


def _needs(month: CoachingMonth, today: dt.date) -> list[Need]:
    windows = discussion_windows(month)
    needs = []
    for person in _people(month, today):
        if person.participant.is_restricted:
            needs.append(Need(person))
            continue
        states = {
            kind: windows[kind].state_on(today, is_held=getattr(person, f"held_{kind}"))
            for kind in windows
            if kind in SINGLE_DISCUSSIONS
        }
        needs.append(
            Need(
                person,
                away_last_time=_away(person.last_mark),
                next_step=person.step_what or "",
                next_step_who=person.step_who or "",
                next_step_due=person.step_due,
                is_late=person.step_due is not None and person.step_due < today,
                help_wanted=person.last_help_wanted or "",
                discussions=tuple(
                    str(DiscussionKind(kind).label) for kind, state in states.items() if state in (DUE, LATE)
                ),
                last_alone=person.last_alone,
            )
        )
    return needs


def _people(month: CoachingMonth, today: dt.date):
    mine = {"enrolment": OuterRef("pk")}
    steps = ActionStep.objects.filter(**mine, done_on__isnull=True).order_by("due_on", "id")
    marks = AttendanceMark.objects.filter(**mine, session__isnull=False, day__lte=today).order_by("-day")
    talks = Discussion.objects.filter(**mine)
    held = {
        f"held_{kind.value}": Exists(talks.filter(kind=kind, held_on__isnull=False))
        for kind in SINGLE_DISCUSSIONS
    }
    alone = IndividualTime.objects.filter(**mine).order_by("-day")
    return (
        month.enrolments.in_group_on(max(today, month.starts_on))
        .by_name()
        .annotate(
            last_mark=Subquery(marks.values("mark")[:1]),
            step_what=Subquery(steps.values("what")[:1]),
            step_who=Subquery(steps.values("who")[:1]),
            step_due=Subquery(steps.values("due_on")[:1]),
            last_help_wanted=Subquery(
                talks.filter(held_on__isnull=False).order_by("-held_on").values("help_wanted")[:1]
            ),
            last_alone=Subquery(alone.values("day")[:1]),
            **held,
        )
    )


def _away(mark: str | None) -> str:
    """The reason when the newest mark is an absence."""
    if not mark or mark in (Mark.PRESENT, Mark.NOT_ARRANGED):
        return ""
    return str(Mark(mark).label)
