"""Who may do what with employers and work trials (permissions.md). Policies are prose first."""

from __future__ import annotations

import datetime as dt

from accounts.enums import Role
from coaching.access import is_own_coach
from coaching.models import CoachingMonth
from coaching.querysets import own_months_q
from employers.models import Placement
from employers.querysets import REGISTER_READERS, people_of_own_months
from participants.models import Participant

CONTACT_IS_FRESH = dt.timedelta(days=7)


def can_read_register(user) -> bool:
    """Coaches, coordinators and managers read the register; to others it does not exist."""
    return user.role in REGISTER_READERS


def can_edit_employer(user) -> bool:
    """Coordinators keep the register: employers and their people. Coaches and managers read it."""
    return user.role == Role.COORDINATOR


def can_log_contact(user) -> bool:
    """Coaches and coordinators write to the contact log of any employer; a manager only reads it."""
    return user.role in (Role.COACH, Role.COORDINATOR)


def can_finish_action(user, event) -> bool:
    """A next action is marked done by its writer, by the employer's named contact, or by any coordinator:
    it must not wait for somebody who is away."""
    if user.role == Role.COORDINATOR:
        return True
    return user.role == Role.COACH and user.pk in (event.user_id, event.employer.own_contact_id)


def can_change_contact(user, event, *, now: dt.datetime) -> bool:
    """A line of the contact log is its writer's to put right or take back, for a week; then it is history."""
    return can_log_contact(user) and event.user_id == user.pk and now - event.recorded_at <= CONTACT_IS_FRESH


def can_handle_task(user, task) -> bool:
    """A task that the user sees is closed or moved by any coordinator: it must not wait for somebody who is
    away. A coach closes the own ones: those made by, given to, or of an employer in the care of the coach."""
    if user.role == Role.COORDINATOR:
        return True
    if user.role != Role.COACH:
        return False
    own_contact = task.employer.own_contact_id if task.employer else None
    return user.pk in (task.responsible_id, task.created_by_id, own_contact)


def can_place_in_month(user, month: CoachingMonth, *, today: dt.date) -> bool:
    """The month's coordinator, or the one standing in on the day, makes and edits its work trials."""
    if user.role != Role.COORDINATOR:
        return False
    return CoachingMonth.objects.filter(own_months_q(user, today), pk=month.pk).exists()


def can_edit_placement(user, placement: Placement, *, today: dt.date) -> bool:
    """The coordinator of the work trial's month edits it and moves it on. The coach reads. A trial without
    a month is its maker's."""
    if placement.month_id is None:
        return user.role == Role.COORDINATOR and placement.created_by_id == user.pk
    return can_place_in_month(user, placement.month, today=today)


def can_mark_placement(user, placement: Placement, *, today: dt.date) -> bool:
    """The work-trial half is marked by the coordinator of the month and by the month's coach."""
    if placement.month_id is None:
        return False
    if user.role == Role.COACH:
        return is_own_coach(user, placement.month)
    return can_place_in_month(user, placement.month, today=today)


def can_add_lead(user) -> bool:
    """Whoever hears of a job shares it: coaches and coordinators. Managers read."""
    return user.role in (Role.COACH, Role.COORDINATOR)


def can_edit_lead(user, lead) -> bool:
    """Coordinators edit every lead; a coach those that the coach brought in or takes care of."""
    if user.role == Role.COORDINATOR:
        return True
    return user.role == Role.COACH and user.pk in (lead.created_by_id, lead.owner_id)


def can_handle_concern(user, placement: Placement, *, today: dt.date) -> bool:
    """Coach and coordinator receive concerns, and either answers them. A trial without a month is its
    maker's."""
    if placement.month_id is None:
        return can_edit_placement(user, placement, today=today)
    return can_mark_placement(user, placement, today=today)


def can_give_guide_link(user, placement: Placement, *, today: dt.date) -> bool:
    """Whoever marks the work-trial half gives the guide's link: the month's coach and its coordinator."""
    return can_mark_placement(user, placement, today=today)


def can_read_figures(user) -> bool:
    """Coordinators and managers read the figures of work with employers; numbers of fewer than three people
    are told to nobody but the coordinator of those people."""
    return user.role in (Role.COORDINATOR, Role.MANAGER)


def can_edit_brief(user, participant: Participant, *, today: dt.date | None = None) -> bool:
    """The coaches and the coordinator of the person's months make, word and hand over the briefs; a coach
    standing in, and whoever knows the person by a referral only, do not (permissions.md)."""
    people = people_of_own_months(user, today=today)
    return people is not None and people.filter(participant_id=participant.pk).exists()


def can_log_visit(user, placement: Placement, *, today: dt.date) -> bool:
    """Visits are noted, moved and cancelled by the month's coaches and its coordinator (or the one standing
    in): whoever goes. A coach standing in does not (permissions.md)."""
    return can_mark_placement(user, placement, today=today) or can_edit_placement(
        user, placement, today=today
    )
