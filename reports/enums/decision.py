"""Codes of what is decided in the discussion of three, and of aftercare."""

from django.db import models
from django.utils.translation import pgettext_lazy


class DecisionKind(models.TextChoices):
    """What the officer decided (issue 5; the kinds of te-summary.md block 7)."""

    WORK_TRIAL = "work_trial", pgettext_lazy("decision", "work trial")
    WAGE_SUBSIDY = "wage_subsidy", pgettext_lazy("decision", "wage subsidy")
    STUDY = "study", pgettext_lazy("decision", "self-motivated study")
    OTHER_SERVICE = "other_service", pgettext_lazy("decision", "other service")
    NONE = "none", pgettext_lazy("decision", "nothing to decide")


class AftercareAnswer(models.TextChoices):
    """The participant's answer to the offer of aftercare."""

    OPEN = "open", pgettext_lazy("aftercare", "thinks about it")
    ACCEPTED = "accepted", pgettext_lazy("aftercare", "accepted")
    DECLINED = "declined", pgettext_lazy("aftercare", "declined")


class UseChannel(models.TextChoices):
    """How aftercare was given."""

    MEETING = "meeting", pgettext_lazy("aftercare", "meeting")
    PHONE = "phone", pgettext_lazy("aftercare", "phone call")
    VIDEO = "video", pgettext_lazy("aftercare", "video call")
    WORKPLACE = "workplace", pgettext_lazy("aftercare", "at the workplace")
    MESSAGE = "message", pgettext_lazy("aftercare", "message")
