"""The twelve blocks as frozen data: codes, dates and people's own words, no labels and no layout.

A block that has nothing to say carries in `missing` the code of the reason (reports.enums.MissingReason);
a block that the recipient may not get is None and leaves no trace (te-summary.md).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Contact:
    """Whom to ask: the coach."""

    name: str
    title: str
    phone: str
    email: str


@dataclass(frozen=True)
class Basics:
    """Block 1."""

    first_name: str
    last_name: str
    birth_date: dt.date | None
    month: str
    starts_on: dt.date
    ends_on: dt.date
    joined_on: dt.date | None
    left_on: dt.date | None
    group_size: int
    authority: str
    officer: str
    coordinator: str
    contact: Contact


@dataclass(frozen=True)
class Goal:
    """One version of the goal, in the participant's own words."""

    number: int
    text: str
    written_on: dt.date
    why_changed: str


@dataclass(frozen=True)
class Start:
    """Block 2: `goals` from the first version to the one that holds now."""

    labour_status: str
    unemployed_since: dt.date | None
    education: str
    goals: tuple[Goal, ...]
    missing: str = ""


@dataclass(frozen=True)
class StripDay:
    """One day of the month as coaching.counting saw it: its verdict, and the mark of each half or ""."""

    day: dt.date
    verdict: str
    coaching: str
    work_trial: str
    unlogged: int = 0  # sessions of the day without a mark of the person


@dataclass(frozen=True)
class DatedStep:
    """A step forward or a job-search action."""

    day: dt.date
    kind: str
    text: str


@dataclass(frozen=True)
class WorkTrial:
    """One work trial; days and hours are counted from the marks, hours are None when none are logged."""

    employer: str
    employer_withheld: bool
    purpose: str
    starts_on: dt.date
    ends_on: dt.date
    hours_per_day: Decimal
    hours_logged: Decimal | None
    days_attended: int
    tasks: str
    state: str
    ended_reason: str
    weekdays: str = "12345"
    end_cause: str = ""
    continuation: str = ""
    continuation_starts_on: dt.date | None = None


@dataclass(frozen=True)
class Happened:
    """Block 3, counted and never typed. Days are counted as te-summary.md says."""

    days_arranged: int
    days_attended: int
    absent_health: int
    absent_accepted: int
    absent_unauthorised: int
    days_unmarked: int
    sessions_unlogged: int
    strip: tuple[StripDay, ...]
    calls: int
    applications: int
    interviews: int
    practice_interviews: int
    visits: int
    certificates: tuple[str, ...]
    steps: tuple[DatedStep, ...]
    work_trials: tuple[WorkTrial, ...] | None
    exit_kind: str
    exit_reason: str
    missing: str = ""


@dataclass(frozen=True)
class View:
    """A level (coaching.enums.Level) with its sentence; "" when nobody has said anything yet."""

    level: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class AreaChange:
    """One of the six areas from start to end, in both views."""

    area: str
    participant_start: View
    participant_end: View
    coach_start: View
    coach_end: View


@dataclass(frozen=True)
class Change:
    """Block 4. `missing_areas` are those without an end view of the coach or the participant."""

    areas: tuple[AreaChange, ...]
    missing_areas: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class Opinion:
    """One of the three views in words; a missing one says why."""

    text: str
    missing: str = ""


@dataclass(frozen=True)
class Answer:
    """One item of a workplace's feedback (employers.enums.FeedbackItem); None is not seen."""

    item: str
    value: int | None


@dataclass(frozen=True)
class Feedback:
    """What one assessor of a workplace said, and what the participant says to it (`agrees` None: nothing
    yet). For a protected person the assessor's name and free texts stay out: they would tell the place."""

    assessor: str
    given_on: dt.date
    answers: tuple[Answer, ...]
    take_again: str
    succeeded: str
    differently: str
    agrees: bool | None
    participant_comment: str


@dataclass(frozen=True)
class EmployerOpinion:
    """The workplace's view: none, one or several assessors."""

    feedbacks: tuple[Feedback, ...]
    asked_on: dt.date | None
    missing: str = ""


@dataclass(frozen=True)
class Opinions:
    """Block 5. `employer` is None when the recipient may not get it."""

    participant: Opinion
    coach: Opinion
    employer: EmployerOpinion | None


@dataclass(frozen=True)
class NextStep:
    what: str
    who: str
    due_on: dt.date | None
    alternative: str
    done_on: dt.date | None


@dataclass(frozen=True)
class Plan:
    """Block 6."""

    steps: tuple[NextStep, ...]
    onward_path: str
    onward_detail: str
    onward_starts_on: dt.date | None
    missing: str = ""


@dataclass(frozen=True)
class Decided:
    """What the officer decided, with only the facts of its kind."""

    kind: str
    where: str
    programme: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    conditions: str
    decided_on: dt.date
    decided_by: str
    participant_comment: str


@dataclass(frozen=True)
class Proposed:
    """Block 7: what is proposed, and what was decided once it was."""

    kind: str
    where: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    reason: str
    missing: str = ""
    decision: Decided | None = None


@dataclass(frozen=True)
class Aftercare:
    """Block 8: what was offered, the answer, and what was granted and used, in minutes."""

    offered_on: dt.date | None = None
    needs: str = ""
    answer: str = ""
    answered_on: dt.date | None = None
    carer: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    most_minutes: int = 0
    used_minutes: int = 0
    coach_approved_on: dt.date | None = None
    officer_approved_on: dt.date | None = None
    officer: str = ""
    missing: str = ""


@dataclass(frozen=True)
class Health:
    """Block 9, present only with the consent: yes or no and where referred, never a diagnosis."""

    is_needed: bool | None = None
    referred_to: str = ""
    referred_on: dt.date | None = None
    missing: str = ""


@dataclass(frozen=True)
class EmployerMet:
    name: str
    name_withheld: bool
    how: str
    hire_chance: str


@dataclass(frozen=True)
class Employers:
    """Block 10."""

    met: tuple[EmployerMet, ...]
    missing: str = ""


@dataclass(frozen=True)
class Final:
    """Block 11: the discussion of three, or else the final discussion of coach and participant."""

    kind: str
    held_on: dt.date | None
    planned_on: dt.date | None
    present: str
    agreed: str
    missing: str = ""


@dataclass(frozen=True)
class Summary:
    """All blocks of one person for one recipient."""

    enrolment_id: int
    language: str
    provisional: bool
    items: tuple[str, ...]
    basics: Basics | None
    start: Start | None
    happened: Happened | None
    change: Change | None
    opinions: Opinions | None
    plan: Plan | None
    proposal: Proposed | None
    aftercare: Aftercare | None
    health: Health | None
    employers: Employers | None
    final: Final | None
    plan_text: str = ""
    withheld: tuple[str, ...] = field(default=())
