"""The calendar of a month: its weeks, five days each, two halves a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from coaching.access import can_coach_month, can_edit_month, can_read_attendance
from coaching.discussion_windows import discussion_windows
from coaching.enums import DiscussionKind, Half, MonthState, SessionState
from coaching.models import CoachingMonth, Session
from coaching.programme_content import WEEKDAYS, WEEKS, weeks_of
from coaching.services.schedule import holiday_name, last_possible_day, monday_of, week_number

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class CalendarHalf:
    """One half of a day: a session, or nothing of the group's. `may_add` offers a session there."""

    half: str
    label: str
    session: Session | None
    is_trial: bool
    may_change: bool
    may_restore: bool
    may_log: bool
    may_add: bool


@dataclass(frozen=True)
class CalendarDay:
    """A weekday. `holiday` names a day off; `is_outside` lies before the first or after the last day."""

    day: dt.date
    holiday: str
    is_today: bool
    is_past: bool
    is_outside: bool
    halves: tuple[CalendarHalf, ...]


@dataclass(frozen=True)
class CalendarWeek:
    """A week with its theme, as a row of five days."""

    number: int
    theme: str
    days: tuple[CalendarDay, ...]


@dataclass(frozen=True)
class Talk:
    """Between which dates a discussion is held."""

    name: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class CalendarPage:
    """The month's calendar for one user. `shows_words`: not only dates, times and rooms (TE sponsor)."""

    month: CoachingMonth
    today: dt.date
    weeks: list[CalendarWeek]
    talks: list[Talk]
    shows_words: bool
    may_edit: bool
    may_move_start: bool

    @property
    def is_under_way(self) -> bool:
        """Today stands somewhere in the calendar."""
        return any(day.is_today for week in self.weeks for day in week.days)


def calendar_page(month: CoachingMonth, user, *, today: dt.date) -> CalendarPage:
    """The calendar of a month that `visible_to` gave.

    A TE sponsor sees dates and kick-off only (permissions.md): no words of the sessions.
    """
    shows_words = can_read_attendance(user, month)
    is_open = month.state == MonthState.OPEN
    may_edit = is_open and can_edit_month(user, month)
    may_log = shows_words and can_coach_month(user, month, today=today)
    sessions = list(month.sessions.in_order())
    cells = _Cells(month, sessions, today=today, may_edit=may_edit, may_log=may_log)
    themes = {week.number: week.theme for week in weeks_of(month.programme)} if shows_words else {}
    numbers = [WEEKS, week_number(month.starts_on, month.ends_on), *(session.week for session in sessions)]
    first = monday_of(month.starts_on)
    weeks = [
        CalendarWeek(
            number,
            themes.get(number, ""),
            tuple(
                cells.day(first + dt.timedelta(weeks=number - 1, days=weekday)) for weekday in range(WEEKDAYS)
            ),
        )
        for number in range(1, max(numbers) + 1)
    ]
    is_untouched = all(session.state != SessionState.LOGGED for session in sessions)
    return CalendarPage(
        month=month,
        today=today,
        weeks=weeks,
        talks=_talks(month) if shows_words else [],
        shows_words=shows_words,
        may_edit=may_edit,
        may_move_start=may_edit and month.starts_on > today and is_untouched,
    )


def _talks(month: CoachingMonth) -> list[Talk]:
    return [
        Talk(str(DiscussionKind(window.kind).label), window.first_day, window.last_day)
        for window in discussion_windows(month).values()
    ]


class _Cells:
    """What stands on each day, and what may be done with it."""

    def __init__(
        self, month: CoachingMonth, sessions: list[Session], *, today: dt.date, may_edit: bool, may_log: bool
    ) -> None:
        self.month, self.today = month, today
        self.may_edit, self.may_log = may_edit, may_log
        self.standing = {(session.held_on, session.half): session for session in sessions}
        self.last = last_possible_day(month.starts_on)

    def day(self, day: dt.date) -> CalendarDay:
        holiday = holiday_name(day)
        return CalendarDay(
            day=day,
            holiday=holiday,
            is_today=day == self.today,
            is_past=day < self.today,
            is_outside=not self.month.starts_on <= day <= self.month.ends_on,
            halves=tuple(self._half(day, half, bool(holiday)) for half in Half),
        )

    def _half(self, day: dt.date, half: str, is_off: bool) -> CalendarHalf:
        session = self.standing.get((day, half))
        is_coming = self.may_edit and day >= self.today
        state = session.state if session else ""
        return CalendarHalf(
            half=half,
            label=str(Half(half).label),
            session=session,
            is_trial=half == self.month.work_trial_half,
            may_change=is_coming and state == SessionState.PLANNED,
            may_restore=is_coming and state == SessionState.NOT_ARRANGED,
            may_log=state == SessionState.LOGGED
            and self.may_log
            or bool(state)
            and self.may_log
            and day <= self.today,
            may_add=is_coming and session is None and not is_off and self.month.starts_on <= day <= self.last,
        )
