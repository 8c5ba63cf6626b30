"""Writing what changed in a session's log, table by table: one statement for each kind of thing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from accounts.audit import record
from accounts.models import User
from coaching.daily_log import (
    ADVICE,
    DAY,
    HELD,
    NO_MARK,
    NOTE,
    TEXTS,
    TIPS,
    TRIALS,
    Unit,
    Units,
    act_line,
    attendance_key,
    enrolment_of,
    read_act,
    read_tip,
    tip_line,
)
from coaching.enums import JobSearchKind, SessionState, StepBy
from coaching.models import (
    AttendanceMark,
    IndividualTime,
    JobSearchAction,
    Session,
    SharedTip,
    StepForward,
)
from coaching.services.corrections import MarkChange, MarkValue, record_corrections
from core import clock

WRITTEN_FIELDS = (
    "group_note",
    "trial_note",
    "trial_advice",
    "not_arranged_reason",
    "state",
    "logged_at",
    "logged_by",
    "version",
)


def write_log(*, actor: User, session: Session, units: Units, standing: Units, reason: str) -> bool:
    """Write what differs and the state that follows from it; True when anything did.

    `session` is locked. Raises CorrectionNeedsReason when attendance of somebody changes whose summary was
    released, and `reason` is empty.
    """
    changed = {key: unit for key, unit in units.items() if unit != standing[key]}
    state = _state_of(units)
    if not changed and state == session.state:
        return False
    writer = _Writer(actor=actor, session=session, moment=clock.now())
    of_kind = {
        kind: {enrolment_of(key): unit for key, unit in changed.items() if key.startswith(f"{kind}-")}
        for kind in ("attendance", "step", "time", "calls", "acts")
    }
    writer.marks(of_kind["attendance"], standing, reason)
    writer.steps(of_kind["step"])
    writer.times(of_kind["time"])
    writer.acts(of_kind["calls"], of_kind["acts"], units)
    if TIPS in changed:
        writer.tips(units[TIPS])
    session.group_note, session.trial_note = units[NOTE][0], units[TRIALS][0]
    session.trial_advice, session.not_arranged_reason = units[ADVICE][0], units[DAY][1]
    session.state = state
    session.logged_at = None if state == SessionState.PLANNED else writer.moment
    session.logged_by = actor
    session.version += 1
    session.save(update_fields=WRITTEN_FIELDS)
    record(
        actor=actor,
        action="session.not_arranged" if state == SessionState.NOT_ARRANGED else "session.logged",
        obj=session,
        details={
            "state": state,
            "version": session.version,
            "marks": sorted(of_kind["attendance"]),
            "steps": sorted(of_kind["step"]),
            "times": sorted(of_kind["time"]),
            "acts": sorted({*of_kind["calls"], *of_kind["acts"]}),
            "texts": [key for key in (*TEXTS, TIPS) if key in changed],
        },
    )
    return True


def _state_of(units: Units) -> str:
    if units[DAY] != HELD:
        return SessionState.NOT_ARRANGED
    marks = [unit for key, unit in units.items() if key.startswith("attendance-")]
    if not marks or any(unit != NO_MARK for unit in marks):
        return SessionState.LOGGED
    return SessionState.PLANNED


def _value(unit: Unit) -> MarkValue:
    mark, late, early = unit
    return MarkValue(mark, int(late or 0), int(early or 0))


class _Writer:
    """Who writes into which session, and when; every row carries it."""

    def __init__(self, *, actor: User, session: Session, moment: dt.datetime) -> None:
        self.session = session
        self.moment = moment
        self.by = {"recorded_by": actor, "recorded_at": moment}
        self.actor = actor

    @property
    def here(self) -> dict:
        return {"session": self.session, "day": self.session.held_on, **self.by}

    def marks(self, marks: Mapping[int, Unit], standing: Units, reason: str) -> None:
        """Corrections first: they refuse before anything is written."""
        day, half = self.session.held_on, self.session.half
        changes = [
            MarkChange(number, day, half, _value(standing[attendance_key(number)]), _value(unit))
            for number, unit in marks.items()
        ]
        record_corrections(actor=self.actor, changes=changes, reason=reason, now=self.moment)
        gone = [number for number, unit in marks.items() if unit == NO_MARK]
        if gone:
            AttendanceMark.objects.filter(enrolment__in=gone, day=day, half=half).delete()
        rows = [
            AttendanceMark(
                enrolment_id=number,
                half=half,
                mark=mark,
                minutes_late=int(late or 0),
                minutes_left_early=int(early or 0),
                **self.here,
            )
            for number, (mark, late, early) in marks.items()
            if mark
        ]
        fields = ["session", "mark", "minutes_late", "minutes_left_early", "recorded_by", "recorded_at"]
        _upsert(AttendanceMark, rows, ["enrolment", "day", "half"], fields)

    def steps(self, steps: Mapping[int, Unit]) -> None:
        self._clear(StepForward, [number for number, (text, _by) in steps.items() if not text])
        rows = [
            StepForward(enrolment_id=number, text=text, done_by=done_by, **self.here)
            for number, (text, done_by) in steps.items()
            if text
        ]
        fields = ["day", "text", "done_by", "recorded_by", "recorded_at"]
        _upsert(StepForward, rows, ["enrolment", "session"], fields)

    def times(self, times: Mapping[int, Unit]) -> None:
        self._clear(IndividualTime, [number for number, (minutes,) in times.items() if not minutes])
        rows = [
            IndividualTime(enrolment_id=number, minutes=int(minutes), **self.here)
            for number, (minutes,) in times.items()
            if minutes
        ]
        fields = ["day", "minutes", "recorded_by", "recorded_at"]
        _upsert(IndividualTime, rows, ["enrolment", "session"], fields)

    def _clear(self, model, enrolment_ids: list[int]) -> None:
        if enrolment_ids:
            model.objects.filter(enrolment__in=enrolment_ids, session=self.session).delete()

    def acts(self, calls: Mapping[int, Unit], acts: Mapping[int, Unit], units: Units) -> None:
        """The rows that are still wanted stay as they are, with who recorded them and when."""
        people = {*calls, *acts}
        if not people:
            return
        wanted = {number: _wanted_acts(number, units) for number in people}
        standing = JobSearchAction.objects.filter(session=self.session, enrolment__in=people).order_by("pk")
        gone = []
        for row in standing:
            line = act_line(row.kind, row.text, row.done_by)
            if wanted[row.enrolment_id][line] > 0:
                wanted[row.enrolment_id][line] -= 1
            else:
                gone.append(row.pk)
        if gone:
            JobSearchAction.objects.filter(pk__in=gone).delete()
        new = [
            JobSearchAction(enrolment_id=number, kind=kind, text=text, done_by=done_by, **self.here)
            for number, lines in wanted.items()
            for kind, text, done_by in map(read_act, lines.elements())
        ]
        if new:
            JobSearchAction.objects.bulk_create(new)

    def tips(self, wanted: Unit) -> None:
        lines = Counter(wanted)
        gone, last = [], 0
        for row in SharedTip.objects.filter(session=self.session).order_by("position"):
            line = tip_line(row.kind, row.text, str(row.given_by_id or ""), str(row.given_to_id or ""))
            last = row.position
            if lines[line] > 0:
                lines[line] -= 1
            else:
                gone.append(row.pk)
        if gone:
            SharedTip.objects.filter(pk__in=gone).delete()
        new = [
            SharedTip(
                session=self.session,
                position=last + number,
                kind=kind,
                text=text,
                given_by_id=int(given_by) if given_by else None,
                given_to_id=int(given_to) if given_to else None,
                **self.by,
            )
            for number, (kind, text, given_by, given_to) in enumerate(map(read_tip, lines.elements()), 1)
        ]
        if new:
            SharedTip.objects.bulk_create(new)


def _wanted_acts(number: int, units: Units) -> Counter:
    calls = int(units[f"calls-{number}"][0] or 0)
    return Counter(units[f"acts-{number}"]) + Counter(
        {act_line(JobSearchKind.CALL, "", StepBy.PARTICIPANT): calls}
    )


def _upsert(model, rows: list, unique: list[str], fields: list[str]) -> None:
    if rows:
        model.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=fields)
