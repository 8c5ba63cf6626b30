"""Codes of the summary (te-summary.md, states)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SummaryState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PARTICIPANT_REVIEW = "participant_review", _("with the participant")
    APPROVED = "approved", _("approved")
    RELEASED = "released", _("released")
    SUPERSEDED = "superseded", _("superseded")


class ApprovalMethod(models.TextChoices):
    PAPER = "paper", _("on paper")
    LINK = "link", _("by personal link")
    MEETING = "meeting", _("in the discussion, signed on the spot")
