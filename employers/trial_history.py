"""How long somebody has been in work trials: ours and those told, over all organisers, and linked ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from coaching.enums import Mark
from coaching.models import AttendanceMark
from employers.enums import BEGUN_STATES, LIVE_STATES
from employers.limits import months_later
from employers.models import EarlierTrial, Placement

DAYS_OF_A_MONTH = 30  # as benefits count: what is not whole months is days, and thirty of them are a month
LONGEST_CHAIN = 40


@dataclass(frozen=True)
class Span:
    """A length in months and days."""

    months: int = 0
    days: int = 0

    @property
    def is_nothing(self) -> bool:
        return not self.months and not self.days


@dataclass(frozen=True)
class Told:
    """One earlier work trial of the person, ours or told. `trial` is the EarlierTrial that can be edited."""

    workplace: str
    organiser: str
    starts_on: dt.date
    ends_on: dt.date
    note: str = ""
    placement: Placement | None = None
    trial: EarlierTrial | None = None


@dataclass(frozen=True)
class TrialHistory:
    """The earlier work trials of a person, newest first, and their length in all."""

    rows: list[Told] = field(default_factory=list)
    total: Span = Span()


def whole_months(first: dt.date, last: dt.date) -> Span:
    """Months and days from `first` to `last`, both included: 1.2.–31.3. is two months."""
    end = last + dt.timedelta(days=1)
    months = (end.year - first.year) * 12 + end.month - first.month
    if end.day < first.day:
        months -= 1
    days = (end - months_later(first, months)).days
    return Span(months, days)


def total_span(spans: Iterable[tuple[dt.date, dt.date]]) -> Span:
    """The length of all spans; days that lie in two of them count once."""
    months = days = 0
    for first, last in _merged(spans):
        span = whole_months(first, last)
        months, days = months + span.months, days + span.days
    return Span(months + days // DAYS_OF_A_MONTH, days % DAYS_OF_A_MONTH)


def history_of(placement: Placement) -> TrialHistory:
    """What the person did before `placement`, which may be unsaved: two queries. A proposal and what never
    started are no time at a workplace; a planned one is, when it comes before."""
    ours = (
        Placement.objects.filter(participant=placement.participant_id, state__in=LIVE_STATES)
        .exclude(pk=placement.pk)
        .filter(starts_on__lt=placement.starts_on)
        .select_related("employer")
    )
    told = EarlierTrial.objects.filter(participant=placement.participant_id)
    rows = [Told(one.employer.name, "", one.starts_on, one.ends_on, placement=one) for one in ours]
    rows += [
        Told(one.workplace, one.organiser, one.starts_on, one.ends_on, one.note, trial=one) for one in told
    ]
    rows.sort(key=lambda row: (row.starts_on, row.ends_on), reverse=True)
    return TrialHistory(rows, total_span((row.starts_on, row.ends_on) for row in rows))


@dataclass(frozen=True)
class ChainTotal:
    """Days and hours at work over work trials that follow each other: a changed place, a longer trial."""

    trials: int
    days: int
    hours: Decimal


def chain_of(placement: Placement) -> list[Placement]:
    """The work trials linked with this one by `follows`, oldest first, this one among them: two queries."""
    rows = {
        row.pk: row
        for row in Placement.objects.filter(participant=placement.participant_id).select_related("employer")
    }
    if placement.pk not in rows:
        return []
    first = rows[placement.pk]
    for _step in range(LONGEST_CHAIN):
        if first.follows_id not in rows:
            break
        first = rows[first.follows_id]
    found, waiting = [], [first]
    while waiting:
        row = waiting.pop(0)
        if row in found:
            continue
        found.append(row)
        waiting += sorted(
            (other for other in rows.values() if other.follows_id == row.pk),
            key=lambda other: other.starts_on,
        )
    return found


def chain_total(trials: list[Placement]) -> ChainTotal:
    """What the marks of their half days add up to: one query for each month of the chain's people."""
    begun = [trial for trial in trials if trial.state in BEGUN_STATES]
    days, hours = 0, Decimal(0)
    for trial in begun:
        marks = AttendanceMark.objects.filter(
            enrolment__participant=trial.participant_id,
            half=trial.half,
            session__isnull=True,
            mark=Mark.PRESENT,
            day__range=(trial.starts_on, trial.ends_on),
        )
        days += marks.values("day").distinct().count()
        hours += marks.aggregate(hours=Sum("hours"))["hours"] or Decimal(0)
    return ChainTotal(len(begun), days, hours)


def _merged(spans: Iterable[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    merged: list[tuple[dt.date, dt.date]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + dt.timedelta(days=1):
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged
