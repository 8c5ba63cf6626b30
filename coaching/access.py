"""Who may do what in a month (permissions.md). Policies are prose first."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from accounts.enums import Role
from coaching.models import CoachingMonth, Enrolment, Programme, Substitution
from coaching.querysets import own_months_q


def people_of_own_months(user, today: dt.date) -> QuerySet | None:
    """Coach, substitute (on the days) and coordinator see the people of their own months: their ids."""
    if user.role not in (Role.COACH, Role.COORDINATOR):
        return None
    own = Enrolment.objects.filter(own_months_q(user, today, prefix="month__"))
    return own.values("participant_id")


def is_standing_in(user, month: CoachingMonth, *, today: dt.date) -> bool:
    """A substitute of the month on this day."""
    return Substitution.objects.filter(
        month=month, user=user, starts_on__lte=today, ends_on__gte=today
    ).exists()


def is_own_coach(user, month: CoachingMonth) -> bool:
    """The month's coach or its second coach: the same rights, on all days."""
    return user.role == Role.COACH and user.pk in month.coach_ids


def can_edit_month(user, month: CoachingMonth) -> bool:
    """The month's own coaches plan, enrol and close; others read."""
    return is_own_coach(user, month)


def can_set_self_search(user, month: CoachingMonth, *, today: dt.date) -> bool:
    """Until when people look for a place themselves: the month's coaches, and its coordinator (or who stands
    in on the day), whose work begins when it is over."""
    if user.role == Role.COORDINATOR:
        return month.coordinator_id == user.pk or is_standing_in(user, month, today=today)
    return is_own_coach(user, month)


def has_today_page(user) -> bool:
    """Today is the coaches' page: what one's own groups need now."""
    return user.role == Role.COACH


def can_have_calendar_feed(user) -> bool:
    """Everybody who can have months of their own: coaches, coordinators and TE sponsors."""
    return user.role in (Role.COACH, Role.COORDINATOR, Role.TE_OFFICER)


def can_read_attendance(user, month: CoachingMonth) -> bool:
    """Who was there, without notes and steps: also the coordinator and the manager. A TE sponsor sees dates
    only. Ask it of a month that `visible_to` gave, which has already checked whose month it is."""
    return user.role in (Role.COACH, Role.COORDINATOR, Role.MANAGER)


def can_coach_month(user, month: CoachingMonth, *, today: dt.date) -> bool:
    """Daily log, goals, discussions and assessments: the coaches, and a coach standing in on that day."""
    if user.role != Role.COACH:
        return False
    return is_own_coach(user, month) or is_standing_in(user, month, today=today)


def can_mark_work_trial_half(user, month: CoachingMonth, *, today: dt.date) -> bool:
    """The work trial's half of the grid: the month's coaches, the coach or coordinator standing in on that
    day, and the month's coordinator."""
    if user.role == Role.COORDINATOR:
        return month.coordinator_id == user.pk or is_standing_in(user, month, today=today)
    return can_coach_month(user, month, today=today)


def can_create_month(user) -> bool:
    """Coaches make their own months, coordinators and managers make months for a coach."""
    return user.role in (Role.COACH, Role.COORDINATOR, Role.MANAGER)


def can_hand_over_month(user, month: CoachingMonth) -> bool:
    """A manager gives a month to another coach or coordinator."""
    return user.role == Role.MANAGER


def can_choose_group(user, month: CoachingMonth) -> bool:
    """Selection and the waiting list: the month's own coach and own coordinator."""
    return can_edit_month(user, month) or (user.role == Role.COORDINATOR and month.coordinator_id == user.pk)


def can_edit_programme(user, programme: Programme) -> bool:
    """Managers and administrators edit templates; a coach edits the copy for an own month."""
    if programme.copied_for_id is not None:
        return can_edit_month(user, programme.copied_for)
    return user.role in (Role.MANAGER, Role.ADMIN)


def can_make_programme(user) -> bool:
    """New templates are made by managers and administrators."""
    return user.role in (Role.MANAGER, Role.ADMIN)


def can_write_about_person(user, enrolment: Enrolment, *, today: dt.date) -> bool:
    """Goal, discussions, areas, next steps and proposal: the month's coach, and a coach standing in on that
    day. The coordinator reads only the goal that a placement is linked to, on the placement's page."""
    return can_coach_month(user, enrolment.month, today=today)
