"""Cells become values; what cannot be right is a fault at its field."""

import datetime as dt

import pytest

from participants.referral_list.rows import Row, read_rows
from participants.referral_list.table import read_table
from tests.support.lists import csv_list, demo_hetu

TODAY = dt.date(2026, 2, 10)


def read(**cells: str) -> Row:
    """One row whose headers are the keyword names (Finnish headers)."""
    cells = {"Sukunimi": "Koivuniemi", "Etunimi": "Aino", **cells}
    cells = {header: text for header, text in cells.items() if text is not None}
    quoted = [f'"{text}"' for text in cells.values()]
    return read_rows(read_table(csv_list(list(cells), quoted), file_name="a.csv"), today=TODAY)[0]


def codes(row: Row) -> list[tuple[str, str]]:
    return [(fault.field, fault.code) for fault in row.faults]


@pytest.mark.parametrize(
    ("header", "text", "last", "first"),
    [
        ("Nimi", "Koivuniemi, Aino Maria", "Koivuniemi", "Aino Maria"),
        ("Nimi", "Koivuniemi Aino", "Koivuniemi", "Aino"),
        ("Nimi", "VIRTANEN ANNA-MAIJA", "Virtanen", "Anna-Maija"),
        ("Nimi", "von Numers Kaarina", "von Numers", "Kaarina"),
        ("Etunimi ja sukunimi", "Aino Maria Koivuniemi", "Koivuniemi", "Aino Maria"),
        ("Efternamn och förnamn", "Öberg Åsa", "Öberg", "Åsa"),
    ],
)
def test_one_column_of_names_is_split(header, text, last, first):
    row = read(**{"Sukunimi": None, "Etunimi": None, header: text})
    assert (row.values["last_name"], row.values["first_name"], codes(row)) == (last, first, [])


def test_a_missing_name_and_a_single_word_are_faults():
    assert codes(read(Etunimi="")) == [("first_name", "missing")]
    assert codes(read(Sukunimi="123")) == [("last_name", "missing")]
    assert codes(read(Sukunimi=None, Etunimi=None, Nimi="Aino")) == [("full_name", "one_word_name")]
    assert codes(read(Sukunimi="K" * 61)) == [("last_name", "too_long")]


@pytest.mark.parametrize(
    "text", ["1.2.1980", "01.02.1980", "1/2/1980", "1980-02-01", "1980-02-01 00:00:00", "1.2.80", "29252"]
)
def test_dates_as_people_and_spreadsheets_write_them(text):
    assert read(Syntymäaika=text).values["birth_date"] == dt.date(1980, 2, 1)


@pytest.mark.parametrize(
    ("header", "text", "fault"),
    [
        ("Syntymäaika", "31.2.1980", ("birth_date", "date_impossible")),
        ("Syntymäaika", "helmikuu", ("birth_date", "date_impossible")),
        ("Syntymäaika", "1.2.1880", ("birth_date", "birth_date_impossible")),
        ("Syntymäaika", "1.2.2024", ("birth_date", "birth_date_impossible")),
        ("Lähetepäivä", "11.2.2026", ("referred_on", "date_in_future")),
        ("Työttömyys alkanut", "0.0.2020", ("unemployed_since", "date_impossible")),
        ("Puhelin", "ei ole", ("phone", "phone_impossible")),
        ("Puhelin", "3,58401E+11", ("phone", "phone_mangled")),
        ("Sähköposti", "aino(at)posti", ("email", "email_impossible")),
        ("Postinumero", "1310", None),
        ("Postinumero", "131000", ("postal_code", "postal_code_impossible")),
        ("Henkilötunnus", "1.0105E+25", ("hetu", "hetu_mangled")),
        ("Henkilötunnus", "010180", ("hetu", "hetu_format")),
        ("Henkilötunnus", "010180-900A", ("hetu", "hetu_impossible")),
        ("Henkilötunnus", "320180-9005", ("hetu", "hetu_impossible")),
        ("Sähköposti", "=A1", ("email", "formula")),
        ("Kunta", "#N/A", ("city", "excel_error")),
        ("Huomautus", "=1+1", ("note", "formula")),
    ],
)
def test_each_impossible_cell_has_its_sentence(header, text, fault):
    row = read(**{header: text})
    assert codes(row) == ([fault] if fault else [])
    assert all(len(fault.sentence) > 10 for fault in row.faults)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("0401234567", "040 123 4567"),
        ("040-1234567", "040 123 4567"),
        ("+358 40 1234567", "040 123 4567"),
        ("+358 (0)40 123 4567", "040 123 4567"),
        ("00358401234567", "040 123 4567"),
        ("358401234567", "040 123 4567"),
        ("401234567", "040 123 4567"),
        ("(03) 123 4567", "03 123 4567"),
        ("puh. 040 123 4567", "040 123 4567"),
        ("040 123 4567 (iltaisin)", "040 123 4567"),
        ("+46 70 123 45 67", "+46 701 234 567"),
    ],
)
def test_phones_as_people_write_them(text, phone):
    assert read(Puhelin=text).values["phone"] == phone


def test_a_second_phone_and_another_mother_tongue_go_into_the_note():
    row = read(Puhelin="040 123 4567, 03 765 4321", Äidinkieli="venäjä", Huomautus="Autoton")
    assert row.values["phone"] == "040 123 4567"
    assert row.values["note"] == "Autoton\n03 765 4321\nvenäjä"
    assert {"second_phone", "language_noted"} <= set(row.remarks)


@pytest.mark.parametrize("mark", ["-", "U", "V", "W", "X", "Y"])
def test_every_separator_of_2023_is_a_right_code(mark):
    code = demo_hetu(17, 5, 1980, 901, mark)
    row = read(Hetu=f" {code.lower()} ")
    assert (row.values["hetu"], row.values["birth_date"]) == (code, dt.date(1980, 5, 17))


def test_a_code_and_another_date_of_birth_do_not_agree():
    assert codes(read(Hetu=demo_hetu(17, 5, 1980), Syntymäaika="18.5.1980")) == [
        ("birth_date", "hetu_birth_date")
    ]


def test_a_temporary_code_is_refused_where_real_people_are(settings):
    settings.TEMPORARY_HETU_ALLOWED = False
    assert codes(read(Hetu=demo_hetu(17, 5, 1980))) == [("hetu", "hetu_temporary")]


def test_an_address_in_one_cell_is_split_and_eaten_zeros_come_back():
    row = read(Osoite="Kirkkokatu 5 A 2, 13100 Hämeenlinna")
    assert [row.values[name] for name in ("street_address", "postal_code", "city")] == [
        "Kirkkokatu 5 A 2",
        "13100",
        "Hämeenlinna",
    ]
    assert read(Postinumero="100").values["postal_code"] == "00100"
    assert read(Postinumero="00100 HELSINKI").values["city"] == "Helsinki"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Peruskoulu", "basic"),
        ("ammatillinen perustutkinto", "vocational"),
        ("Ylioppilas", "upper_secondary"),
        ("Tradenomi (AMK)", "lower_tertiary"),
        ("Filosofian maisteri", "higher_tertiary"),
        ("Elämänkoulu", "unknown"),
    ],
)
def test_education_is_read_from_plain_words(text, level):
    assert read(Koulutus=text).values["education"] == level


def test_languages_officer_and_protection_are_read():
    row = read(Asiointikieli="Ruotsi", Asiantuntija="Olli Virkailija", Turvakielto="Kyllä")
    assert row.values["language"] == "sv"
    assert row.values["officer"] == "Olli Virkailija"
    assert row.values["is_restricted"] is True
    assert "is_restricted" not in read(Turvakielto="ei").values


def duplicates(*people: list[str]) -> list[str]:
    table = read_table(
        csv_list(["Sukunimi", "Etunimi", "Syntymäaika", "Puhelin"], *people), file_name="a.csv"
    )
    return [fault.detail for row in read_rows(table, today=TODAY) for fault in row.faults]


def test_the_same_person_twice_in_the_file_names_the_first_row():
    assert duplicates(["Saha", "Pekka", "1.2.1980", ""], ["SAHA", "pekka", "01.02.1980", "0401234567"]) == [
        "2"
    ]
    assert duplicates(["Saha", "Pekka", "", "0401234567"], ["Saha", "Pekka", "1.2.1980", "040 1234567"]) == [
        "2"
    ]
    assert duplicates(["Saha", "Pekka", "", ""], ["Saha", "Pekka", "", ""]) == ["2"]


def test_namesakes_born_on_other_days_are_two_people():
    assert duplicates(["Saha", "Pekka", "1.2.1980", ""], ["Saha", "Pekka", "5.6.1999", ""]) == []
