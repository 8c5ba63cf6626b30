"""The month and everything that happens in it: one file per noun."""

from coaching.models.attendance import AttendanceMark, DailyLogDraft, StepForward
from coaching.models.enrolment import Enrolment
from coaching.models.month import CoachingMonth, Substitution
from coaching.models.person import ActionStep, AreaAssessment, Discussion, GoalVersion, Proposal
from coaching.models.programme import Programme, ProgrammeWeek
from coaching.models.session import Session

__all__ = [
    "ActionStep",
    "AreaAssessment",
    "AttendanceMark",
    "CoachingMonth",
    "DailyLogDraft",
    "Discussion",
    "Enrolment",
    "GoalVersion",
    "Programme",
    "ProgrammeWeek",
    "Proposal",
    "Session",
    "StepForward",
    "Substitution",
]
