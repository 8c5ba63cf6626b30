"""Reading a posted daily log. Written by hand: ten people times six fields through Django's formsets cost
more than the rest of the page together (architecture section 6)."""

from __future__ import annotations

import json
import re

from django.http import QueryDict
from django.utils.translation import gettext

from coaching.daily_log import (
    DAY,
    GROUP_NOTE_LIMIT,
    HELD,
    MINE,
    MINUTES_LIMIT,
    NO_STEP,
    NOTE,
    REASON_LIMIT,
    STEP_LIMIT,
    THEIRS,
    LogInput,
    Units,
    attendance_key,
    step_key,
)
from coaching.enums import Mark, StepBy
from coaching.marks import PERSON_MARKS

PERSON_FIELD = re.compile(r"(mark|late|early|step|by)-(\d{1,18})", re.ASCII)
UNIT_KEY = re.compile(r"note|day|(attendance|step)-\d{1,18}", re.ASCII)
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
        self.input = LogInput(
            units=self._units(),
            session_id=self._number("session", digits=18),
            people=self.people,
            base=self._base(),
            version=self._number("version"),
            pending=frozenset(self._keys("conflict")),
            choices=self._choices(),
            confirms_removal=bool(data.get("confirm_removal")),
        )

    def is_valid(self) -> bool:
        self.errors = {}
        self._check_note_and_day()
        for enrolment_id in self.people:
            self._check_attendance(enrolment_id)
            self._check_step(enrolment_id)
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
        if "group_note" in self.data:
            units[NOTE] = (self._text("group_note"),)
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
        return units

    # --- checking -----------------------------------------------------------------------------
    def _check_note_and_day(self) -> None:
        units = self.input.units
        note = units.get(NOTE, ("",))[0]
        if len(note) > GROUP_NOTE_LIMIT:
            self.errors["group_note"] = gettext(
                "The note is %(length)s characters long. Shorten it to at most %(limit)s."
            ) % {"length": len(note), "limit": GROUP_NOTE_LIMIT}
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


def _too_long(limit: int) -> str:
    return gettext("Shorten the text to at most %(limit)s characters.") % {"limit": limit}
