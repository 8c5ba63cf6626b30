"""What the office knows from earlier digests, and what must therefore stay untold in the next one.

A half-year minus the months that were told leaves the other months; a period told twice leaves who came in
between. Where that is one to four people, the parts of the new side are withheld (docs/decisions/digest.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from accounts.models import Authority
from employers.limits import months_later
from reports.enums import DigestPeriod
from reports.models import OfficeDigest

if TYPE_CHECKING:
    from reports.digest_figures import Span

FEW = 5
NOW, BEFORE = "now", "before"
Told = dict[str, dict[tuple[str, dt.date], set[int]]]  # what is counted: period and first day: the numbers


def withhold_remainders(figures: dict[str, Any], authority: Authority, span: Span) -> None:
    """Take the parts out of `figures` that what was sent to the office would break open. One query."""
    period = DigestPeriod.MONTH
    if months_later(span.first, -1) != span.before:
        period = DigestPeriod.HALF_YEAR
    told = _told_before(authority, span)
    for side, first in ((NOW, span.first), (BEFORE, span.before)):
        for code, number in list(_told_parts(figures, side)):
            if _leaves_few(told.get(code, {}), str(period), first, number):
                _withhold(figures, side, code)
        _remember(told, figures, side, str(period), first)  # the second side stands beside the first


def _told_before(authority: Authority, span: Span) -> Told:
    """A digest tells of its period and of the one before it, so the next half-year's count too."""
    around = (_half_of(span.before), months_later(_half_of(span.first), 6))
    sent = OfficeDigest.objects.filter(
        authority=authority, sent_at__isnull=False, starts_on__range=around
    ).values_list("period", "starts_on", "data")
    told: Told = {}
    for period, starts_on, data in sent:
        length = 6 if period == DigestPeriod.HALF_YEAR else 1
        _remember(told, data, NOW, period, starts_on)
        _remember(told, data, BEFORE, period, months_later(starts_on, -length))
    return told


def _remember(told: Told, figures: dict[str, Any], side: str, period: str, first: dt.date) -> None:
    for code, number in _told_parts(figures, side):
        told.setdefault(code, {}).setdefault((period, first), set()).add(number)


def _told_parts(figures: dict[str, Any], side: str) -> Iterator[tuple[str, int]]:
    """What is broken down on this side, and of how many."""
    people, soft, trials = (figures.get(block, {}).get(side, {}) for block in ("people", "soft", "trials"))
    if people.get("paths") is not None:
        yield "people", people["all"]
    if soft.get("areas") is not None:
        yield "soft", soft["assessed"]
        for code, area in soft["areas"].items():
            if area is not None:
                yield f"area:{code}", area["of"]
    if trials.get("states") is not None:
        yield "trials", trials["all"]


def _withhold(figures: dict[str, Any], side: str, code: str) -> None:
    if code == "people":
        figures["people"][side] |= dict.fromkeys(("found", "hired", "tried", "paths"))
    elif code == "soft":
        figures["soft"][side] |= dict.fromkeys(("risen", "areas"))
    elif code == "trials":
        figures["trials"][side]["states"] = None
    elif (areas := figures["soft"][side]["areas"]) is not None:
        areas[code.removeprefix("area:")] = None


def _leaves_few(told: dict[tuple[str, dt.date], set[int]], period: str, first: dt.date, number: int) -> bool:
    half = _half_of(first)
    halves = told.get((str(DigestPeriod.HALF_YEAR), half), set())
    if _is_few_apart({number}, told.get((period, first), set())):
        return True
    months = [
        numbers
        for (kind, day), numbers in told.items()
        if kind == DigestPeriod.MONTH and _half_of(day) == half and (kind, day) != (period, first)
    ]
    sums = _sums(months)
    if period == DigestPeriod.HALF_YEAR:
        return _is_few_apart({number}, sums)
    return _is_few_apart(halves, {number + each for each in sums})


def _sums(months: Iterable[set[int]]) -> set[int]:
    """What any of the months come to together."""
    sums = {0}
    for numbers in months:
        sums |= {each + number for each in sums for number in numbers}
    return sums


def _is_few_apart(ones: set[int], others: set[int]) -> bool:
    return any(0 < abs(one - other) < FEW for one in ones for other in others)


def _half_of(day: dt.date) -> dt.date:
    return day.replace(month=1 if day.month < 7 else 7, day=1)
