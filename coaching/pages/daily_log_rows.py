"""The lines of the daily log's page: one for each person, and the lists inside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from coaching.daily_log import (
    Merged,
    Units,
    acts_key,
    attendance_key,
    calls_key,
    read_act,
    read_tip,
    step_key,
    time_key,
)
from coaching.enums import JobSearchKind, Mark, SharedKind, StepBy
from coaching.marks import PERSON_MARKS, mark_infos
from coaching.models import AttendanceMark, Session
from coaching.pages.daily_log_words import acts_in_words, attendance_in_words, clock_time, in_words
from core.prepared import PreparedRows

Choices = tuple[tuple[str, str], ...]
PARTS = ("mark", "late", "early", "step", "by", "time", "calls", "acts")


@dataclass(frozen=True)
class Conflict:
    """Both sides of one unit in words."""

    key: str
    mine: str
    theirs: str
    saved_by: str


@dataclass(frozen=True)
class ActLine:
    """One act of looking for work; the last line of a list is empty."""

    key: str
    kind_options: SafeString
    text: str
    by_options: SafeString


@dataclass(frozen=True)
class TipLine:
    """One tip or praise; the last line is empty."""

    key: str
    kind_options: SafeString
    text: str
    by_options: SafeString
    to_options: SafeString


@dataclass(frozen=True)
class PersonRow:
    """One person's line. `key` is the enrolment's id as text; `hints` are sentences that replace the usual
    effect of a mark, by its code."""

    id: int
    key: str
    mark_options: SafeString
    by_options: SafeString
    name: str
    mark: str
    letter: str
    effect: str
    late: str
    early: str
    step: str
    by: str
    by_label: str
    time: str
    calls: str
    acts: tuple[ActLine, ...]
    acts_said: tuple[str, ...]
    attendance: str
    hints: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()

    @property
    def is_open(self) -> bool:
        """The details stand open: they hold something, or something is wrong."""
        return bool(self.time or len(self.acts) > 1 or self.errors or self.conflicts)

    @property
    def is_filled(self) -> bool:
        """More than a mark: on a phone the line opens."""
        return bool(self.late or self.early or self.step)


@dataclass(frozen=True)
class RowMaker:
    """Makes the lines of one page; what all of them share is looked up once."""

    merged: Merged
    standing: Units
    field_errors: Mapping[str, str]
    saver: str

    def row(self, person: Mapping, hints: Mapping[str, str]) -> PersonRow:
        number, units = person["pk"], self.merged.units
        mark, late, early = units[attendance_key(number)]
        step, by = units[step_key(number)]
        calls, acts = units[calls_key(number)][0], units[acts_key(number)]
        info = _infos(get_language()).get(mark)
        choices = _choices(get_language())
        return PersonRow(
            id=number,
            key=str(number),
            mark_options=options(choices["mark"], mark),
            by_options=options(choices["by"], by or StepBy.PARTICIPANT.value),
            name=f"{person['participant__first_name']} {person['participant__last_name']}",
            mark=mark if info else "",
            letter=info.letter if info else "",
            effect=hints.get(mark) or (info.effect if info else ""),
            late=late,
            early=early,
            step=step,
            by=by,
            by_label=str(StepBy(by).label) if by in StepBy.values else "",
            time=units[time_key(number)][0],
            calls=calls,
            acts=_act_lines(str(number), acts, choices),
            acts_said=acts_in_words(calls, acts) if calls or acts else (),
            attendance=attendance_in_words(mark, late, early),
            hints=hints,
            errors=self._errors(number),
            conflicts=self._conflicts(number),
        )

    def _errors(self, number: int) -> dict[str, str]:
        if not self.field_errors:
            return {}
        named = {part: self.field_errors.get(f"{part}-{number}") for part in PARTS}
        return {part: error for part, error in named.items() if error}

    def _conflicts(self, number: int) -> tuple[Conflict, ...]:
        if not self.merged.conflicts:
            return ()
        keys = [make(number) for make in (attendance_key, step_key, time_key, calls_key, acts_key)]
        return tuple(found for found in map(self.conflict, keys) if found)

    def conflict(self, key: str) -> Conflict | None:
        if key not in self.merged.conflicts:
            return None
        return Conflict(
            key=key,
            mine=in_words(key, self.merged.units[key]),
            theirs=in_words(key, self.standing[key]),
            saved_by=self.saver,
        )


def saver_of(session: Session) -> str:
    """Who saved last, and when: "Saved by Sirpa Sijainen at 9.41"."""
    if session.logged_by is None:
        return gettext("Saved by somebody else")
    name = session.logged_by.full_name
    if session.logged_at is None:
        return gettext("Saved by %(name)s") % {"name": name}
    return gettext("Saved by %(name)s at %(time)s") % {"name": name, "time": clock_time(session.logged_at)}


@lru_cache(maxsize=8)
def _infos(language: str) -> dict:
    return {info.code: info for info in mark_infos()}


@lru_cache(maxsize=8)
def _choices(language: str) -> dict[str, Choices]:
    """The lists to choose from in one language."""
    marks = tuple((info.code, info.label) for info in mark_infos() if info.code in PERSON_MARKS)
    return {
        "mark": (("", "–"), *marks),
        "by": tuple((code, str(label)) for code, label in StepBy.choices),
        "act": (("", "–"), *((code, str(label)) for code, label in JobSearchKind.choices)),
        "tip": tuple((code, str(label)) for code, label in SharedKind.choices),
    }


def option_tags(choices: Choices, selected: str) -> SafeString:
    """The options of a select."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, mark_safe(" selected") if code == selected else "", label) for code, label in choices),
    )


# seventeen options in each of ten rows were half of the page's time, and there are only as many different
# lists as there are choices; names are never among them
options = lru_cache(maxsize=256)(option_tags)


def _act_lines(key: str, acts: Sequence[str], choices: Mapping[str, Choices]) -> tuple[ActLine, ...]:
    lines = []
    for index, line in enumerate((*acts, "")):
        kind, text, by = read_act(line)
        kinds, hands = options(choices["act"], kind), options(choices["by"], by or StepBy.PARTICIPANT.value)
        lines.append(ActLine(f"{key}-{index}", kinds, text, hands))
    return tuple(lines)


def tip_lines(tips: Sequence[str], people: Sequence[Mapping]) -> tuple[TipLine, ...]:
    """The group's tips and praise, and an empty line at the end."""
    kinds = _choices(get_language())["tip"]
    names = tuple(
        (str(person["pk"]), f"{person['participant__first_name']} {person['participant__last_name']}")
        for person in people
    )
    givers = (("", gettext("coach")), *names)
    getters = (("", gettext("everybody")), *names)
    lines = []
    for index, line in enumerate((*tips, "")):
        kind, text, by, to = read_tip(line)
        choice = options(kinds, kind or SharedKind.TIP.value)
        lines.append(TipLine(str(index), choice, text, option_tags(givers, by), option_tags(getters, to)))
    return tuple(lines)


def illness_hints(session: Session, people: Sequence[Mapping], *, wanted: bool) -> list[dict[str, str]]:
    """For each person, what would be said of one more day of illness: evidence anchors-systems 11.3.

    The days of one spell are counted: those since the person was last present. Days without the service do
    neither count nor end a spell. The source says "more than three days" and "at most four" without saying
    how to count (docs/decisions/daily-log.md).
    """
    if not wanted:
        return [{} for _ in people]
    limits = {
        Mark.OWN_ILLNESS.value: settings.OWN_ILLNESS_DAYS_WITHOUT_CERTIFICATE,
        Mark.CHILD_ILLNESS.value: settings.SICK_CHILD_MAX_DAYS,
    }
    rows = _ILLNESS_DAYS.rows(month_id=session.month_id, day=session.held_on)
    days = {(row["enrolment_id"], row["mark"]): row["days"] for row in rows}
    return [
        {
            mark: _illness_hint(mark, days[person["pk"], mark] + 1)
            for mark, limit in limits.items()
            if days.get((person["pk"], mark), 0) >= limit
        }
        for person in people
    ]


NEVER = dt.date.min


def _illness_query(*, month_id: int, day: dt.date) -> QuerySet:
    """Days of illness of the month's people since each was last present, by kind."""
    present = AttendanceMark.objects.filter(
        enrolment=OuterRef("enrolment"), mark=Mark.PRESENT, day__lt=day
    ).order_by("-day")
    ill = AttendanceMark.objects.filter(
        enrolment__month=month_id, mark__in=(Mark.OWN_ILLNESS, Mark.CHILD_ILLNESS), day__lt=day
    )
    return (
        ill.filter(day__gt=Coalesce(Subquery(present.values("day")[:1]), NEVER))
        .values("enrolment_id", "mark")
        .annotate(days=Count("day", distinct=True))
    )


_ILLNESS_DAYS = PreparedRows(
    _illness_query,
    names=("enrolment_id", "mark", "days"),
    stand_ins={"month_id": -1, "day": dt.date(1, 1, 2)},
)


def _illness_hint(mark: str, day: int) -> str:
    if mark == Mark.OWN_ILLNESS:
        return gettext("Day %(number)s of illness: ask for a certificate.") % {"number": day}
    return gettext("Day %(number)s with a sick child: more than Kela's limit.") % {"number": day}
