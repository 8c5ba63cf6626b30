"""Writing single sessions: their words and times, calling one off, adding one.

What is past or logged stands: a past session without its log is logged, or marked as not arranged, on the
page of its day. Moving a session to another day is in `session_moves`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import audit
from coaching.access import can_edit_month
from coaching.enums import Half, SessionKind, SessionState
from coaching.models import AttendanceMark, CoachingMonth, Session
from coaching.services.common import lock_open_month, require, require_version
from coaching.services.schedule import (
    holiday_name,
    is_weekday,
    last_possible_day,
    week_number,
)
from core.errors import DomainError

NOON = dt.time(12)
EARLIEST_AFTERNOON = dt.time(11)


@dataclass(frozen=True)
class SessionTimes:
    """When in the day, and where."""

    begins_at: dt.time
    ends_at: dt.time
    room: str = ""


@dataclass(frozen=True)
class SessionWords:
    """What the group does; `destination` is the workplace visited or the guest, "" for ordinary coaching."""

    theme: str = ""
    title: str = ""
    plan: str = ""
    kind: str = SessionKind.COACHING.value
    destination: str = ""

    def fields(self) -> dict[str, str]:
        """The model's fields; ordinary coaching goes nowhere."""
        values = dict(vars(self))
        if self.kind == SessionKind.COACHING:
            values["destination"] = ""
        return values


@transaction.atomic
def update_session(
    *, actor, session: Session, version: int, times: SessionTimes, words: SessionWords, today: dt.date
) -> Session:
    """Change what stands of one session to come; its day and half stay.

    Raises StaleVersion, AccessDenied, MonthAlreadyClosed, DomainError with its field.
    """
    month, locked = lock_session(actor, session, version)
    if locked.state != SessionState.PLANNED:
        raise DomainError(_("This session has been logged; its time and theme stand."))
    if locked.held_on < today:
        raise DomainError(_("This session is past; its time and theme stand."))
    check_times(locked.half, times)
    changed = {**vars(times), **words.fields()}
    fields = [name for name, value in changed.items() if getattr(locked, name) != value]
    for name in fields:
        setattr(locked, name, changed[name])
    locked.version += 1
    locked.save(update_fields=[*fields, "version"])
    audit.record(actor=actor, action="session.edited", obj=locked, details={"fields": fields})
    return locked


@transaction.atomic
def cancel_session(
    *, actor, session: Session, version: int, reason: str, now: dt.datetime, today: dt.date
) -> Session:
    """Say ahead of time that a session is not arranged: no absence and no travel day for anybody.

    Raises StaleVersion, AccessDenied, MonthAlreadyClosed, DomainError with its field.
    """
    _month, locked = lock_session(actor, session, version)
    if locked.state != SessionState.PLANNED:
        raise DomainError(_("This session has been logged already. Change it in its daily log."))
    if locked.held_on < today:
        raise DomainError(_("This session is past. Say in its daily log that it was not arranged."))
    if not reason.strip():
        raise DomainError(_("Say why the session is not arranged."), field="reason")
    if Session.objects.begun().filter(pk=locked.pk).exists():
        raise DomainError(_("Its daily log has been begun. Say there that it was not arranged."))
    locked.state = SessionState.NOT_ARRANGED
    locked.not_arranged_reason = reason.strip()
    locked.logged_at, locked.logged_by = now, actor
    locked.version += 1
    locked.save(
        update_fields=["state", "not_arranged_reason", "logged_at", "logged_by", "version"],
    )
    audit.record(actor=actor, action="session.cancelled", obj=locked)
    return locked


@transaction.atomic
def restore_session(*, actor, session: Session, version: int) -> Session:
    """Take a cancellation back: the session is planned again."""
    _month, locked = lock_session(actor, session, version)
    if locked.state != SessionState.NOT_ARRANGED:
        raise DomainError(_("This session has not been called off."))
    if locked.marks.exclude(mark="not_arranged").exists():
        raise DomainError(_("This session has been logged already. Change it in its daily log."))
    locked.marks.all().delete()
    locked.state = SessionState.PLANNED
    locked.not_arranged_reason = ""
    locked.logged_at = locked.logged_by = None
    locked.version += 1
    locked.save(update_fields=["state", "not_arranged_reason", "logged_at", "logged_by", "version"])
    audit.record(actor=actor, action="session.restored", obj=locked)
    return locked


@transaction.atomic
def add_session(
    *,
    actor,
    month: CoachingMonth,
    held_on: dt.date,
    half: str,
    times: SessionTimes,
    words: SessionWords,
    today: dt.date,
) -> Session:
    """One more session on a free half day to come. The month's last day follows when it is later.

    Raises AccessDenied, MonthAlreadyClosed, DomainError with its field.
    """
    locked = lock_open_month(month.pk)
    require(can_edit_month(actor, locked), _("Only the month's own coach changes its sessions."))
    check_day(locked, held_on, today=today)
    refuse_taken(locked, held_on, half)
    check_times(half, times)
    session = Session.objects.create(
        month=locked,
        held_on=held_on,
        half=half,
        week=week_number(locked.starts_on, held_on),
        **vars(times),
        **words.fields(),
    )
    extend_month(locked, held_on)
    audit.record(actor=actor, action="session.added", obj=session, details={"month": locked.pk})
    return session


# --- shared with moving -------------------------------------------------------------------------------
def lock_session(actor, session: Session, version: int) -> tuple[CoachingMonth, Session]:
    """The open month and its session, both locked, for its own coach."""
    month = lock_open_month(session.month_id)
    require(can_edit_month(actor, month), _("Only the month's own coach changes its sessions."))
    locked = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    require_version(locked, version)
    return month, locked


def check_times(half: str, times: SessionTimes) -> None:
    """The session ends after it begins, in its own half of the day. Raises DomainError with its field."""
    if times.ends_at <= times.begins_at:
        raise DomainError(_("The session must end after it begins."), field="ends_at")
    if half == Half.MORNING and times.begins_at >= NOON:
        raise DomainError(_("A morning session begins before noon."), field="begins_at")
    if half == Half.AFTERNOON and times.begins_at < EARLIEST_AFTERNOON:
        raise DomainError(_("An afternoon session begins at 11 or later."), field="begins_at")


def check_day(month: CoachingMonth, day: dt.date, *, today: dt.date, field: str = "held_on") -> None:
    """The group can meet on `day` from today on. Raises DomainError with a sentence for each reason."""
    if day < today:
        raise DomainError(_("The past stands. Choose today or a day to come."), field=field)
    if day < month.starts_on:
        first = {"day": date_format(month.starts_on)}
        raise DomainError(
            _("The month begins on %(day)s. Choose that day or a later one.") % first, field=field
        )
    if not is_weekday(day):
        raise DomainError(_("The group meets on weekdays. Choose a day from Monday to Friday."), field=field)
    if name := holiday_name(day):
        raise DomainError(
            _("%(day)s is a day off: %(name)s. Choose another day.")
            % {"day": date_format(day), "name": name},
            field=field,
        )
    if day > last_possible_day(month.starts_on):
        raise DomainError(
            _("This is past the eighth week, the last that a month can have. Choose an earlier day."),
            field=field,
        )


def refuse_taken(month: CoachingMonth, day: dt.date, half: str, *, field: str = "held_on") -> None:
    """Nothing else stands on the half day. Raises DomainError saying what does."""
    there = month.sessions.filter(held_on=day, half=half).first()
    if there and there.state == SessionState.NOT_ARRANGED:
        raise DomainError(
            _(
                "A session has been called off on this half day. Arrange that one after all, or choose "
                "another day."
            ),
            field=field,
        )
    if there:
        raise DomainError(_("The group already meets on this half day."), field=field)
    if AttendanceMark.objects.of_month(month).filter(day=day, half=half, session=None).exists():
        raise DomainError(
            _("Somebody has a work-trial mark on this half day. Choose another half or day."), field=field
        )


def extend_month(month: CoachingMonth, last_day: dt.date) -> bool:
    """The month's last day follows a session that is later; True when it did. `month` is locked."""
    if last_day <= month.ends_on:
        return False
    month.ends_on = last_day
    month.version += 1
    month.save(update_fields=["ends_on", "version"])
    return True
