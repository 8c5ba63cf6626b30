"""Moving the first day of a month that has not begun, with its sessions.

The month comes out as if it had been made with that first day (schedule.plan_month), but its sessions keep
what the coach has given them: each stays in its week and on its weekday. Those that would fall on a day off
drop out, or go to the end when lost days are made up; days that were days off, and are none now, get a
session from the programme.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import audit
from coaching.access import can_edit_month
from coaching.enums import MonthState, SessionState
from coaching.models import AttendanceMark, CoachingMonth, Enrolment, Session
from coaching.programme_content import WEEKS, week_plans
from coaching.services.common import lock_open_month, require, require_version
from coaching.services.schedule import (
    SchedulePlan,
    fourth_friday,
    holiday_name,
    is_weekday,
    monday_of,
    plan_month,
)
from coaching.services.session_moves import OUT_OF_THE_WAY
from coaching.services.session_words import session_words
from core.errors import DomainError, StaleVersion

FURTHEST_START = dt.timedelta(days=730)


@dataclass(frozen=True)
class StartMove:
    """One line of the preview: `old` is None for a session that is made, `new` None for one that drops."""

    session: Session
    old: dt.date | None
    new: dt.date | None


@dataclass(frozen=True)
class StartPlan:
    """What the new first day leads to. `skipped` are the days off with their names."""

    starts_on: dt.date
    ends_on: dt.date
    moves: tuple[StartMove, ...]
    skipped: tuple[tuple[dt.date, str], ...]
    seen: str

    @property
    def made(self) -> int:
        return sum(move.old is None for move in self.moves)

    @property
    def dropped(self) -> int:
        return sum(move.new is None for move in self.moves)


def plan_start(
    *, month: CoachingMonth, starts_on: dt.date, make_up_lost_days: bool, today: dt.date
) -> StartPlan:
    """What moving the first day would do. Reads only. Raises DomainError with its field."""
    refuse_begun(month, today=today)
    _check_start(month, starts_on, today=today)
    sessions = list(month.sessions.in_order())
    plan = plan_month(starts_on, make_up_lost_days=make_up_lost_days)
    moves = _moves(month, sessions, plan)
    last = max((move.new for move in moves if move.new), default=starts_on)
    ends_on = max(fourth_friday(starts_on), last)
    _refuse_two_groups(month, starts_on, ends_on)
    content = [starts_on.isoformat(), ends_on.isoformat()]
    content += [[move.session.pk, move.session.version, f"{move.old}", f"{move.new}"] for move in moves]
    seen = hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]
    return StartPlan(starts_on, ends_on, tuple(moves), plan.skipped, seen)


@transaction.atomic
def move_month_start(
    *,
    actor,
    month: CoachingMonth,
    version: int,
    starts_on: dt.date,
    make_up_lost_days: bool,
    seen: str,
    today: dt.date,
) -> StartPlan:
    """Move the month as the plan that was seen; whoever joins on the first day joins on the new one.

    The kick-off, the substitutes' days and work trials keep their dates. Raises StaleVersion, AccessDenied,
    MonthAlreadyClosed, DomainError with its field.
    """
    locked = lock_open_month(month.pk)
    require(can_edit_month(actor, locked), _("Only the month's own coach edits it."))
    require_version(locked, version)
    list(locked.sessions.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    plan = plan_start(month=locked, starts_on=starts_on, make_up_lost_days=make_up_lost_days, today=today)
    if plan.seen != seen:
        raise StaleVersion(
            _("Something has changed since you looked. Here is what would move now; check it and save.")
        )
    before = locked.starts_on
    _write_sessions(locked, plan)
    joins = Q(joined_on=before) | Q(joined_on__lt=plan.starts_on) | Q(joined_on__gt=plan.ends_on)
    locked.enrolments.filter(joins).update(joined_on=plan.starts_on, version=F("version") + 1)
    locked.starts_on, locked.ends_on = plan.starts_on, plan.ends_on
    locked.version += 1
    locked.save(update_fields=["starts_on", "ends_on", "version"])
    audit.record(
        actor=actor,
        action="month.moved",
        obj=locked,
        details={
            "from": before.isoformat(),
            "to": plan.starts_on.isoformat(),
            "made": plan.made,
            "dropped": [move.session.pk for move in plan.moves if move.new is None],
        },
    )
    return plan


def refuse_begun(month: CoachingMonth, *, today: dt.date) -> None:
    """Raises DomainError unless the month is still to come and nothing is written in it."""
    if month.starts_on <= today:
        raise DomainError(_("The month has begun, so its first day stands. Move its sessions one by one."))
    is_lived = (
        month.sessions.filter(state=SessionState.LOGGED).exists()
        or month.sessions.begun().exists()
        or AttendanceMark.objects.of_month(month).exists()
    )
    if is_lived:
        raise DomainError(_("Something has been written in this month already, so its first day stands."))


def _check_start(month: CoachingMonth, starts_on: dt.date, *, today: dt.date) -> None:
    if starts_on < today:
        raise DomainError(_("The past stands. Choose today or a day to come."), field="starts_on")
    if not is_weekday(starts_on):
        raise DomainError(
            _("The group meets on weekdays. Choose a day from Monday to Friday."), field="starts_on"
        )
    if starts_on - today > FURTHEST_START:
        raise DomainError(_("Check the year: this is more than two years away."), field="starts_on")
    if starts_on == month.starts_on:
        first = {"day": date_format(month.starts_on)}
        raise DomainError(_("The month begins on %(day)s already.") % first, field="starts_on")


def _moves(month: CoachingMonth, sessions: list[Session], plan: SchedulePlan) -> list[StartMove]:
    """Each session's new day, the new ones and those that drop out, in the order of the new days."""
    to_monday = monday_of(plan.starts_on) - monday_of(month.starts_on)
    open_days = {planned.day for planned in plan.days if planned.week <= WEEKS}
    made_up = [planned for planned in plan.days if planned.week > WEEKS]
    moves, homeless, held = [], [], set()
    for session in sessions:
        day = session.held_on + to_monday
        if day in open_days:
            moves.append(StartMove(session, session.held_on, day))
            held.add(day)
        else:
            homeless.append(session)
    for session in homeless:
        is_groups = session.half == month.coaching_half
        new = made_up.pop(0).day if is_groups and made_up else None
        moves.append(StartMove(session, session.held_on, new))
    words = week_plans(month.programme)
    for planned in plan.days:
        before = planned.day - to_monday
        had_none = before < month.starts_on or bool(holiday_name(before))
        if planned.week <= WEEKS and planned.day not in held and had_none:
            moves.append(StartMove(_new_session(month, words, planned), None, planned.day))
    return sorted(moves, key=lambda move: (move.new or dt.date.max, move.session.half))


def _new_session(month: CoachingMonth, words, planned) -> Session:
    return Session(
        month=month,
        held_on=planned.day,
        half=month.coaching_half,
        begins_at=month.session_starts_at,
        ends_at=month.session_ends_at,
        week=planned.week,
        room=month.room,
        **session_words(words, week=planned.week, day=planned.day),
    )


def _refuse_two_groups(month: CoachingMonth, first: dt.date, last: dt.date) -> None:
    people = month.enrolments.enrolled().values("participant")
    elsewhere = (
        Enrolment.objects.enrolled()
        .filter(participant__in=people, month__state=MonthState.OPEN)
        .filter(month__starts_on__lte=last, month__ends_on__gte=first)
        .filter(Q(left_on__isnull=True) | Q(left_on__gte=first))
        .exclude(month=month)
    )
    if count := elsewhere.values("participant").distinct().count():
        raise DomainError(
            ngettext(
                "%(count)s person of the group is in another group at that time. Choose another first day.",
                "%(count)s people of the group are in another group at that time. Choose another first day.",
                count,
            )
            % {"count": count},
            field="starts_on",
        )


def _write_sessions(month: CoachingMonth, plan: StartPlan) -> None:
    month.sessions.filter(pk__in=[move.session.pk for move in plan.moves if move.new is None]).delete()
    month.sessions.update(held_on=F("held_on") + OUT_OF_THE_WAY)
    staying = [move for move in plan.moves if move.old and move.new]
    for move in staying:
        session = move.session
        session.held_on, session.moved_from = move.new, None
        session.week = (monday_of(move.new) - monday_of(plan.starts_on)).days // 7 + 1
        session.version += 1
    Session.objects.bulk_update(
        [move.session for move in staying], ["held_on", "moved_from", "week", "version"]
    )
    Session.objects.bulk_create(move.session for move in plan.moves if move.old is None)
