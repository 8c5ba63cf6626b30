"""What a calendar feed shows: times, rooms and kinds. No names of people or workplaces, no notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import User
from coaching.enums import SINGLE_DISCUSSIONS, DiscussionKind, MonthState, SessionKind, SessionState
from coaching.models import CoachingMonth, Discussion, Enrolment, Session, Substitution
from coaching.querysets import coached_months_q, own_months_q
from core.registry import calendar_days

# how far back a feed reaches: calendars keep what they have seen
PAST = dt.timedelta(days=60)
AHEAD = dt.timedelta(days=365)
AFTER = dt.timedelta(days=60)  # a work trial may go on after the month


@dataclass(frozen=True)
class FeedEvent:
    """One entry. `uid` stays the same over changes; a whole day has no `ends`. `sequence` grows with each
    change, so that a calendar takes the newer one."""

    uid: str
    title: str
    begins: dt.datetime | dt.date
    ends: dt.datetime | None = None
    place: str = ""
    is_cancelled: bool = False
    sequence: int = 0


def events_of_user(user: User, *, today: dt.date) -> list[FeedEvent]:
    """Sessions and kick-offs of own months, a substitute's sessions on the days of the substitution, and for
    coaches the days of planned discussions, counted. Four queries at most, and one for each of
    `core.registry.calendar_days`."""
    months = CoachingMonth.objects.filter(own_months_q(user, today), ends_on__gte=today - PAST).exclude(
        state=MonthState.CANCELLED
    )
    own = Q(month__in=_regular_months(user, today))
    for starts_on, ends_on, month_id in Substitution.objects.filter(
        user=user, ends_on__gte=today - PAST
    ).values_list("starts_on", "ends_on", "month_id"):
        own |= Q(month=month_id, held_on__gte=starts_on, held_on__lte=ends_on)
    sessions = Session.objects.filter(own, held_on__gte=today - PAST).select_related("month").in_order()
    events = [_session(session) for session in sessions]
    events += [
        FeedEvent(
            uid=f"kick-off-{month.pk}",
            title=_("Kick-off with the TE officer"),
            begins=month.kick_off_at,
            ends=month.kick_off_at + dt.timedelta(hours=1),
            place=month.room,
            sequence=month.version,
        )
        for month in months
        if month.kick_off_at is not None
    ]
    if user.role == Role.COACH:
        events += _discussion_days(user, today)
    return events + _of_other_apps(user=user, first=today - PAST, last=today + AHEAD)


def events_of_enrolment(enrolment: Enrolment) -> list[FeedEvent]:
    """The participant's own sessions, between the first day and the last, and own planned discussions."""
    month = enrolment.month
    first = enrolment.joined_on or month.starts_on
    last = enrolment.left_on or month.ends_on
    sessions = month.sessions.filter(held_on__gte=first, held_on__lte=last).select_related("month").in_order()
    talks = enrolment.discussions.filter(planned_on__isnull=False, held_on__isnull=True)
    return (
        [_session(session) for session in sessions]
        + [
            FeedEvent(
                uid=f"discussion-{talk.pk}",
                title=str(DiscussionKind(talk.kind).label).capitalize(),
                begins=talk.planned_on,
                sequence=talk.version,
            )
            for talk in talks
        ]
        + _of_other_apps(enrolment=enrolment, first=first, last=last + AFTER)
    )


def _of_other_apps(
    *, first: dt.date, last: dt.date, user: User | None = None, enrolment: Enrolment | None = None
) -> list[FeedEvent]:
    """Visits to the workplace and what else higher apps know (core.registry.calendar_days)."""
    return [
        FeedEvent(
            uid=found.uid,
            title=found.title,
            begins=_moment(found.day, found.begins_at) if found.begins_at else found.day,
            ends=_moment(found.day, found.begins_at) + dt.timedelta(hours=1) if found.begins_at else None,
            sequence=found.sequence,
        )
        for source in calendar_days
        for found in source(enrolment, user, first, last)
    ]


def _regular_months(user: User, today: dt.date):
    """Months that are the user's own on all days."""
    if user.role == Role.COACH:
        mine = coached_months_q(user)
    else:
        mine = Q(coordinator=user) | Q(te_sponsor=user)
    return (
        CoachingMonth.objects.filter(mine, ends_on__gte=today - PAST)
        .exclude(state=MonthState.CANCELLED)
        .values("pk")
    )


def _session(session: Session) -> FeedEvent:
    titles = {
        SessionKind.COACHING: _("Group coaching"),
        SessionKind.VISIT: _("Visit of the group"),
        SessionKind.GUEST: _("A guest in the group"),
    }
    return FeedEvent(
        uid=f"session-{session.pk}",
        title=titles[session.kind],
        begins=_moment(session.held_on, session.begins_at),
        ends=_moment(session.held_on, session.ends_at),
        place=session.room or session.month.room,
        is_cancelled=session.state == SessionState.NOT_ARRANGED,
        sequence=session.version,
    )


def _discussion_days(user: User, today: dt.date) -> Iterable[FeedEvent]:
    """Days with planned discussions: how many, not with whom."""
    days = (
        Discussion.objects.filter(
            enrolment__month__in=_regular_months(user, today),
            planned_on__gte=today - PAST,
            held_on__isnull=True,
            kind__in=SINGLE_DISCUSSIONS,
        )
        .values("planned_on")
        .annotate(number=Count("pk"))
        .order_by("planned_on")
    )
    for day in days:
        yield FeedEvent(
            uid=f"discussions-{day['planned_on']:%Y%m%d}",
            title=ngettext("%(count)s discussion", "%(count)s discussions", day["number"])
            % {"count": day["number"]},
            begins=day["planned_on"],
            sequence=day["number"],
        )


def _moment(day: dt.date, at: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, at))
