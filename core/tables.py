"""Rows as a CSV or XLSX file that flows out while it is read; no cell runs as a formula.

    from core.tables import table_response

    rows = ([row.name, row.city] for row in queryset.iterator(chunk_size=1000))
    return table_response(kind="csv", name=_("employers"), headers=[...], rows=rows)

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

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"  # so that Excel reads UTF-8
LINES_AT_ONCE = 200
_NOT_IN_XML = {code: None for code in range(32) if code not in (9, 10, 13)}


def table_response(
    *, kind: str, name: str, headers: Iterable[str], rows: Iterable[Iterable[object]]
) -> HttpResponseBase:
    """The table as a download of `kind` ("csv" or "xlsx") named `name`, which must tell nothing of anybody.

    Raises Http404 for another kind.
    """
    if kind not in KINDS:
        raise Http404
    if kind == "xlsx":
        return FileResponse(
            _workbook(headers, rows), as_attachment=True, filename=f"{name}.xlsx", content_type=KINDS[kind]
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
    text = str(value)
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
    target: BinaryIO, *, kind: str, headers: Iterable[str], rows: Iterable[Iterable[object]]
) -> None:
    """The table into an open binary file, row by row: for jobs. Raises KeyError for another kind."""
    if kind == "xlsx":
        _book(headers, rows).save(target)
        return
    if kind != "csv":
        raise KeyError(kind)
    for lines in csv_lines(headers, rows):
        target.write(lines.encode())


def _workbook(headers: Iterable[str], rows: Iterable[Iterable[object]]):
    """A workbook in a file that is gone when it has been read."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the answer closes it
    _book(headers, rows).save(file)
    file.seek(0)
    return file


def _book(headers: Iterable[str], rows: Iterable[Iterable[object]]):
    """A workbook that keeps its rows on the disk until it is saved."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet()

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
