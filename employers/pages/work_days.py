"""Words about the days at a workplace that several pages share."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils.formats import number_format

from employers.models import Placement


def is_agreed_day(placement: Placement, day: dt.date) -> bool:
    """Was work agreed for this weekday?"""
    return str(day.isoweekday()) in placement.weekdays


def hours_text(hours: Decimal | None) -> str:
    """4 or 3,5 in the page's language; "" for none."""
    return "" if hours is None else number_format(hours.normalize() if hours % 1 else int(hours))
