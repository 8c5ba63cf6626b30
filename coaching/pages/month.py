"""What the list of months and the page of one month show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q

from accounts.enums import Role
from coaching.access import (
    can_choose_group,
    can_coach_month,
    can_create_month,
    can_edit_month,
    can_hand_over_month,
    can_have_calendar_feed,
    can_read_attendance,
    can_set_self_search,
)
from coaching.alerts import month_alerts
from coaching.counting import OnwardShare, onward_share_of_all, onward_shares
from coaching.enums import EnrolmentState, Half, MonthState, SessionState
from coaching.models import CoachingMonth, Enrolment, Session, Substitution
from coaching.pages.selection import AimShare, aims_of
from coaching.pages.today_sources import alert_line
from coaching.self_search import self_search_deadline
from coaching.services.schedule import holidays_between, is_weekday, week_number
from core.pagination import page_of
from core.registry import TodayLine
from participants.enrolment_hooks import has_officer


# --- the list -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class MonthLine:
    """One month in the list with its figures."""

    month: CoachingMonth
    share: OnwardShare
    waiting: int
    unlogged: int

    @property
    def is_over(self) -> bool:
        return self.month.state != MonthState.OPEN


@dataclass(frozen=True)
class MonthListPage:
    """Running (also over but not closed), upcoming, and one page of the past."""

    running: list[MonthLine]
    upcoming: list[MonthLine]
    past: list[MonthLine]
    past_page: object
    shows_figures: bool
    may_create: bool
    may_feed: bool
    target: int
    total: OnwardShare | None
    people_now: int

    @property
    def is_empty(self) -> bool:
        return not (self.running or self.upcoming or self.past)


def month_list_page(request, *, today: dt.date) -> MonthListPage:
    """The months that the user sees, with a constant number of queries."""
    user = request.user
    months = CoachingMonth.objects.visible_to(user, today=today)
    listed = months.select_related("coach", "authority").with_counts(today=today)
    going = list(listed.filter(state=MonthState.OPEN).order_by("starts_on", "id"))
    past_page = page_of(listed.exclude(state=MonthState.OPEN).newest_first(), request)
    lines = _lines([*going, *past_page.object_list])
    running = [lines[month.pk] for month in going if month.starts_on <= today]
    shows_figures = user.role != Role.TE_OFFICER
    return MonthListPage(
        running=running,
        upcoming=[lines[month.pk] for month in going if month.starts_on > today],
        past=[lines[month.pk] for month in past_page.object_list],
        past_page=past_page,
        shows_figures=shows_figures,
        may_create=can_create_month(user),
        may_feed=can_have_calendar_feed(user),
        target=settings.ONWARD_PATH_TARGET_PERCENT,
        total=_total_share(months, today) if shows_figures else None,
        people_now=sum(line.share.people for line in running),
    )


def _lines(months: list[CoachingMonth]) -> dict[int, MonthLine]:
    shares = onward_shares(month.pk for month in months)
    return {month.pk: MonthLine(month, shares[month.pk], month.waiting, month.unlogged) for month in months}


def _total_share(months, today: dt.date) -> OnwardShare:
    """Of the months closed within a year: the share that the model's 60 % is about."""
    return onward_share_of_all(
        months.filter(state=MonthState.CLOSED, ends_on__gt=today - dt.timedelta(days=365))
    )


# --- one month ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Week:
    """A week of the month: its theme in the programme, its sessions, and the days off with their names."""

    number: int
    theme: str
    days: list[tuple[dt.date, Session | None, str]]


@dataclass(frozen=True)
class MonthPage:
    """Everything on the page of one month for one user."""

    month: CoachingMonth
    today: dt.date
    weeks: list[Week]
    sees_group: bool
    may_edit: bool
    may_choose: bool
    may_hand_over: bool
    may_substitute: bool
    may_log: bool
    self_search_until: dt.date
    may_set_self_search: bool
    is_under_way: bool
    target: int
    minimum: int
    people: list[Enrolment] = field(default_factory=list)
    waiting: list[Enrolment] = field(default_factory=list)
    not_started: list[Enrolment] = field(default_factory=list)
    without_officer: list[Enrolment] = field(default_factory=list)
    substitutions: list[Substitution] = field(default_factory=list)
    unlogged: int = 0
    share: OnwardShare = OnwardShare()
    aims: list[AimShare] = field(default_factory=list)
    alerts: list[TodayLine] = field(default_factory=list)

    @property
    def in_group(self) -> int:
        return sum(person.left_on is None for person in self.people)

    @property
    def free_places(self) -> int:
        return max(0, self.month.capacity - self.in_group)

    @property
    def is_short_of_people(self) -> bool:
        return self.month.state == MonthState.OPEN and self.in_group < self.minimum

    @property
    def work_trial_half(self) -> str:
        return Half(self.month.work_trial_half).label

    @property
    def may_cancel(self) -> bool:
        """Until something has been logged."""
        return not any(
            session is not None and session.state == SessionState.LOGGED
            for week in self.weeks
            for _day, session, _name in week.days
        )

    @property
    def is_open(self) -> bool:
        return self.month.state == MonthState.OPEN


def month_page(month: CoachingMonth, user, *, today: dt.date) -> MonthPage:
    """The page of a month that `visible_to` gave (with coach, coordinator, te_sponsor, authority, programme
    selected). Nine queries, whatever its size."""
    sees_group = can_read_attendance(user, month)
    sessions = list(month.sessions.in_order())
    page = {
        "month": month,
        "today": today,
        "weeks": weeks_of(month, sessions),
        "sees_group": sees_group,
        "may_edit": can_edit_month(user, month),
        "may_choose": can_choose_group(user, month),
        "may_hand_over": can_hand_over_month(user, month),
        "may_substitute": can_edit_month(user, month) or can_hand_over_month(user, month),
        "may_log": sees_group and can_coach_month(user, month, today=today),
        "self_search_until": self_search_deadline(month),
        "may_set_self_search": month.state == MonthState.OPEN
        and can_set_self_search(user, month, today=today),
        "is_under_way": month.starts_on <= today,
        "target": settings.ONWARD_PATH_TARGET_PERCENT,
        "minimum": settings.GROUP_MINIMUM,
    }
    if not sees_group:
        return MonthPage(**page)
    everybody = list(month.enrolments.by_name())
    people = [person for person in everybody if person.state == EnrolmentState.ENROLLED]
    waiting = [person for person in everybody if person.state == EnrolmentState.WAITING]
    return MonthPage(
        **page,
        people=people,
        waiting=sorted(waiting, key=lambda person: (person.queued_at, person.pk)),
        not_started=[person for person in everybody if person.state == EnrolmentState.CANCELLED],
        without_officer=[
            person for person in people if person.left_on is None and not has_officer(person.participant)
        ],
        substitutions=list(month.substitutions.select_related("user").order_by("starts_on", "id")),
        unlogged=sum(
            session.state == SessionState.PLANNED and session.held_on < today for session in sessions
        ),
        share=onward_shares([month.pk])[month.pk],
        aims=aims_of(people),
        alerts=_alerts(month, sessions, today) if page["may_log"] else [],
    )


def _alerts(month: CoachingMonth, sessions: list[Session], today: dt.date) -> list[TodayLine]:
    """Who needs attention, with what to do about it, as on the Today page."""
    latest = [session.pk for session in sessions if session.held_on <= today]
    return [
        alert_line(alert, month=month, log_id=latest[-1] if latest else None)
        for alert in month_alerts(month, today=today)
    ]


def weeks_of(month: CoachingMonth, sessions: list[Session]) -> list[Week]:
    """The calendar by week: each weekday of the month that has a session or is a day off."""
    themes = {week.number: week.theme for week in month.programme.weeks.all()}
    days: dict[int, list[tuple[dt.date, Session | None, str]]] = {}
    for session in sessions:
        days.setdefault(session.week, []).append((session.held_on, session, ""))
    for day, name in holidays_between(month.starts_on, month.ends_on).items():
        if is_weekday(day):
            days.setdefault(week_number(month.starts_on, day), []).append((day, None, name))
    return [
        Week(number, themes.get(number, ""), sorted(days[number], key=lambda entry: entry[0]))
        for number in sorted(days)
    ]


def overlapping_months(*, coach, half: str, first: dt.date, last: dt.date) -> list[CoachingMonth]:
    """The coach's other open months in the same half of the same days: a warning, not a bar."""
    return list(
        CoachingMonth.objects.filter(
            Q(coach=coach, coaching_half=half, state=MonthState.OPEN)
            & Q(starts_on__lte=last, ends_on__gte=first)
        ).order_by("starts_on")
    )
