"""Rows as a CSV or XLSX file that flows out while it is read; no cell runs as a formula.

    from core.tables import table_response

    rows = ([row.name, row.city] for row in queryset.iterator(chunk_size=1000))
    return table_response(kind="csv", name=_("employers"), title=_("Employers"), headers=[...], rows=rows)

`rows` may be a generator over `queryset.iterator()`: a hundred thousand rows take no more memory than ten.
Cells are text, numbers, dates or None. A text that begins with `= + - @`, a tab or a line break would run as
a formula in a spreadsheet: csv gives it a guarding apostrophe, xlsx the text type.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"  # so that Excel reads UTF-8
LINES_AT_ONCE = 200
SOFT_HYPHEN = "\N{SOFT HYPHEN}"  # for the page's narrow columns; in a file nobody would find the word again
_NOT_IN_XML = {code: None for code in range(32) if code not in (9, 10, 13)} | {ord(SOFT_HYPHEN): None}
_NOT_IN_TITLE = str.maketrans("", "", "[]:*?/\\" + SOFT_HYPHEN)
TITLE_LIMIT = 31  # characters that a spreadsheet allows the name of a sheet


def table_response(
    *, kind: str, name: str, headers: Iterable[str], rows: Iterable[Iterable[object]], title: str = ""
) -> HttpResponseBase:
    """The table as a download of `kind` ("csv" or "xlsx") named `name`, which must tell nothing of anybody;
    `title` is the name of its sheet.

    Raises Http404 for another kind.
    """
    if kind not in KINDS:
        raise Http404
    if kind == "xlsx":
        return FileResponse(
            _workbook(headers, rows, title),
            as_attachment=True,
            filename=f"{name}.xlsx",
            content_type=KINDS[kind],
        )
    response = StreamingHttpResponse(csv_lines(headers, rows), content_type=KINDS[kind])
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")
    return response


def safe_text(value: object) -> str:
    """The value as the text of a csv cell that no spreadsheet runs."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, Decimal | float):
        return str(value).replace(".", ",")
    if isinstance(value, int):
        return str(value)
    text = str(value).replace(SOFT_HYPHEN, "")
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class _Line:
    """A file that only hands back what was written."""

    def write(self, text: str) -> str:
        return text


def csv_lines(headers: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Semicolons and line ends as Excel likes them, some lines at a time."""
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    lines = [MARK, writer.writerow([safe_text(cell) for cell in headers])]
    for row in rows:
        lines.append(writer.writerow([safe_text(cell) for cell in row]))
        if len(lines) >= LINES_AT_ONCE:
            yield "".join(lines)
            lines.clear()
    if lines:
        yield "".join(lines)


def write_table(
    target: BinaryIO, *, kind: str, headers: Iterable[str], rows: Iterable[Iterable[object]], title: str = ""
) -> None:
    """The table into an open binary file, row by row: for jobs. Raises KeyError for another kind."""
    if kind == "xlsx":
        _book(headers, rows, title).save(target)
        return
    if kind != "csv":
        raise KeyError(kind)
    for lines in csv_lines(headers, rows):
        target.write(lines.encode())


def _workbook(headers: Iterable[str], rows: Iterable[Iterable[object]], title: str):
    """A workbook in a file that is gone when it has been read."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the answer closes it
    _book(headers, rows, title).save(file)
    file.seek(0)
    return file


def sheet_title(title: str) -> str:
    """The name of a sheet as spreadsheets allow it; without one "Table" in the reader's language."""
    cleaned = title.translate(_NOT_IN_TITLE).strip(" '")[:TITLE_LIMIT].rstrip(" '")
    return cleaned or _("Table")


def _book(headers: Iterable[str], rows: Iterable[Iterable[object]], title: str):
    """A workbook that keeps its rows on the disk until it is saved."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=sheet_title(title))

    def cell(value: object) -> object:
        if value is None or isinstance(value, int | float | Decimal | dt.date):
            return value
        written = WriteOnlyCell(sheet, value=str(value).translate(_NOT_IN_XML))
        written.data_type = "s"  # text, whatever it begins with
        return written

    sheet.append([cell(header) for header in headers])
    for row in rows:
        sheet.append([cell(value) for value in row])
    return book
