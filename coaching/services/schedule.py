"""The calendar of a month: which weekdays the group meets, and what falls away. Pure functions.

Decisions (issue 2, section 3.3; product.md, "Words used in the issues"):

- A month is four calendar weeks, counted from the Monday of the week in which it starts, so it ends on the
  Friday of the fourth week. A start in the middle of a week makes the first week shorter and moves nothing.
- A day off is what the category `public` of the package `holidays` names for Finland. Beside the church and
  public holidays that category holds midsummer eve and Christmas Eve, which are days off. Maundy Thursday,
  May Day's eve and New Year's Eve are working days. Easter Saturday is a weekend day, when no group meets.
- A day off drops that day. Only when the coach chooses so, as many weekdays are added after the fourth week.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import holidays
from django.utils.translation import get_language

WEEKS = 4
MOST_WEEKS = 8
ONE_DAY = dt.timedelta(days=1)
HOLIDAY_LANGUAGES = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}


@dataclass(frozen=True)
class PlannedDay:
    """A day on which the group meets; weeks after the fourth hold made-up days."""

    day: dt.date
    week: int


@dataclass(frozen=True)
class SchedulePlan:
    """What a start date leads to. `skipped` are the weekdays that fall away, with the holiday's name."""

    starts_on: dt.date
    ends_on: dt.date
    days: tuple[PlannedDay, ...]
    skipped: tuple[tuple[dt.date, str], ...]
    made_up: int

    @property
    def by_week(self) -> list[tuple[int, list[PlannedDay]]]:
        """The days under the number of their week, in order."""
        weeks: dict[int, list[PlannedDay]] = {}
        for planned in self.days:
            weeks.setdefault(planned.week, []).append(planned)
        return list(weeks.items())


@lru_cache(maxsize=64)
def _holidays_of(year: int, language: str) -> dict[dt.date, str]:
    return dict(holidays.country_holidays("FI", years=year, language=language))


def holiday_name(day: dt.date) -> str:
    """The name of the day off in the language of the page, or "" on a working day."""
    language = HOLIDAY_LANGUAGES.get((get_language() or "fi")[:2], "fi")
    return _holidays_of(day.year, language).get(day, "")


def holidays_between(first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """Days off from `first` to `last`, both included, with their names."""
    return {day: name for day in days_between(first, last) if (name := holiday_name(day))}


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every date from `first` to `last`, both included; empty when `last` is before `first`."""
    return [first + ONE_DAY * n for n in range((last - first).days + 1)]


def is_weekday(day: dt.date) -> bool:
    """Monday to Friday, holiday or not."""
    return day.weekday() < 5


def monday_of(day: dt.date) -> dt.date:
    """The Monday of the day's week."""
    return day - ONE_DAY * day.weekday()


def next_monday(day: dt.date) -> dt.date:
    """The first Monday after `day`."""
    return monday_of(day) + ONE_DAY * 7


def week_number(starts_on: dt.date, day: dt.date) -> int:
    """Which week of the month a day falls in: 1 is the calendar week of the start."""
    return (monday_of(day) - monday_of(starts_on)).days // 7 + 1


def last_possible_day(starts_on: dt.date) -> dt.date:
    """The Friday of the eighth week: no month goes on longer, whatever is made up or moved."""
    return monday_of(starts_on) + dt.timedelta(weeks=MOST_WEEKS) - ONE_DAY * 3


def fourth_friday(starts_on: dt.date) -> dt.date:
    """The Friday of week 4, on which a month ends that nobody has made longer."""
    return monday_of(starts_on) + dt.timedelta(weeks=WEEKS) - ONE_DAY * 3


def plan_month(starts_on: dt.date, *, make_up_lost_days: bool = False) -> SchedulePlan:
    """The dates of a month that starts on `starts_on`, a weekday.

    Raises ValueError for a start at the weekend: the form says so before it comes here.
    """
    if not is_weekday(starts_on):
        raise ValueError("a month starts on a weekday")
    ends_on = fourth_friday(starts_on)
    weekdays = [day for day in days_between(starts_on, ends_on) if is_weekday(day)]
    skipped = tuple((day, name) for day in weekdays if (name := holiday_name(day)))
    off = {day for day, _name in skipped}
    days = [day for day in weekdays if day not in off]
    made_up = 0
    candidate = ends_on
    while make_up_lost_days and made_up < len(skipped):
        candidate += ONE_DAY
        if is_weekday(candidate) and not holiday_name(candidate):
            days.append(candidate)
            made_up += 1
            ends_on = candidate
    planned = tuple(PlannedDay(day=day, week=week_number(starts_on, day)) for day in days)
    return SchedulePlan(starts_on, ends_on, planned, skipped, made_up)
