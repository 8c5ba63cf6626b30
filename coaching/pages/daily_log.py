"""The daily log as the page shows it: five queries, whatever the size of the group."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.db.models import Count
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from accounts.models import User
from coaching.access import can_coach_month
from coaching.daily_log import (
    DAY,
    NO_MARK,
    NOTE,
    LogInput,
    Merged,
    Units,
    attendance_key,
    digests,
    merge,
    step_key,
)
from coaching.enums import Mark, StepBy
from coaching.errors import require_open
from coaching.marks import PERSON_MARKS, MarkInfo, mark_infos
from coaching.models import AttendanceMark, DailyLogDraft, Session
from coaching.pages.daily_log_words import attendance_in_words, clock_time, in_words
from coaching.services.daily_log import log_rows, standing_units
from coaching.services.daily_log_draft import draft_input
from core.errors import DomainError


@dataclass(frozen=True)
class Conflict:
    """Both sides of one unit in words."""

    key: str
    mine: str
    theirs: str
    saved_by: str


@dataclass(frozen=True)
class PersonRow:
    """One person's line. `key` is the enrolment's id as text; `hints` are sentences that replace the usual
    effect of a mark, by its code."""

    id: int
    key: str
    mark_options: SafeString
    by_options: SafeString
    participant_id: int
    name: str
    mark: str
    label: str
    letter: str
    effect: str
    late: str
    early: str
    step: str
    by: str
    by_label: str
    attendance: str
    hints: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()

    @property
    def needs_attention(self) -> bool:
        """The line stands open on a phone: it holds more than a mark, or something is wrong in it."""
        return bool(self.late or self.early or self.step or self.errors or self.conflicts)


@dataclass(frozen=True)
class Neighbour:
    """The session before or after this one."""

    id: int
    held_on: dt.date


@dataclass(frozen=True)
class DailyLogPage:
    """Everything that `coaching/daily_log.html` shows."""

    session: Session
    rows: tuple[PersonRow, ...]
    group_note: str
    not_arranged: bool
    not_arranged_reason: str
    base: str
    marks: tuple[MarkInfo, ...]
    not_arranged_effect: str
    counts: Mapping[str, int]
    may_read_notes: bool
    read_only_because: str
    before: Neighbour | None
    after: Neighbour | None
    draft_saved_at: dt.datetime | None = None
    errors: tuple[tuple[str, str], ...] = ()
    field_errors: Mapping[str, str] = field(default_factory=dict)
    note_conflict: Conflict | None = None
    day_conflict: Conflict | None = None
    confirm_removal: int = 0

    @property
    def is_read_only(self) -> bool:
        return bool(self.read_only_because)


def why_not_writable(*, session: Session, user: User, today: dt.date) -> str:
    """The sentence that says why this person cannot write in this log now, "" when they can."""
    if not can_coach_month(user, session.month, today=today):
        return gettext(
            "You see who was present. Only the group's coach, or today's substitute, writes in the log."
        )
    try:
        require_open(session.month)
    except DomainError as error:
        return str(error)
    if session.held_on > today:
        return gettext("This session can be logged from its own day on.")
    return ""


def build_daily_log_page(
    *,
    session: Session,
    user: User,
    today: dt.date,
    typed: LogInput | None = None,
    field_errors: Mapping[str, str] | None = None,
    refusal: DomainError | None = None,
    fill_present: bool = False,
) -> DailyLogPage:
    """The page of a session (with its month and logged_by loaded) for this user.

    `typed` is a form that was not saved; without one the own draft is restored. `fill_present` marks present
    everybody who has no mark yet, for a browser without JavaScript. `refusal` is why it was not saved.
    """
    because = why_not_writable(session=session, user=user, today=today)
    may_read_notes = can_coach_month(user, session.month, today=today)
    people = log_rows(session)
    standing = standing_units(session, people)
    draft = None
    if typed is None and not because:
        draft = DailyLogDraft.objects.filter(session=session, user=user).first()
        typed = draft_input(draft) if draft else None
    wanted = typed or LogInput(units={}, version=session.version)
    merged = merge(mine=wanted, theirs=standing, version=session.version)
    if draft and merged.units == standing and not merged.conflicts:
        draft = None
    if fill_present:
        merged = _with_the_rest_present(merged)
    field_errors = field_errors or {}
    saver = _saver(session)
    rows = tuple(
        _person_row(person, merged, standing, field_errors, hints, saver)
        for person, hints in zip(people, _hints(session, people, because), strict=True)
    )
    before, after = _neighbours(session)
    infos = mark_infos()
    confirm = getattr(refusal, "field", "") == "not_arranged"
    return DailyLogPage(
        session=session,
        rows=rows,
        group_note=merged.units[NOTE][0] if may_read_notes else "",
        not_arranged=bool(merged.units[DAY][0]),
        not_arranged_reason=merged.units[DAY][1],
        base=json.dumps(digests(standing), separators=(",", ":")),
        marks=tuple(info for info in infos if info.code in PERSON_MARKS),
        not_arranged_effect=next(info.effect for info in infos if info.code == Mark.NOT_ARRANGED),
        counts=_counts(merged.units),
        may_read_notes=may_read_notes,
        read_only_because=because,
        before=before,
        after=after,
        draft_saved_at=draft.saved_at if draft else None,
        errors=_error_summary(rows, field_errors, merged, refusal),
        field_errors=field_errors,
        note_conflict=_conflict(NOTE, merged, standing, saver),
        day_conflict=_conflict(DAY, merged, standing, saver),
        confirm_removal=_marked_count(merged.units, standing) if confirm else 0,
    )


def _with_the_rest_present(merged: Merged) -> Merged:
    units: Units = {
        key: (Mark.PRESENT.value, "", "") if key.startswith("attendance-") and unit == NO_MARK else unit
        for key, unit in merged.units.items()
    }
    return Merged(units=units, conflicts=merged.conflicts)


def _person_row(
    person: Mapping,
    merged: Merged,
    standing: Units,
    field_errors: Mapping[str, str],
    hints: Mapping[str, str],
    saver: str,
) -> PersonRow:
    number = person["pk"]
    mark, late, early = merged.units[attendance_key(number)]
    step, by = merged.units[step_key(number)]
    info = next((info for info in mark_infos() if info.code == mark), None)
    name = f"{person['participant__first_name']} {person['participant__last_name']}"
    conflicts = (
        _conflict(attendance_key(number), merged, standing, saver),
        _conflict(step_key(number), merged, standing, saver),
    )
    return PersonRow(
        id=number,
        key=str(number),
        mark_options=_options(_mark_choices(), mark),
        by_options=_options(_step_choices(), by or StepBy.PARTICIPANT),
        participant_id=person["participant_id"],
        name=name,
        mark=mark if info else "",
        label=info.label if info else gettext("Information missing"),
        letter=info.letter if info else "",
        effect=hints.get(mark) or (info.effect if info else ""),
        late=late,
        early=early,
        step=step,
        by=by,
        by_label=str(StepBy(by).label) if by in StepBy.values else "",
        attendance=attendance_in_words(mark, late, early),
        hints=hints,
        errors={
            part: field_errors[f"{part}-{number}"]
            for part in ("mark", "late", "early", "step", "by")
            if f"{part}-{number}" in field_errors
        },
        conflicts=tuple(conflict for conflict in conflicts if conflict),
    )


def _mark_choices() -> tuple[tuple[str, str], ...]:
    marks = ((info.code, info.label) for info in mark_infos() if info.code in PERSON_MARKS)
    return ("", "–"), *marks


def _step_choices() -> tuple[tuple[str, str], ...]:
    return tuple((code, str(label)) for code, label in StepBy.choices)


@lru_cache(maxsize=256)
def _options(choices: tuple[tuple[str, str], ...], selected: str) -> SafeString:
    """The options of a select. Seventeen of them in each of ten rows were half of the page's time, and
    there are only as many different ones as there are choices."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, mark_safe(" selected") if code == selected else "", label) for code, label in choices),
    )


def _hints(session: Session, people: list[dict], because: str) -> list[dict[str, str]]:
    """For each person, what would be said of one more day of illness: evidence anchors-systems 11.3."""
    if because:
        return [{} for _ in people]
    limits = {
        Mark.OWN_ILLNESS.value: settings.OWN_ILLNESS_DAYS_WITHOUT_CERTIFICATE,
        Mark.CHILD_ILLNESS.value: settings.SICK_CHILD_MAX_DAYS,
    }
    rows = (
        AttendanceMark.objects.filter(
            enrolment__in=[person["pk"] for person in people], mark__in=limits, day__lt=session.held_on
        )
        .values_list("enrolment_id", "mark")
        .annotate(days=Count("day", distinct=True))
    )
    days = {(enrolment_id, mark): count for enrolment_id, mark, count in rows}
    return [
        {
            mark: _illness_hint(mark, days[person["pk"], mark] + 1)
            for mark, limit in limits.items()
            if days.get((person["pk"], mark), 0) >= limit
        }
        for person in people
    ]


def _illness_hint(mark: str, day: int) -> str:
    if mark == Mark.OWN_ILLNESS:
        return gettext("Day %(number)s of illness: ask for a certificate.") % {"number": day}
    return gettext("Day %(number)s with a sick child: more than Kela's limit.") % {"number": day}


def _neighbours(session: Session) -> tuple[Neighbour | None, Neighbour | None]:
    days = [
        Neighbour(id=pk, held_on=held_on)
        for pk, held_on in Session.objects.filter(month=session.month_id)
        .in_order()
        .values_list("pk", "held_on")
    ]
    here = next(index for index, day in enumerate(days) if day.id == session.pk)
    before = days[here - 1] if here else None
    after = days[here + 1] if here + 1 < len(days) else None
    return before, after


def _counts(units: Units) -> dict[str, int]:
    marks = [unit[0] for key, unit in units.items() if key.startswith("attendance-")]
    present, missing = marks.count(Mark.PRESENT), marks.count("")
    return {"present": present, "missing": missing, "absent": len(marks) - present - missing}


def _marked_count(units: Units, standing: Units) -> int:
    """How many people's marks "not arranged" would remove."""
    return sum({units[key], standing[key]} != {NO_MARK} for key in units if key.startswith("attendance-"))


def _conflict(key: str, merged: Merged, standing: Units, saver: str) -> Conflict | None:
    if key not in merged.conflicts:
        return None
    return Conflict(
        key=key,
        mine=in_words(key, merged.units[key]),
        theirs=in_words(key, standing[key]),
        saved_by=saver,
    )


def _saver(session: Session) -> str:
    """Who saved last, and when: "Saved by Sirpa Sijainen at 9.41"."""
    if session.logged_by is None:
        return gettext("Saved by somebody else")
    name = session.logged_by.full_name
    if session.logged_at is None:
        return gettext("Saved by %(name)s") % {"name": name}
    return gettext("Saved by %(name)s at %(time)s") % {"name": name, "time": clock_time(session.logged_at)}


def _error_summary(
    rows: tuple[PersonRow, ...],
    field_errors: Mapping[str, str],
    merged: Merged,
    refusal: DomainError | None,
) -> tuple[tuple[str, str], ...]:
    """(id of the field, sentence) for the box on top; "" as id for the whole form."""
    lines: list[tuple[str, str]] = []
    if refusal is not None:
        anchor = "confirm_removal" if refusal.field == "not_arranged" else ""
        lines.append((anchor, str(refusal)))
    lines += [
        (name, field_errors[name]) for name in ("group_note", "not_arranged_reason") if name in field_errors
    ]
    for row in rows:
        lines += [(f"{part}-{row.id}", f"{row.name}: {error}") for part, error in row.errors.items()]
        lines += [
            (f"choice-{conflict.key}-mine", f"{row.name}: {conflict.mine} / {conflict.theirs}")
            for conflict in row.conflicts
        ]
    for key, what in ((NOTE, gettext("Group note")), (DAY, gettext("Not arranged"))):
        if key in merged.conflicts:
            lines.append((f"choice-{key}-mine", f"{what}: {gettext('two versions')}"))
    return tuple(lines)
