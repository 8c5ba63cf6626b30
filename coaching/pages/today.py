"""What a coach's groups need today: as many queries with one month as with twelve.

What can be done about a thing stands beside it. Further lines come from `core.registry.today_sources`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.timezone import localtime

from accounts.models import User
from coaching.access import is_own_coach
from coaching.alerts import with_individual_dates
from coaching.discussion_windows import DUE, LATE, TalkWindow, discussion_windows_of
from coaching.enums import ABSENCES, SINGLE_DISCUSSIONS, DiscussionKind, Mark, SessionState
from coaching.models import AttendanceMark, CoachingMonth, Discussion, Enrolment, Session
from coaching.pages.today_sources import TodaySection, dialled, today_sections
from core.registry import QuickLink, today_links

# marks that are missing from a logged session are asked for this long
DAYS_OF_MISSING_MARKS = 14
DISCUSSIONS_IN_SIGHT = 5
# the card says "now" from this long before the session begins
OPENS_BEFORE = dt.timedelta(minutes=30)


@dataclass(frozen=True)
class SessionCard:
    """A session of today. `phase` is "before", "now" or "after"."""

    session: Session
    phase: str
    standing_in_for: str


@dataclass(frozen=True)
class Absentee:
    """Somebody who was away when the group last met."""

    session: Session
    enrolment_id: int
    participant_id: int
    name: str
    phone: str
    reason: str

    @property
    def dial(self) -> str:
        """The number as a telephone takes it."""
        return dialled(self.phone)


@dataclass(frozen=True)
class DiscussionDue:
    enrolment_id: int
    participant_id: int
    month: CoachingMonth
    name: str
    kind: str
    kind_label: str
    planned_on: dt.date | None
    is_late: bool


@dataclass(frozen=True)
class OfficerMissing:
    participant_id: int
    month: CoachingMonth
    name: str


@dataclass(frozen=True)
class TodayPage:
    """Everything that `coaching/today.html` shows; each list is one kind of thing to do."""

    today: dt.date
    months: tuple[CoachingMonth, ...]
    now: tuple[SessionCard, ...]
    unlogged: tuple[Session, ...]
    incomplete: tuple[Session, ...]
    absentees: tuple[Absentee, ...]
    discussions: tuple[DiscussionDue, ...]
    officers: tuple[OfficerMissing, ...]
    closings: tuple[CoachingMonth, ...]
    sections: tuple[TodaySection, ...]
    next_session: Session | None

    @property
    def more_discussions(self) -> int:
        """How many discussions stand behind "show more"."""
        return max(0, len(self.discussions) - DISCUSSIONS_IN_SIGHT)

    @property
    def links(self) -> tuple[QuickLink, ...]:
        """What can be started from here whatever the day."""
        return tuple(today_links)

    @property
    def has_nothing_to_do(self) -> bool:
        return not (
            self.unlogged
            or self.incomplete
            or self.absentees
            or self.discussions
            or self.officers
            or self.closings
            or self.sections
        )


def build_today_page(*, user: User, today: dt.date, now: dt.datetime) -> TodayPage:
    """The page for a coach, with the months in which the user stands in today."""
    months = tuple(CoachingMonth.objects.for_today_page(user, today))
    by_id = {month.pk: month for month in months}
    sessions = _with_months(_sessions_until(by_id, today), by_id)
    people = list(_people(by_id, today))
    return TodayPage(
        today=today,
        months=months,
        now=tuple(
            SessionCard(session, _phase(session, now), _stands_in_for(session.month, user))
            for session in sessions
            if session.held_on == today
        ),
        unlogged=tuple(
            session
            for session in sessions
            if session.held_on < today and session.state == SessionState.PLANNED
        ),
        incomplete=tuple(
            session for session in sessions if session.state == SessionState.LOGGED and session.missing
        ),
        absentees=_absentees(_last_logged(sessions)),
        closings=tuple(month for month in months if month.ends_on <= today and is_own_coach(user, month)),
        **_things_of_people(people, by_id, today),
        sections=today_sections(user=user, months=by_id, people=people, sessions=sessions, today=today),
        next_session=_next_session(by_id, today),
    )


def _sessions_until(months: Iterable[int], today: dt.date) -> Sequence[Session]:
    """Today's sessions, all that wait for their log, and the recent ones."""
    recent = Q(held_on__gte=today - dt.timedelta(days=DAYS_OF_MISSING_MARKS))
    return (
        Session.objects.filter(Q(state=SessionState.PLANNED) | recent, month__in=months, held_on__lte=today)
        .with_group_counts()
        .in_order()
    )


def _with_months(sessions: Iterable[Session], months: dict[int, CoachingMonth]) -> list[Session]:
    found = list(sessions)
    for session in found:
        session.month = months[session.month_id]
    return found


def _phase(session: Session, now: dt.datetime) -> str:
    here = localtime(now)
    begins = dt.datetime.combine(session.held_on, session.begins_at, tzinfo=here.tzinfo)
    ends = dt.datetime.combine(session.held_on, session.ends_at, tzinfo=here.tzinfo)
    if here < begins - OPENS_BEFORE:
        return "before"
    return "now" if here <= ends else "after"


def _stands_in_for(month: CoachingMonth, user: User) -> str:
    return "" if is_own_coach(user, month) else month.coach.full_name


def _last_logged(sessions: Iterable[Session]) -> dict[int, Session]:
    """The latest logged session of each month."""
    last: dict[int, Session] = {}
    for session in sessions:
        if session.state == SessionState.LOGGED:
            last[session.month_id] = session
    return {session.pk: session for session in last.values()}


def _absentees(sessions: dict[int, Session]) -> tuple[Absentee, ...]:
    rows = (
        AttendanceMark.objects.filter(session__in=sessions, mark__in=ABSENCES)
        .order_by("day", "enrolment__participant__last_name", "enrolment__participant__first_name", "pk")
        .values_list(
            "session_id",
            "enrolment_id",
            "enrolment__participant_id",
            "enrolment__participant__first_name",
            "enrolment__participant__last_name",
            "enrolment__participant__phone",
            "enrolment__participant__is_restricted",
            "mark",
        )
    )
    return tuple(
        Absentee(
            session=sessions[session_id],
            enrolment_id=enrolment_id,
            participant_id=participant_id,
            name=f"{first} {last}",
            phone="" if is_restricted else phone,
            reason=str(Mark(mark).label),
        )
        for session_id, enrolment_id, participant_id, first, last, phone, is_restricted, mark in rows
    )


def _things_of_people(
    people: Iterable[Enrolment], months: dict[int, CoachingMonth], today: dt.date
) -> dict[str, tuple]:
    """Discussions due and missing officers, from one list of the groups; one query for the windows."""
    windows = discussion_windows_of(months.values())
    discussions: list[DiscussionDue] = []
    officers: list[OfficerMissing] = []
    for person in people:
        month = months[person.month_id]
        name = person.participant.full_name
        if person.participant.officer_id is None and not person.participant.officer_name.strip():
            officers.append(OfficerMissing(person.participant_id, month, name))
        if person.joined_on <= today:
            discussions += _discussions_due(person, month, name, windows[month.pk], today)
    discussions.sort(key=lambda due: (not due.is_late, due.planned_on or today, due.name))
    return {"discussions": tuple(discussions), "officers": tuple(officers)}


def _people(months: Iterable[int], today: dt.date):
    """Everybody in the groups now or soon, with what is known of their discussions."""

    talks = Discussion.objects.filter(enrolment=OuterRef("pk"))
    known = {}
    for kind in SINGLE_DISCUSSIONS:
        of_kind = talks.filter(kind=kind)
        known[f"held_{kind.value}"] = Exists(of_kind.filter(held_on__isnull=False))
        known[f"planned_{kind.value}"] = Subquery(of_kind.values("planned_on")[:1])
    return (
        with_individual_dates(Enrolment.objects.enrolled())
        .filter(Q(left_on__isnull=True) | Q(left_on__gte=today), month__in=months)
        .annotate(**known)
        .by_name()
    )


def _discussions_due(
    person, month: CoachingMonth, name: str, windows: dict[str, TalkWindow], today: dt.date
) -> list[DiscussionDue]:
    """Those whose window has come (coaching/discussion_windows.py) and that were not held."""
    states = {
        kind: window.state_on(today, is_held=getattr(person, f"held_{kind}"))
        for kind, window in windows.items()
    }
    return [
        DiscussionDue(
            enrolment_id=person.pk,
            participant_id=person.participant_id,
            month=month,
            name=name,
            kind=kind,
            kind_label=str(DiscussionKind(kind).label),
            planned_on=getattr(person, f"planned_{kind}"),
            is_late=state == LATE,
        )
        for kind, state in states.items()
        if state in (DUE, LATE)
    ]


def _next_session(months: dict[int, CoachingMonth], today: dt.date) -> Session | None:
    following = (
        Session.objects.filter(month__in=months, held_on__gt=today, state=SessionState.PLANNED)
        .in_order()
        .first()
    )
    if following is not None:
        following.month = months[following.month_id]
    return following
