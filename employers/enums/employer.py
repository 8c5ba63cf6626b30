"""Codes of employers, contacts, leads and tasks. Values are stable, labels are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    """Plain words of the field, not the statistics' classification."""

    RETAIL = "retail", _("shops and trade")
    RESTAURANT = "restaurant", _("restaurants and kitchens")
    CLEANING = "cleaning", _("cleaning and property care")
    CARE = "care", _("social and health services")
    CONSTRUCTION = "construction", _("building")
    INDUSTRY = "industry", _("industry and repair")
    LOGISTICS = "logistics", _("transport and storage")
    OFFICE = "office", _("office, IT and communication")
    EDUCATION = "education", _("teaching, culture and sports")
    ASSOCIATION = "association", _("associations and workshops")
    NATURE = "nature", _("gardens, farms and forests")
    PUBLIC = "public", _("municipality and state")
    OTHER = "other", _("other sector")


class ContactRole(models.TextChoices):
    SUPERVISOR = "supervisor", _("supervisor")
    GUIDE = "guide", _("workplace guide")
    PAYROLL = "payroll", _("payroll")
    OTHER = "other", _("other")


class EmployerSize(models.TextChoices):
    """Size class by people at work; small ones rarely have somebody for hiring."""

    ONE = "one", _("entrepreneur alone")
    MICRO = "micro", _("2–9 people")
    SMALL = "small", _("10–49 people")
    MEDIUM = "medium", _("50–249 people")
    LARGE = "large", _("250 people or more")


class LayoffsResult(models.TextChoices):
    """What the check of lay-offs said (evidence 004 F25)."""

    NONE = "none", _("no lay-offs")
    RECENT = "recent", _("recent lay-offs or shortened hours")


class Channel(models.TextChoices):
    PHONE = "phone", _("phone")
    VISIT = "visit", _("visit")
    EMAIL = "email", _("e-mail")
    MEETING = "meeting", _("meeting")
    FAIR = "fair", _("fair or event")
    NETWORK = "network", _("through somebody")
    OTHER = "other", _("other")


class ContactResult(models.TextChoices):
    NEED_FOUND = "need_found", _("a need was found")
    NO_NEED = "no_need", _("no need now")
    MEETING = "meeting", _("a meeting was agreed")
    KEPT_UP = "kept_up", _("kept in touch")
    DECLINED = "declined", _("declined")
    LEAD = "lead", _("a lead")
    AGREED = "agreed", _("a work trial was agreed")
    NOT_REACHED = "not_reached", _("not reached")


class TaskKind(models.TextChoices):
    """Where a task of the desk comes from."""

    OUR_PROMISE = "our_promise", _("we promised")
    THEIR_PROMISE = "their_promise", _("they promised")
    FIND_PLACE = "find_place", _("find a place")
    VISIT_ACTION = "visit_action", _("agreed at a visit")
    HIRE_EMPLOYER = "hire_employer", _("after the hire: the employer")
    HIRE_PARTICIPANT = "hire_participant", _("after the hire: the person")
    PAPERWORK = "paperwork", _("paperwork of the hire")
    OTHER = "other", _("other")


class LeadKind(models.TextChoices):
    OPEN_JOB = "open_job", _("open job")
    HIDDEN_JOB = "hidden_job", _("hidden job")
    WORK_TRIAL = "work_trial", _("work-trial place")
    GIG = "gig", _("gig")


class LeadStage(models.TextChoices):
    """The way from a hint to a place (evidence 003 3B, 004 4B), in the order of the board."""

    HINT = "hint", _("hint")
    CONTACTED = "contacted", _("contacted")
    NEED = "need", _("need is clear")
    INTRODUCED = "introduced", _("somebody was introduced")
    INTERVIEW = "interview", _("interview")
    AGREEING = "agreeing", _("being agreed")
    FILLED = "filled", _("filled")
    PASSED_ON = "passed_on", _("passed to the authority")
    CLOSED = "closed", _("came to nothing")


OPEN_STAGES = (
    LeadStage.HINT,
    LeadStage.CONTACTED,
    LeadStage.NEED,
    LeadStage.INTRODUCED,
    LeadStage.INTERVIEW,
    LeadStage.AGREEING,
)


class MatchState(models.TextChoices):
    """How one person stands to a lead."""

    SUGGESTED = "suggested", _("suggested")
    INTERESTED = "interested", _("interested")
    APPLIED = "applied", _("in touch with the workplace")
    CHOSEN = "chosen", _("chosen")
    NOT_THIS = "not_this", _("not this one")
