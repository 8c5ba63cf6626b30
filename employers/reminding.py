"""When a reminder may go to a workplace: working hours, and not twice within a day."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.reminder_hours import APART, may_remind_at, next_opening
from core.errors import DomainError
from core.templatetags.page_pieces import date_fi, time_fi


def reminder_obstacle(*, now: dt.datetime, last_sent_at: dt.datetime | None) -> str:
    """Why no reminder may go now, with the moment when it may; "" when it may."""
    if last_sent_at is not None and last_sent_at + APART > now:
        when = spoken(next_opening(last_sent_at + APART))
        return _("A message went out within the last 24 hours. Next possible: %(when)s.") % {"when": when}
    if not may_remind_at(now):
        return _(
            "Reminders go out on working days between 8.00 and 20.00. You can send this one on %(when)s."
        ) % {"when": spoken(next_opening(now))}
    return ""


def require_reminder_moment(*, now: dt.datetime, last_sent_at: dt.datetime | None) -> None:
    """Raise DomainError with `reminder_obstacle`."""
    if obstacle := reminder_obstacle(now=now, last_sent_at=last_sent_at):
        raise DomainError(obstacle)


def spoken(moment: dt.datetime) -> str:
    """ "12.3.2026 at 9.00", rounded up to a whole minute."""
    local = timezone.localtime(moment)
    if local.second or local.microsecond:
        local += dt.timedelta(minutes=1)
    return _("%(day)s at %(time)s") % {"day": date_fi(local.date()), "time": time_fi(local)}
