"""Exported tables: they flow, they open in a spreadsheet, and no cell runs."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.http import Http404
from openpyxl import load_workbook

from core.charts import bars
from core.tables import csv_lines, table_response

WICKED = ["=1+1", "+358", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


def body_of(response) -> bytes:
    body = b"".join(response.streaming_content)
    if getattr(response, "file_to_stream", None):
        response.file_to_stream.close()  # the server does it after the last byte
    return body


def test_a_csv_cell_never_runs():
    response = table_response(kind="csv", name="t", headers=["=a"], rows=[[cell] for cell in WICKED])
    text = body_of(response).decode("utf-8-sig")
    cells = [row[0] for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")]
    assert cells == [f"'{cell}" for cell in ["=a", *WICKED]]


def test_an_xlsx_cell_is_text_whatever_it_begins_with():
    response = table_response(kind="xlsx", name="t", headers=["a"], rows=[[c, 3, None] for c in WICKED[:4]])
    sheet = load_workbook(io.BytesIO(body_of(response))).active
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[0].value for row in rows] == WICKED[:4]
    assert {row[0].data_type for row in rows} == {"s"}
    assert {row[1].value for row in rows} == {3}


def test_numbers_days_and_signs_that_xml_does_not_know():
    row = [dt.date(2026, 2, 1), Decimal("1.5"), -3, None, 'å;"x"', "\0\x0b😀 שלום"]
    text = body_of(table_response(kind="csv", name="t", headers=list("abcdef"), rows=[row])).decode(
        "utf-8-sig"
    )
    assert text.splitlines()[1].startswith('1.2.2026;1,5;-3;;"å;""x"""')
    sheet = load_workbook(
        io.BytesIO(body_of(table_response(kind="xlsx", name="t", headers=list("abcdef"), rows=[row])))
    ).active
    assert sheet["F2"].value == "😀 שלום"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_soft_hyphens_of_a_page_stay_out_of_a_file(kind):
    row = ["Läsnä\u00adolo"]
    body = body_of(table_response(kind=kind, name="t", headers=["Matka\u00adpäiviä"], rows=[row]))
    if kind == "csv":
        assert body.decode("utf-8-sig").split() == ["Matkapäiviä", "Läsnäolo"]
    else:
        sheet = load_workbook(io.BytesIO(body)).active
        assert [cell.value for (cell,) in sheet.iter_rows()] == ["Matkapäiviä", "Läsnäolo"]


@pytest.mark.parametrize(
    ("title", "sheet"),
    [
        ("Työkokeilu\u00adraportti", "Työkokeiluraportti"),
        ("", "Taulukko"),
        ("[a]: b/c*?\\", "a bc"),
        ("x" * 40, "x" * 31),
        ("'yksin'", "yksin"),
    ],
)
def test_a_sheet_is_named_in_the_readers_language(title, sheet):
    body = body_of(table_response(kind="xlsx", name="t", title=title, headers=["a"], rows=[]))
    assert load_workbook(io.BytesIO(body)).sheetnames == [sheet]


def test_rows_are_read_while_the_file_flows():
    asked = []

    def rows():
        for number in range(1000):
            asked.append(number)
            yield [number]

    lines = csv_lines(["a"], rows())
    next(lines)
    assert 0 < len(asked) < 1000
    assert "".join(lines).count("\r\n") > 700
    assert len(asked) == 1000


def test_another_kind_is_not_there():
    with pytest.raises(Http404):
        table_response(kind="exe", name="t", headers=[], rows=[])


def test_a_picture_of_bars_says_its_numbers_and_escapes_names():
    address, width, height = bars([("<b>Työ", 4, "4"), ("Alle", None, "alle 3"), ("Tyhjä", 0, "0")])
    assert address.startswith("data:image/svg+xml,")
    assert "%3Cb%3E" not in address
    assert "stroke-dasharray" in address
    assert width > 0 < height
    assert bars([]) == ("", 0, 0)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_files_name_may_have_letters_beyond_ascii(kind):
    """A browser that cannot read the name falls back on the address."""
    response = table_response(kind=kind, name="läsnäolo", headers=["a"], rows=[])
    assert body_of(response)
    told = response.headers["Content-Disposition"]
    assert told == f"attachment; filename*=utf-8''l%C3%A4sn%C3%A4olo.{kind}"
