"""Codes of files that are made as jobs, of requests for own data, and of the office's digest."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """What a file job makes (reports.services.file_jobs)."""

    DELIVERY_ZIP = "delivery_zip", _("all summaries of a release")
    ATTENDANCE = "attendance", _("attendance of a month")
    GROUPS = "groups", _("group report")
    PLACEMENTS = "placements", _("work-trial report")
    OWN_DATA = "own_data", _("own data")
    DIGEST = "digest", _("office digest")


class RequestChannel(models.TextChoices):
    """How somebody asked for the own data."""

    LINK = "link", _("by the personal link")
    MEETING = "meeting", _("in person")
    PHONE = "phone", _("by phone")
    LETTER = "letter", _("by letter or e-mail")


class RequestAnswer(models.TextChoices):
    """How a request for own data was answered."""

    OPEN = "open", _("not answered yet")
    BY_LINK = "by_link", _("given behind the personal link")
    ON_PAPER = "on_paper", _("given on paper")
    REFUSED = "refused", _("refused")


class DigestPeriod(models.TextChoices):
    MONTH = "month", _("month")
    HALF_YEAR = "half_year", _("half-year")
