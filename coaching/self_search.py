"""Until when the people of a month look for a work-trial place themselves (issue 4, E11)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from coaching.models import CoachingMonth
from coaching.services.schedule import ONE_DAY, holiday_name, is_weekday


def self_search_deadline(month: CoachingMonth) -> dt.date:
    """The day that was set for the month, else its SELF_SEARCH_DAYS-th working day."""
    if month.self_search_until is not None:
        return month.self_search_until
    day, left = month.starts_on - ONE_DAY, settings.SELF_SEARCH_DAYS
    while left > 0:
        day += ONE_DAY
        if is_weekday(day) and not holiday_name(day):
            left -= 1
    return max(day, month.starts_on)
