"""Moving one session to another day, half, time or room, and what gives way (coaching/rearranging.py).

First a plan is made and shown, then the same plan is made again under the lock and compared with the one
that was seen: when somebody changed the month in between, nothing is moved and the new plan is shown.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from accounts import audit
from coaching.enums import SessionState
from coaching.models import AttendanceMark, CoachingMonth, Session
from coaching.rearranging import Ground, NoDayLeft, Placed, Shift, followers
from coaching.services.schedule import (
    fourth_friday,
    holiday_name,
    is_weekday,
    last_possible_day,
    week_number,
)
from coaching.services.sessions import (
    SessionTimes,
    check_day,
    check_times,
    lock_session,
    refuse_taken,
)
from core.errors import DomainError, StaleVersion

OUT_OF_THE_WAY = dt.timedelta(days=36525)  # a century: no two sessions meet while they change places


@dataclass(frozen=True)
class Target:
    """Where a session goes. `takes_along`: those in its way, and those after it, move too."""

    held_on: dt.date
    half: str
    times: SessionTimes
    takes_along: bool = True


@dataclass(frozen=True)
class PlannedMove:
    """One line of the preview."""

    session: Session
    old: dt.date
    new: dt.date


@dataclass(frozen=True)
class MovePlan:
    """What moving leads to: the session itself first, then the ones that give way.

    `ends_on` is the month's last day afterwards, `ended_on` before. `seen` stands in the form and tells later
    whether the plan still is the same."""

    session: Session
    target: Target
    moves: tuple[PlannedMove, ...]
    ends_on: dt.date
    ended_on: dt.date
    seen: str

    @property
    def is_in_place(self) -> bool:
        """Only the time or the room changes: there is nothing to look at first."""
        return not self.followers and (self.session.held_on, self.session.half) == (
            self.target.held_on,
            self.target.half,
        )

    @property
    def moves_the_end(self) -> bool:
        return self.ends_on != self.ended_on

    @property
    def followers(self) -> tuple[PlannedMove, ...]:
        return self.moves[1:]


def plan_move(*, month: CoachingMonth, session: Session, target: Target, today: dt.date) -> MovePlan:
    """What moving `session` would do. Reads only. Raises DomainError, with the field where it belongs."""
    refuse_fixed(session, today=today)
    check_times(target.half, target.times)
    shifts = _shifts_of(month, session, target, today=today)
    sessions = {found.pk: found for found in month.sessions.filter(pk__in=[shift.pk for shift in shifts])}
    moves = (
        PlannedMove(session, session.held_on, target.held_on),
        *(PlannedMove(sessions[shift.pk], shift.old, shift.new) for shift in shifts),
    )
    return MovePlan(
        session=session,
        target=target,
        moves=moves,
        ends_on=_last_day(month, moves),
        ended_on=month.ends_on,
        seen=_fingerprint(target, moves),
    )


@transaction.atomic
def move_session(
    *, actor, session: Session, version: int, target: Target, seen: str, today: dt.date
) -> MovePlan:
    """Move the session and whatever gives way, exactly as the plan that was seen.

    Its words, its draft and its state come along; the work trial's half is not touched. The month's last day
    follows when it must. Raises StaleVersion, AccessDenied, MonthAlreadyClosed, DomainError with its field.
    """
    month, locked = lock_session(actor, session, version)
    list(month.sessions.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    plan = plan_move(month=month, session=locked, target=target, today=today)
    if plan.seen != seen:
        raise StaleVersion(
            _("Something has changed since you looked. Here is what would move now; check it and save.")
        )
    moved = [move for move in plan.moves if move.old != move.new or move.session.pk == locked.pk]
    month.sessions.filter(pk__in=[move.session.pk for move in moved]).update(
        held_on=F("held_on") + OUT_OF_THE_WAY
    )
    for move in moved:
        place_session(move.session, month, move.new)
    locked.half = target.half
    for name, value in vars(target.times).items():
        setattr(locked, name, value)
    Session.objects.bulk_update(
        [locked if move.session.pk == locked.pk else move.session for move in moved],
        ["held_on", "week", "moved_from", "version", "half", "begins_at", "ends_at", "room"],
    )
    if plan.moves_the_end:
        month.ends_on = plan.ends_on
        month.version += 1
        month.save(update_fields=["ends_on", "version"])
    audit.record(
        actor=actor,
        action="session.moved",
        obj=locked,
        details={
            "month": month.pk,
            "moves": [[move.session.pk, f"{move.old}", f"{move.new}"] for move in moved],
            "half": target.half,
            "ends_on": f"{plan.ends_on}",
        },
    )
    return plan


def place_session(session: Session, month: CoachingMonth, day: dt.date) -> None:
    """Give a session its new day (unsaved): it remembers the day that it was first planned for."""
    if session.held_on != day:
        first = session.moved_from or session.held_on
        session.moved_from = None if first == day else first
        session.held_on = day
    session.week = week_number(month.starts_on, day)
    session.version += 1


def refuse_fixed(session: Session, *, today: dt.date) -> None:
    """Raises DomainError when the session stands where it is: logged, called off, past or begun."""
    if session.state == SessionState.NOT_ARRANGED:
        raise DomainError(_("This session has been called off. Arrange it after all before you move it."))
    if session.state != SessionState.PLANNED:
        raise DomainError(_("This session has been logged, so it stays on its day."))
    if session.held_on < today:
        raise DomainError(
            _("This session is past. Log it, or say in its daily log that it was not arranged.")
        )
    if Session.objects.begun().filter(pk=session.pk).exists():
        raise DomainError(_("Its daily log has been begun, so it stays on its day."))


def _shifts_of(month: CoachingMonth, session: Session, target: Target, *, today: dt.date) -> list[Shift]:
    """Who gives way; alone, the session needs a free half day. Raises DomainError at the day."""
    if (target.held_on, target.half) == (session.held_on, session.half):
        return []
    check_day(month, target.held_on, today=today)
    if target.takes_along and target.half == session.half:
        return _give_way(month, session, target, today=today)
    refuse_taken(month, target.held_on, target.half)
    return []


def _give_way(month: CoachingMonth, session: Session, target: Target, *, today: dt.date) -> list[Shift]:
    """Who gives way in the same half. Raises DomainError when the new day is taken for good, or none left."""
    rows = list(month.sessions.filter(held_on__gte=today).values_list("pk", "held_on", "half", "state"))
    begun = set(month.sessions.begun().filter(held_on__gte=today).values_list("pk", flat=True))
    free = [Placed(pk, day, half) for pk, day, half, state in rows if state == "planned" and pk not in begun]
    fixed = {(day, half) for pk, day, half, state in rows if state != "planned" or pk in begun}
    marks = AttendanceMark.objects.of_month(month).filter(day__gte=today, session=None)
    fixed |= set(marks.values_list("day", "half"))
    ground = Ground(
        may_meet=lambda day: is_weekday(day) and not holiday_name(day),
        taken=frozenset(fixed),
        last=last_possible_day(month.starts_on),
    )
    if (target.held_on, target.half) in ground.taken:
        refuse_taken(month, target.held_on, target.half)
    moved = Placed(session.pk, session.held_on, session.half)
    try:
        return followers(moved, target.held_on, free, ground)
    except NoDayLeft:
        raise DomainError(
            _(
                "The later sessions would go past the eighth week, the last that a month can have. Choose an "
                "earlier day, or move only this session."
            ),
            field="held_on",
        ) from None


def _last_day(month: CoachingMonth, moves: tuple[PlannedMove, ...]) -> dt.date:
    """The month ends with its fourth week, or with a later session. It comes back to that only when nobody
    has a mark or a last day in between."""
    moved = [move.session.pk for move in moves]
    others = month.sessions.exclude(pk__in=moved).aggregate(last=Max("held_on"))["last"]
    last = max([fourth_friday(month.starts_on), *(move.new for move in moves), *([others] if others else [])])
    if last >= month.ends_on:
        return last
    marks = AttendanceMark.objects.of_month(month).filter(day__gt=last)
    is_lived = marks.exists() or month.enrolments.filter(left_on__gt=last).exists()
    return month.ends_on if is_lived else last


def _fingerprint(target: Target, moves: tuple[PlannedMove, ...]) -> str:
    content = [
        [target.held_on.isoformat(), target.half, target.takes_along],
        [f"{value}" for value in vars(target.times).values()],
        [[move.session.pk, move.session.version, f"{move.old}", f"{move.new}"] for move in moves],
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]
