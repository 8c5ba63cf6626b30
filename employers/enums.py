"""Codes of employers and work trials. Values are stable, labels are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactRole(models.TextChoices):
    SUPERVISOR = "supervisor", _("supervisor")
    GUIDE = "guide", _("workplace guide")
    PAYROLL = "payroll", _("payroll")
    OTHER = "other", _("other")


class Channel(models.TextChoices):
    PHONE = "phone", _("phone")
    VISIT = "visit", _("visit")
    EMAIL = "email", _("e-mail")
    MEETING = "meeting", _("meeting")
    OTHER = "other", _("other")


class ContactResult(models.TextChoices):
    NEED_FOUND = "need_found", _("a need was found")
    NO_NEED = "no_need", _("no need now")
    MEETING = "meeting", _("a meeting was agreed")
    DECLINED = "declined", _("declined")
    LEAD = "lead", _("a lead")
    AGREED = "agreed", _("a work trial was agreed")
    NOT_REACHED = "not_reached", _("not reached")


class PlacementState(models.TextChoices):
    PLANNED = "planned", _("planned")
    ONGOING = "ongoing", _("going on")
    COMPLETED = "completed", _("completed")
    ENDED_EARLY = "ended_early", _("ended early")
    DID_NOT_START = "did_not_start", _("did not start")


LIVE_STATES = (
    PlacementState.PLANNED,
    PlacementState.ONGOING,
    PlacementState.COMPLETED,
    PlacementState.ENDED_EARLY,
)


class PlacementPurpose(models.TextChoices):
    """What the work trial is for (evidence anchors-systems 11.2: aim is part of the agreement)."""

    CAREER_CHOICE = "career_choice", _("finding out which work suits")
    RETURN_TO_WORK = "return_to_work", _("returning to working life")
    SKILLS = "skills", _("showing and strengthening skills")


class HireChance(models.TextChoices):
    LIKELY = "likely", _("likely")
    POSSIBLE = "possible", _("possible")
    UNLIKELY = "unlikely", _("unlikely")
    UNKNOWN = "unknown", _("not known yet")
