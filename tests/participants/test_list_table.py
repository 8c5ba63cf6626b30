"""A file's bytes become headers and rows, or a sentence that says what to do."""

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from participants.referral_list.columns import FIELD_LABELS, SYNONYMS, recognise
from participants.referral_list.faults import ListUnreadable
from participants.referral_list.rows import read_rows
from participants.referral_list.table import MAX_BYTES, MAX_ROWS, cell_text, read_table
from tests.support.lists import csv_list, xlsx_list

HEADERS = ["Sukunimi", "Etunimi", "Syntymäaika", "Puhelin"]
AINO = ["Koivuniemi", "Aino", "1.2.1980", "040 123 4567"]


def refusal(data: bytes, name: str = "lista.csv") -> str:
    with pytest.raises(ListUnreadable) as refused:
        read_table(data, file_name=name)
    return str(refused.value)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_delimiter_and_encoding_gives_the_same_table(delimiter, encoding):
    data = csv_list(HEADERS, ["Mäkelä", "Åke", "1.2.1980", "040"], delimiter=delimiter, encoding=encoding)
    table = read_table(data, file_name="lista.csv")
    assert table.fields == ["last_name", "first_name", "birth_date", "phone"]
    assert table.rows == [(2, ["Mäkelä", "Åke", "1.2.1980", "040"])]


def test_a_workbook_with_a_title_a_cover_sheet_and_dates_is_read():
    data = xlsx_list(
        ["Valmennuskuukauden lähetteet"],
        [],
        HEADERS,
        ["Koivuniemi", "Aino", dt.datetime(1980, 2, 1), 401234567.0],
        [],
        ["Saha", "Pekka", "1.3.1981", None],
        sheets_before=1,
    )
    table = read_table(data, file_name="lista.xlsx")
    assert table.kind == "xlsx"
    assert table.rows == [
        (4, ["Koivuniemi", "Aino", "1.2.1980", "401234567"]),
        (6, ["Saha", "Pekka", "1.3.1981", ""]),
    ]


def test_quoted_cells_may_hold_the_delimiter_and_line_breaks():
    data = b'Sukunimi;Etunimi;Huomautus\r\nSaha;Pekka;"eka; toka\r\nkolmas"\r\nHaka;Liisa;\r\n'
    table = read_table(data, file_name="lista.csv")
    assert [number for number, _cells in table.rows] == [2, 4]
    assert table.rows[0][1][2] == "eka; toka\r\nkolmas"


def test_excels_separator_hint_and_text_wrappings_are_understood():
    data = b'sep=;\nSukunimi;Etunimi;Puhelin;Postinumero\nSaha;Pekka;\'+358401234567;="00100"'
    assert read_table(data, file_name="x.csv").rows == [(3, ["Saha", "Pekka", "+358401234567", "00100"])]


def test_every_synonym_is_recognised_in_any_dress():
    for field, headers in SYNONYMS.items():
        assert field in FIELD_LABELS
        for header in headers:
            for dressed in (header, header.upper(), f" {header.title()}* ", f"{header} (pakollinen)"):
                assert recognise([dressed]) == [field], dressed


def test_headers_in_two_languages_and_twice_over():
    headers = ["Sukunimi / Efternamn", "Förnamn", "Puhelin", "GSM", "Kengännumero", ""]
    assert recognise(headers) == ["last_name", "first_name", "phone", "", "", ""]


def test_an_empty_file_and_a_list_without_people_say_so():
    assert "tyhjä" in refusal(b"") or "empty" in refusal(b"")
    assert refusal(b" \r\n\t ") == refusal(b"")
    assert refusal(xlsx_list(), "x.xlsx") == refusal(b"")
    assert refusal(csv_list(HEADERS)) == refusal(xlsx_list(HEADERS), "x.xlsx")


def test_a_file_over_ten_megabytes_is_refused_before_it_is_read():
    assert "10" in refusal(b"x" * (MAX_BYTES + 1))


def test_a_list_without_names_says_which_headers_it_needs():
    assert "Sukunimi" in refusal(csv_list(["Tuote", "Hinta"], ["Saha", "12"]))


def test_too_many_rows_are_refused():
    rows = [["Saha", f"Pekka {number}"] for number in range(MAX_ROWS + 1)]
    assert str(MAX_ROWS) in refusal(csv_list(["Sukunimi", "Etunimi"], *rows))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7 ...", "lista.pdf"),
        (b"\x89PNG\r\n\x1a\n\x00", "kuva.csv"),
        (b"\x00\x01\x02\x03", "lista.csv"),
        (b"<html><table><tr><td>Sukunimi</td></tr></table></html>", "lista.xls"),
    ],
)
def test_a_wrong_type_is_named(data, name):
    assert "xlsx" in refusal(data, name)


def test_a_password_an_old_excel_and_a_broken_workbook_each_get_their_own_sentence():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    locked = refusal(ole + "EncryptedPackage".encode("utf-16-le"), "lista.xlsx")
    old = refusal(ole + "Workbook".encode("utf-16-le"), "lista.xls")
    broken = refusal(xlsx_list(HEADERS, AINO)[:-400], "lista.xlsx")
    renamed = refusal(b"Sukunimi;Etunimi\nSaha;Pekka", "lista.xlsx")
    assert len({locked, old, broken}) == 3
    assert renamed == broken


def other_zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_zip_bomb_a_word_file_and_an_entity_bomb_are_refused():
    bomb = other_zip({"xl/workbook.xml": b"<x/>", "xl/sheet.xml": b"0" * (45 * 1024 * 1024)})
    assert len(bomb) < MAX_BYTES
    assert "xlsx" in refusal(other_zip({"word/document.xml": b"<x/>"}), "a.docx")
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert "xlsx" in refusal(other_zip({"xl/workbook.xml": entities}), "a.xlsx")
    with pytest.raises(ListUnreadable):
        read_table(bomb, file_name="a.xlsx")


def test_a_formula_cell_is_kept_as_a_formula_not_as_its_value():
    book = Workbook()
    book.active.append(HEADERS)
    book.active.append(["Saha", '=CONCATENATE("Pek";"ka")', "1.2.1980", "040 1234567"])
    stream = io.BytesIO()
    book.save(stream)
    table = read_table(stream.getvalue(), file_name="a.xlsx")
    assert table.rows[0][1][1].startswith("=")
    row = read_rows(table, today=dt.date(2026, 2, 10))[0]
    assert [(fault.field, fault.code) for fault in row.faults] == [("first_name", "formula")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "x"),
        (False, ""),
        (12.0, "12"),
        (1.5, "1.5"),
        (dt.date(2026, 2, 1), "1.2.2026"),
        (dt.time(9, 30), "09:30:00"),
        ("  x ", "x"),
    ],
)
def test_cells_become_text(value, text):
    assert cell_text(value) == text


@settings(max_examples=300, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(lambda text: ("Sukunimi;Etunimi;Hetu;Puhelin\n" + text).encode()),
        st.binary(max_size=60).map(lambda junk: xlsx_list(HEADERS, AINO)[:2000] + junk),
        st.binary(max_size=60).map(lambda junk: b"PK\x03\x04" + junk),
        st.binary(max_size=60).map(lambda junk: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + junk),
    ),
    name=st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a", ".", "ä.XLSX"]),
)
def test_whatever_bytes_come_the_answer_is_a_list_or_a_sentence(data, name):
    try:
        table = read_table(data, file_name=name)
    except ListUnreadable as error:
        table, sentence = None, str(error)
    if table is None:
        assert len(sentence) > 10
        return
    for row in read_rows(table, today=dt.date(2026, 2, 10)):
        assert all(fault.sentence for fault in row.faults)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(sorted(SYNONYMS)), min_size=3, max_size=8, unique=True), st.data())
def test_whatever_cells_come_every_row_has_clean_values_or_faults(fields, data):
    headers = ["Sukunimi", "Etunimi", *(SYNONYMS[field][0] for field in fields)]
    cells = data.draw(st.lists(st.text(max_size=40), min_size=len(headers), max_size=len(headers)))
    book = xlsx_list(headers, ["Saha", "Pekka", *["" for _ in fields]])
    table = read_table(book, file_name="a.xlsx")
    table.rows[0] = (2, cells)
    row = read_rows(table, today=dt.date(2026, 2, 10))[0]
    for value in row.values.values():
        assert "\x00" not in str(value)
    assert len(row.values.get("phone", "")) <= 30
