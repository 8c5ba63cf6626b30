"""What the digest says in words: every number with its share or with the period before it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coaching.enums import Area, OnwardPath
from core import charts
from core.numbers import percent
from employers.enums import PlacementState
from employers.limits import months_later
from reports.aftercare_words import hours_words
from reports.digest_figures import FEW, figures_of, span_of
from reports.enums import DigestPeriod
from reports.models import OfficeDigest

MONTHS_TO_CHOOSE, HALVES_TO_CHOOSE = 12, 4


@dataclass(frozen=True)
class Figure:
    """One number: `value` with its `share` in words, and the same of the period `before`."""

    label: str
    value: str
    share: str
    before: str


@dataclass(frozen=True)
class Table:
    """Parts of one whole: rows of (label, number of whole, share in percent)."""

    title: str
    rows: tuple[tuple[str, str, str], ...]
    chart: tuple[str, int, int] = ("", 0, 0)


def period_words(period: str, starts_on: dt.date, *, inside: bool = False) -> str:
    """As in October 2026, or 1.1.–30.6.2026; `inside` a sentence, where Finnish writes a month small."""
    if period == DigestPeriod.MONTH:
        words = date_format(starts_on, "F Y")
        return words if inside else capfirst(words)
    span = span_of(period, starts_on)
    return f"{span.first.day}.{span.first.month}.–{span.last.day}.{span.last.month}.{span.last.year}"


def periods_to_choose(today: dt.date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The last months and half-years, grouped, newest first: ("month:2026-10-01", "October 2026")."""
    this_month = today.replace(day=1)
    months = [months_later(this_month, -back) for back in range(MONTHS_TO_CHOOSE)]
    this_half = today.replace(month=1 if today.month < 7 else 7, day=1)
    halves = [months_later(this_half, -6 * back) for back in range(HALVES_TO_CHOOSE)]

    def named(period: str, firsts: list[dt.date]) -> list[tuple[str, str]]:
        return [(f"{period}:{first.isoformat()}", period_words(period, first)) for first in firsts]

    return [
        (str(capfirst(DigestPeriod.MONTH.label)), named(DigestPeriod.MONTH, months)),
        (str(capfirst(DigestPeriod.HALF_YEAR.label)), named(DigestPeriod.HALF_YEAR, halves)),
    ]


def figures_for(digest: OfficeDigest, *, today: dt.date) -> dict[str, Any]:
    """What was frozen on sending, until then the counts up to `today`: whose month goes on has no outcome."""
    if digest.sent_at:
        return digest.data
    span = span_of(digest.period, digest.starts_on)
    return figures_of(digest.authority, replace(span, last=min(span.last, today)))


def present_digest(digest: OfficeDigest, *, today: dt.date) -> dict[str, Any]:
    """Everything that page and PDF show, in the language that is active."""
    data = figures_for(digest, today=today)
    now, before = data["people"]["now"], data["people"]["before"]
    target = settings.ONWARD_PATH_TARGET_PERCENT
    share = percent(now["found"], now["all"])
    return {
        "digest": digest,
        "title": _("Digest of the coaching months"),
        "period_inside": period_words(digest.period, digest.starts_on, inside=True),
        "period": period_words(digest.period, digest.starts_on),
        "before_period": period_words(
            digest.period, span_of(digest.period, digest.starts_on).before, inside=True
        ),
        "office": digest.authority.name,
        "is_few": now["all"] < data["few"],
        "few": data["few"],
        "people": now["all"],
        "target": target,
        "percent": share,
        "before_percent": percent(before["found"], before["all"]),
        "reaches": share is not None and share >= target,
        "figures": _figures(data),
        "tables": [table for table in (_paths(data), _areas(data), _endings(data)) if table.rows],
        "stories": digest.cases,
    }


def _figures(data: dict[str, Any]) -> list[Figure]:
    people, soft = data["people"], data["soft"]

    def part(label: str, source: dict, key: str, whole: str) -> Figure:
        of = {side: (source[side][key], source[side][whole]) for side in ("now", "before")}
        return Figure(label, _of(*of["now"]), _share(*of["now"]), _share(*of["before"]))

    leads, care = data["leads"], data["aftercare"]
    care_share = {side: _share(care[side]["used"], care[side]["agreed"]) for side in ("now", "before")}
    return [
        part(_("Found an onward path"), people, "found", "all"),
        part(_("Hired: paid or subsidised work, apprenticeship"), people, "hired", "all"),
        part(_("Tried work at a workplace"), people, "tried", "all"),
        part(_("Went forward in one area at least"), soft, "risen", "assessed"),
        Figure(
            _("Jobs and places passed on to you"),
            _("%(n)s, of them hidden jobs %(hidden)s")
            % {"n": leads["now"]["all"], "hidden": leads["now"]["hidden"]},
            _difference(leads["now"]["all"], leads["before"]["all"]),
            str(leads["before"]["all"]),
        ),
        Figure(
            _("Aftercare used of what was agreed"),
            _("%(used)s of %(agreed)s")
            % {
                "used": hours_words(care["now"]["used"]),
                "agreed": hours_words(care["now"]["agreed"]),
            },
            care_share["now"],
            care_share["before"],
        ),
    ]


def _paths(data: dict[str, Any]) -> Table:
    paths, total = data["people"]["now"]["paths"], data["people"]["now"]["all"]
    rows = _parts(paths, total, OnwardPath)
    return Table(_("Onward paths"), rows, _chart(paths, total, OnwardPath))


def _areas(data: dict[str, Any]) -> Table:
    areas = data["soft"]["now"]["areas"] or {}  # frozen data has no order: the enum's is the reader's
    told = {code.value: areas[code] for code in Area if areas.get(code)}
    rows = tuple(
        (capfirst(str(Area(code).label)), _of(row["up"], row["of"]), _share(row["up"], row["of"]))
        for code, row in told.items()
    )
    return Table(_("Went forward, by area, in the coach's view"), rows)


def _endings(data: dict[str, Any]) -> Table:
    states, total = data["trials"]["now"]["states"], data["trials"]["now"]["all"]
    return Table(_("How work trials ended"), _parts(states, total, PlacementState))


def _parts(counts: dict[str, int] | None, total: int, choices) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (capfirst(str(choice.label)), _of(counts[choice], total), _share(counts[choice], total))
        for choice in choices
        if counts and choice in counts
    )


def _chart(counts: dict[str, int] | None, total: int, choices) -> tuple[str, int, int]:
    return charts.bars(
        (capfirst(str(choice.label)), counts[choice], f"{counts[choice]} ({_share(counts[choice], total)})")
        for choice in choices
        if counts and choice in counts
    )


def _share(part: int | None, whole: int) -> str:
    share = percent(part, whole)
    return "–" if share is None else _("%(percent)s %%") % {"percent": share}


def _of(part: int | None, whole: int) -> str:
    if part is None and whole >= FEW:
        return _("not broken down, since an earlier digest would then tell of fewer than five people")
    if part is None:
        return _("fewer than five people, not broken down") if whole else _("nobody")
    return _("%(part)s of %(whole)s") % {"part": part, "whole": whole}


def _difference(now: int, before: int) -> str:
    if now == before:
        return _("as many as before")
    words = {"n": abs(now - before)}
    return _("%(n)s more than before") % words if now > before else _("%(n)s fewer than before") % words
