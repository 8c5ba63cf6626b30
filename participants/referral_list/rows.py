"""Rows of text to values of a participant and a referral, with every fault at its field."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from participants import hetu as hetu_rules
from participants.contact_details import clean_note, name_key, phone_digits, proper_name, split_phones
from participants.referral_list import cells as read
from participants.referral_list.cells import CellWrong
from participants.referral_list.faults import Fault
from participants.referral_list.table import Table

LIMITS = {"first_name": 60, "last_name": 60, "street_address": 120, "city": 60, "officer": 120, "email": 254}
NOTE_LIMIT = 2000
_PARTICLES = {"von", "af", "de", "van", "der", "den", "di", "da", "du", "la", "le", "al", "el", "bin", "ben"}
_ADDRESS = re.compile(r"^(?P<street>.+?),?\s+(?:FI[\s-]?)?(?P<code>\d{5})\s*,?\s*(?P<city>[^\d,]{2,60})?$")


@dataclass
class Row:
    """One person of the list. `values` holds plain values by field name (dates as datetime.date);
    `first_name` and `last_name` always, the rest when given and right. `cells` is what stood in the file."""

    number: int
    cells: list[str]
    values: dict = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return name_key(self.values.get("last_name", ""), self.values.get("first_name", ""))

    def add_fault(self, name: str, code: str, detail: str = "") -> None:
        self.faults.append(Fault(field=name, code=code, detail=detail))

    def add_to_note(self, text: str, remark: str) -> None:
        self.values["note"] = "\n".join(filter(None, [self.values.get("note", ""), text]))
        self.remarks.append(remark)


def read_rows(table: Table, *, today: dt.date) -> list[Row]:
    """A Row for each row of the table; people who come twice in the file are faults of their second row."""
    rows = [_read_row(number, cells, table.fields, today) for number, cells in table.rows]
    _mark_duplicates(rows)
    return rows


def _read_row(number: int, cells: list[str], fields: list[str], today: dt.date) -> Row:
    row = Row(number=number, cells=cells)
    given = {name: text for name, text in zip(fields, cells, strict=True) if name and text}
    given.pop("reason_to_mend", None)
    note = given.pop("note", "")
    texts: dict[str, str] = {}
    for name, text in given.items():
        try:
            texts[name] = read.plain(text)
        except CellWrong as wrong:
            row.add_fault(name, wrong.code, wrong.detail)
    _read_note(row, note)
    _read_name(row, texts)
    _read_dates(row, texts, today)
    _read_hetu(row, texts, today)
    _read_contact(row, texts)
    _read_background(row, texts)
    for name, limit in LIMITS.items():
        if len(row.values.get(name, "")) > limit:
            row.add_fault(name, "too_long", str(limit))
            row.values[name] = row.values[name][:limit]
    return row


def _read_note(row: Row, note: str) -> None:
    if note.startswith("="):
        row.add_fault("note", "formula")
    elif len(note) > NOTE_LIMIT:
        row.add_fault("note", "too_long", str(NOTE_LIMIT))
    elif note:
        row.values["note"] = clean_note(note)


def _read_name(row: Row, texts: dict[str, str]) -> None:
    last, first = texts.get("last_name", ""), texts.get("first_name", "")
    already = {fault.field for fault in row.faults}
    for name in ("full_name", "full_name_given_first"):
        if name in texts and not (last and first):
            last, first = _split_name(texts[name], given_first=name == "full_name_given_first")
            if not (last and first):
                row.add_fault(name, "one_word_name")
                already.add(name)
            elif name == "full_name" and "," not in texts[name]:
                row.remarks.append("name_order")
    row.values["last_name"], row.values["first_name"] = proper_name(last), proper_name(first)
    if already & {"full_name", "full_name_given_first"}:
        return
    for name in ("last_name", "first_name"):
        if not re.search(r"[^\W\d_]", row.values[name]) and name not in already:
            row.add_fault(name, "missing")


def _split_name(text: str, *, given_first: bool) -> tuple[str, str]:
    """(last, first). A comma parts them; without one the last name is the first word with its particle."""
    if "," in text:
        last, _comma, first = text.partition(",")
        return (first.strip(), last.strip()) if given_first else (last.strip(), first.strip())
    words = text.split(" ")
    if len(words) < 2:
        return text, ""
    if given_first:
        at = next((i for i, word in enumerate(words) if i and word in _PARTICLES), len(words) - 1)
        return " ".join(words[at:]), " ".join(words[:at])
    at = 1
    while at < len(words) - 1 and words[at - 1].lower() in _PARTICLES:
        at += 1
    return " ".join(words[:at]), " ".join(words[at:])


def _read_dates(row: Row, texts: dict[str, str], today: dt.date) -> None:
    for name in ("birth_date", "referred_on", "unemployed_since"):
        text = texts.get(name)
        if not text:
            continue
        if name == "birth_date" and "hetu" not in texts and re.match(r"^\d{6}[-+A-FYXWVU]\d{3}\w$", text):
            texts["hetu"] = text  # a code under the header of the date of birth
            continue
        try:
            row.values[name] = read.date_of(text, today=today, born=name == "birth_date")
        except CellWrong as wrong:
            row.add_fault(name, wrong.code)
    if "referred_on" not in row.values and "referred_on" not in texts:
        row.remarks.append("referred_today")


def _read_hetu(row: Row, texts: dict[str, str], today: dt.date) -> None:
    if not (text := texts.get("hetu")):
        return
    try:
        code = read.hetu_of(text)
    except CellWrong as wrong:
        row.add_fault("hetu", wrong.code)
        return
    born = hetu_rules.birth_date_of(code)
    if born > today:
        row.add_fault("hetu", "hetu_impossible")
    elif row.values.setdefault("birth_date", born) != born:
        row.add_fault("birth_date", "hetu_birth_date")
    elif born.year < 1900:
        row.add_fault("hetu", "birth_date_impossible")
    else:
        row.values["hetu"] = code


def _read_contact(row: Row, texts: dict[str, str]) -> None:
    if phones := split_phones(texts.get("phone", "")):
        _take(row, "phone", read.phone_of, phones[0])
        if len(phones) > 1:
            row.add_to_note(", ".join(phones[1:]), "second_phone")
    _take(row, "email", read.email_of, texts.get("email", ""))
    address, code, city = (texts.get(name, "") for name in ("street_address", "postal_code", "city"))
    if not code and (match := _ADDRESS.match(address)):
        address, code = match["street"].rstrip(","), match["code"]
        city = city or (match["city"] or "").strip()
    if match := re.match(r"^(\d{5})\s+([^\d]+)$", code):
        code, city = match[1], city or match[2]
    if not code and (match := re.match(r"^(\d{5})\s+([^\d]+)$", city)):
        code, city = match[1], match[2]
    _take(row, "postal_code", read.postal_code_of, code)
    row.values |= {name: text for name, text in (("street_address", address), ("city", city)) if text}
    if city:
        row.values["city"] = proper_name(city)


def _take(row: Row, name: str, reader, text: str) -> None:
    if not text:
        return
    try:
        row.values[name] = reader(text)
    except CellWrong as wrong:
        row.add_fault(name, wrong.code)


def _read_background(row: Row, texts: dict[str, str]) -> None:
    if officer := texts.get("officer"):
        row.values["officer"] = officer
    if language := texts.get("language"):
        if code := read.language_of(language):
            row.values["language"] = code
        else:
            row.add_to_note(f"{language[:60]}", "language_noted")
    if education := texts.get("education"):
        if level := read.education_of(education):
            row.values["education"] = level
        else:
            row.values["education"] = "unknown"
            row.add_to_note(education[:200], "education_noted")
    if read.yes(texts.get("is_restricted", "")):
        row.values["is_restricted"] = True


def _identities(row: Row) -> list[tuple]:
    """Whatever says that two rows of one file are the same person."""
    values, key = row.values, row.key
    if not all(key):
        return []
    found: list[tuple] = [("hetu", values["hetu"])] if "hetu" in values else []
    if "birth_date" in values:
        found.append((*key, "born", values["birth_date"]))
    if "phone" in values:
        found.append((*key, "phone", phone_digits(values["phone"])))
    if "email" in values:
        found.append((*key, "email", values["email"]))
    return found or [(*key, "only")]


def differ_for_sure(one: dict, other: dict) -> bool:
    """Two people of one name: their codes or their dates of birth, both known, are not the same."""
    return any(
        one.get(name) and other.get(name) and one[name] != other[name] for name in ("hetu", "birth_date")
    )


def _mark_duplicates(rows: list[Row]) -> None:
    seen: dict[tuple, Row] = {}
    for row in rows:
        identities = _identities(row)
        for identity in identities:
            twin = seen.setdefault(identity, row)
            if twin is not row and not differ_for_sure(twin.values, row.values):
                row.add_fault("", "duplicate_in_file", str(twin.number))
                break
