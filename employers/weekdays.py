"""The agreed weekdays of a work trial: digits of the ISO weekdays in order, "135" is Mon, Wed and Fri."""

from __future__ import annotations

import datetime as dt

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

EVERY_WEEKDAY = "12345"
WEEKDAY_CHOICES = [(str(number + 1), WEEKDAYS[number]) for number in range(5)]


def is_agreed(day: dt.date, weekdays: str) -> bool:
    """Whether the work trial has this day of the week."""
    return str(day.isoweekday()) in weekdays


def weekdays_in_words(weekdays: str) -> str:
    """ "Mon–Fri" for all five, else "Mon, Wed, Fri", in the reader's language."""
    if weekdays == EVERY_WEEKDAY:
        return f"{WEEKDAYS_ABBR[0]}–{WEEKDAYS_ABBR[4]}"
    return ", ".join(str(WEEKDAYS_ABBR[int(digit) - 1]) for digit in weekdays if digit in EVERY_WEEKDAY)
