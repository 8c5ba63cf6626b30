"""Codes of employers and work trials. Values are stable, labels are translated."""

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

OPEN_STATES = (PlacementState.PLANNED, PlacementState.ONGOING)
BEGUN_STATES = (PlacementState.ONGOING, PlacementState.COMPLETED, PlacementState.ENDED_EARLY)
ENDED_STATES = (PlacementState.COMPLETED, PlacementState.ENDED_EARLY, PlacementState.DID_NOT_START)


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


class AgreementFailure(models.TextChoices):
    """Why an agreement's PDF was not made; the label tells what to do next."""

    CONSENT = "consent", _("The participant has taken back the consent. Record it again and make the PDF.")
    CHANGED = "changed", _("The work trial changed while the PDF was being made. Make it again.")
    RENDERING = (
        "rendering",
        _("The PDF could not be made. Try again, and tell the support if it fails again."),
    )
    INTERRUPTED = "interrupted", _("The work was interrupted again and again. Make the PDF again.")
