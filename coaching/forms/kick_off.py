"""The kick-off's forms: the meeting, its practices as lines of plain inputs, and the check half-way."""

from __future__ import annotations

from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from coaching.enums import PracticeCheck
from coaching.models import AgreedPractice, KickOff
from coaching.services.kick_off import MOST_PRACTICES, CheckLine, PracticeLine
from core.forms import DayField

SPARE_LINES = 3
FEWEST_LINES = 4
LONGEST_TEXT = AgreedPractice._meta.get_field("text").max_length
LONGEST_WHO = AgreedPractice._meta.get_field("who").max_length


class KickOffForm(forms.Form):
    """When the meeting was, who was there, and what else was said."""

    held_on = DayField(label=_("Held on"), help_text=_("For example 2.2.2026."))
    present = forms.CharField(
        label=_("Present"), max_length=300, help_text=_("Names of those who were there.")
    )
    note = forms.CharField(
        label=_("Note"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class MidCheckForm(forms.Form):
    """The day of the check; its lines are read by `read_checks`."""

    checked_on = DayField(label=_("Checked on"), help_text=_("For example 16.2.2026."))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


@dataclass
class Line:
    """One practice in the form, as typed."""

    number: int
    pk: str = ""
    text: str = ""
    who: str = ""
    result: str = ""
    note: str = ""
    errors: dict[str, str] = field(default_factory=dict)


def lines_to_show(kick_off: KickOff | None) -> list[Line]:
    """What is saved, and some empty lines below it."""
    saved = list(kick_off.practices.order_by("position")) if kick_off and kick_off.pk else []
    lines = [
        Line(number, str(row.pk), row.text, row.who, row.check_result, row.check_note)
        for number, row in enumerate(saved, start=1)
    ]
    return _with_spare(lines)


def read_lines(data: QueryDict) -> list[Line]:
    """The practices as they were typed; what is too long carries its sentence."""
    lines = []
    for number in range(1, MOST_PRACTICES + 1):
        text, who = _typed(data, f"text-{number}"), _typed(data, f"who-{number}")
        pk = data.get(f"practice-{number}", "")
        if not (text or who or pk):
            continue
        line = Line(len(lines) + 1, pk if pk.isascii() and pk.isdigit() and len(pk) < 19 else "", text, who)
        if len(text) > LONGEST_TEXT:
            line.errors["text"] = _gettext("Write at most %(count)s characters.") % {"count": LONGEST_TEXT}
        if len(who) > LONGEST_WHO:
            line.errors["who"] = _gettext("Write at most %(count)s characters.") % {"count": LONGEST_WHO}
        if who and not text:
            line.errors["text"] = _gettext("Write what was agreed.")
        lines.append(line)
    return _with_spare(lines)


def practice_lines(lines: list[Line]) -> list[PracticeLine]:
    """What the service takes."""
    return [
        PracticeLine(line.text, line.who, int(line.pk) if line.pk else None) for line in lines if line.text
    ]


def read_checks(data: QueryDict, kick_off: KickOff) -> list[Line]:
    """How each saved practice was found, as typed."""
    lines = lines_to_show(kick_off)
    found = [line for line in lines if line.pk]
    for line in found:
        line.result, line.note = data.get(f"result-{line.pk}", ""), _typed(data, f"note-{line.pk}")
        if line.result not in ("", *PracticeCheck.values):
            line.result, line.errors["result"] = "", _gettext("Choose one of these.")
        if len(line.note) > LONGEST_TEXT:
            line.errors["note"] = _gettext("Write at most %(count)s characters.") % {"count": LONGEST_TEXT}
    return found


def check_lines(lines: list[Line]) -> list[CheckLine]:
    """What the service takes."""
    return [CheckLine(int(line.pk), line.result, line.note) for line in lines]


def _typed(data: QueryDict, name: str) -> str:
    return " ".join(data.get(name, "").replace("\x00", "").split())


def _with_spare(lines: list[Line]) -> list[Line]:
    wanted = min(MOST_PRACTICES, max(FEWEST_LINES, len(lines) + SPARE_LINES))
    return lines + [Line(number) for number in range(len(lines) + 1, wanted + 1)]
