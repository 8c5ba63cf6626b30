"""Dates, spans and codes in words, in the language that is active."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from core.numbers import rounded
from reports.enums import MissingReason


def date_words(value: str | dt.date | None) -> str:
    """A date as 12.3.2026, or nothing."""
    if not value:
        return ""
    return date_format(dt.date.fromisoformat(value) if isinstance(value, str) else value)


def span_words(start: str | None, end: str | None) -> str:
    """From when to when, as far as it is known."""
    if start and end:
        return f"{date_words(start)}–{date_words(end)}"
    if start:
        return _("from %(date)s") % {"date": date_words(start)}
    return _("until %(date)s") % {"date": date_words(end)} if end else ""


def reason_words(code: str) -> str:
    """The sentence of a MissingReason, or nothing."""
    return str(MissingReason(code).label) if code else ""


def label_of(choices, code: str) -> str:
    """The label of a code in the language that is active, or nothing."""
    return str(choices(code).label) if code else ""


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def number_words(value: float) -> str:
    """Hours with a decimal comma where one is needed, to the minute: 1.75 is not 1.7."""
    return number_format(rounded(value, 2))


def employer_name(name: str, withheld: bool) -> str:
    """The workplace, unless it may not be named."""
    return _("the workplace is not named") if withheld else name
