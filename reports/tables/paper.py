"""The reports on A4 across: HTML with our letterhead, rendered by a job."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from reports.tables.attendance import AttendanceReport, left_out_words, name_of, signs


@dataclass(frozen=True)
class Letterhead:
    """What stands on every page."""

    title: str
    subtitle: str
    made_on: dt.date
    organisation: str = field(
        default_factory=lambda: getattr(settings, "ORGANISATION_NAME", "") or "Valmennuskuukausi"
    )
    language: str = field(default_factory=lambda: (get_language() or settings.LANGUAGE_CODE)[:2])


@dataclass(frozen=True)
class PaperTable:
    """One table: `rows` are lists as long as `headers`; the first cell names the row. `texts` says how many
    of the first columns are words, the rest are numbers."""

    title: str
    headers: list[str]
    rows: Iterable[list[object]]
    texts: int = 1
    note: str = ""
    total: list[object] | None = None


def attendance_html(report: AttendanceReport, head: Letterhead) -> str:
    """The month on one page for a group of twelve."""
    people = [
        {"name": name_of(row), "halves": _halves(row, report), "numbers": numbers}
        for row, numbers in report.people
    ]
    context = {
        "head": head,
        "report": report,
        "people": people,
        "signs": signs(report),
        "left_out": left_out_words(report.left_out) if report.left_out else "",
    }
    return render_to_string("reports/pdf/attendance.html", context)


def _halves(row, report: AttendanceReport) -> list[tuple[str, str, list]]:
    """(short word, word, cells) of the morning and the afternoon."""
    return [
        (half.short, half.label, list(zip(report.grid.days, half.cells, strict=True))) for half in row.halves
    ]


def tables_html(head: Letterhead, tables: list[PaperTable], notes: Iterable[str] = ()) -> str:
    """Tables one after another, each with its heading and a header row that repeats."""
    return render_to_string(
        "reports/pdf/tables.html", {"head": head, "tables": tables, "notes": [note for note in notes if note]}
    )
