"""What a coordinator should know about a work trial before going on. Warnings never block (architecture 7.7).

The numbers are settings with their source; evidence anchors-systems 11.2 marks which of them are older than
the 2025 reform.
"""

from __future__ import annotations

import calendar
import datetime as dt

from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from coaching.models import Enrolment
from employers.models import Placement


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day `months` later, or that month's last day when it is shorter."""
    years, month0 = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month0 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def placement_warnings(placement: Placement, *, enrolment: Enrolment | None, today: dt.date) -> list[str]:
    """Sentences, the most pressing first. `placement` has its employer, month and participant loaded and may
    be unsaved; `enrolment` is the person's place in that month."""
    return [
        *_about_the_person(placement, enrolment),
        *_about_the_employer(placement, today),
        *_about_the_terms(placement),
        *_about_the_month(placement),
    ]


def _about_the_person(placement: Placement, enrolment: Enrolment | None) -> list[str]:
    found = []
    if enrolment is not None and enrolment.left_on is not None and enrolment.left_on < placement.ends_on:
        found.append(_("The person left the month on %(day)s.") % {"day": date_format(enrolment.left_on)})
    if placement.participant.is_restricted:
        found.append(
            _(
                "Non-disclosure for safety reasons: the workplace is not told the address, and the "
                "workplace stays out of lists and files that leave."
            )
        )
    return found


def _about_the_employer(placement: Placement, today: dt.date) -> list[str]:
    found = []
    before = placement.employer.do_not_ask_before
    if before is not None and before > today:
        found.append(_("This employer asked not to be asked before %(day)s.") % {"day": date_format(before)})
    if placement.guide is None:
        found.append(_("The workplace guide is missing: agree who guides before the start."))
    return found


def _about_the_terms(placement: Placement) -> list[str]:
    found = []
    hours = placement.hours_per_day
    if hours is not None and hours < settings.WORK_TRIAL_MIN_HOURS_A_DAY:
        found.append(
            _("A work trial is usually at least %(hours)s hours a day. Check this with the authority.")
            % {"hours": number_format(settings.WORK_TRIAL_MIN_HOURS_A_DAY)}
        )
    if hours is not None and hours > settings.WORK_TRIAL_MAX_HOURS_A_DAY:
        found.append(
            _("A work trial is usually at most %(hours)s hours a day. Check this with the authority.")
            % {"hours": number_format(settings.WORK_TRIAL_MAX_HOURS_A_DAY)}
        )
    if placement.starts_on and placement.ends_on:
        limit = months_later(placement.starts_on, settings.WORK_TRIAL_MAX_MONTHS)
        if placement.ends_on >= limit:
            found.append(
                _("A work trial lasts at most %(months)s months. Check this with the authority.")
                % {"months": settings.WORK_TRIAL_MAX_MONTHS}
            )
    return found


def _about_the_month(placement: Placement) -> list[str]:
    month = placement.month
    if month is None:
        return []
    found = []
    outside = placement.starts_on < month.starts_on or placement.ends_on > month.ends_on
    if outside:
        found.append(
            _("The days reach outside the month, %(first)s–%(last)s.")
            % {"first": date_format(month.starts_on), "last": date_format(month.ends_on)}
        )
    if placement.half == month.coaching_half:
        found.append(_("The group meets in this half of the day. Is the work trial in the other half?"))
    return found
