"""Codes of the month. Values are stable, labels are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Half(models.TextChoices):
    """The two halves of a day: one is the group's, the other the work trial's (seed 002)."""

    MORNING = "morning", _("morning")
    AFTERNOON = "afternoon", _("afternoon")


class MonthState(models.TextChoices):
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


class SessionState(models.TextChoices):
    PLANNED = "planned", _("not logged yet")
    LOGGED = "logged", _("logged")
    NOT_ARRANGED = "not_arranged", _("not arranged")


class EnrolmentState(models.TextChoices):
    ENROLLED = "enrolled", _("in the group")
    WAITING = "waiting", _("on the waiting list")
    CANCELLED = "cancelled", _("did not start")


class Mark(models.TextChoices):
    """Attendance of one half day. The reasons are Kela's (evidence anchors-systems 11.3)."""

    PRESENT = "present", _("present")
    OWN_ILLNESS = "own_illness", _("own illness")
    CHILD_ILLNESS = "child_illness", _("sick child")
    JOB_INTERVIEW = "job_interview", _("job interview")
    PUBLIC_DUTY = "public_duty", _("public duty")
    AGREED_SWAP = "agreed_swap", _("agreed change of day")
    OTHER_ACCEPTED = "other_accepted", _("other accepted reason")
    UNAUTHORISED = "unauthorised", _("no accepted reason")
    NOT_ARRANGED = "not_arranged", _("not arranged")


class ReasonClass(models.TextChoices):
    """The three classes of absence that the summary counts (te-summary.md block 3)."""

    HEALTH = "health", _("illness")
    ACCEPTED = "accepted", _("other accepted reason")
    UNAUTHORISED = "unauthorised", _("no accepted reason")


REASON_CLASS: dict[str, str] = {
    Mark.OWN_ILLNESS: ReasonClass.HEALTH,
    Mark.CHILD_ILLNESS: ReasonClass.HEALTH,
    Mark.JOB_INTERVIEW: ReasonClass.ACCEPTED,
    Mark.PUBLIC_DUTY: ReasonClass.ACCEPTED,
    Mark.AGREED_SWAP: ReasonClass.ACCEPTED,
    Mark.OTHER_ACCEPTED: ReasonClass.ACCEPTED,
    Mark.UNAUTHORISED: ReasonClass.UNAUTHORISED,
}
ABSENCES = tuple(REASON_CLASS)


class StepKind(models.TextChoices):
    STEP = "step", _("step forward")
    CALL = "call", _("rang a workplace")
    APPLICATION = "application", _("sent an application")
    INTERVIEW = "interview", _("job interview")
    PRACTICE_INTERVIEW = "practice_interview", _("practice interview")
    VISIT = "visit", _("visit to a workplace")
    CERTIFICATE = "certificate", _("certificate or card")


JOB_SEARCH_KINDS = (StepKind.CALL, StepKind.APPLICATION)


class DiscussionKind(models.TextChoices):
    MID = "mid", _("mid discussion")
    FINAL = "final", _("final discussion")
    THREE_PARTY = "three_party", _("discussion of three")


class Area(models.TextChoices):
    """The six areas of employability (te-summary.md block 4)."""

    SKILLS = "skills", _("skills")
    WORK_LIFE_SKILLS = "work_life_skills", _("work-life skills")
    JOB_SEARCH_SKILLS = "job_search_skills", _("job-search skills")
    CAPACITY = "capacity", _("ability to work and function")
    CONFIDENCE = "confidence", _("motivation and self-confidence")
    PLAN = "plan", _("clarity of the plan")


class Moment(models.TextChoices):
    START = "start", _("at the start")
    END = "end", _("at the end")


class Viewpoint(models.TextChoices):
    PARTICIPANT = "participant", _("participant's view")
    COACH = "coach", _("coach's view")


class Level(models.TextChoices):
    """Words, not numbers: nothing here adds up to a score (architecture 7.6)."""

    NEEDS_SUPPORT = "needs_support", _("needs support")
    DEVELOPING = "developing", _("developing")
    GOOD = "good", _("good")
    STRENGTH = "strength", _("a strength")
    NOT_ASSESSED = "not_assessed", _("not assessed")


LEVEL_ORDER = (Level.NEEDS_SUPPORT, Level.DEVELOPING, Level.GOOD, Level.STRENGTH)


class ProposalKind(models.TextChoices):
    """What is proposed to be decided (te-summary.md block 7)."""

    WORK_TRIAL = "work_trial", _("work trial")
    WAGE_SUBSIDY = "wage_subsidy", _("wage subsidy")
    SELF_MOTIVATED_STUDY = "self_motivated_study", _("self-motivated study")
    OTHER_SERVICE = "other_service", _("other service")
    NO_DECISION = "no_decision", _("no decision needed")


class OnwardPath(models.TextChoices):
    """Where the person went right after the month (issue 2, section 3.5)."""

    PAID_WORK = "paid_work", _("paid work")
    SUBSIDISED_WORK = "subsidised_work", _("subsidised work")
    STUDY = "study", _("study")
    APPRENTICESHIP = "apprenticeship", _("apprenticeship")
    WORK_TRIAL = "work_trial", _("work trial")
    OTHER_LASTING = "other_lasting", _("other lasting solution")
    NONE_YET = "none_yet", _("no path yet")


ONWARD_PATHS_FOUND = tuple(path for path in OnwardPath if path != OnwardPath.NONE_YET)


class ExitKind(models.TextChoices):
    """How the month ended for the person."""

    COMPLETED = "completed", _("stayed to the end")
    LEFT_FOR_WORK = "left_for_work", _("left early for work")
    LEFT_FOR_STUDY = "left_for_study", _("left early to study")
    DROPPED_OUT = "dropped_out", _("dropped out")
