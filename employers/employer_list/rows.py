"""Rows of text to values of an employer and one contact person, with every fault at its field."""

from __future__ import annotations

import datetime as dt
import re

from employers.business_id import normalise_business_id
from employers.enums import ContactRole, EmployerSize, Sector
from employers.models.employer import LONGEST_TEXT
from participants.contact_details import clean_note
from participants.referral_list import cells as read
from participants.referral_list.cells import CellWrong
from participants.referral_list.rows import Row
from participants.referral_list.table import Table

DATE_FIELDS = ("do_not_ask_before",)
TEXTS = ("note", "needs", "experience")
LIMITS = {
    "name": 160, "street_address": 120, "city": 60, "phone": 30, "person_phone": 30, "email": 254,
    "person_email": 254, "person_name": 120, "own_contact": 120, "sector": 120,
}  # fmt: skip
FAR_AHEAD = dt.date(2100, 1, 1)

# the first that stands in the text wins
_SECTORS: tuple[tuple[Sector, tuple[str, ...]], ...] = (
    (Sector.RESTAURANT, ("ravintola", "kahvila", "keittiö", "lounas", "restaurang", "kök", "café",
                         "catering")),
    (Sector.CLEANING, ("siivou", "kiinteistö", "puhtaus", "städ", "fastighet", "clean")),
    (Sector.CARE, ("hoiva", "hoito", "sosiaali", "terveys", "sote", "vård", "omsorg", "health", "care")),
    (Sector.CONSTRUCTION, ("rakenn", "bygg", "construct", "building")),
    (Sector.LOGISTICS, ("kuljetus", "varasto", "logist", "transport", "lager", "storage")),
    (Sector.INDUSTRY, ("teollis", "korjaamo", "konepaja", "metalli", "industri", "verkstad", "repair")),
    (Sector.RETAIL, ("kauppa", "myymälä", "myynti", "butik", "handel", "shop", "retail", "trade")),
    (Sector.OFFICE, ("toimisto", "it-", "viestintä", "tilitoimisto", "kontor", "office")),
    (Sector.EDUCATION, ("opetus", "koulu", "kulttuuri", "liikunta", "utbildning", "kultur", "idrott",
                        "teaching")),
    (Sector.ASSOCIATION, ("yhdisty", "järjest", "paja", "förening", "association", "workshop")),
    (Sector.NATURE, ("puutarha", "maatila", "metsä", "maatalous", "trädgård", "lantbruk", "skog",
                     "garden", "farm")),
    (Sector.PUBLIC, ("kunta", "kaupunki", "valtio", "kommun", "stat", "municipal", "public")),
    (Sector.OTHER, ("muu", "annan", "other")),
)  # fmt: skip
_ROLES: tuple[tuple[ContactRole, tuple[str, ...]], ...] = (
    (ContactRole.GUIDE, ("ohjaaja", "handledare", "guide", "perehdyttäjä")),
    (ContactRole.PAYROLL, ("palka", "lön", "payroll")),
    (ContactRole.SUPERVISOR, ("esimies", "esihenkilö", "johtaja", "yrittäjä", "päällikkö", "chef", "förman",
                              "företagare", "supervisor", "manager")),
)  # fmt: skip
_SIZES = (
    (1, EmployerSize.ONE),
    (9, EmployerSize.MICRO),
    (49, EmployerSize.SMALL),
    (249, EmployerSize.MEDIUM),
)


def read_rows(table: Table) -> list[Row]:
    """A Row for each row of the table; an employer who comes twice is a fault of its second row."""
    rows = [_read_row(number, cells, table.fields) for number, cells in table.rows]
    seen: dict[tuple, Row] = {}
    for row in rows:
        for identity in _identities(row):
            twin = seen.setdefault(identity, row)
            if twin is not row and not _differ(twin, row):
                row.add_fault("", "employer_twice", str(twin.number))
                break
    return rows


def _identities(row: Row) -> list[tuple]:
    values = row.values
    found = [("id", values["business_id"])] if values.get("business_id") else []
    return [*found, ("name", values.get("name", "").casefold(), values.get("city", "").casefold())]


def _differ(one: Row, other: Row) -> bool:
    ids = one.values.get("business_id"), other.values.get("business_id")
    return all(ids) and ids[0] != ids[1]


def _read_row(number: int, cells: list[str], fields: list[str]) -> Row:
    row = Row(number=number, cells=cells)
    given = {name: text for name, text in zip(fields, cells, strict=True) if name and text}
    given.pop("reason_to_mend", None)
    for name, text in given.items():
        try:
            row.values[name] = _value(name, text)
        except CellWrong as wrong:
            row.add_fault(name, wrong.code, wrong.detail)
    if not re.search(r"\w", row.values.get("name", "")) and not any(f.field == "name" for f in row.faults):
        row.add_fault("name", "missing")
    for name, limit in {**LIMITS, **dict.fromkeys(TEXTS, LONGEST_TEXT)}.items():
        if len(row.values.get(name, "")) > limit:
            row.add_fault(name, "too_long", str(limit))
            row.values[name] = row.values[name][:limit]
    if given.get("sector") and "sector" in row.values:
        _read_sector(row)
    return row


def _value(name: str, text: str):
    """One cell's value. Raises CellWrong."""
    if name in TEXTS:
        read.plain(text)
        return clean_note(text)
    text = read.plain(text)
    if name == "business_id":
        normal = normalise_business_id(text)
        if normal is None:
            raise CellWrong("business_id_impossible")
        return normal
    reader = {
        "postal_code": read.postal_code_of,
        "phone": read.phone_of,
        "person_phone": read.phone_of,
        "email": read.email_of,
        "person_email": read.email_of,
        "language": read.language_of,
        "size": size_of,
        "person_role": role_of,
        "do_not_ask_before": lambda text: read.date_of(text, today=FAR_AHEAD),
    }.get(name)
    return reader(text) if reader else text


def _read_sector(row: Row) -> None:
    text = row.values.pop("sector")
    if code := sector_of(text):
        row.values["sector"] = code
    elif len(row.values.get("note", "")) + len(text) < LONGEST_TEXT:
        row.add_to_note(text, "sector_noted")


def sector_of(text: str) -> str:
    """The sector that the words name, "" when they are not known."""
    words = text.casefold()
    for sector in Sector:
        if words in (sector.value, str(sector.label).casefold()):
            return str(sector)
    return next((str(code) for code, stems in _SECTORS if any(stem in words for stem in stems)), "")


def role_of(text: str) -> str:
    """The role at the workplace; another one when the word is not known."""
    words = text.casefold()
    for role in ContactRole:
        if words in (role.value, str(role.label).casefold()):
            return str(role)
    return next(
        (str(code) for code, stems in _ROLES if any(stem in words for stem in stems)), ContactRole.OTHER
    )


def size_of(text: str) -> str:
    """The size class from a number of people ("12", "10–49") or the class's own words; "" for others."""
    words = text.casefold()
    for size in EmployerSize:
        if words in (size.value, str(size.label).casefold()):
            return str(size)
    digits = re.search(r"\d{1,6}", words.replace(" ", ""))
    if digits is None:
        return ""
    people = int(digits.group())
    return str(next((size for most, size in _SIZES if people <= most), EmployerSize.LARGE))
