"""The sections of the coordinator's desk, in the order of urgency. A source of `core.registry.desk_sources`
builds its lines with `desk_line`, so that lines of one kind stand together whoever adds them."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.registry import TodayLine


class DeskSection(models.IntegerChoices):
    """What waits on the desk: what hurts people first, what can wait last."""

    CONCERNS = 10, _("Concerns to answer")
    OVERRIDES = 20, _("Started without all signatures")
    CALLS = 30, _("Calls and promises due")
    SIGNATURES = 40, _("Signatures missing")
    LOST_MAIL = 45, _("Mail that did not arrive")
    STARTING = 50, _("Starting soon")
    VISITS = 60, _("Visits")
    WITHOUT_PLACE = 70, _("People without a place")
    ENDING = 80, _("Ending this week")
    AFTER = 90, _("After the work trial")
    QUIET = 100, _("Employers not heard of for long")


def desk_line(
    section: DeskSection,
    *,
    title: str,
    detail: str,
    url: str,
    link_text: str,
    title_url: str = "",
    icon: str = "",
    is_late: bool = False,
    day: dt.date | None = None,
    done_url: str = "",
    alarm: str = "",
) -> TodayLine:
    """One line of a section; `day` and `is_late` order it among its like."""
    return TodayLine(
        heading=str(section.label),
        title=title,
        detail=detail,
        url=url,
        link_text=link_text,
        title_url=title_url,
        icon=icon,
        is_late=is_late,
        day=day,
        order=int(section),
        done_url=done_url,
        alarm=alarm,
    )
