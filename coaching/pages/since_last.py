"""What happened since the last discussion: shown beside the form, and offered as its starting text."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from coaching.counting import AttendanceCount, count_attendance
from coaching.enums import DiscussionKind, JobSearchKind, ReasonClass, SubGoalState
from coaching.models import (
    ActionStep,
    Discussion,
    Enrolment,
    GoalVersion,
    Interview,
    StepForward,
    SubGoal,
)

SHOWN = 8  # of each list; the page says how many more there are


@dataclass(frozen=True)
class SinceLast:
    """Everything after `since` (the day of the last discussion; None: from the beginning) until `until`."""

    since: dt.date | None
    until: dt.date
    last: Discussion | None = None
    was_held: bool = False
    attended: int = 0
    arranged: int = 0
    absences: tuple[tuple[str, int], ...] = ()
    unmarked: int = 0
    steps_forward: tuple[StepForward, ...] = ()
    job_search: tuple[tuple[str, int], ...] = ()
    interviews: tuple[Interview, ...] = ()
    goal: GoalVersion | None = None
    goal_changes: tuple[GoalVersion, ...] = ()
    goals_reached: tuple[SubGoal, ...] = ()
    steps_done: tuple[ActionStep, ...] = ()
    steps_open: tuple[ActionStep, ...] = ()
    overdue: frozenset[int] = field(default_factory=frozenset)

    @property
    def job_search_count(self) -> int:
        return sum(count for _label, count in self.job_search)

    @property
    def shown_steps(self) -> tuple[StepForward, ...]:
        return self.steps_forward[-SHOWN:]

    @property
    def more_steps(self) -> int:
        return max(0, len(self.steps_forward) - SHOWN)

    @property
    def is_empty(self) -> bool:
        return not (
            self.arranged
            or self.steps_forward
            or self.job_search
            or self.interviews
            or self.goal_changes
            or self.steps_done
            or self.steps_open
        )

    def in_words(self) -> str:
        """The same as a few lines of text, as a start for what is written."""
        return "\n".join(line for line in self._lines() if line)

    def _lines(self):
        if self.since:
            yield _("Since %(day)s:") % {"day": date_format(self.since)}
        if self.arranged:
            yield _("Present on %(attended)s of %(arranged)s days.") % {
                "attended": self.attended,
                "arranged": self.arranged,
            }
        for step in self.shown_steps:
            yield f"– {date_format(step.day)}: {step.text}"
        if self.job_search:
            counted = ", ".join(f"{label} {count}" for label, count in self.job_search)
            yield _("Job search: %(acts)s.") % {"acts": counted}
        for interview in self.interviews:
            yield _("%(kind)s %(day)s %(where)s") % {
                "kind": str(interview.get_kind_display()).capitalize(),
                "day": date_format(interview.held_on),
                "where": interview.where,
            }
        if self.goals_reached:
            yield _("Reached: %(goals)s.") % {"goals": "; ".join(goal.text for goal in self.goals_reached)}
        for step in self.steps_done:
            yield _("Done: %(step)s") % {"step": step.what + (f" – {step.result}" if step.result else "")}
        for step in self.steps_open:
            yield _("Still to do: %(step)s (%(who)s)") % {"step": step.what, "who": step.who}


def since_last(enrolment: Enrolment, talk: Discussion | None, *, today: dt.date) -> SinceLast:
    """What happened before `talk` (None: a new one, today) and after the discussion held last before it.

    Ten queries, whatever there is. Nothing that came after a held discussion is shown in it.
    """
    held_on = talk.held_on if talk else None
    until = min(held_on or today, today)
    last = _last_before(enrolment, talk, until)
    since = last.held_on if last else None

    def within(rows, day: str):
        rows = rows.filter(**{f"{day}__lte": until})
        return rows.filter(**{f"{day}__gt": since}) if since else rows

    goals = list(enrolment.goals.filter(written_on__lte=until).order_by("number"))
    steps = list(enrolment.action_steps.order_by("due_on", "id"))
    open_steps = [step for step in steps if step.done_on is None]
    return SinceLast(
        since=since,
        until=until,
        last=last,
        was_held=held_on is not None,
        **_attendance(enrolment, since, until),
        steps_forward=tuple(within(enrolment.steps_forward, "day").order_by("day", "id")),
        job_search=_job_search(within(enrolment.job_search_actions, "day")),
        interviews=tuple(within(enrolment.interviews, "held_on").order_by("held_on", "id")),
        goal=goals[-1] if goals else None,
        goal_changes=tuple(
            goal for goal in goals if goal.number > 1 and (since is None or goal.written_on > since)
        ),
        goals_reached=tuple(
            within(enrolment.sub_goals.filter(state=SubGoalState.REACHED), "closed_on").order_by("closed_on")
        ),
        steps_done=tuple(
            step
            for step in steps
            if step.done_on and step.done_on <= until and (since is None or step.done_on > since)
        ),
        steps_open=tuple(open_steps),
        overdue=frozenset(step.pk for step in open_steps if step.due_on and step.due_on < today),
    )


def _last_before(enrolment: Enrolment, talk: Discussion | None, until: dt.date) -> Discussion | None:
    held = enrolment.discussions.filter(held_on__isnull=False, held_on__lte=until)
    if talk is not None:
        held = held.exclude(pk=talk.pk)
    return held.order_by("-held_on", "-id").first()


def _attendance(enrolment: Enrolment, since: dt.date | None, until: dt.date) -> dict:
    count: AttendanceCount = count_attendance([enrolment.pk])[enrolment.pk]
    days = [day for day in count.days if day.day <= until and (since is None or day.day > since)]
    verdicts = Counter(day.verdict for day in days)
    return {
        "attended": verdicts["attended"],
        "arranged": sum(day.is_arranged for day in days),
        "absences": tuple(
            (str(reason.label), verdicts[reason.value]) for reason in ReasonClass if verdicts[reason.value]
        ),
        "unmarked": verdicts["unmarked"],
    }


def _job_search(rows) -> tuple[tuple[str, int], ...]:
    counted = Counter(rows.values_list("kind", flat=True))
    return tuple((str(kind.label), counted[kind.value]) for kind in JobSearchKind if counted[kind.value])


def present_by_default(enrolment: Enrolment, kind: str, user: User) -> str:
    """Who is usually there: the participant and the one who writes, in the talk of three the officer too."""
    person = enrolment.participant
    names = [person.full_name, user.full_name]
    if kind == DiscussionKind.THREE_PARTY:
        names.append(person.officer.full_name if person.officer else person.officer_name.strip())
    return ", ".join(filter(None, names))[:200]
