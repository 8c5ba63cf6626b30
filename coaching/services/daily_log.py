"""Writing a session's log and its draft.

A log is saved in one transaction on the locked session: merge, check, write only what changed, audit. What
is not in the form stays as it is, so a form that began before somebody joined the group takes nothing away.

When a session counts as logged (docs/decisions/daily-log.md): as soon as one person has a mark, or the group
is empty. People without a mark are *missing*, which is not absence; the log can be saved with some missing,
and Today shows them. A note alone leaves the session waiting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext, ngettext

from accounts.models import User
from coaching.access import can_coach_month
from coaching.daily_log import (
    ADVICE,
    DAY,
    HELD,
    NO_MARK,
    NOTE,
    TIPS,
    TRIALS,
    LogInput,
    Merged,
    Units,
    act_line,
    acts_key,
    attendance_key,
    calls_key,
    empty_units,
    merge,
    step_key,
    time_key,
    tip_line,
)
from coaching.enums import JobSearchKind, SessionState, StepBy
from coaching.errors import require_open
from coaching.models import DailyLogDraft, Enrolment, Session
from coaching.services.daily_log_write import write_log
from core.errors import AccessDenied, DomainError, StaleVersion
from core.prepared import PreparedRows


class SessionInTheFuture(DomainError):
    """A session can be logged from its own day on."""


class NotInTheGroup(DomainError):
    """Somebody in the form does not belong to the group on that day."""


class RemovalNotConfirmed(DomainError):
    """Saying "not arranged" would remove marks."""


class LogConflict(StaleVersion):
    """Both changed the same thing. `merged` holds everything else merged, and `conflicts` the units."""

    def __init__(self, merged: Merged) -> None:
        super().__init__(
            gettext("Somebody else has changed the same thing in between. Choose which one stays.")
        )
        self.conflicts = merged.conflicts


@dataclass(frozen=True)
class SavedLog:
    """What saving did. `changed` is False when everything stood there already (a double submit)."""

    session: Session
    changed: bool
    missing: tuple[str, ...] = ()


def standing_units(session: Session, rows: Iterable[Mapping]) -> Units:
    """What the database holds, from the rows of `log_rows`; a session that was not read `with_tips` costs a
    query more."""
    units = empty_units(())
    units[NOTE], units[TRIALS] = (session.group_note,), (session.trial_note,)
    units[ADVICE] = (session.trial_advice,)
    if not hasattr(session, "log_tips"):
        session.log_tips = Session.objects.with_tips().get(pk=session.pk).log_tips
    units[TIPS] = tuple(
        tip_line(tip["kind"], tip["text"], str(tip["by"] or ""), str(tip["to"] or ""))
        for tip in session.log_tips
    )
    if session.state == SessionState.NOT_ARRANGED:
        units[DAY] = ("1", session.not_arranged_reason)
    for row in rows:
        units[attendance_key(row["pk"])] = (
            row["log_mark__mark"] or "",
            str(row["log_mark__minutes_late"] or ""),
            str(row["log_mark__minutes_left_early"] or ""),
        )
        units[step_key(row["pk"])] = (row["log_step__text"] or "", row["log_step__done_by"] or "")
        units[time_key(row["pk"])] = (str(row["log_time__minutes"] or ""),)
        lines = [act_line(act["kind"], act["text"], act["by"]) for act in row["log_acts"]]
        units[calls_key(row["pk"])] = (str(lines.count(PLAIN_CALL) or ""),)
        units[acts_key(row["pk"])] = tuple(line for line in lines if line != PLAIN_CALL)
    return units


PLAIN_CALL = act_line(JobSearchKind.CALL, "", StepBy.PARTICIPANT)
LOG_FIELDS = (
    "pk",
    "participant_id",
    "participant__first_name",
    "participant__last_name",
    "log_mark__mark",
    "log_mark__minutes_late",
    "log_mark__minutes_left_early",
    "log_step__text",
    "log_step__done_by",
    "log_time__minutes",
    "log_acts",
)


def log_rows(session: Session) -> list[dict]:
    """The group of the session's day by name, each with all that the log holds about them: one query."""
    return _LOG_ROWS.rows(
        month_id=session.month_id, session_id=session.pk, day=session.held_on, half=session.half
    )


def _log_query(*, month_id: int, session_id: int, day: dt.date, half: str) -> QuerySet:
    """What `log_rows` reads."""
    people = Enrolment.objects.filter(month=month_id).in_group_on(day)
    return (
        people.with_log_of(session_id=session_id, day=day, half=half)
        .order_by("participant__last_name", "participant__first_name", "pk")
        .values(*LOG_FIELDS)
    )


_LOG_ROWS = PreparedRows(
    _log_query,
    names=LOG_FIELDS,
    stand_ins={"month_id": -1, "session_id": -2, "day": dt.date.min, "half": "<half>"},
)


@transaction.atomic
def save_daily_log(*, actor: User, session_id: int, wanted: LogInput, today: dt.date) -> SavedLog:
    """Save the log of a session as the actor wants it; `wanted` comes from a valid `DailyLogForm`.

    Raises Session.DoesNotExist for a stranger, AccessDenied for who may only read, MonthAlreadyClosed or
    MonthCancelled, SessionInTheFuture, NotInTheGroup, LogConflict, RemovalNotConfirmed,
    CorrectionNeedsReason.
    Nothing is written when anything is raised.
    """
    session = lock_session_for_log(actor=actor, session_id=session_id, today=today)
    rows = log_rows(session)
    require_form_of(session, rows, wanted)
    standing = standing_units(session, rows)
    merged = merge(mine=wanted, theirs=standing, version=session.version)
    if merged.conflicts:
        raise LogConflict(merged)
    units = _without_marks_when_not_arranged(merged.units, standing, wanted)
    saved = write_log(actor=actor, session=session, units=units, standing=standing, reason=wanted.reason)
    if session.has_draft:
        DailyLogDraft.objects.filter(session=session, user=actor).delete()
    return SavedLog(session=session, changed=saved, missing=_missing(units, rows))


def require_form_of(session: Session, rows: Iterable[Mapping], wanted: LogInput) -> None:
    """The form is this session's own and names only its group: two tabs of two sessions never mix.

    Raises DomainError and NotInTheGroup.
    """
    if wanted.session_id != session.pk:
        raise DomainError(
            gettext("This form belongs to another session. Open the session's own page and try again.")
        )
    strangers = wanted.people - {row["pk"] for row in rows}
    if strangers:
        raise NotInTheGroup(_who_is_not_in_the_group(session, strangers))


def lock_session_for_log(*, actor: User, session_id: int, today: dt.date) -> Session:
    """The session and its month, locked, when the actor may log it now."""
    session = (
        Session.objects.visible_to(actor, today=today)
        .with_tips()
        .select_for_update(of=("month", "self"), no_key=True)
        .select_related("month")
        .annotate(has_draft=Exists(DailyLogDraft.objects.filter(session=OuterRef("pk"), user=actor)))
        .get(pk=session_id)
    )
    if not can_coach_month(actor, session.month, today=today):
        raise AccessDenied(
            gettext("Only the group's coach, or today's substitute, can write in the daily log.")
        )
    require_open(session.month)
    if session.held_on > today:
        raise SessionInTheFuture(gettext("This session can be logged from its own day on."))
    return session


def _who_is_not_in_the_group(session: Session, enrolment_ids: frozenset[int]) -> str:
    """Names only people of this very month: of others the sentence does not even say that they exist."""
    names = [
        f"{first} {last}"
        for first, last in Enrolment.objects.filter(pk__in=enrolment_ids, month=session.month_id).values_list(
            "participant__first_name", "participant__last_name"
        )
    ]
    if names:
        return gettext("Not in the group on this day: %(names)s. Check the page and save again.") % {
            "names": ", ".join(sorted(names))
        }
    return gettext("Somebody in the form is not in this group on this day. Check the page and save again.")


def _without_marks_when_not_arranged(units: Units, standing: Units, wanted: LogInput) -> Units:
    """Not arranged means that nobody was present or absent. Raises RemovalNotConfirmed before marks go."""
    if units[DAY] == HELD:
        return units
    removed = {
        key for key in units if key.startswith("attendance-") and {units[key], standing[key]} != {NO_MARK}
    }
    if removed and not wanted.confirms_removal:
        raise RemovalNotConfirmed(
            ngettext(
                "Not arranged removes the attendance mark of %(count)s person. Confirm it, or untick.",
                "Not arranged removes the attendance marks of %(count)s people. Confirm it, or untick.",
                len(removed),
            )
            % {"count": len(removed)},
            field="not_arranged",
        )
    return units | dict.fromkeys(removed, NO_MARK)


def _missing(units: Units, rows: Iterable[Mapping]) -> tuple[str, ...]:
    """Names of those without a mark, in the order of the list; nobody when it was not arranged."""
    if units[DAY] != HELD:
        return ()
    return tuple(
        f"{row['participant__first_name']} {row['participant__last_name']}"
        for row in rows
        if units[attendance_key(row["pk"])] == NO_MARK
    )
