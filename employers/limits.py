"""The limits of work trials: dated, each with its source. They warn and never forbid.

A work trial keeps the limits of the day on which it begins: a new row with a later `since` leaves older
agreements as they were. The newest row of a code whose `since` has come holds.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from django.conf import settings

MONTHS_IN_ALL = "months_in_all"
MONTHS_ONE_WORKPLACE = "months_one_workplace"
HOURS_AT_LEAST = "hours_at_least"
HOURS_AT_MOST = "hours_at_most"
DAYS_A_WEEK = "days_a_week"


@dataclass(frozen=True)
class Limit:
    """One limit: `value` in months, hours or days, holding from `since`; `source` is where it was read."""

    code: str
    value: int
    since: dt.date
    source: str


def all_limits() -> list[Limit]:
    """Every limit of the settings, the oldest first."""
    limits = [
        Limit(code, value, dt.date.fromisoformat(since), source)
        for code, value, since, source in settings.WORK_TRIAL_LIMITS
    ]
    return sorted(limits, key=lambda limit: limit.since)


def limit_on(code: str, day: dt.date) -> Limit | None:
    """The limit that holds for a work trial that begins on `day`; None when none does."""
    holding = [limit for limit in all_limits() if limit.code == code and limit.since <= day]
    return holding[-1] if holding else None


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day `months` later, or that month's last day when it is shorter."""
    years, month0 = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month0 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))
