"""Referral lists as offices send them, made in memory."""

from __future__ import annotations

import io

from openpyxl import Workbook

CONTROL = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def demo_hetu(day: int, month: int, year: int, number: int = 900, mark: str = "-") -> str:
    """A right code of the 900-series, which is never given to a person."""
    digits = f"{day:02}{month:02}{year % 100:02}"
    return f"{digits}{mark}{number:03}{CONTROL[int(f'{digits}{number:03}') % 31]}"


def csv_list(*rows: list[str], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)


def xlsx_list(*rows: list, sheets_before: int = 0) -> bytes:
    book = Workbook()
    for number in range(sheets_before):
        book.create_sheet(f"Ohje {number}", number).append(["Täytä seuraava välilehti"])
    sheet = book.worksheets[-1]
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
