"""Reading a posted daily log. Written by hand: ten people times six fields through Django's formsets cost
more than the rest of the page together (architecture section 6)."""

from __future__ import annotations

import itertools
import json
import re

from django.http import QueryDict
from django.utils.translation import gettext

from coaching.daily_log import (
    ACT_LIMIT,
    ADVICE,
    CALLS_LIMIT,
    DAY,
    GROUP_NOTE_LIMIT,
    HELD,
    LINES_LIMIT,
    MINE,
    MINUTES_LIMIT,
    NO_STEP,
    NOTE,
    REASON_LIMIT,
    STEP_LIMIT,
    THEIRS,
    TIP_LIMIT,
    TIPS,
    TRIALS,
    LogInput,
    Unit,
    Units,
    act_line,
    acts_key,
    attendance_key,
    calls_key,
    read_act,
    read_tip,
    step_key,
    time_key,
    tip_line,
)
from coaching.enums import JobSearchKind, Mark, SharedKind, StepBy
from coaching.marks import PERSON_MARKS
from coaching.services.corrections import REASON_LIMIT as REASON_FIELD_LIMIT

PERSON_FIELD = re.compile(r"(mark|late|early|step|by|time|calls|actkind|acttext|actby)-(\d{1,18})", re.ASCII)
UNIT_KEY = re.compile(r"note|trials|advice|tips|day|(attendance|step|time|calls|acts)-\d{1,18}", re.ASCII)
PERSON_ID = re.compile(r"\d{1,18}", re.ASCII)
# name of the field, unit
TEXT_FIELDS = (("group_note", NOTE), ("trial_note", TRIALS), ("trial_advice", ADVICE))
MINUTES = re.compile(r"\d{1,6}", re.ASCII)
# a draft keeps what is too long to save, so that it can be shortened; this is where it ends
DRAFT_TEXT_LIMIT = 40_000


def plain_text(value: str) -> str:
    """As PostgreSQL can hold it, with one kind of line break."""
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def one_line(value: str) -> str:
    return " ".join(plain_text(value).split())


class DailyLogForm:
    """The fields of one session's log.

    `data` is a QueryDict. `input` is what the service takes, also when there are errors; after `is_valid()`
    `errors` maps a field's name to a sentence. Who belongs to the group is the service's to check.
    """

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.errors: dict[str, str] = {}
        found = [PERSON_FIELD.fullmatch(name) for name in data]
        self.people = frozenset(int(match[2]) for match in found if match)
        units = self._units()
        self.input = LogInput(
            units=units,
            session_id=self._number("session", digits=18),
            people=self.people | _people_in(units.get(TIPS, ())),
            base=self._base(),
            version=self._number("version"),
            pending=frozenset(self._keys("conflict")),
            choices=self._choices(),
            confirms_removal=bool(data.get("confirm_removal")),
            reason=self._line("correction_reason"),
        )

    def is_valid(self) -> bool:
        self.errors = {}
        self._check_note_and_day()
        for enrolment_id in self.people:
            self._check_attendance(enrolment_id)
            self._check_step(enrolment_id)
            self._check_work(enrolment_id)
        self._check_tips()
        return not self.errors

    # --- reading ------------------------------------------------------------------------------
    def _text(self, name: str) -> str:
        return plain_text(self.data.get(name, ""))[:DRAFT_TEXT_LIMIT].strip()

    def _line(self, name: str) -> str:
        return one_line(self.data.get(name, "")[:DRAFT_TEXT_LIMIT])

    def _number(self, name: str, *, digits: int = 9) -> int | None:
        value = self.data.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) <= digits else None

    def _keys(self, name: str) -> list[str]:
        return [value for value in self.data.getlist(name) if UNIT_KEY.fullmatch(value)]

    def _choices(self) -> dict[str, str]:
        choices = {key: self.data.get(f"choice-{key}", "") for key in self._keys("conflict")}
        return {key: choice for key, choice in choices.items() if choice in (MINE, THEIRS)}

    def _base(self) -> dict[str, str] | None:
        try:
            base = json.loads(self.data.get("base", "")[:DRAFT_TEXT_LIMIT])
        except (ValueError, RecursionError):
            return None
        if not isinstance(base, dict):
            return None
        return {key: str(value)[:10] for key, value in base.items() if UNIT_KEY.fullmatch(key)}

    def _minutes(self, name: str) -> str:
        """Without leading zeros; 0 is the same as nothing."""
        value = self._line(name)
        return value.lstrip("0") if MINUTES.fullmatch(value) else value

    def _units(self) -> Units:
        units: Units = {}
        for field, key in TEXT_FIELDS:
            if field in self.data:
                units[key] = (self._text(field),)
        if "tiptext" in self.data:
            units[TIPS] = self._tips()
        if "not_arranged_reason" in self.data:
            ticked = "1" if self.data.get("not_arranged") else ""
            reason = self._line("not_arranged_reason")
            units[DAY] = (ticked, reason) if ticked or reason else HELD
        for number in self.people:
            if f"mark-{number}" in self.data:
                minutes = (self._minutes(f"late-{number}"), self._minutes(f"early-{number}"))
                units[attendance_key(number)] = (self._line(f"mark-{number}"), *minutes)
            if f"step-{number}" in self.data:
                text = self._line(f"step-{number}")
                done_by = self._line(f"by-{number}") or StepBy.PARTICIPANT.value
                units[step_key(number)] = (text, done_by) if text else NO_STEP
            if f"time-{number}" in self.data:
                units[time_key(number)] = (self._minutes(f"time-{number}"),)
            if f"calls-{number}" in self.data:
                units[calls_key(number)] = (self._minutes(f"calls-{number}"),)
            if f"actkind-{number}" in self.data:
                units[acts_key(number)] = self._acts(number)
        return units

    def _acts(self, number: int) -> Unit:
        """A line without a kind and without words is the empty one at the end."""
        return tuple(
            act_line(kind, text, done_by or StepBy.PARTICIPANT.value)
            for kind, text, done_by in self._lines(
                f"actkind-{number}", f"acttext-{number}", f"actby-{number}"
            )
            if kind or text
        )

    def _tips(self) -> Unit:
        """Without words there is no tip, whatever else was chosen."""
        return tuple(
            tip_line(kind or SharedKind.TIP.value, text, given_by, given_to)
            for kind, text, given_by, given_to in self._lines("tipkind", "tiptext", "tipby", "tipto")
            if text
        )

    def _lines(self, *names: str) -> list[tuple[str, ...]]:
        """The fields of a list, line by line; a hand-made request may leave some of them out."""
        columns = [
            [one_line(value[:DRAFT_TEXT_LIMIT]) for value in self.data.getlist(name)] for name in names
        ]
        return list(itertools.islice(itertools.zip_longest(*columns, fillvalue=""), LINES_LIMIT * 2))

    # --- checking -----------------------------------------------------------------------------
    def _check_note_and_day(self) -> None:
        units = self.input.units
        for field, key in TEXT_FIELDS:
            note = units.get(key, ("",))[0]
            if len(note) > GROUP_NOTE_LIMIT:
                self.errors[field] = gettext(
                    "The note is %(length)s characters long. Shorten it to at most %(limit)s."
                ) % {"length": len(note), "limit": GROUP_NOTE_LIMIT}
        if len(self.input.reason) > REASON_FIELD_LIMIT:
            self.errors["correction_reason"] = _too_long(REASON_FIELD_LIMIT)
        ticked, reason = units.get(DAY, HELD)
        if ticked and not reason:
            self.errors["not_arranged_reason"] = gettext("Say why the session was not arranged.")
        elif reason and not ticked:
            self.errors["not_arranged_reason"] = gettext(
                "Tick that the session was not arranged, or empty the reason."
            )
        elif len(reason) > REASON_LIMIT:
            self.errors["not_arranged_reason"] = _too_long(REASON_LIMIT)

    def _check_attendance(self, number: int) -> None:
        mark, late, early = self.input.units.get(attendance_key(number), ("", "", ""))
        if mark and mark not in PERSON_MARKS:
            self.errors[f"mark-{number}"] = gettext("Choose a mark from the list.")
        for name, value in (("late", late), ("early", early)):
            field = f"{name}-{number}"
            if not value:
                continue
            if not MINUTES.fullmatch(value) or int(value) > MINUTES_LIMIT:
                self.errors[field] = gettext("Give the minutes as a whole number from 0 to %(limit)s.") % {
                    "limit": MINUTES_LIMIT
                }
            elif mark != Mark.PRESENT:
                self.errors[field] = gettext("Minutes can be given only for somebody who was present.")

    def _check_step(self, number: int) -> None:
        text, done_by = self.input.units.get(step_key(number), NO_STEP)
        if done_by and done_by not in StepBy.values:
            self.errors[f"by-{number}"] = gettext("Choose from the list who did it.")
        if len(text) > STEP_LIMIT:
            self.errors[f"step-{number}"] = _too_long(STEP_LIMIT)

    def _check_work(self, number: int) -> None:
        units = self.input.units
        minutes = units.get(time_key(number), ("",))[0]
        if minutes and (not MINUTES.fullmatch(minutes) or int(minutes) > MINUTES_LIMIT):
            self.errors[f"time-{number}"] = gettext(
                "Give the minutes as a whole number from 0 to %(limit)s."
            ) % {"limit": MINUTES_LIMIT}
        calls = units.get(calls_key(number), ("",))[0]
        if calls and (not MINUTES.fullmatch(calls) or int(calls) > CALLS_LIMIT):
            self.errors[f"calls-{number}"] = gettext(
                "Give the calls as a whole number from 0 to %(limit)s."
            ) % {"limit": CALLS_LIMIT}
        if sentence := _wrong_acts(units.get(acts_key(number), ())):
            self.errors[f"acts-{number}"] = sentence

    def _check_tips(self) -> None:
        lines = self.input.units.get(TIPS, ())
        if len(lines) > LINES_LIMIT:
            self.errors["tips"] = _too_many()
        for kind, text, given_by, given_to in map(read_tip, lines):
            if kind not in SharedKind.values:
                self.errors["tips"] = gettext("Choose a kind from the list.")
            elif len(text) > TIP_LIMIT:
                self.errors["tips"] = _too_long(TIP_LIMIT)
            elif not all(not who or PERSON_ID.fullmatch(who) for who in (given_by, given_to)):
                self.errors["tips"] = gettext("Choose from the list who gave it and to whom.")


def _people_in(tips: Unit) -> frozenset[int]:
    """The enrolments that tips name: the service checks that they are of the group."""
    named = {who for line in tips for who in read_tip(line)[2:]}
    return frozenset(int(who) for who in named if PERSON_ID.fullmatch(who))


def _wrong_acts(lines: Unit) -> str:
    """What is wrong with somebody's acts of looking for work, "" when nothing is."""
    if len(lines) > LINES_LIMIT:
        return _too_many()
    for kind, text, done_by in map(read_act, lines):
        if kind not in JobSearchKind.values:
            return gettext("Choose what was done.")
        if done_by not in StepBy.values:
            return gettext("Choose from the list who did it.")
        if kind == JobSearchKind.OTHER and not text:
            return gettext("Write what was done.")
        if len(text) > ACT_LIMIT:
            return _too_long(ACT_LIMIT)
    return ""


def _too_many() -> str:
    return gettext("Write at most %(limit)s lines.") % {"limit": LINES_LIMIT}


def _too_long(limit: int) -> str:
    return gettext("Shorten the text to at most %(limit)s characters.") % {"limit": limit}
