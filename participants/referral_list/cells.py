"""One cell's text to one value. Each reader returns the value or raises CellWrong with a fault's code."""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from accounts.enums import Language
from participants.contact_details import NotAPhone, canonical_phone, clean_text
from participants.enums import EducationLevel
from participants.hetu import HetuWrong, check_hetu

_DAY_FIRST = re.compile(r"^(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})\.?(?:\s+(?:klo\s*)?\d.*)?$")
_YEAR_FIRST = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")
_MANGLED = re.compile(r"^\d(?:[.,]\d+)?E\+?\d+$", re.IGNORECASE)
_EXCEL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#PUUTTUU!", "#ARVO!"}
_EMAIL = EmailValidator()

_LANGUAGES = {
    Language.FINNISH: ("fi", "fin", "suomi", "finska", "finnish"),
    Language.SWEDISH: ("sv", "swe", "ruotsi", "svenska", "swedish"),
    Language.ENGLISH: ("en", "eng", "englanti", "engelska", "english"),
}
# the first that stands in the text wins, so the higher levels come first
_EDUCATION = (
    (EducationLevel.HIGHER_TERTIARY, ("ylempi", "maisteri", "diplomi-insinööri", "lisensiaatti", "tohtori",
                                      "magister", "högre högskole", "doktor", "master")),
    (EducationLevel.LOWER_TERTIARY, ("amk", "ammattikorkea", "alempi korkea", "kandidaatti", "tradenomi",
                                     "insinööri", "sairaanhoitaja", "yh-examen", "yrkeshögskol", "kandidat",
                                     "lägre högskole", "bachelor", "opisto")),
    (EducationLevel.UPPER_SECONDARY, ("ylioppilas", "lukio", "student", "gymnasi", "matriculation")),
    (EducationLevel.VOCATIONAL, ("ammat", "perustutkinto", "toinen aste", "toisen asteen", "oppisopimus",
                                 "yrkes", "andra stadiet", "vocational", "merkonomi", "lähihoitaja",
                                 "datanomi")),
    (EducationLevel.BASIC, ("perusko", "perusaste", "kansako", "keskikoulu", "peruskoulu", "ei tutkintoa",
                            "ei koulutusta", "grundsko", "grundläggande", "folksko", "comprehensive")),
)  # fmt: skip


class CellWrong(ValueError):
    """`code` is a key of faults.FAULT_SENTENCES."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def plain(text: str) -> str:
    """The cell's text, cleaned. Raises CellWrong for a formula or a spreadsheet's error."""
    if text.startswith("="):
        raise CellWrong("formula")
    if text.upper() in _EXCEL_ERRORS:
        raise CellWrong("excel_error", text.upper())
    return clean_text(text)


def date_of(text: str, *, today: dt.date, born: bool = False) -> dt.date:
    """1.2.2026, 01.02.2026, 1/2/2026, 2026-02-01 or a spreadsheet's serial number, not after `today`.

    Two-digit years: a date of birth is taken from the past hundred years, another date from this century.
    """
    try:
        day = _date(text, today=today, born=born)
    except (ValueError, OverflowError) as error:
        raise CellWrong("date_impossible") from error
    if born and not dt.date(1900, 1, 1) <= day <= today.replace(year=today.year - 14, day=1):
        raise CellWrong("birth_date_impossible")
    if day.year < 1900:
        raise CellWrong("date_impossible")
    if day > today:
        raise CellWrong("date_in_future")
    return day


def _date(text: str, *, today: dt.date, born: bool) -> dt.date:
    if match := _DAY_FIRST.match(text):
        day, month, year = (int(part) for part in match.groups())
        if len(match[3]) == 2:
            year += 1900 if born and 2000 + year > today.year - 14 else 2000
        return dt.date(year, month, day)
    if match := _YEAR_FIRST.match(text):
        return dt.date(*(int(part) for part in match.groups()))
    if _SERIAL.match(text):
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(float(text)))
    raise ValueError("not a date")


def hetu_of(text: str) -> str:
    """The checked code in its canonical form."""
    if _MANGLED.match(text.replace(" ", "")):
        raise CellWrong("hetu_mangled")
    try:
        return check_hetu(text)
    except HetuWrong as error:
        raise CellWrong(error.code) from error


def phone_of(text: str) -> str:
    """The number in its readable form."""
    if _MANGLED.match(text.replace(" ", "")):
        raise CellWrong("phone_mangled")
    try:
        return canonical_phone(text)
    except NotAPhone as error:
        raise CellWrong("phone_impossible") from error


def email_of(text: str) -> str:
    """The address, in lower case (people are told apart by it)."""
    address = text.strip("<>").removeprefix("mailto:").strip().lower()
    try:
        _EMAIL(address)
    except ValidationError as error:
        raise CellWrong("email_impossible") from error
    return address


def postal_code_of(text: str) -> str:
    """Five digits; the zeros that a spreadsheet ate come back (`100` is 00100)."""
    digits = re.sub(r"(?i)^fi[\s-]*", "", text).replace(" ", "")
    if not re.fullmatch(r"[0-9]{3,5}", digits):
        raise CellWrong("postal_code_impossible")
    return digits.zfill(5)


def language_of(text: str) -> str:
    """One of the three languages we write in, "" for another mother tongue."""
    word = text.casefold().split(" ")[0].strip(",;.")
    return next((str(code) for code, words in _LANGUAGES.items() if word in words), "")


def education_of(text: str) -> str:
    """The level, "" when the words are not known."""
    words = text.casefold()
    for level in EducationLevel:
        if words == str(level.label).casefold():
            return str(level)
    return next((str(level) for level, stems in _EDUCATION if any(stem in words for stem in stems)), "")


def yes(text: str) -> bool:
    """Is the box ticked? Anything but a plain no counts, for a mark that protects somebody."""
    return text.casefold().strip(" .") not in ("", "ei", "nej", "no", "0", "-", "false", "ei ole", "epätosi")
