"""The closing page: one hand-read row per person, because a formset is several times slower to render."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coaching.enums import EndedBy, ExitKind, OnwardPath
from coaching.models import Enrolment
from coaching.services.closing import Ending
from core.errors import DomainError, StaleVersion

TEXTS = ("exit_reason", "support_after", "onward_detail")
LONGEST = {"exit_reason": 300, "support_after": 300, "onward_detail": 200}
DATES = ("left_on", "onward_starts_on")
CHOICES = {
    "exit_kind": ExitKind.values,
    "ended_by": EndedBy.values,
    "onward_path": OnwardPath.values,
}
FIELDS = (*CHOICES, *TEXTS, *DATES)


@dataclass
class EndingRow:
    """One person's row: what is typed (or saved), what is wrong with it, and what somebody else saved."""

    enrolment: Enrolment
    typed: dict[str, str]
    version: int
    errors: dict[str, str] = field(default_factory=dict)
    theirs: list[tuple[str, str]] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        return f"p{self.enrolment.pk}"

    @property
    def is_answered(self) -> bool:
        return bool(self.enrolment.onward_path and self.enrolment.exit_kind)

    @property
    def is_early(self) -> bool:
        return self.typed["exit_kind"] not in ("", ExitKind.COMPLETED)


def saved_rows(people: list[Enrolment], *, is_over: bool) -> list[EndingRow]:
    """The page as it is saved. Once the last session is over, who is still in the group is taken to have
    stayed to the end until the coach says otherwise."""
    rows = [EndingRow(person, _saved(person), person.version) for person in people]
    for row in rows:
        if is_over and not row.typed["exit_kind"]:
            row.typed["exit_kind"] = ExitKind.COMPLETED
    return rows


def typed_rows(people: list[Enrolment], data: Mapping[str, str]) -> list[EndingRow]:
    """The page as it was sent: everything typed stays, also what cannot be read."""
    rows = []
    for person in people:
        prefix = f"p{person.pk}"
        typed = {name: data.get(f"{prefix}-{name}", "").strip() for name in FIELDS}
        version = data.get(f"{prefix}-version", "")
        rows.append(EndingRow(person, typed, int(version) if version.isdecimal() else 0))
    return rows


def unknown_people(people: list[Enrolment], data: Mapping[str, str]) -> bool:
    """Somebody who is not (or no longer) in this group stands in what was sent, or somebody is missing."""
    known = {f"p{person.pk}-version" for person in people}
    sent = {name for name in data if name.endswith("-version")}
    return sent != known


def endings(rows: list[EndingRow]) -> list[Ending]:
    """What the rows say; a row that cannot be read gets its errors. Check `any(row.errors …)` after it."""
    return [_ending(row) for row in rows]


def put_errors(rows: list[EndingRow], refused: Mapping[int, list[DomainError]]) -> None:
    """The service's refusals at their fields; a stale row shows what somebody else saved and takes its
    version, so that saving again is a decision."""
    for row in rows:
        for error in refused.get(row.enrolment.pk, ()):
            row.errors[error.field or "row"] = str(error)
            if isinstance(error, StaleVersion):
                row.theirs = _shown(row.enrolment)
                row.version = row.enrolment.version


def _saved(person: Enrolment) -> dict[str, str]:
    typed = {name: getattr(person, name) for name in (*CHOICES, *TEXTS)}
    for name in DATES:
        value = getattr(person, name)
        typed[name] = date_format(value, "SHORT_DATE_FORMAT") if value else ""
    return typed


def _shown(person: Enrolment) -> list[tuple[str, str]]:
    saved = _saved(person)
    saved["exit_kind"] = str(person.get_exit_kind_display())
    saved["ended_by"] = str(person.get_ended_by_display())
    saved["onward_path"] = str(person.get_onward_path_display())
    labels = {
        "exit_kind": _("how the month ended"),
        "left_on": _("last day"),
        "exit_reason": _("what ended it"),
        "ended_by": _("who ended it"),
        "support_after": _("which support takes over"),
        "onward_path": _("onward path"),
        "onward_detail": _("where to"),
        "onward_starts_on": _("begins on"),
    }
    return [(label, saved[name]) for name, label in labels.items() if saved[name]]


def _ending(row: EndingRow) -> Ending:
    values: dict = {}
    for name, allowed in CHOICES.items():
        values[name] = row.typed[name]
        if row.typed[name] and row.typed[name] not in allowed:
            row.errors[name] = _("Choose one of the list.")
    for name in TEXTS:
        values[name] = row.typed[name]
        if len(row.typed[name]) > LONGEST[name]:
            row.errors[name] = _("Write at most %(count)s characters.") % {"count": LONGEST[name]}
    for name in DATES:
        values[name] = _date(row, name)
    return Ending(enrolment_id=row.enrolment.pk, version=row.version, **values)


def _date(row: EndingRow, name: str) -> dt.date | None:
    try:
        return forms.DateField(required=False).clean(row.typed[name])
    except ValidationError:
        row.errors[name] = _("Give the date like 27.2.2026.")
        return None
