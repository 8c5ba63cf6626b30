"""Writing that the month ends early for one person, and that somebody came back after all."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from coaching.access import can_edit_month
from coaching.enums import EndedBy, EnrolmentState, ExitKind
from coaching.models import CoachingMonth, Enrolment
from coaching.services.common import lock_open_month, require, require_version
from coaching.services.enrolments import check_last_day, refuse_two_groups, set_onward_path
from core.errors import DomainError

EARLY_EXITS = (ExitKind.LEFT_FOR_WORK, ExitKind.LEFT_FOR_STUDY, ExitKind.DROPPED_OUT)


@transaction.atomic
def end_early(
    *,
    actor,
    enrolment: Enrolment,
    version: int,
    exit_kind: str,
    left_on: dt.date,
    now: dt.datetime,
    exit_reason: str = "",
    ended_by: str = "",
    support_after: str = "",
    onward_path: str = "",
    onward_detail: str = "",
    onward_starts_on: dt.date | None = None,
) -> Enrolment:
    """The month ends early for one person, for work, for study, or by dropping out. The place becomes free,
    nothing that was written is lost, and days after the last one are not asked for.

    `left_on` is the last day in the month. Who goes to work or study has the onward path told at once; who
    drops out has who ended it (an EndedBy value), why, and which support takes over (evidence 001/003, F17).
    Again with the same answers changes nothing. Raises DomainError with its field, StaleVersion,
    MonthAlreadyClosed.
    """
    month, locked = _locked(actor, enrolment)
    if locked.state != EnrolmentState.ENROLLED:
        raise DomainError(_("This person is not in the group."))
    if exit_kind not in EARLY_EXITS:
        raise DomainError(_("Say how the month ended."), field="exit_kind")
    dropped_out = exit_kind == ExitKind.DROPPED_OUT
    values = {
        "exit_kind": exit_kind,
        "left_on": left_on,
        "exit_reason": exit_reason.strip(),
        "ended_by": ended_by if dropped_out else "",
        "support_after": support_after.strip() if dropped_out else "",
    }
    path = {"path": onward_path, "detail": onward_detail.strip(), "starts_on": onward_starts_on}
    if _is_same(locked, values, path):
        return locked
    require_version(locked, version)
    check_last_day(month, locked, left_on)
    _check_start(month, locked, onward_starts_on)
    if dropped_out:
        _check_drop_out(values)
    for name, value in values.items():
        setattr(locked, name, value)
    set_onward_path(locked, actor=actor, now=now, **path)
    locked.version += 1
    locked.save()
    audit.record(
        actor=actor,
        action="enrolment.ended_early",
        obj=locked,
        participant_id=locked.participant_id,
        details={"month": month.pk, "how": exit_kind},
    )
    return locked


@transaction.atomic
def bring_back(*, actor, enrolment: Enrolment, version: int, reason: str, today: dt.date) -> Enrolment:
    """The person goes on in the month after all, or the exit was recorded by mistake; the reason stands in
    the audit trail. A second click changes nothing.

    Raises DomainError when the place has been given to somebody else, AlreadyInAMonth, StaleVersion,
    MonthAlreadyClosed.
    """
    month, locked = _locked(actor, enrolment)
    if locked.state == EnrolmentState.ENROLLED and locked.left_on is None:
        return locked
    require_version(locked, version)
    if locked.state != EnrolmentState.ENROLLED:
        raise DomainError(_("This person is not in the group."))
    if not reason.strip():
        raise DomainError(_("Say why the person is in the group again."), field="reason")
    if month.enrolments.holding_a_place().count() >= month.capacity:
        raise DomainError(_("The group is full: the place has been given to somebody else."))
    refuse_two_groups(month, locked.participant, max(locked.joined_on, today))
    locked.left_on = None
    locked.exit_kind = locked.exit_reason = locked.ended_by = locked.support_after = ""
    set_onward_path(locked, actor=None, now=None, path="", detail="", starts_on=None)
    locked.version += 1
    locked.save()
    audit.record(
        actor=actor,
        action="enrolment.brought_back",
        obj=locked,
        participant_id=locked.participant_id,
        reason=reason.strip(),
        details={"month": month.pk},
    )
    return locked


def _locked(actor, enrolment: Enrolment) -> tuple[CoachingMonth, Enrolment]:
    month = lock_open_month(enrolment.month_id)
    require(can_edit_month(actor, month), _("Only the month's own coach records how it ended."))
    return month, Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)


def _is_same(locked: Enrolment, values: dict, path: dict) -> bool:
    now = (locked.onward_path, locked.onward_detail, locked.onward_starts_on)
    same_path = now == (path["path"], path["detail"], path["starts_on"])
    return same_path and all(getattr(locked, name) == value for name, value in values.items())


def _check_start(month: CoachingMonth, locked: Enrolment, starts_on: dt.date | None) -> None:
    if starts_on is None:
        return
    if starts_on < locked.joined_on:
        raise DomainError(_("This is before the first day in the month."), field="onward_starts_on")
    if starts_on > month.ends_on + dt.timedelta(days=366):
        raise DomainError(_("This day is far from the month. Check the year."), field="onward_starts_on")


def _check_drop_out(values: dict) -> None:
    if not values["exit_reason"]:
        raise DomainError(_("Say what ended the month for this person."), field="exit_reason")
    if values["ended_by"] not in EndedBy.values:
        raise DomainError(_("Say who ended it."), field="ended_by")
    if not values["support_after"]:
        raise DomainError(
            _("Say which support takes over, or that nothing has been agreed yet."), field="support_after"
        )
