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


class SessionKind(models.TextChoices):
    """What the group does in a half day (product.md C13)."""

    COACHING = "coaching", _("group coaching")
    VISIT = "visit", _("visit to a workplace")
    GUEST = "guest", _("guest")


class StepBy(models.TextChoices):
    """Who took a step or gave a tip: nothing is done in somebody's name unseen (evidence 003, F16)."""

    PARTICIPANT = "participant", _("participant")
    COACH = "coach", _("coach")
    TOGETHER = "together", _("together")


class SharedKind(models.TextChoices):
    """What somebody in the group gave to the others."""

    TIP = "tip", _("tip")
    PRAISE = "praise", _("praise")


class JobSearchKind(models.TextChoices):
    """An act of looking for work; each can be told from the others by anybody who was there."""

    CALL = "call", _("rang a workplace")
    APPLICATION = "application", _("sent an application")
    OPEN_APPLICATION = "open_application", _("offered own skills without an advertisement")
    WENT_THERE = "went_there", _("went to ask at a workplace")
    CV = "cv", _("made or improved the CV")
    NETWORK = "network", _("asked somebody they know")
    REGISTERED = "registered", _("signed up on a job site or with an agency")
    OTHER = "other", _("other act")


class InterviewKind(models.TextChoices):
    PRACTICE = "practice", _("practice interview")
    REAL = "real", _("job interview")


class DiscussionKind(models.TextChoices):
    MID = "mid", _("mid discussion")
    FINAL = "final", _("final discussion")
    THREE_PARTY = "three_party", _("discussion of three")
    OTHER = "other", _("other discussion")


# these three stand once in a month; there may be several others
SINGLE_DISCUSSIONS = (DiscussionKind.MID, DiscussionKind.FINAL, DiscussionKind.THREE_PARTY)


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
    MID = "mid", _("half-way")
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


class EndedBy(models.TextChoices):
    """Who ended a month before its time (evidence 001/003, F31)."""

    PARTICIPANT = "participant", _("the participant")
    TOGETHER = "together", _("agreed together")
    ORGANISER = "organiser", _("the coaching organisation")
    AUTHORITY = "authority", _("the TE-office or employment area")


class Aim(models.TextChoices):
    """Where a participant wants to get (requirements-seed-004 2G, lines 2383-2386)."""

    OWN_FIELD = "own_field", _("work in the own field")
    NEW_FIELD = "new_field", _("work in a new field")
    STUDY = "study", _("studies")
    ENTREPRENEUR = "entrepreneur", _("own business")
    OPEN = "open", _("to be found out")


class SelectionDecision(models.TextChoices):
    """What came of a selection talk."""

    SELECTED = "selected", _("selected")
    WAITING = "waiting", _("to the waiting list")
    NOT_SELECTED = "not_selected", _("not selected")
    WITHDREW = "withdrew", _("did not want to come")


class PracticeCheck(models.TextChoices):
    """How an agreed practice was found at the mid-point."""

    WORKS = "works", _("works")
    PARTLY = "partly", _("works in part")
    NOT = "not", _("does not work")


class GoalArea(models.TextChoices):
    """Five areas of goals, none before another (evidence 001, M10; seed 001:461-519, 631)."""

    DAILY_LIFE = "daily_life", _("daily life and rhythm")
    CAPACITY = "capacity", _("ability to work and function")
    SKILLS = "skills", _("more skills")
    EMPLOYMENT = "employment", _("finding work or studies")
    COPING = "coping", _("doing well at work")


class SubGoalState(models.TextChoices):
    OPEN = "open", _("under way")
    REACHED = "reached", _("reached")
    SET_ASIDE = "set_aside", _("set aside")


class WorkLifeSkill(models.TextChoices):
    """Eleven work-life skills (evidence 001, M13; seed 001:480-490)."""

    INTERACTION = "interaction", _("getting on with people")
    EXPRESSION = "expression", _("putting things in writing and in words")
    TIME = "time", _("managing time")
    PLANNING = "planning", _("planning ahead")
    PROBLEM_SOLVING = "problem_solving", _("solving problems")
    INDEPENDENCE = "independence", _("working independently")
    TEAM_WORK = "team_work", _("working in a team")
    RESPONSIBILITY = "responsibility", _("taking responsibility")
    DIVERSITY = "diversity", _("getting along with difference")
    SELF_KNOWLEDGE = "self_knowledge", _("knowing own strengths and what to develop")
    CONDUCT = "conduct", _("acting as working life expects")


class WorkplaceColour(models.TextChoices):
    """How much a workplace appeals: orange is the edge of the possible, not a no (seed 003:2454-2460)."""

    GREEN = "green", _("most of all")
    YELLOW = "yellow", _("possible")
    ORANGE = "orange", _("at the edge of possible")


class BarrierHelp(models.TextChoices):
    """Where somebody was helped on to (seed 000: rehabilitation, health check); never a diagnosis."""

    REHABILITATION = "rehabilitation", _("vocational rehabilitation")
    HEALTH_CHECK = "health_check", _("health check for the unemployed")
    DEBT_ADVICE = "debt_advice", _("advice on money and debt")
    SOCIAL_SERVICES = "social_services", _("social services")
    LANGUAGE = "language", _("language teaching")
    SKILLS = "skills", _("training or a card")
    OTHER = "other", _("other help")
    NOT_YET = "not_yet", _("not yet")
