"""When the participant is asked how it is: at the start, half-way and at the end of the month."""

from __future__ import annotations

import datetime as dt

from coaching.enums import Moment
from coaching.models import CoachingMonth

A_WEEK_BEFORE = dt.timedelta(days=7)
WEEKS_UNTIL = {Moment.START: 0, Moment.MID: 1, Moment.END: 3}


def due_moments(month: CoachingMonth, *, today: dt.date) -> list[Moment]:
    """The moments that have come, in order; the start a week ahead, so that it can be done at home."""
    begins = {moment: month.starts_on + dt.timedelta(weeks=weeks) for moment, weeks in WEEKS_UNTIL.items()}
    begins[Moment.START] -= A_WEEK_BEFORE
    return [moment for moment in Moment if begins[moment] <= today]
