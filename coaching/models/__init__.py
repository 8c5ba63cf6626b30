"""The month and everything that happens in it: one file per noun."""

from coaching.models.attendance import AttendanceMark, DailyLogDraft, StepForward
from coaching.models.daily import IndividualTime, JobSearchAction, MarkCorrection, Phrase, SharedTip
from coaching.models.enrolment import Enrolment
from coaching.models.goal import GoalAlternative, SubGoal
from coaching.models.month import CoachingMonth, Substitution
from coaching.models.person import ActionStep, AreaAssessment, Discussion, GoalVersion, Proposal
from coaching.models.pre_assignment import PreAssignment
from coaching.models.profile import (
    Barrier,
    CompetenceProfile,
    Interview,
    SkillAssessment,
    TargetWorkplace,
    WorkplaceColourChange,
)
from coaching.models.profile_file import ProfileFile
from coaching.models.programme import (
    DiscussionWindow,
    PreAssignmentTemplate,
    Programme,
    ProgrammeWeek,
    SessionPlan,
)
from coaching.models.selection import InformationEvent, Selection
from coaching.models.session import Session
from coaching.models.team import AgreedPractice, KickOff

__all__ = [
    "ActionStep",
    "AgreedPractice",
    "AreaAssessment",
    "AttendanceMark",
    "Barrier",
    "CoachingMonth",
    "CompetenceProfile",
    "DailyLogDraft",
    "Discussion",
    "DiscussionWindow",
    "Enrolment",
    "GoalAlternative",
    "GoalVersion",
    "IndividualTime",
    "InformationEvent",
    "Interview",
    "JobSearchAction",
    "KickOff",
    "MarkCorrection",
    "Phrase",
    "PreAssignment",
    "PreAssignmentTemplate",
    "ProfileFile",
    "Programme",
    "ProgrammeWeek",
    "Proposal",
    "Selection",
    "Session",
    "SessionPlan",
    "SharedTip",
    "SkillAssessment",
    "StepForward",
    "SubGoal",
    "Substitution",
    "TargetWorkplace",
    "WorkplaceColourChange",
]
