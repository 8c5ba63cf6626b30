"""The Finnish business ID (Y-tunnus), however people write it."""

from __future__ import annotations

from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus


def normalise_business_id(text: str) -> str | None:
    """`1234567-8` from "12345678", "1234567-8" or "FI 12345678"; None when the check digit does not fit."""
    try:
        return ytunnus.format(ytunnus.validate(text))
    except ValidationError:
        return None
