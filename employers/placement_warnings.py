"""What a coordinator should know about a work trial before going on. Warnings never block (architecture 7.7).

The numbers are the limits of the day on which the work trial begins (employers.limits).
"""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from coaching.models import Enrolment
from employers.limits import (
    HOURS_AT_LEAST,
    HOURS_AT_MOST,
    MONTHS_IN_ALL,
    MONTHS_ONE_WORKPLACE,
    limit_on,
    months_later,
)
from employers.models import Placement
from employers.trial_history import history_of, total_span


def placement_warnings(placement: Placement, *, enrolment: Enrolment | None, today: dt.date) -> list[str]:
    """Sentences, the most pressing first. `placement` has its employer, month and participant loaded and may
    be unsaved; `enrolment` is the person's place in that month."""
    return [
        *_about_the_person(placement, enrolment),
        *_about_the_employer(placement, today),
        *_about_the_terms(placement),
        *_about_the_length(placement),
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
    hours, first = placement.hours_per_day, placement.starts_on
    least, most = limit_on(HOURS_AT_LEAST, first), limit_on(HOURS_AT_MOST, first)
    if hours is not None and least and hours < least.value:
        found.append(
            _("A work trial is usually at least %(hours)s hours a day. Check this with the authority.")
            % {"hours": number_format(least.value)}
        )
    if hours is not None and most and hours > most.value:
        found.append(
            _("A work trial is usually at most %(hours)s hours a day. Check this with the authority.")
            % {"hours": number_format(most.value)}
        )
    return found


def _about_the_length(placement: Placement) -> list[str]:
    """One sentence at most: the trial alone is too long, or with the earlier ones, or at this workplace."""
    first, last = placement.starts_on, placement.ends_on
    limit = limit_on(MONTHS_IN_ALL, first)
    if limit and last >= months_later(first, limit.value):
        words = _("A work trial lasts at most %(months)s months. Check this with the authority.")
        return [words % {"months": limit.value}]
    history = history_of(placement)
    if not history.rows:
        return []
    if limit and _is_longer([*history.rows, placement], limit.value):
        words = _(
            "With the earlier work trials, over all organisers, this makes more than %(months)s months. "
            "Check this with the authority."
        )
        return [words % {"months": limit.value}]
    here = limit_on(MONTHS_ONE_WORKPLACE, first)
    same = [
        row for row in history.rows if row.placement and row.placement.employer_id == placement.employer_id
    ]
    if here and same and _is_longer([*same, placement], here.value):
        words = _(
            "With the earlier work trials at this workplace this makes more than %(months)s months. Check "
            "this with the authority."
        )
        return [words % {"months": here.value}]
    return []


def _is_longer(rows, months: int) -> bool:
    span = total_span((row.starts_on, row.ends_on) for row in rows)
    return (span.months, span.days) > (months, 0)


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
