"""The rows to mend as a file of the same kind, with the reason in a last column: mend it, send it again."""

from __future__ import annotations

import csv
import io

from django.utils.translation import gettext as _

from participants.referral_list.columns import FIELD_LABELS
from participants.referral_list.preview import PreviewRow, reason_of

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
EXAMPLE = [
    [
        "Sukunimi", "Etunimi", "Henkilötunnus", "Syntymäaika", "Puhelin", "Sähköposti", "Lähiosoite",
        "Postinumero", "Postitoimipaikka", "Asiointikieli", "Vastuuvirkailija", "Lähetepäivä",
        "Työttömyys alkanut", "Koulutus", "Turvakielto", "Lisätiedot",
    ],
    [
        "Esimerkki", "Eija", "", "24.10.1985", "040 123 4567", "eija.esimerkki@posti.example",
        "Kirkkokatu 5 A 2", "13100", "Hämeenlinna", "suomi", "Olli Virkailija", "12.1.2026", "3.4.2023",
        "ammatillinen perustutkinto", "", "Poista tämä esimerkkirivi",
    ],
]  # fmt: skip
REASON_HEADER = "Korjattavaa"  # columns.SYNONYMS knows it, so the mended file goes in as it is
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def table_file(*, kind: str, table: list[list[str]], title: str = "") -> bytes:
    """Rows of text, headers first, as a file of `kind`; `title` names the sheet of a workbook."""
    return _xlsx(table, title or _("Referrals")) if kind == "xlsx" else _csv(table)


def failed_rows_file(
    *, kind: str, headers: list[str], rows: list[PreviewRow], labels=FIELD_LABELS, title: str = ""
) -> bytes:
    """`rows` in a file of `kind` ("xlsx" or "csv": semicolons, UTF-8 with its mark, as Excel likes it).

    Text cells never run as formulas: a guarding apostrophe in csv, the text type in xlsx.
    """
    kept = [index for index, header in enumerate(headers) if header != REASON_HEADER]
    table = [[*(headers[index] for index in kept), REASON_HEADER]]
    table += [[*(entry.row.cells[index] for index in kept), reason_of(entry.row, labels)] for entry in rows]
    return table_file(kind=kind, table=table, title=title)


def _csv(table: list[list[str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerows(
        [[f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell for cell in row] for row in table]
    )
    return stream.getvalue().encode("utf-8-sig")


def _xlsx(table: list[list[str]], title: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, row in enumerate(table):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text)[:32000])
            cell.data_type = "s"
            cell.number_format = "@"
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
