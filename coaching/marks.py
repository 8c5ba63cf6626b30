"""What each mark is called on the keyboard, and what it means for benefit and travel money, in words.

The effects are Kela's rules as read in evidence anchors-systems 11.3 (status S there). They are hints beside
the choice, never a decision: Kela or the unemployment fund decides. Amounts and limits are settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, pgettext

from coaching.enums import Mark

# what a coach can choose for one person in a session; "not arranged" is said of the whole day
PERSON_MARKS: tuple[str, ...] = tuple(mark for mark in Mark.values if mark != Mark.NOT_ARRANGED)


@dataclass(frozen=True)
class MarkInfo:
    """One mark as the pages show it: `letter` is its key and its sign in a grid, `effect` one sentence."""

    code: str
    label: str
    letter: str
    effect: str


def mark_infos() -> tuple[MarkInfo, ...]:
    """Every mark in the current language, in the order of the list."""
    return _mark_infos(get_language() or settings.LANGUAGE_CODE)


def mark_info(code: str) -> MarkInfo:
    """One mark in the current language. Raises KeyError for a code that is no mark."""
    return {info.code: info for info in mark_infos()}[code]


@lru_cache(maxsize=8)
def _mark_infos(language: str) -> tuple[MarkInfo, ...]:
    letters = _letters()
    effects = _effects()
    return tuple(
        MarkInfo(code=code, label=capfirst(str(label)), letter=letters[code], effect=effects[code])
        for code, label in Mark.choices
    )


def _letters() -> dict[str, str]:
    """One letter each, its own in every language."""
    return {
        Mark.PRESENT: pgettext("letter of present", "P"),
        Mark.OWN_ILLNESS: pgettext("letter of own illness", "S"),
        Mark.CHILD_ILLNESS: pgettext("letter of sick child", "C"),
        Mark.JOB_INTERVIEW: pgettext("letter of job interview", "I"),
        Mark.PUBLIC_DUTY: pgettext("letter of public duty", "D"),
        Mark.AGREED_SWAP: pgettext("letter of agreed change of day", "W"),
        Mark.OTHER_ACCEPTED: pgettext("letter of other accepted reason", "O"),
        Mark.UNAUTHORISED: pgettext("letter of no accepted reason", "X"),
        Mark.NOT_ARRANGED: pgettext("letter of not arranged", "N"),
    }


def _effects() -> dict[str, str]:
    """What it means for benefit and travel money (kulukorvaus)."""
    money = settings.TRAVEL_MONEY_EUR_A_DAY
    no_travel_money = gettext("Benefit yes, travel money no.")
    return {
        Mark.PRESENT: gettext("Benefit yes, travel money %(euros)s € a day.") % {"euros": money},
        Mark.OWN_ILLNESS: gettext("Benefit yes, travel money no. Over %(days)s days: certificate.")
        % {"days": settings.OWN_ILLNESS_DAYS_WITHOUT_CERTIFICATE},
        Mark.CHILD_ILLNESS: gettext("Child under 10: benefit yes, travel money no, at most %(days)s days.")
        % {"days": settings.SICK_CHILD_MAX_DAYS},
        Mark.JOB_INTERVIEW: no_travel_money,
        Mark.PUBLIC_DUTY: no_travel_money,
        Mark.AGREED_SWAP: gettext("Not an absence: travel money comes from the day that is done instead."),
        Mark.OTHER_ACCEPTED: gettext("Travel money no, the benefit depends on the reason."),
        Mark.UNAUTHORISED: gettext("No benefit for this day, no travel money."),
        Mark.NOT_ARRANGED: gettext("Not an absence. No travel money."),
    }
