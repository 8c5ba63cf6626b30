"""From a file's bytes to headers and rows of text. Every refusal is a sentence that says what to do."""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy_text

from participants.referral_list.columns import names_are_there, recognise
from participants.referral_list.faults import ListUnreadable

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 40 * 1024 * 1024
MAX_PARTS = 2000
MAX_ROWS = 2000
MAX_COLUMNS = 100
HEADER_WITHIN_ROWS = 15
EMPTY_ROWS_BEFORE_GIVING_UP = 500
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Layout:
    """What a list of one kind must hold. `recognise` gives a field name (or "") per header, `is_enough` says
    whether those fields make a list; the sentences say what is missing."""

    recognise: Callable[[list[str]], list[str]]
    is_enough: Callable[[list[str]], bool]
    no_rows: Promise
    no_columns: Promise


PEOPLE = Layout(
    recognise,
    names_are_there,
    no_rows=lazy_text("The list has headers but no people under them."),
    no_columns=lazy_text(
        "No columns with names were found. The first row needs the headers Sukunimi and Etunimi "
        "(or Nimi); the example file shows how."
    ),
)


@dataclass(frozen=True)
class Table:
    """A list as text. `rows` are `(row number as the spreadsheet shows it, cells)`; a cell that begins with
    "=" is a formula, one that begins with "#" and ends with "!", "?" or "A" may be a spreadsheet error."""

    kind: str  # "xlsx" or "csv"
    headers: list[str]
    fields: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(data: bytes, *, file_name: str, layout: Layout = PEOPLE) -> Table:
    """The table in `data`. `file_name` is looked at for its ending only.

    Raises ListUnreadable: too large, empty, wrong type, password, damaged, unpacks too large, not the columns
    that `layout` needs, no rows, too many rows.
    """
    if len(data) > MAX_BYTES:
        raise ListUnreadable(_("The file is larger than 10 MB. Send the list in smaller parts."))
    if not data.strip():
        raise ListUnreadable(_("The file is empty."))
    ending = PurePath(file_name).suffix.lower()
    if data.startswith(_OLE):
        raise _old_or_locked(data)
    if data.startswith(b"PK"):
        kind, sheets = "xlsx", _sheets_of_xlsx(data)
    elif ending in (".xlsx", ".xlsm"):
        raise ListUnreadable(_("The file is damaged or is not an xlsx file. Save the list again as xlsx."))
    else:
        kind, sheets = "csv", [_rows_of_csv(data, layout)]
    return _with_header(kind, sheets, layout)


def _wrong_type() -> ListUnreadable:
    return ListUnreadable(_("This file type cannot be read. Save the list as xlsx or csv and send it again."))


def _old_or_locked(data: bytes) -> ListUnreadable:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ListUnreadable(
            _("The file is protected with a password. Save it without the password and send it again.")
        )
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return ListUnreadable(
            _("This is an old Excel file (xls). Open it in Excel, save it as xlsx and send that.")
        )
    return _wrong_type()


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise ListUnreadable(
            _("The file unpacks to too large a size. Copy the list to a new workbook and send that.")
        )
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                if b"<!DOCTYPE" in stream.read(4096).upper():
                    raise _wrong_type()


def _sheets_of_xlsx(data: bytes) -> list[list[tuple[int, list[str]]]]:
    damaged = ListUnreadable(_("The file is damaged or is not an xlsx file. Save the list again as xlsx."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise _wrong_type()
            _refuse_bombs(archive)
        return list(_read_workbook(data))
    except ListUnreadable:
        raise
    except Exception as error:  # a spoilt workbook may fail anywhere in the reader; nothing was saved
        raise damaged from error


def _read_workbook(data: bytes):
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the reader leaves out (styles, drawings) is not the list's
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            for sheet in book.worksheets[:10]:
                if sheet.sheet_state == "visible":
                    sheet.reset_dimensions()
                    yield list(_read_sheet(sheet))
        finally:
            book.close()


def _read_sheet(sheet):
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):
        texts = [cell_text(value) for value in cells]
        if any(texts):
            empty = 0
            yield number, texts
        else:
            empty += 1
            if empty > EMPTY_ROWS_BEFORE_GIVING_UP:
                return
        if number > MAX_ROWS * 2:
            raise _too_many_rows()


def cell_text(value) -> str:
    """A spreadsheet's cell as text: dates as 1.2.2026, whole numbers without a point, formulas as "=…"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, dt.datetime | dt.date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, str | int):
        return str(value).strip()
    return "=" if type(value).__name__.endswith("Formula") else str(value).strip()


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        if b"\x00" in data or data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"\x1f\x8b")):
            raise _wrong_type()
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _wrong_type()


def _rows_of_csv(data: bytes, layout: Layout) -> list[tuple[int, list[str]]]:
    text = _decoded(data)
    if text.lstrip()[:1] == "<":
        raise _wrong_type()
    first_line, _newline, rest = text.partition("\n")
    skipped = 0
    if first_line.strip().lower() in ("sep=;", "sep=,", "sep=\t"):
        text, skipped = rest, 1
    head = "\n".join(text.splitlines()[: HEADER_WITHIN_ROWS * 2])
    best = max(";\t,", key=lambda delimiter: _known_headers(head, delimiter, layout))
    return [(number + skipped, cells) for number, cells in _parse(text, best)]


def _known_headers(head: str, delimiter: str, layout: Layout) -> tuple[int, int]:
    rows = [cells for _number, cells in _parse(head, delimiter)]
    known = max((sum(map(bool, layout.recognise(cells))) for cells in rows), default=0)
    return known, max((len(cells) for cells in rows), default=0)


def _parse(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, start = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((start, [_csv_cell(cell) for cell in cells[:MAX_COLUMNS]]))
            if len(rows) > MAX_ROWS * 2:
                raise _too_many_rows()
            start = reader.line_num + 1
    except csv.Error as error:
        raise _wrong_type() from error
    return rows


def _csv_cell(cell: str) -> str:
    """`="0401"` (Excel's way to keep a zero) and `'+358` (our guard against formulas) lose their wrapping."""
    text = cell.strip()
    if text.startswith('="') and text.endswith('"') and len(text) >= 3:
        return text[2:-1].strip()
    if len(text) > 1 and text[0] == "'" and text[1] in "=+-@":
        return text[1:]
    return text


def _too_many_rows() -> ListUnreadable:
    return ListUnreadable(
        _("The list has over %(limit)s rows. Send it in smaller parts.") % {"limit": MAX_ROWS}
    )


def _with_header(kind: str, sheets: list[list[tuple[int, list[str]]]], layout: Layout) -> Table:
    """The first sheet in which a row of headers is found; a title may stand above it."""
    for rows in sheets:
        candidates = [
            (sum(map(bool, fields)), -index, fields)
            for index, (_number, cells) in enumerate(rows[:HEADER_WITHIN_ROWS])
            if layout.is_enough(fields := layout.recognise(cells))
        ]
        if not candidates:
            continue
        _count, minus_index, fields = max(candidates)
        headers, body = rows[-minus_index][1], rows[-minus_index + 1 :]
        width = max((index + 1 for index, header in enumerate(headers) if header), default=0)
        body = [(number, (cells + [""] * width)[:width]) for number, cells in body]
        body = [(number, cells) for number, cells in body if any(cells)]
        if not body:
            raise ListUnreadable(str(layout.no_rows))
        if len(body) > MAX_ROWS:
            raise _too_many_rows()
        return Table(kind=kind, headers=headers[:width], fields=fields[:width], rows=body)
    if not any(sheets):
        raise ListUnreadable(_("The file is empty."))
    raise ListUnreadable(str(layout.no_columns))
