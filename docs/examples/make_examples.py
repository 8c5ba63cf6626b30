"""Writes the example lists beside this file: `python docs/examples/make_examples.py`.

Everybody here is invented, and the identity codes are of the 900-series, which is never given to a
person; an installation with real people refuses them (setting TEMPORARY_HETU_ALLOWED), the demo takes them.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

FOLDER = Path(__file__).resolve().parent
FIXED = dt.datetime(2026, 1, 12, 9, 0)  # noqa: DTZ001 - a workbook's own clock has no zone
CONTROL = "0123456789ABCDEFHJKLMNPRSTUVWXY"

HEADERS = [
    "Sukunimi", "Etunimi", "Henkilötunnus", "Syntymäaika", "Puhelin", "Sähköposti", "Lähiosoite",
    "Postinumero", "Postitoimipaikka", "Asiointikieli", "Vastuuvirkailija", "Lähetepäivä",
    "Työttömyys alkanut", "Koulutus", "Turvakielto", "Lisätiedot",
]  # fmt: skip
# last, first, (day, month, year, number, separator) or None, phone, street, code, city, language,
# out of work since, education, protected, note
PEOPLE = [
    ("Koivuniemi", "Aino", (17, 5, 1980, 901, "-"), "040 555 0101", "Kirkkokatu 5 A 2", "13100",
     "Hämeenlinna", "suomi", "3.4.2023", "ammatillinen perustutkinto", "", "Tulee bussilla"),
    ("Saarela", "Mikko", (2, 11, 1974, 902, "Y"), "+358 50 5550102", "Rantatie 12", "13200",
     "Hämeenlinna", "suomi", "15.9.2021", "peruskoulu", "", ""),
    ("Lindqvist", "Åsa", (29, 2, 1988, 903, "X"), "044-5550103", "Strandvägen 3", "14200",
     "Turenki", "ruotsi", "1.12.2024", "ylioppilas", "", "Önskar svenska"),
    ("Hakkarainen-Ylitalo", "Marja-Leena", None, "(03) 555 0104", "Metsäkulmantie 118", "14700",
     "Hauho", "suomi", "20.1.2020", "merkonomi", "", ""),
    ("Nurmi", "Jani", (8, 8, 2001, 905, "A"), "0405550105", "Opistokatu 7 C 44", "11100",
     "Riihimäki", "suomi", "1.6.2024", "peruskoulu", "", "Ei ajokorttia"),
    ("Petrova", "Irina", (14, 3, 1979, 906, "-"), "045 555 0106", "Asemakatu 1", "13100",
     "Hämeenlinna", "venäjä", "10.10.2022", "insinööri", "", ""),
    ("Rautio", "Seppo", (30, 1, 1966, 907, "-"), "050 555 0107", "Peltokuja 4", "12100",
     "Oitti", "suomi", "5.5.2019", "ammattikoulu", "", "Kuulolaite, istuu mielellään edessä"),
    ("Virtala", "Sari", None, "041 555 0108", "", "", "Hämeenlinna", "suomi", "12.12.2023",
     "lähihoitaja", "kyllä", ""),
    ("Ahmed", "Yusuf", (21, 6, 1995, 909, "W"), "+358 44 555 0109", "Tiiriöntie 9 B 15", "13130",
     "Hämeenlinna", "englanti", "3.3.2024", "lukio", "", ""),
    ("Kallio", "Tuula Annikki", (9, 9, 1971, 910, "V"), "040 555 0110", "Kukkolankatu 2", "13210",
     "Hämeenlinna", "suomi", "27.2.2022", "tradenomi (AMK)", "", ""),
    ("Mäki-Petäjä", "Onni", (4, 7, 1990, 911, "U"), "0400 555 0111", "Hattelmalantie 30", "13600",
     "Hämeenlinna", "suomi", "8.8.2023", "datanomi", "", ""),
    ("von Hertzen", "Karl", (12, 12, 1983, 912, "-"), "040 555 0112", "Linnankatu 6", "13100",
     "Hämeenlinna", "ruotsi", "1.1.2025", "filosofian maisteri", "", ""),
]  # fmt: skip


def code_of(day: int, month: int, year: int, number: int, mark: str) -> str:
    digits = f"{day:02}{month:02}{year % 100:02}"
    return f"{digits}{mark}{number}{CONTROL[int(f'{digits}{number}') % 31]}"


def email_of(last: str, first: str) -> str:
    plain = f"{first.split()[0]}.{last}".lower().translate(str.maketrans("åäö ", "aao-"))
    return f"{plain}@posti.example"


def rows() -> list[list[str]]:
    table = []
    for last, first, parts, phone, street, postal, city, language, since, education, kept, note in PEOPLE:
        born = f"{parts[0]}.{parts[1]}.{parts[2]}" if parts else "24.10.1985"
        table.append(
            [last, first, code_of(*parts) if parts else "", born, phone, email_of(last, first), street,
             postal, city, language, "Olli Virkailija", "12.1.2026", since, education, kept, note]
        )  # fmt: skip
    return table


def faulty_rows() -> list[list[str]]:
    """Nimi;Synt.aika;Hetu;Puh;Huom as a hurried office sends it: what is wrong stands in the note."""
    return [
        ["Koivuniemi, Aino", "17.5.80", "", "0405550101", ""],
        ["KOIVUNIEMI AINO", "17.05.1980", "", "", "sama henkilö toiseen kertaan"],
        ["Saarela Mikko", "31.2.1974", "", "050 555 0102", "päivää ei ole"],
        ["Nurmi", "8.8.2001", "", "0405550105", "etunimi puuttuu"],
        ["Rautio Seppo", "", "300166-907A", "050 555 0107", "tarkistusmerkki on väärä"],
        ["Kallio Tuula", "9.9.1971", code_of(9, 9, 1972, 910, "-"), "", "päivä ja tunnus eri vuodelta"],
        ["Virtala Sari", "", "", "ei tiedossa", "numero puuttuu"],
    ]


EMPLOYER_HEADERS = [
    "Nimi", "Y-tunnus", "Toimiala", "Henkilöstö", "Katuosoite", "Postinumero", "Kunta", "Puhelin",
    "Sähköposti", "Yhteyshenkilö", "Rooli", "Yhteyshenkilön puhelin", "Tarpeet", "Lisätiedot",
]  # fmt: skip
# name, seven digits of the business ID or "", sector, people, street, code, municipality, phone, person,
# role, the person's phone, needs, note
EMPLOYERS = [
    ("Rautakauppa Sarana Oy", "7700001", "kauppa", "14", "Teollisuuskatu 8", "13130", "Hämeenlinna",
     "03 555 2001", "Petri Sarana", "esimies", "040 555 2101", "Hyllytystä ja pihatöitä keväisin", ""),
    ("Lounaskahvila Tilli", "7700002", "ravintola", "4", "Sibeliuksenkatu 3", "13100", "Hämeenlinna",
     "03 555 2002", "Mervi Tilli", "yrittäjä", "040 555 2102", "Apua lounasaikaan", "Soita ennen kymmentä"),
    ("Kiinteistöhuolto Harju Oy", "7700003", "kiinteistönhoito", "35", "Lukiokatu 20", "13100",
     "Hämeenlinna", "03 555 2003", "Oskari Harju", "työpaikkaohjaaja", "040 555 2103", "", ""),
    ("Parolan puutarha", "", "puutarha", "6", "Parolantie 55", "13720", "Hattula", "03 555 2004",
     "Leena Lehto", "esimies", "040 555 2104", "Kasvien hoitoa ja pakkaamista", ""),
    ("Janakkalan varastopalvelu Oy", "7700005", "varasto", "60", "Rastikangas 2", "14200", "Janakkala",
     "03 555 2005", "Sami Kettunen", "esimies", "040 555 2105", "", "Vuorotyö"),
    ("Riihimäen kierrätyspaja ry", "7700006", "yhdistys", "9", "Peltosaarenkatu 1", "11130", "Riihimäki",
     "019 555 2006", "Aila Paananen", "ohjaaja", "040 555 2106", "Tavaroiden lajittelua", ""),
]  # fmt: skip


def business_id_of(digits: str) -> str:
    """Seven digits with their check digit; the last of them moves on until there is one."""
    while True:
        rest = sum(int(d) * weight for d, weight in zip(digits, (7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
        if rest != 1:
            return f"{digits}-{0 if rest == 0 else 11 - rest}"
        digits = f"{int(digits) + 10:07}"


def employer_rows() -> list[list[str]]:
    return [
        [name, business_id_of(digits) if digits else "", sector, people, street, code, city, phone,
         f"yhteys{n}@yritys.example", person, role, person_phone, needs, note]
        for n, (name, digits, sector, people, street, code, city, phone, person, role, person_phone, needs,
                note) in enumerate(EMPLOYERS, start=1)
    ]  # fmt: skip


def write_csv(path: Path, table: list[list[str]], encoding: str) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerows(table)
    path.write_bytes(stream.getvalue().encode(encoding))


def write_xlsx(path: Path, table: list[list[str]], title: str = "Lähetteet") -> None:
    book = Workbook()
    book.properties.creator = "Valmennuskuukausi"
    book.properties.created = book.properties.modified = FIXED
    sheet = book.active
    sheet.title = title
    sheet.freeze_panes = "A2"
    for number, row in enumerate(table, start=1):
        sheet.append(row)
        for cell in sheet[number]:
            cell.number_format = "@"
            if number == 1:
                cell.font = Font(bold=True)
                sheet.column_dimensions[cell.column_letter].width = 20
    stream = io.BytesIO()
    book.save(stream)
    _with_fixed_times(stream.getvalue(), path)


def _with_fixed_times(data: bytes, path: Path) -> None:
    """The same people give the same bytes: a zip otherwise holds the hour of its making."""
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as fixed:
        for part in made.infolist():
            content = made.read(part)
            if part.filename == "docProps/core.xml":
                content = _with_fixed_modified(content)
            entry = zipfile.ZipInfo(part.filename, FIXED.timetuple()[:6])
            fixed.writestr(entry, content, compress_type=zipfile.ZIP_DEFLATED)


def _with_fixed_modified(content: bytes) -> bytes:
    head, tag, rest = content.partition(b"<dcterms:modified")
    attributes, _close, rest = rest.partition(b">")
    _old, end, rest = rest.partition(b"</dcterms:modified>")
    return head + tag + attributes + b">" + FIXED.isoformat().encode() + b"Z" + end + rest


def write_all(folder: Path = FOLDER) -> None:
    write_csv(folder / "lahetelista.csv", [HEADERS, *rows()], "utf-8-sig")
    write_xlsx(folder / "lahetelista.xlsx", [HEADERS, *rows()])
    write_csv(
        folder / "lahetelista-korjattavaa.csv",
        [["Nimi", "Synt.aika", "Hetu", "Puh.", "Huom."], *faulty_rows()],
        "cp1252",
    )
    write_csv(folder / "tyonantajalista.csv", [EMPLOYER_HEADERS, *employer_rows()], "utf-8-sig")
    write_xlsx(folder / "tyonantajalista.xlsx", [EMPLOYER_HEADERS, *employer_rows()], "Työnantajat")


if __name__ == "__main__":
    write_all()
