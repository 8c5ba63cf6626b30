"""Names, phone numbers and postal codes as people write them, in one readable form."""

from __future__ import annotations

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_NUMBERS_APART = re.compile(r"\s*(?:[;/|\n]|,\s|\btai\b|\beller\b|\bor\b)\s*", re.IGNORECASE)


class NotAPhone(ValueError):
    """No phone number can be read from this."""


def clean_text(text: str) -> str:
    """One line without control characters, doubled spaces or zero-width marks, composed (NFC)."""
    return " ".join(_CONTROL.sub("", unicodedata.normalize("NFC", text)).split())


def clean_note(text: str) -> str:
    """As `clean_text`, but line breaks stay."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(_CONTROL.sub("", line).rstrip() for line in lines).strip()


def split_phones(text: str) -> list[str]:
    """`040 123, 03 456` -> the parts; one number gives one part."""
    return [part for part in _NUMBERS_APART.split(text.strip()) if part]


def canonical_phone(text: str) -> str:
    """`+358 40-1234567`, `(040) 1234567` and `401234567` all become `040 123 4567`; foreign numbers
    `+46 701 234 567`. Raises NotAPhone."""
    bare = re.sub(r"\(0\)", "", text)
    bare = re.sub(r"(?i)\b(puh|p|gsm|tel|matka|mobil|koti|työ)\b\.?:?", "", bare)
    bare = re.sub(r"\([^\d)]*\)|[a-zåäö.]+$", "", bare.strip(), flags=re.IGNORECASE).strip()
    if not re.fullmatch(r"\+?[\d\s().\-\u2010-\u2015\u2212/]+", bare):
        raise NotAPhone(text)
    digits = "".join(ch for ch in bare if ch in "0123456789")
    if bare.startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00") if not bare.startswith("+") else digits
        if not digits.startswith("358"):
            return _foreign(digits)
        digits = "0" + digits[3:].lstrip("0")
    elif digits.startswith("358") and len(digits) >= 11:
        digits = "0" + digits[3:].lstrip("0")
    elif digits[:1] in ("4", "5") and 8 <= len(digits) <= 10:
        digits = "0" + digits  # a spreadsheet ate the zero of a mobile number
    if not digits.startswith("0") or not 6 <= len(digits) <= 12 or len(set(digits)) == 1:
        raise NotAPhone(text)
    area = 4 if digits.startswith(("0400", "0500")) else 3 if digits[1] in "45" else 2
    return " ".join([digits[:area], *_in_threes(digits[area:])])


def _foreign(digits: str) -> str:
    if not 8 <= len(digits) <= 15:
        raise NotAPhone(digits)
    return f"+{digits[:2]} " + " ".join(_in_threes(digits[2:]))


def _in_threes(digits: str) -> list[str]:
    """Groups of three or four digits: `123 4567`, `1234 5678`, `123 456 789`."""
    groups = []
    while len(digits) > 4:
        size = 4 if len(digits) == 8 else 2 if len(digits) == 5 else 3
        groups.append(digits[:size])
        digits = digits[size:]
    return [*groups, digits]


def phone_digits(text: str) -> str:
    """What two spellings of one number share, to compare by."""
    try:
        return canonical_phone(text).replace(" ", "")
    except NotAPhone:
        return ""


def proper_name(text: str) -> str:
    """`VIRTANEN` -> `Virtanen`, `anna-maija` -> `Anna-Maija`; a name in mixed case stays as written."""
    name = clean_text(text)
    if name.isupper() or name.islower():
        return re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), name.lower())
    return name


def name_key(last_name: str, first_name: str) -> tuple[str, str]:
    """What makes two spellings the same name: the last name and the first of the given names, in lower
    case. `("koivuniemi", "aino")`."""
    given = clean_text(first_name).lower().split(" ")
    return clean_text(last_name).lower(), given[0]
