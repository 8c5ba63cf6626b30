"""The content of one session's log as plain data, and how two people's versions of it are merged.

A log is a set of *units*, the smallest pieces that one person can change without touching another's work:

- `note`: the group note, `(text,)`
- `day`: whether the session was held, `("", "")` or `("1", reason)`
- `attendance-7`: the mark of enrolment 7, `(mark, minutes late, minutes left early)`
- `step-7`: the step forward of enrolment 7, `(text, who did it)`

All values are strings as a form holds them, "" for nothing, so that what the database holds, what a page
shows, what a draft keeps and what was posted compare without conversion.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Unit = tuple[str, ...]
Units = dict[str, Unit]

NOTE = "note"
DAY = "day"
NO_NOTE: Unit = ("",)
HELD: Unit = ("", "")
NO_MARK: Unit = ("", "", "")
NO_STEP: Unit = ("", "")

MINE = "mine"
THEIRS = "theirs"

GROUP_NOTE_LIMIT = 10_000
REASON_LIMIT = 200
STEP_LIMIT = 300
MINUTES_LIMIT = 480


def attendance_key(enrolment_id: int) -> str:
    return f"attendance-{enrolment_id}"


def step_key(enrolment_id: int) -> str:
    return f"step-{enrolment_id}"


def empty_units(enrolment_ids: Iterable[int]) -> Units:
    """The log of a session that nobody has touched."""
    units: Units = {NOTE: NO_NOTE, DAY: HELD}
    for enrolment_id in enrolment_ids:
        units[attendance_key(enrolment_id)] = NO_MARK
        units[step_key(enrolment_id)] = NO_STEP
    return units


def digest(unit: Unit) -> str:
    """Ten characters that tell whether a unit changed, without repeating its text in the page."""
    return hashlib.sha256("\x1f".join(unit).encode()).hexdigest()[:10]


def digests(units: Mapping[str, Unit]) -> dict[str, str]:
    return {key: digest(unit) for key, unit in units.items()}


@dataclass(frozen=True)
class LogInput:
    """What one person wants the log to be.

    `units` holds only what the form had; a unit that is not there stays as it is. `session_id` is the session
    that the form was made for, `people` the enrolments that it names. `base` are the digests
    of the units that the form began from, `version` the session's version at that time; both may be missing
    or wrong in a hand-made request. `pending` are the conflicts that the form showed, `choices` what was
    chosen for them (MINE or THEIRS).
    """

    units: Units
    session_id: int | None = None
    people: frozenset[int] = frozenset()
    base: Mapping[str, str] | None = None
    version: int | None = None
    pending: frozenset[str] = frozenset()
    choices: Mapping[str, str] = field(default_factory=dict)
    confirms_removal: bool = False


@dataclass(frozen=True)
class Merged:
    """The log after both sides met. In `conflicts` both changed the same unit differently; `units` holds
    the own value there."""

    units: Units
    conflicts: frozenset[str]


def merge(*, mine: LogInput, theirs: Mapping[str, Unit], version: int) -> Merged:
    """Three-way merge of what was typed (`mine`) into what stands now (`theirs`, at `version`).

    A unit that one side alone changed takes that side's value; equal values are no conflict whatever the
    versions say, which is what makes a double submit harmless.
    """
    base = mine.base
    if base is None:
        base = digests(theirs) if mine.version == version else {}
    units: Units = {}
    conflicts: set[str] = set()
    for key, standing in theirs.items():
        own = mine.units.get(key, standing)
        began_from = base.get(key)
        choice = mine.choices.get(key) if key in mine.pending else MINE
        if own == standing:
            units[key] = standing
        elif digest(standing) == began_from:
            units[key] = standing if choice == THEIRS else own
            if choice not in (MINE, THEIRS):
                conflicts.add(key)
        elif digest(own) == began_from:
            units[key] = standing
        else:
            units[key] = own
            conflicts.add(key)
    return Merged(units=units, conflicts=frozenset(conflicts))


def enrolment_of(key: str) -> int | None:
    """The enrolment that a unit belongs to, None for the group's own."""
    _, _, number = key.partition("-")
    return int(number) if number else None
