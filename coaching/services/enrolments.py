"""Writing the group: enrolling, the waiting list, not starting after all, leaving early."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from coaching.access import can_choose_group
from coaching.enums import EnrolmentState, MonthState, OnwardPath
from coaching.errors import AlreadyInAMonth, OfficerMissing
from coaching.models import CoachingMonth, Enrolment
from coaching.services.common import lock_open_month, require, require_version
from core.errors import DomainError
from participants.enrolment_hooks import has_officer, move_referral
from participants.enums import ReferralState
from participants.models import Participant

# where a referral goes when its person does not start after all
WAYS_BACK = (ReferralState.SELECTED, ReferralState.WITHDREW, ReferralState.NOT_SELECTED)


@transaction.atomic
def enrol_participant(
    *,
    actor,
    month: CoachingMonth,
    participant: Participant,
    today: dt.date,
    joined_on: dt.date | None = None,
    to_waiting_list: bool = False,
) -> Enrolment:
    """Take a person into the group, or onto the waiting list when the group is full or `to_waiting_list` is
    asked for; the answer's `state` tells which.

    `joined_on` is the person's first day, by default the month's first day or today, whichever is later. Two
    people who enrol at once cannot overfill the group: the month's row is locked. Raises AlreadyInAMonth,
    OfficerMissing (the month has begun and nobody is responsible), MonthAlreadyClosed, DomainError.
    """
    locked = lock_open_month(month.pk)
    require(can_choose_group(actor, locked), _("The month's own coach and coordinator choose its group."))
    person = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    first_day = joined_on or max(locked.starts_on, today)
    _check_first_day(locked, first_day)
    existing = locked.enrolments.filter(participant=person).first()
    if existing and existing.state != EnrolmentState.CANCELLED:
        raise AlreadyInAMonth(_("This person is already in the month."), field="participant")
    refuse_two_groups(locked, person, first_day)
    is_full = to_waiting_list or locked.enrolments.holding_a_place().count() >= locked.capacity
    if not is_full:
        _require_officer(locked, person, today)
    enrolment = existing or Enrolment(month=locked, participant=person)
    enrolment.state = EnrolmentState.WAITING if is_full else EnrolmentState.ENROLLED
    enrolment.joined_on = None if is_full else first_day
    enrolment.exit_reason = ""
    enrolment.queued_at = timezone.now()
    enrolment.version += 1 if existing else 0
    enrolment.save()
    _tell_referral(actor, enrolment, today)
    audit.record(
        actor=actor,
        action="enrolment.queued" if is_full else "enrolment.added",
        obj=enrolment,
        participant_id=person.pk,
        details={"month": locked.pk},
    )
    return enrolment


@transaction.atomic
def move_from_waiting_list(*, actor, enrolment: Enrolment, today: dt.date) -> Enrolment:
    """Give a free place to the first in the queue. A second click changes nothing.

    Raises DomainError when no place is free or somebody came before, OfficerMissing, AlreadyInAMonth.
    """
    month = lock_open_month(enrolment.month_id)
    require(can_choose_group(actor, month), _("The month's own coach and coordinator choose its group."))
    locked = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if locked.state == EnrolmentState.ENROLLED:
        return locked
    if locked.state != EnrolmentState.WAITING:
        raise DomainError(_("This person is not on the waiting list any more."))
    if month.enrolments.holding_a_place().count() >= month.capacity:
        raise DomainError(_("The group is still full. A place becomes free when somebody leaves it."))
    if month.enrolments.waiting().first() != locked:
        raise DomainError(_("Somebody else is first on the waiting list."))
    first_day = max(month.starts_on, today)
    _check_first_day(month, first_day)
    refuse_two_groups(month, locked.participant, first_day)
    _require_officer(month, locked.participant, today)
    locked.state = EnrolmentState.ENROLLED
    locked.joined_on = first_day
    locked.version += 1
    locked.save(update_fields=["state", "joined_on", "version"])
    _tell_referral(actor, locked, today)
    audit.record(
        actor=actor,
        action="enrolment.moved_from_waiting_list",
        obj=locked,
        participant_id=locked.participant_id,
        details={"month": month.pk},
    )
    return locked


@transaction.atomic
def remove_enrolment(
    *, actor, enrolment: Enrolment, version: int, reason: str, referral_state: str, today: dt.date
) -> Enrolment:
    """The person does not start after all (or leaves the waiting list); nothing has been logged of them.

    `referral_state` says where the referral goes: selected (may come to another month), withdrew, or not
    selected. Raises DomainError when marks exist: then the month ended early for the person instead.
    """
    month = lock_open_month(enrolment.month_id)
    require(can_choose_group(actor, month), _("The month's own coach and coordinator choose its group."))
    locked = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    require_version(locked, version)
    if locked.state == EnrolmentState.CANCELLED:
        raise DomainError(_("This person had already been taken off the group."))
    if referral_state not in WAYS_BACK:
        raise DomainError(_("Say what happens to the referral."), field="referral_state")
    if not reason.strip():
        raise DomainError(_("Say why the person does not start."), field="reason")
    if locked.marks.exclude(mark="not_arranged").exists():
        raise DomainError(
            _("Days have been logged for this person. Record that the month ended early instead.")
        )
    locked.state = EnrolmentState.CANCELLED
    locked.joined_on = locked.left_on = None
    locked.exit_kind = ""
    locked.exit_reason = reason.strip()
    locked.version += 1
    locked.save(update_fields=["state", "joined_on", "left_on", "exit_kind", "exit_reason", "version"])
    move_referral(
        actor=actor,
        participant_id=locked.participant_id,
        state=referral_state,
        today=today,
        reason=reason.strip(),
    )
    audit.record(
        actor=actor,
        action="enrolment.removed",
        obj=locked,
        participant_id=locked.participant_id,
        details={"month": month.pk, "referral": referral_state},
    )
    return locked


@transaction.atomic
def change_first_day(*, actor, enrolment: Enrolment, version: int, joined_on: dt.date) -> Enrolment:
    """Correct the day on which the person joined; days before it do not count."""
    month = lock_open_month(enrolment.month_id)
    require(can_choose_group(actor, month), _("The month's own coach and coordinator choose its group."))
    locked = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    require_version(locked, version)
    if locked.state != EnrolmentState.ENROLLED:
        raise DomainError(_("This person is not in the group."))
    _check_first_day(month, joined_on)
    if locked.left_on and joined_on > locked.left_on:
        raise DomainError(_("The first day cannot be after the last."), field="joined_on")
    if locked.marks.filter(day__lt=joined_on).exclude(mark="not_arranged").exists():
        raise DomainError(_("An earlier day has already been logged for this person."), field="joined_on")
    locked.joined_on = joined_on
    locked.version += 1
    locked.save(update_fields=["joined_on", "version"])
    audit.record(
        actor=actor, action="enrolment.first_day_changed", obj=locked, participant_id=locked.participant_id
    )
    return locked


# --- shared with leaving and closing -----------------------------------------------------------------
def check_last_day(month: CoachingMonth, enrolment: Enrolment, left_on: dt.date) -> None:
    """The last day lies in the person's month and not before a day that was logged. Raises DomainError."""
    if left_on < enrolment.joined_on:
        raise DomainError(_("The last day cannot be before the first."), field="left_on")
    if left_on > month.ends_on:
        raise DomainError(_("The last day is after the end of the month."), field="left_on")
    if enrolment.marks.filter(day__gt=left_on, mark="present").exists():
        raise DomainError(_("The person was present after this day."), field="left_on")


def set_onward_path(
    enrolment: Enrolment, *, actor, now: dt.datetime, path: str, detail: str, starts_on: dt.date | None
) -> None:
    """Put the onward path on the (locked) row; who and when change only with the answer. Does not save."""
    before = (enrolment.onward_path, enrolment.onward_detail, enrolment.onward_starts_on)
    if not path:
        detail, starts_on = "", None
    if path == OnwardPath.NONE_YET:
        starts_on = None
    enrolment.onward_path = path
    enrolment.onward_detail = detail.strip()
    enrolment.onward_starts_on = starts_on
    if (path, enrolment.onward_detail, starts_on) != before or not path:
        enrolment.onward_recorded_at = now if path else None
        enrolment.onward_recorded_by = actor if path else None


# --- checks --------------------------------------------------------------------------------------
def _check_first_day(month: CoachingMonth, day: dt.date) -> None:
    if not month.starts_on <= day <= month.ends_on:
        raise DomainError(_("The first day is not inside the month."), field="joined_on")


def refuse_two_groups(month: CoachingMonth, person: Participant, first_day: dt.date) -> None:
    """One person is in one group at a time. Raises AlreadyInAMonth."""
    others = (
        Enrolment.objects.enrolled()
        .filter(participant=person, month__state=MonthState.OPEN)
        .exclude(month=month)
        .filter(month__starts_on__lte=month.ends_on, month__ends_on__gte=first_day)
    )
    if others.exclude(left_on__lt=first_day).exists():
        raise AlreadyInAMonth(
            _("This person is in another group at the same time. One person is in one group."),
            field="participant",
        )


def _require_officer(month: CoachingMonth, person: Participant, today: dt.date) -> None:
    if today >= month.starts_on and not has_officer(person):
        raise OfficerMissing


def _tell_referral(actor, enrolment: Enrolment, today: dt.date) -> None:
    is_in = enrolment.state == EnrolmentState.ENROLLED
    move_referral(
        actor=actor,
        participant_id=enrolment.participant_id,
        state=ReferralState.ENROLLED if is_in else ReferralState.WAITING,
        today=today,
    )
