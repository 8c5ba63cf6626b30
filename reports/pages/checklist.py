"""What the checklist pages show: the matrix of a month, and one person's list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.models import CoachingMonth, Enrolment
from reports.checklist import Entry, Item, PersonCheck, Status, check, load_group


@dataclass(frozen=True)
class Cell:
    """One item of one person. `url` is the first hole's field, or the person's list when there are several
    holes or none may be filled by this user."""

    label: str
    status: str
    number: int
    words: str
    url: str


@dataclass(frozen=True)
class Row:
    """One person of the matrix."""

    person: Enrolment
    cells: list[Cell]
    holes: int
    coming: int
    is_complete: bool


def month_checklist(month: CoachingMonth, *, today: dt.date, may_write: bool) -> dict:
    """The matrix people × items with its counts."""
    checks = [check(facts, today=today) for facts in load_group(month, today=today)]
    rows = [_row(found, may_write=may_write) for found in checks]
    totals = [sum(bool(_holes(found, item)) for found in checks) for item in Item.values]
    return {
        "month": month,
        "rows": rows,
        "items": [{"label": label, "missing": n} for label, n in zip(Item.labels, totals, strict=True)],
        "holes": sum(row.holes for row in rows),
        "complete": sum(row.is_complete for row in rows),
        "may_write": may_write,
        "enrolment_ids": [row.person.pk for row in rows],
    }


def person_checklist(enrolment: Enrolment, *, today: dt.date, may_write: bool) -> dict:
    """One person's holes, and what is coming with its days."""
    facts = load_group(enrolment.month, today=today, enrolment_ids=[enrolment.pk])[0]
    found = check(facts, today=today)
    return {
        "enrolment": enrolment,
        "person": enrolment.participant,
        "month": enrolment.month,
        "holes": _grouped(found.holes, may_write=may_write),
        "coming": [_reachable(entry, may_write=may_write) for entry in found.coming],
        "in_order": [Item(item).label for item in Item.values if not found.of(item)],
        "hole_count": len(found.holes),
        "blocking_count": len(found.blocking),
        "is_complete": found.is_complete,
        "summary": facts.summary,
        "may_write": may_write,
    }


def _reachable(entry: Entry, *, may_write: bool) -> Entry:
    """The coordinator reads the list; the links are for what the coordinator may fill in."""
    return entry if may_write or entry.is_shared else replace(entry, url="")


def _grouped(entries: list[Entry], *, may_write: bool) -> list[tuple[str, list[Entry]]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.item, []).append(_reachable(entry, may_write=may_write))
    return [(Item(item).label, found) for item, found in groups.items()]


def _holes(found: PersonCheck, item: str) -> list[Entry]:
    return [entry for entry in found.of(item) if entry.status == Status.HOLE]


def _row(found: PersonCheck, *, may_write: bool) -> Row:
    person = found.facts.enrolment
    own_page = reverse("reports:person-checklist", args=[person.pk])
    cells = [_cell(found, item, own_page, may_write=may_write) for item in Item.values]
    return Row(person, cells, len(found.holes), len(found.coming), found.is_complete)


def _cell(found: PersonCheck, item: str, own_page: str, *, may_write: bool) -> Cell:
    label, entries = str(Item(item).label), found.of(item)
    holes = _holes(found, item)
    if holes:
        first = _reachable(holes[0], may_write=may_write)
        words = ngettext("%(n)s missing", "%(n)s missing", len(holes)) % {"n": len(holes)}
        url = first.url if len(holes) == 1 and first.url else f"{own_page}#{item}"
        return Cell(label, str(Status.HOLE), len(holes), words, url)
    if entries:
        day = min(entry.day for entry in entries if entry.day)
        return Cell(label, str(Status.COMING), len(entries), _day_words(day), "")
    return Cell(label, str(Status.DONE), 0, str(Status.DONE.label), "")


def _day_words(day: dt.date) -> str:
    return _("%(day)s.%(month)s.") % {"day": day.day, "month": day.month}
