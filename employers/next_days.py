"""The short choices for the day of a next action: "in a week" is a working day about a week ahead."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from coaching.services.schedule import holiday_name, is_weekday

ONE_DAY = dt.timedelta(days=1)


class NextWhen(models.TextChoices):
    TOMORROW = "tomorrow", _("tomorrow")
    WEEK = "week", _("in a week")
    MONTH = "month", _("in a month")
    SEASON = "season", _("in three months")


DAYS = {NextWhen.TOMORROW: 1, NextWhen.WEEK: 7, NextWhen.MONTH: 30, NextWhen.SEASON: 91}


def day_of(when: str, *, today: dt.date) -> dt.date | None:
    """The working day that `when` (a NextWhen value) means on `today`; None for anything else."""
    if when not in NextWhen.values:
        return None
    day = today + dt.timedelta(days=DAYS[NextWhen(when)])
    while not is_weekday(day) or holiday_name(day):
        day += ONE_DAY
    return day
