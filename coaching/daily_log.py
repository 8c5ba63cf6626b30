"""The content of one session's log as plain data, and how two people's versions of it are merged.

A log is a set of *units*, the smallest pieces that one person can change without touching another's work:

- `note`, `trials`, `advice`: the group note, what happened in the work trials, what the group advised:
  `(text,)`
- `tips`: tips and praise of the group, any number of lines of `tip_line`
- `day`: whether the session was held, `("", "")` or `("1", reason)`
- `attendance-7`: the mark of enrolment 7, `(mark, minutes late, minutes left early)`
- `step-7`: the step forward of enrolment 7, `(text, who did it)`

- `time-7`: minutes given to enrolment 7 alone, `(minutes,)`
- `calls-7`: how many workplaces enrolment 7 rang, `(count,)`: calls without a word, which a tap adds
- `acts-7`: the other acts of looking for work, any number of lines of `act_line`

All values are strings as a form holds them, "" for nothing, so that what the database holds, what a page
shows, what a draft keeps and what was posted compare without conversion.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Unit = tuple[str, ...]
Units = dict[str, Unit]

NOTE = "note"
TRIALS = "trials"
ADVICE = "advice"
TIPS = "tips"
DAY = "day"
TEXTS = (NOTE, TRIALS, ADVICE)
NO_NOTE: Unit = ("",)
HELD: Unit = ("", "")
NO_MARK: Unit = ("", "", "")
NO_STEP: Unit = ("", "")
NO_TIME: Unit = ("",)
NO_CALLS: Unit = ("",)
NO_LINES: Unit = ()
# how many parts a unit has; the lists may have any number
WIDTHS = {"note": 1, "trials": 1, "advice": 1, "day": 2, "attendance": 3, "step": 2, "time": 1, "calls": 1}
LISTS = ("tips", "acts")

MINE = "mine"
THEIRS = "theirs"

GROUP_NOTE_LIMIT = 10_000
REASON_LIMIT = 200
STEP_LIMIT = 300
MINUTES_LIMIT = 480
CALLS_LIMIT = 50
LINES_LIMIT = 30
ACT_LIMIT = 200
TIP_LIMIT = 300
SENTENCE_LIMIT = 300  # a prompt or a phrase


def attendance_key(enrolment_id: int) -> str:
    return f"attendance-{enrolment_id}"


def step_key(enrolment_id: int) -> str:
    return f"step-{enrolment_id}"


def time_key(enrolment_id: int) -> str:
    return f"time-{enrolment_id}"


def calls_key(enrolment_id: int) -> str:
    return f"calls-{enrolment_id}"


def acts_key(enrolment_id: int) -> str:
    return f"acts-{enrolment_id}"


def act_line(kind: str, text: str, done_by: str) -> str:
    """One act of looking for work as a part of a unit. No part holds a tab: the form takes them out."""
    return f"{kind}\t{done_by}\t{text}"


def read_act(line: str) -> tuple[str, str, str]:
    """(kind, text, who did it) of an `act_line`; anything else reads as an act without a kind."""
    kind, done_by, text = (*line.split("\t", 2), "", "")[:3]
    return kind, text, done_by


def tip_line(kind: str, text: str, given_by: str, given_to: str) -> str:
    """A tip or praise; who gave and got it are enrolment ids, "" for the coach and for everybody."""
    return f"{kind}\t{given_by}\t{given_to}\t{text}"


def read_tip(line: str) -> tuple[str, str, str, str]:
    """(kind, text, given by, given to) of a `tip_line`."""
    kind, given_by, given_to, text = (*line.split("\t", 3), "", "", "")[:4]
    return kind, text, given_by, given_to


def is_list(key: str) -> bool:
    return key.partition("-")[0] in LISTS


def has_its_width(key: str, unit: tuple) -> bool:
    """Whether a stored unit has as many parts as its key asks for."""
    return is_list(key) or len(unit) == WIDTHS.get(key.partition("-")[0], -1)


def empty_units(enrolment_ids: Iterable[int]) -> Units:
    """The log of a session that nobody has touched."""
    units: Units = {NOTE: NO_NOTE, TRIALS: NO_NOTE, ADVICE: NO_NOTE, TIPS: NO_LINES, DAY: HELD}
    for enrolment_id in enrolment_ids:
        units[attendance_key(enrolment_id)] = NO_MARK
        units[step_key(enrolment_id)] = NO_STEP
        units[time_key(enrolment_id)] = NO_TIME
        units[calls_key(enrolment_id)] = NO_CALLS
        units[acts_key(enrolment_id)] = NO_LINES
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
    chosen for them (MINE or THEIRS). `reason` says why attendance is corrected after the summary
    was released.
    """

    units: Units
    session_id: int | None = None
    people: frozenset[int] = frozenset()
    base: Mapping[str, str] | None = None
    version: int | None = None
    pending: frozenset[str] = frozenset()
    choices: Mapping[str, str] = field(default_factory=dict)
    confirms_removal: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Merged:
    """The log after both sides met. In `conflicts` both changed the same unit differently; `units` holds
    the own value there."""

    units: Units
    conflicts: frozenset[str]


def merge(*, mine: LogInput, theirs: Mapping[str, Unit], version: int) -> Merged:
    """Three-way merge of what was typed (`mine`) into what stands now (`theirs`, at `version`).

    A unit that one side alone changed takes that side's value; equal values are no conflict whatever the
    versions say, which is what makes a double submit harmless. A list that both changed keeps the lines of
    both: a line too many can be seen and taken out, a lost one cannot.
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
        elif is_list(key):
            units[key] = _both(standing, own)
        else:
            units[key] = own
            conflicts.add(key)
    return Merged(units=units, conflicts=frozenset(conflicts))


def _both(standing: Unit, own: Unit) -> Unit:
    """The lines that stand, then those of one's own that are not among them."""
    return standing + tuple((Counter(own) - Counter(standing)).elements())


def enrolment_of(key: str) -> int | None:
    """The enrolment that a unit belongs to, None for the group's own."""
    _, _, number = key.partition("-")
    return int(number) if number else None
