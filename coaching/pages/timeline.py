"""The person's timeline in the month: everything dated that was written, newest first.

One query: a union of what coaching itself knows, cut to what is shown; the higher apps add theirs through
`core.registry.timeline_sources` (work trials, summaries). What has only been planned is no part of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Left, TruncDate
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from coaching.enums import (
    BarrierHelp,
    DiscussionKind,
    ExitKind,
    GoalArea,
    InterviewKind,
    JobSearchKind,
    Moment,
    StepBy,
    SubGoalState,
)
from coaching.models import Enrolment
from core.registry import TimelineEntry, timeline_sources

SHOWN = 15
MOST = 1_000
WORDS = 300


@dataclass(frozen=True)
class Timeline:
    """Entries, newest first; `has_more` says that older ones stand behind "show all"."""

    entries: list[TimelineEntry]
    has_more: bool


def timeline(enrolment: Enrolment, *, user: User, today: dt.date, show_all: bool = False) -> Timeline:
    """The timeline for somebody who may write about the person (views/person_base.load_person checks it).

    One query and those of the higher apps, at most one each."""
    limit = MOST if show_all else SHOWN
    rows = list(_rows(enrolment, today)[: limit + 1])
    entries = [_entry(row) for row in rows]
    entries += [*_of_enrolment(enrolment, today), *_of_higher_apps(enrolment, user, today)]
    entries.sort(key=lambda entry: entry.day, reverse=True)
    return Timeline(entries[:limit], has_more=len(entries) > limit)


def _of_higher_apps(enrolment: Enrolment, user: User, today: dt.date) -> Iterator[TimelineEntry]:
    for source in timeline_sources:
        yield from (entry for entry in source(enrolment, user) if entry.day <= today)


def _of_enrolment(enrolment: Enrolment, today: dt.date) -> Iterator[TimelineEntry]:
    """Joining and leaving, which the page has at hand."""
    kind = _("month")
    if enrolment.joined_on and enrolment.joined_on <= today:
        yield TimelineEntry(enrolment.joined_on, kind, _("First day in the group"))
    if enrolment.left_on and enrolment.left_on <= today:
        ending = ExitKind(enrolment.exit_kind).label if enrolment.exit_kind else _("last day")
        detail = enrolment.exit_reason or enrolment.onward_detail
        yield TimelineEntry(
            enrolment.left_on, kind, f"{capfirst(str(ending))}: {detail}" if detail else capfirst(str(ending))
        )


def _part(rows: QuerySet, source: str, *, day, code="", words="", by="", one_a_day: bool = False) -> QuerySet:
    """Rows of one kind in the union's five columns and an id; `one_a_day` lets the union fold those that say
    the same of the same day into one."""

    def text(value):
        return Cast(value, CharField()) if isinstance(value, F) else Value(value, CharField())

    return rows.annotate(
        t_day=day if not isinstance(day, str) else F(day),
        t_source=Value(source, CharField()),
        t_code=text(F(code) if code else ""),
        t_words=Left(words, WORDS) if words else Value("", CharField()),
        t_by=text(F(by) if by else ""),
        t_id=Value(0, IntegerField()) if one_a_day else Cast("pk", IntegerField()),
    ).values_list("t_day", "t_source", "t_code", "t_words", "t_by", "t_id")


def _returned_tasks(enrolment: Enrolment) -> QuerySet:
    tasks = enrolment.pre_assignments.filter(returned_at__isnull=False)
    return _part(tasks, "task", day=TruncDate("returned_at"), code="position")


def _rows(enrolment: Enrolment, today: dt.date) -> QuerySet:
    """The union of what coaching knows, newest first."""
    goals, talks = enrolment.goals, enrolment.discussions.filter(held_on__lte=today)
    sub_goals, barriers = enrolment.sub_goals, enrolment.barriers
    person, begins = enrolment.participant, enrolment.month.starts_on
    written = TruncDate("recorded_at")
    parts = [
        _part(goals.filter(written_on__lte=today), "goal", day="written_on", code="number", words="text"),
        _part(talks, "discussion", day="held_on", code="kind", words="topic"),
        _part(enrolment.steps_forward.filter(day__lte=today), "step", day="day", words="text", by="done_by"),
        _part(
            enrolment.job_search_actions.filter(day__lte=today),
            "job_search",
            day="day",
            code="kind",
            words="text",
            by="done_by",
        ),
        _part(
            enrolment.interviews.filter(held_on__lte=today),
            "interview",
            day="held_on",
            code="kind",
            words="where",
        ),
        _part(enrolment.area_assessments.all(), "areas", day=written, code="moment", one_a_day=True),
        _part(enrolment.skill_assessments.all(), "skills", day=written, code="moment", one_a_day=True),
        _part(
            enrolment.action_steps.filter(done_on__isnull=False),
            "step_done",
            day="done_on",
            words="what",
            code="result",
        ),
        _returned_tasks(enrolment),
        _part(sub_goals.all(), "sub_goal", day="set_on", code="area", words="text"),
        _part(
            sub_goals.filter(closed_on__isnull=False),
            "sub_goal_closed",
            day="closed_on",
            code="state",
            words="text",
        ),
        _part(
            barriers.filter(helped_on__isnull=False, helped_on__lte=today),
            "helped",
            day="helped_on",
            code="help_kind",
        ),
        _part(
            person.certificates.filter(issued_on__gte=begins, issued_on__lte=today),
            "certificate",
            day="issued_on",
            words="name",
        ),
        _part(person.cv_checks.filter(checked_on__gte=begins, checked_on__lte=today), "cv", day="checked_on"),
    ]
    return parts[0].union(*parts[1:]).order_by("-t_day", "t_source", "-t_id")


def _entry(row: tuple) -> TimelineEntry:
    """A row of the union in words."""
    day, source, code, words, by, _pk = row
    kind, text = _WORDINGS[source](code, words)
    if by and by != StepBy.PARTICIPANT:
        text = f"{text} ({StepBy(by).label})"
    return TimelineEntry(day, kind, text)


def _with(label, words: str) -> str:
    return f"{capfirst(str(label))}: {words}" if words else capfirst(str(label))


def _goal(code, words):
    if code == "1":
        return _("goal"), _("Wrote the goal: %(goal)s") % {"goal": words}
    return _("goal"), _("The goal changed: %(goal)s") % {"goal": words}


_WORDINGS = {
    "goal": _goal,
    "discussion": lambda code, words: (_("discussion"), _with(DiscussionKind(code).label, words)),
    "step": lambda code, words: (_("step forward"), words),
    "job_search": lambda code, words: (_("job search"), _with(JobSearchKind(code).label, words)),
    "interview": lambda code, words: (_("interview"), _with(InterviewKind(code).label, words)),
    "areas": lambda code, words: (
        _("assessment"),
        _("Areas of employability, %(moment)s") % {"moment": Moment(code).label},
    ),
    "skills": lambda code, words: (
        _("assessment"),
        _("Work-life skills, %(moment)s") % {"moment": Moment(code).label},
    ),
    "step_done": lambda code, words: (_("step done"), f"{words} – {code}" if code else words),
    "task": lambda code, words: (
        _("pre-assignment"),
        _("Returned pre-assignment %(number)s") % {"number": code},
    ),
    "sub_goal": lambda code, words: (_("goal of an area"), _with(GoalArea(code).label, words)),
    "sub_goal_closed": lambda code, words: (_("goal of an area"), _with(SubGoalState(code).label, words)),
    "helped": lambda code, words: (_("helped on"), capfirst(str(BarrierHelp(code).label))),
    "certificate": lambda code, words: (_("certificate"), words),
    "cv": lambda code, words: (_("CV"), _("The CV was gone through")),
}
