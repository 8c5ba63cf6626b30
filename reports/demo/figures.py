"""Deterministic small facts: identity codes of the 900 series, business IDs, phones, dates."""

from __future__ import annotations

import datetime as dt

_HETU_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def demo_hetu(born: dt.date, number: int) -> str:
    """An identity code that is never given to a person: the individual number is 900 + `number` (0-99)."""
    digits = f"{born:%d%m%y}{900 + number % 100:03d}"
    sign = "A" if born.year >= 2000 else "-"
    return f"{born:%d%m%y}{sign}{digits[6:]}{_HETU_CHECK[int(digits) % 31]}"


def demo_business_id(number: int) -> str:
    """A well-formed Y-tunnus from the end of the number range, far from those given to companies."""
    serial = 9_000_000 + number * 11
    while True:
        weights = (7, 9, 10, 5, 8, 4, 2)
        rest = sum(weight * int(digit) for weight, digit in zip(weights, f"{serial:07d}", strict=True)) % 11
        if rest != 1:
            return f"{serial:07d}-{0 if rest == 0 else 11 - rest}"
        serial += 1


def demo_phone(number: int) -> str:
    """A Finnish mobile number of the range kept for fiction and demos."""
    return f"040 012 {number % 10000:04d}"
