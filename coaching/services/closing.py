"""Writing how the month ended: onward paths of the group, closing, opening again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from coaching.access import can_edit_month
from coaching.enums import EnrolmentState, ExitKind, MonthState, SessionState
from coaching.models import CoachingMonth, Enrolment
from coaching.services.common import lock_month, lock_open_month, require
from coaching.services.enrolments import check_last_day, set_onward_path
from core.errors import DomainError, StaleVersion
from participants.enrolment_hooks import move_referral
from participants.enums import ReferralState


@dataclass(frozen=True)
class Ending:
    """What the closing page says of one person. An empty `onward_path` or `exit_kind` is not told yet."""

    enrolment_id: int
    version: int
    exit_kind: str = ""
    left_on: dt.date | None = None
    exit_reason: str = ""
    ended_by: str = ""
    support_after: str = ""
    onward_path: str = ""
    onward_detail: str = ""
    onward_starts_on: dt.date | None = None


class EndingsWrong(DomainError):
    """Some rows cannot be saved; nothing was. `rows` maps enrolment ids to their DomainErrors."""

    def __init__(self, rows: dict[int, list[DomainError]]) -> None:
        self.rows = rows
        super().__init__(_("Some rows need a correction. Nothing was saved yet."))


class UnloggedSessions(DomainError):
    """Sessions are not logged and the coach has not accepted what that means. `count` says how many."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            _("Sessions are still not logged. Log them, or tick that you close the month without them."),
            field="accept_unlogged",
        )


@transaction.atomic
def save_endings(*, actor, month: CoachingMonth, endings: Sequence[Ending], now: dt.datetime) -> int:
    """Save what is known so far of how the month ended for its people; returns how many rows changed.

    All or nothing. Raises EndingsWrong (with StaleVersion in the rows that somebody else changed),
    MonthAlreadyClosed, AccessDenied.
    """
    locked = lock_open_month(month.pk)
    require(can_edit_month(actor, locked), _("Only the month's own coach records how it ended."))
    return _save_endings(actor, locked, endings, now, must_be_complete=False)


@transaction.atomic
def close_month(
    *,
    actor,
    month: CoachingMonth,
    endings: Sequence[Ending],
    accept_unlogged: bool,
    now: dt.datetime,
    today: dt.date,
) -> CoachingMonth:
    """Save the endings and close the month. Everybody in the group needs an onward path and an ending;
    who still waited goes back to the selected.

    Raises EndingsWrong, UnloggedSessions, MonthAlreadyClosed, DomainError while sessions are still to come.
    """
    locked = lock_open_month(month.pk)
    require(can_edit_month(actor, locked), _("Only the month's own coach closes it."))
    _save_endings(actor, locked, endings, now, must_be_complete=True)
    planned = locked.sessions.filter(state=SessionState.PLANNED)
    if planned.filter(held_on__gt=today).exists():
        raise DomainError(_("The month still has sessions to come. Close it after the last one."))
    unlogged = planned.count()
    if unlogged and not accept_unlogged:
        raise UnloggedSessions(unlogged)
    _empty_waiting_list(actor, locked, today)
    locked.state = MonthState.CLOSED
    locked.closed_at = now
    locked.closed_by = actor
    locked.version += 1
    locked.save(update_fields=["state", "closed_at", "closed_by", "version"])
    audit.record(actor=actor, action="month.closed", obj=locked, details={"unlogged": unlogged})
    return locked


@transaction.atomic
def reopen_month(*, actor, month: CoachingMonth, reason: str) -> CoachingMonth:
    """Open a closed month again to correct it; the reason stands in the audit trail."""
    locked = lock_month(month.pk)
    require(can_edit_month(actor, locked), _("Only the month's own coach opens it again."))
    if locked.state != MonthState.CLOSED:
        raise DomainError(_("This month is not closed."))
    if not reason.strip():
        raise DomainError(_("Say why the month is opened again."), field="reason")
    locked.state = MonthState.OPEN
    locked.closed_at = locked.closed_by = None
    locked.version += 1
    locked.save(update_fields=["state", "closed_at", "closed_by", "version"])
    audit.record(actor=actor, action="month.reopened", obj=locked, reason=reason.strip())
    return locked


@transaction.atomic
def cancel_month(*, actor, month: CoachingMonth, reason: str, today: dt.date) -> CoachingMonth:
    """Call a month off before anything was logged: everybody goes back to the selected."""
    locked = lock_open_month(month.pk)
    require(can_edit_month(actor, locked), _("Only the month's own coach calls it off."))
    if not reason.strip():
        raise DomainError(_("Say why the month is called off."), field="reason")
    if locked.sessions.filter(state=SessionState.LOGGED).exists():
        raise DomainError(
            _("Sessions have been logged, so the month cannot be called off. Close it instead.")
        )
    people = locked.enrolments.filter(state__in=[EnrolmentState.ENROLLED, EnrolmentState.WAITING])
    _send_back(actor, people, _("The month was called off."), today)
    locked.state = MonthState.CANCELLED
    locked.version += 1
    locked.save(update_fields=["state", "version"])
    audit.record(actor=actor, action="month.cancelled", obj=locked, reason=reason.strip())
    return locked


# --- how it is done ------------------------------------------------------------------------------
def _save_endings(
    actor, month: CoachingMonth, endings: Sequence[Ending], now: dt.datetime, *, must_be_complete: bool
) -> int:
    people = {
        person.pk: person
        for person in Enrolment.objects.enrolled().select_for_update(of=("self",)).filter(month=month)
    }
    wrong: dict[int, list[DomainError]] = {}
    told = {ending.enrolment_id for ending in endings}
    if not told <= people.keys():
        raise DomainError(
            _("The list of people has changed meanwhile. Reload the page and fill it in again.")
        )
    if must_be_complete and told != people.keys():
        raise DomainError(
            _("The list of people has changed meanwhile. Reload the page and fill it in again.")
        )
    changed = []
    for ending in endings:
        person = people[ending.enrolment_id]
        faults = _faults(month, person, ending, must_be_complete=must_be_complete)
        if faults:
            wrong[person.pk] = faults
        elif _differs(person, ending):
            changed.append((person, ending))
    if wrong:
        raise EndingsWrong(wrong)
    for person, ending in changed:
        _put(person, ending, actor=actor, now=now)
        person.version += 1
        person.save()
        audit.record(
            actor=actor,
            action="enrolment.ending_recorded",
            obj=person,
            participant_id=person.participant_id,
            details={"how": ending.exit_kind, "path": ending.onward_path},
        )
    return len(changed)


def _faults(
    month: CoachingMonth, person: Enrolment, ending: Ending, *, must_be_complete: bool
) -> list[DomainError]:
    """Everything that is wrong with one row."""
    if person.version != ending.version and _differs(person, ending):
        return [StaleVersion(_("Somebody else changed this row meanwhile. Compare and save again."))]
    faults = []
    is_early = ending.exit_kind not in ("", ExitKind.COMPLETED)
    if is_early and ending.left_on is None:
        faults.append(DomainError(_("Give the last day in the month."), field="left_on"))
    if ending.exit_kind == ExitKind.DROPPED_OUT and not ending.exit_reason.strip():
        faults.append(DomainError(_("Say what ended the month for this person."), field="exit_reason"))
    if is_early and ending.left_on is not None:
        try:
            check_last_day(month, person, ending.left_on)
        except DomainError as error:
            faults.append(error)
    if must_be_complete and not ending.exit_kind:
        faults.append(DomainError(_("Say how the month ended."), field="exit_kind"))
    if must_be_complete and not ending.onward_path:
        faults.append(
            DomainError(_("Choose the onward path, also when there is none yet."), field="onward_path")
        )
    return faults


def _differs(person: Enrolment, ending: Ending) -> bool:
    before = _values(person)
    after = Enrolment(
        **{**before, "onward_recorded_at": person.onward_recorded_at}, joined_on=person.joined_on
    )
    _put(after, ending, actor=None, now=person.onward_recorded_at)
    return _values(after) != before


def _values(person: Enrolment) -> dict:
    names = (
        "exit_kind",
        "left_on",
        "exit_reason",
        "ended_by",
        "support_after",
        "onward_path",
        "onward_detail",
        "onward_starts_on",
    )
    return {name: getattr(person, name) for name in names}


def _put(person: Enrolment, ending: Ending, *, actor, now: dt.datetime) -> None:
    """Write an ending onto the row; who stayed to the end has neither a last day nor a reason."""
    is_early = ending.exit_kind not in ("", ExitKind.COMPLETED)
    person.exit_kind = ending.exit_kind
    person.left_on = ending.left_on if is_early else None
    person.exit_reason = ending.exit_reason.strip() if is_early else ""
    dropped_out = ending.exit_kind == ExitKind.DROPPED_OUT
    person.ended_by = ending.ended_by if dropped_out else ""
    person.support_after = ending.support_after.strip() if dropped_out else ""
    set_onward_path(
        person,
        actor=actor,
        now=now,
        path=ending.onward_path,
        detail=ending.onward_detail,
        starts_on=ending.onward_starts_on,
    )


def _empty_waiting_list(actor, month: CoachingMonth, today: dt.date) -> None:
    waiting = month.enrolments.filter(state=EnrolmentState.WAITING)
    _send_back(actor, waiting, _("The month ended while the person was on the waiting list."), today)


def _send_back(actor, people, reason: str, today: dt.date) -> None:
    for person in people.select_for_update(of=("self",)):
        person.state = EnrolmentState.CANCELLED
        person.joined_on = person.left_on = None
        person.exit_kind = ""
        person.exit_reason = reason
        person.version += 1
        person.save()
        move_referral(
            actor=actor, participant_id=person.participant_id, state=ReferralState.SELECTED, today=today
        )
        audit.record(
            actor=actor, action="enrolment.removed", obj=person, participant_id=person.participant_id
        )
