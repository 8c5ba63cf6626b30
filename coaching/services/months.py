"""Writing the month itself: making, editing, handing over; its substitutes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.enums import Role
from accounts.models import Authority, User
from coaching.access import can_create_month, can_edit_month, can_hand_over_month
from coaching.enums import Half, MonthState, SessionState
from coaching.errors import MonthAlreadyExists
from coaching.models import CoachingMonth, Programme, Session
from coaching.programme_content import week_plans
from coaching.services.common import lock_month, lock_open_month, require, require_version
from coaching.services.schedule import SchedulePlan, is_weekday, plan_month
from coaching.services.session_words import session_words
from core.errors import DomainError

USUAL_TIMES = {
    Half.MORNING: (dt.time(9), dt.time(12)),
    Half.AFTERNOON: (dt.time(12, 30), dt.time(15, 30)),
}


@dataclass(frozen=True)
class MonthPeople:
    """Who carries the month."""

    coach: User
    coordinator: User | None
    te_sponsor: User | None
    authority: Authority
    second_coach: User | None = None


@dataclass(frozen=True)
class MonthFrame:
    """What a month is called, when in the day it meets, where, and for how many."""

    name: str
    session_starts_at: dt.time
    session_ends_at: dt.time
    room: str
    capacity: int
    kick_off_at: dt.datetime | None


@transaction.atomic
def create_month(
    *,
    actor,
    frame: MonthFrame,
    people: MonthPeople,
    programme: Programme,
    starts_on: dt.date,
    coaching_half: str,
    make_up_lost_days: bool = False,
) -> CoachingMonth:
    """Make a month and its dated sessions (schedule.plan_month); the other half of each day is the work
    trial's.

    The programme's version that is valid on the first day is taken, and the month keeps it. Raises
    MonthAlreadyExists on a second click, DomainError with its field, AccessDenied.
    """
    require(can_create_month(actor), _("Coaches, coordinators and managers make months."))
    if actor.role == Role.COACH and people.coach.pk != actor.pk:
        raise DomainError(_("You make your own months; a coordinator makes them for others."), field="coach")
    User.objects.select_for_update().get(pk=people.coach.pk)
    _check_people(people)
    _check_times(frame, coaching_half)
    same = CoachingMonth.objects.filter(
        coach=people.coach, name=frame.name, starts_on=starts_on, coaching_half=coaching_half
    ).exclude(state=MonthState.CANCELLED)
    if existing := same.first():
        raise MonthAlreadyExists(existing.pk)
    if not is_weekday(starts_on):
        raise DomainError(
            _("The group meets on weekdays. Choose a day from Monday to Friday."), field="starts_on"
        )
    plan = plan_month(starts_on, make_up_lost_days=make_up_lost_days)
    month = CoachingMonth.objects.create(
        programme=version_valid_on(programme, starts_on),
        starts_on=starts_on,
        ends_on=plan.ends_on,
        coaching_half=coaching_half,
        **vars(frame),
        **vars(people),
    )
    _make_sessions(month, plan)
    audit.record(
        actor=actor,
        action="month.created",
        obj=month,
        details={"sessions": len(plan.days), "skipped": len(plan.skipped), "made_up": plan.made_up},
    )
    return month


def version_valid_on(programme: Programme, day: dt.date) -> Programme:
    """The newest active version of this template that is valid on `day`. Raises DomainError."""
    found = Programme.objects.in_use(today=day).filter(name=programme.name).first()
    if found is None:
        raise DomainError(_("No version of this programme is valid on the first day."), field="programme")
    return found


@transaction.atomic
def update_month(
    *, actor, month: CoachingMonth, version: int, frame: MonthFrame, people: MonthPeople
) -> CoachingMonth:
    """Change name, times, room, places and people. Sessions not logged yet follow the new times and room
    unless they had their own; logged sessions never change.

    The coach changes only by `hand_over_month`. Raises StaleVersion, MonthAlreadyClosed, DomainError.
    """
    locked = lock_open_month(month.pk)
    require(can_edit_month(actor, locked), _("Only the month's own coach edits it."))
    require_version(locked, version)
    if people.coach.pk != locked.coach_id:
        raise DomainError(_("A manager hands the month over to another coach."), field="coach")
    _check_people(people)
    _check_times(frame, locked.coaching_half)
    if frame.capacity < (taken := locked.enrolments.holding_a_place().count()):
        raise DomainError(
            _("The group already has %(count)s people; it cannot have fewer places.") % {"count": taken},
            field="capacity",
        )
    planned = locked.sessions.filter(state=SessionState.PLANNED)
    planned.filter(begins_at=locked.session_starts_at, ends_at=locked.session_ends_at).update(
        begins_at=frame.session_starts_at, ends_at=frame.session_ends_at
    )
    planned.filter(room=locked.room).update(room=frame.room)
    changed = {**vars(frame), **vars(people)}
    fields = [name for name, value in changed.items() if getattr(locked, name) != value]
    for name in fields:
        setattr(locked, name, changed[name])
    locked.version += 1
    locked.save(update_fields=[*fields, "version"])
    if people.second_coach is not None:
        locked.substitutions.filter(user=people.second_coach).delete()
    audit.record(actor=actor, action="month.edited", obj=locked, details={"fields": fields})
    return locked


@transaction.atomic
def hand_over_month(
    *, actor, month: CoachingMonth, version: int, coach: User, coordinator: User | None
) -> CoachingMonth:
    """A manager gives the month to another coach or coordinator, also after it was closed; what was written
    stays with its writer. Raises StaleVersion, DomainError, AccessDenied."""
    locked = lock_month(month.pk)
    require(can_hand_over_month(actor, locked), _("A manager hands months over."))
    require_version(locked, version)
    check_role(coach, Role.COACH, field="coach")
    if coordinator is not None:
        check_role(coordinator, Role.COORDINATOR, field="coordinator")
    details = {
        "coach": [locked.coach_id, coach.pk],
        "coordinator": [locked.coordinator_id, coordinator.pk if coordinator else None],
    }
    locked.coach = coach
    if locked.second_coach_id == coach.pk:
        locked.second_coach = None
    locked.coordinator = coordinator
    locked.version += 1
    locked.save(update_fields=["coach", "second_coach", "coordinator", "version"])
    locked.substitutions.filter(user=coach).delete()
    audit.record(actor=actor, action="month.handed_over", obj=locked, details=details)
    return locked


# --- checks --------------------------------------------------------------------------------------
def check_role(user: User, role: str, *, field: str) -> None:
    """Raises DomainError at `field` when the person does not have the role, or no account, any more."""
    if user.role != role or not user.is_active:
        raise DomainError(
            _("%(name)s does not have this role any more. Choose somebody else.") % {"name": user.full_name},
            field=field,
        )


def _check_people(people: MonthPeople) -> None:
    check_role(people.coach, Role.COACH, field="coach")
    if people.second_coach is not None:
        check_role(people.second_coach, Role.COACH, field="second_coach")
        if people.second_coach.pk == people.coach.pk:
            raise DomainError(_("The second coach is somebody else than the coach."), field="second_coach")
    if people.coordinator is not None:
        check_role(people.coordinator, Role.COORDINATOR, field="coordinator")
    if people.te_sponsor is not None:
        check_role(people.te_sponsor, Role.TE_OFFICER, field="te_sponsor")
        if people.te_sponsor.authority_id != people.authority.pk:
            raise DomainError(_("This officer works at another authority."), field="te_sponsor")


def _check_times(frame: MonthFrame, half: str) -> None:
    if frame.session_ends_at <= frame.session_starts_at:
        raise DomainError(_("The session must end after it begins."), field="session_ends_at")
    if half == Half.MORNING and frame.session_starts_at >= dt.time(12):
        raise DomainError(_("A morning session begins before noon."), field="session_starts_at")
    if half == Half.AFTERNOON and frame.session_starts_at < dt.time(11):
        raise DomainError(
            _("An afternoon session begins at 11 or later; the morning is the work trial's."),
            field="session_starts_at",
        )


def _make_sessions(month: CoachingMonth, plan: SchedulePlan) -> None:
    plans = week_plans(month.programme)
    Session.objects.bulk_create(
        Session(
            month=month,
            held_on=planned.day,
            half=month.coaching_half,
            begins_at=month.session_starts_at,
            ends_at=month.session_ends_at,
            week=planned.week,
            room=month.room,
            **session_words(plans, week=planned.week, day=planned.day),
        )
        for planned in plan.days
    )
