"""The date of birth as people write it: the second factor of the personal link."""

from __future__ import annotations

import datetime as dt
import re

_APART = re.compile(r"\D+")


def possible_dates(text: str) -> set[dt.date]:
    """The dates that `text` may mean: 1.2.1980, 01.02.1980, 1/2/1980, 1 2 80, 01021980, 010280, 1980-02-01.

    Day before month, as in Finland. Two digits of a year may mean two centuries; empty when it is no date.
    """
    parts = [part for part in _APART.split(text.strip()[:40]) if part]
    if not all(part.isascii() for part in parts):
        return set()
    if len(parts) == 1 and len(parts[0]) in (6, 8):
        digits = parts[0]
        parts = [digits[:2], digits[2:4], digits[4:]]
    if len(parts) != 3:
        return set()
    if len(parts[0]) == 4:
        parts.reverse()
    day, month, year = parts
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)] if len(year) == 2 else []
    return {date for number in years if (date := _date(number, month, day))}


def _date(year: int, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(year, int(month), int(day))
    except ValueError:
        return None
