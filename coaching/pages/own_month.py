"""The own calendar and the own steps, as the participant reads them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from coaching.enums import SessionKind, SessionState, StepBy
from coaching.marks import mark_info
from coaching.models import ActionStep, Enrolment, JobSearchAction, Session, StepForward
from coaching.own.places import cover_for
from coaching.pages.calendar_feed import AFTER
from coaching.self_search import self_search_deadline
from coaching.services.schedule import holidays_between
from core.registry import CalendarDay, calendar_days

SHOWN = 60


@dataclass
class OwnDay:
    """One day: the group's session, the work trial, a day off, and how one's own marks stand."""

    day: dt.date
    holiday: str = ""
    session: Session | None = None
    room: str = ""
    is_cancelled: bool = False
    kind: str = ""
    marks: list[str] = field(default_factory=list)
    trial: str = ""
    talks: list[str] = field(default_factory=list)
    others: list[CalendarDay] = field(default_factory=list)  # what higher apps add, such as visits
    is_today: bool = False


@dataclass(frozen=True)
class OwnCalendar:
    """`coming` begins today; `past` is newest first."""

    coming: list[OwnDay]
    past: list[OwnDay]
    trials: list
    search_until: dt.date | None = None


def calendar_page(place: Enrolment, *, today: dt.date) -> OwnCalendar:
    """The days of the own place in the month. Four queries, and one for each of
    `core.registry.calendar_days`.

    A protected person's rooms and workplaces stay out: the page may be read over a shoulder (permissions.md).
    """
    month, hides = place.month, place.participant.is_restricted
    first, last = place.joined_on or month.starts_on, place.left_on or month.ends_on
    off = holidays_between(first, last)
    days = {day: OwnDay(day, holiday=name) for day, name in off.items() if day.weekday() < 5}
    for session in month.sessions.filter(held_on__gte=first, held_on__lte=last).in_order():
        own = days.setdefault(session.held_on, OwnDay(session.held_on))
        own.session, own.room = session, "" if hides else session.room or month.room
        own.is_cancelled = session.state == SessionState.NOT_ARRANGED
        own.kind = "" if session.kind == SessionKind.COACHING else session.get_kind_display()
    for mark in place.marks.order_by("day", "half"):
        own = days.setdefault(mark.day, OwnDay(mark.day))
        own.marks.append(f"{mark.get_half_display()}: {mark_info(mark.mark).label.lower()}")
    for talk in place.discussions.filter(planned_on__isnull=False, held_on__isnull=True):
        days.setdefault(talk.planned_on, OwnDay(talk.planned_on)).talks.append(talk.get_kind_display())
    for found in (found for source in calendar_days for found in source(place, None, first, last + AFTER)):
        days.setdefault(found.day, OwnDay(found.day)).others.append(found)
    meant = list(_trials(place))
    has_place = any(trial.state != "proposed" for trial in meant)
    deadline = self_search_deadline(month)
    trials = [] if hides else meant
    for own in days.values():
        own.is_today = own.day == today
        own.trial = next((t.employer.name for t in trials if _is_trial_day(t, own, month)), "")
    ordered = sorted(days.values(), key=lambda own: own.day)
    return OwnCalendar(
        coming=[own for own in ordered if own.day >= today],
        past=[own for own in reversed(ordered) if own.day < today],
        trials=trials,
        search_until=None if has_place or deadline < today else deadline,
    )


def _is_trial_day(trial, own: OwnDay, month) -> bool:
    is_workday = not own.holiday and str(own.day.isoweekday()) in trial.weekdays
    return is_workday and trial.starts_on <= own.day <= trial.ends_on


def _trials(place: Enrolment):
    """The person's work trials of this month that are still meant (the table is employers')."""
    rows = place.participant.placements.filter(month=place.month).select_related("employer")
    return rows.exclude(state__in=("proposed", "did_not_start")).order_by("starts_on")


@dataclass(frozen=True)
class OwnSteps:
    """What comes next and what has been done."""

    open_steps: list[ActionStep]
    done_steps: list[ActionStep]
    acts: list[JobSearchAction]
    steps: list[StepForward]


def steps_page(place: Enrolment) -> OwnSteps:
    """Three queries; five more for a protected person, whose places stay out as on the calendar."""
    steps = list(place.action_steps.order_by("due_on", "id"))
    acts = [_with_own(row) for row in place.job_search_actions.order_by("-day", "-id")[:SHOWN]]
    forward = [_with_own(row) for row in place.steps_forward.order_by("-day", "-id")[:SHOWN]]
    if place.participant.is_restricted:
        cover = cover_for(place)
        for act in acts:
            act.text = ""  # it says which workplace was called
        for row, name in [(row, "text") for row in forward] + [
            (row, name) for row in steps for name in ("what", "how", "who", "alternative", "result")
        ]:
            setattr(row, name, cover(getattr(row, name)))
    return OwnSteps(
        open_steps=[step for step in steps if step.done_on is None],
        done_steps=[step for step in steps if step.done_on is not None],
        acts=acts,
        steps=forward,
    )


def _with_own(row):
    """`is_own`: written by the participant by the link, who may take it back."""
    row.is_own = row.recorded_by_id is None and row.session_id is None and row.done_by == StepBy.PARTICIPANT
    return row
