"""The paper on the table by the door: names, the days of a week, and a box to sign in for each session."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from coaching.enums import SessionState
from coaching.models import CoachingMonth, Session
from coaching.services.schedule import ONE_DAY, holiday_name, monday_of, week_number


@dataclass(frozen=True)
class SheetDay:
    """A column: the day with its session, or why nobody signs (`closed`: a holiday's name)."""

    day: dt.date
    session: Session | None
    closed: str

    @property
    def is_open(self) -> bool:
        return self.session is not None and not self.closed

    @property
    def is_called_off(self) -> bool:
        return self.session is not None and self.session.state == SessionState.NOT_ARRANGED


@dataclass(frozen=True)
class SheetRow:
    """A person: a box for each column, False where nobody signs."""

    name: str
    boxes: list[bool]


@dataclass(frozen=True)
class SignInSheet:
    """One week on A4 across. `weeks` are the numbers that can be chosen."""

    month: CoachingMonth
    week: int
    weeks: list[int]
    days: list[SheetDay]
    rows: list[SheetRow]
    enrolment_ids: list[int]


def sign_in_sheet(month: CoachingMonth, *, week: int | None, today: dt.date) -> SignInSheet | None:
    """The sheet of the month's `week`, by default the one that `today` is in (before and after the month its
    first and last week); None for a week that the month does not have. Two queries.

    A protected person stands on it by first name only: the sheet lies where others read it.
    """
    last = week_number(month.starts_on, month.ends_on)
    weeks = list(range(1, last + 1))
    if week is None:
        week = min(max(week_number(month.starts_on, today), 1), last)
    if week not in weeks:
        return None
    monday = monday_of(month.starts_on) + ONE_DAY * 7 * (week - 1)
    sessions = {
        session.held_on: session
        for session in month.sessions.filter(held_on__range=(monday, monday + ONE_DAY * 6)).order_by(
            "held_on", "-begins_at"
        )
    }
    days = [
        SheetDay(day, sessions.get(day), holiday_name(day))
        for day in (monday + ONE_DAY * number for number in range(7))
        if day in sessions or (day.weekday() < 5 and month.starts_on <= day <= month.ends_on)
    ]
    people = list(
        month.enrolments.enrolled()
        .filter(Q(left_on__isnull=True) | Q(left_on__gte=monday), joined_on__lte=monday + ONE_DAY * 6)
        .by_name()
    )
    rows = [
        SheetRow(
            _name_on_paper(person.participant),
            [
                column.is_open
                and not column.is_called_off
                and person.joined_on <= column.day
                and (person.left_on is None or column.day <= person.left_on)
                for column in days
            ],
        )
        for person in people
    ]
    return SignInSheet(month, week, weeks, days, rows, [person.pk for person in people])


def _name_on_paper(participant) -> str:
    if participant.is_restricted:
        return participant.first_name
    return f"{participant.last_name} {participant.first_name}"
