"""The Finnish personal identity code: checked, masked, kept encrypted.

python-stdnum knows the separators of 1.1.2023 (- Y X W V U for the 1900s, A-F for the 2000s; dvv.fi).
The separator is a part of the identity: two codes may differ in nothing else.
"""

from __future__ import annotations

import datetime as dt
import re

from django.conf import settings
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.fi import hetu as stdnum_hetu

from core import crypto
from core.errors import DomainError

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d\u00ad"), "-")
_SHAPE = re.compile(r"^\d{6}[-+A-FYXWVU]\d{3}[0-9A-Z]$")
_CENTURY = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}


class HetuWrong(DomainError):
    """Not a personal identity code; `code` is hetu_format, hetu_impossible or hetu_temporary."""

    def __init__(self, code: str) -> None:
        from participants.referral_list.faults import FAULT_SENTENCES

        super().__init__(str(FAULT_SENTENCES[code]), field="hetu")
        self.code = code


def check_hetu(text: str) -> str:
    """The code in its canonical form (`131052-308T`), whatever spaces, dashes and letter case were typed.

    Raises HetuWrong for another shape, a date or check character that cannot be, and, unless
    TEMPORARY_HETU_ALLOWED (the demo and the tests), for the 900-series that is never given to a person.
    """
    compact = "".join(text.translate(_DASHES).split()).upper()
    if not _SHAPE.match(compact):
        raise HetuWrong("hetu_format")
    try:
        stdnum_hetu.validate(compact, allow_temporary=True)
    except StdnumError as error:
        raise HetuWrong("hetu_impossible") from error
    if compact[7] == "9" and not settings.TEMPORARY_HETU_ALLOWED:
        raise HetuWrong("hetu_temporary")
    return compact


def birth_date_of(hetu: str) -> dt.date:
    """The date that a checked code carries."""
    return dt.date(_CENTURY[hetu[6]] + int(hetu[4:6]), int(hetu[2:4]), int(hetu[:2]))


def masked(hetu: str) -> str:
    """`131052-****`: what a page shows before the logged reveal."""
    return f"{hetu[:7]}****"


def sealed(hetu: str) -> dict[str, str]:
    """The two columns of a checked code: `hetu_encrypted` and `hetu_hash` (both "" without one)."""
    if not hetu:
        return {"hetu_encrypted": "", "hetu_hash": ""}
    return {"hetu_encrypted": crypto.encrypt(hetu), "hetu_hash": crypto.keyed_hash(hetu)}


def masked_of(participant) -> str:
    """The masked code of a participant, "" without one."""
    return masked(crypto.decrypt(participant.hetu_encrypted)) if participant.has_hetu else ""


def refuse_mismatch(*, hetu: str, birth_date: dt.date | None) -> None:
    """Raises HetuWrong-like DomainError when a given date of birth is not the code's own."""
    if hetu and birth_date and birth_date != birth_date_of(hetu):
        raise DomainError(
            _("The date of birth and the personal identity code do not agree."), field="birth_date"
        )
