"""Why a list or a row cannot be taken in. Codes are stored, sentences are translated when shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class ListUnreadable(DomainError):
    """The file as a whole is no list that we can read; the sentence says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field of one row; `field` "" means the row. `detail` is never personal data."""

    field: str
    code: str
    detail: str = ""

    @property
    def sentence(self) -> str:
        return str(FAULT_SENTENCES[self.code]) % {"detail": self.detail}


FAULT_SENTENCES: dict[str, Promise] = {
    "missing": _("This must be filled in."),
    "one_word_name": _("Give both the last name and the first name."),
    "too_long": _("The text is too long: at most %(detail)s characters."),
    "formula": _("The cell holds a formula. Replace it with its value."),
    "excel_error": _("The cell holds a spreadsheet error (%(detail)s)."),
    "date_impossible": _("This is not a date. Write it like 1.2.2026."),
    "date_in_future": _("The date is in the future."),
    "birth_date_impossible": _("This date of birth is not possible."),
    "hetu_format": _("This is not a personal identity code. It looks like 131052-308T."),
    "hetu_impossible": _(
        "There is no such personal identity code: the check character or the date is wrong."
    ),
    "hetu_temporary": _("The personal identity code is a temporary one (900-series)."),
    "hetu_mangled": _(
        "The spreadsheet has turned the personal identity code into a number. Type it again as text."
    ),
    "hetu_birth_date": _("The date of birth and the personal identity code do not agree."),
    "phone_impossible": _("This is not a phone number."),
    "phone_mangled": _("The spreadsheet has turned the phone number into a number. Type it again as text."),
    "email_impossible": _("This is not an e-mail address."),
    "postal_code_impossible": _("A postal code has five digits."),
    "duplicate_in_file": _("The same person is already on row %(detail)s of this file."),
    "same_hetu_other_person": _(
        "The name on record for this personal identity code is another one. Check the code."
    ),
}

FAULT_SENTENCES |= {
    "business_id_impossible": _("Check the business ID: its last digit does not fit."),
    "employer_twice": _("The same employer is already on row %(detail)s of this file."),
}

REMARK_SENTENCES: dict[str, Promise] = {
    "name_order": _("Read as last name first. Check the name."),
    "language_noted": _("The language is written into the note; we write to the person in Finnish."),
    "education_noted": _("The education was not recognised and is written into the note."),
    "second_phone": _("The second phone number is written into the note."),
    "referred_today": _("No referral date in the list: today's date is used."),
    "sector_noted": _("The sector was not recognised and is written into the note."),
}
