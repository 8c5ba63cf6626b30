"""When a reminder may reach somebody: on working days from 8 to 20 in Finland, and not twice within a day.

A reminder at night or on a day off is worse than one the next morning. Nothing is queued: the coach is told
when it is possible, and sends it then, so that nobody who has answered meanwhile gets one (docs/decisions/
pre-assignments.md).
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from coaching.services.schedule import holiday_name, is_weekday

OPENS, CLOSES = dt.time(8), dt.time(20)
APART = dt.timedelta(hours=24)


def may_remind_at(moment: dt.datetime) -> bool:
    """Is it a working day's daytime in Finland?"""
    local = timezone.localtime(moment)
    return _is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def next_opening(moment: dt.datetime) -> dt.datetime:
    """The first allowed moment from `moment` on; `moment` itself when it is one."""
    if may_remind_at(moment):
        return moment
    local = timezone.localtime(moment)
    day = local.date()
    if not _is_working_day(day) or local.time() >= CLOSES:
        day += dt.timedelta(days=1)
        while not _is_working_day(day):
            day += dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(day, OPENS))


def _is_working_day(day: dt.date) -> bool:
    return is_weekday(day) and not holiday_name(day)
