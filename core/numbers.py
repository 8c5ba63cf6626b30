"""Numbers as people round them: a half goes up (Python's `round` sends 12.5 to 12 and 87.5 to 88)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def percent(part: int | None, whole: int | None) -> int | None:
    """`part` of `whole` in whole per cent, neither negative; None when there is no whole or no part."""
    if part is None or not whole:
        return None
    return (200 * part + whole) // (2 * whole)


def rounded(value: float | Decimal, decimals: int) -> Decimal:
    """`value` with at most so many decimals, without zeros at its end."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
