"""Which sessions give way when one is moved. Pure functions over days and halves.

Decisions (issue 3, "Moving one cascades to later ones"; docs/decisions/months.md):

- Moved to a later day, a session takes along what comes after it: the later ones keep their order and take
  the next days on which the group can meet. A free day takes up the shift, and from there on nothing moves.
- Moved to an earlier day over others, it makes room: those in its way step aside until the place it left.
- Moved to an earlier day over free days only, it takes the later ones along: they close up by as much.
- The sessions of one day stay together. Weekends and days off are stepped over, and so is a half day that
  something fixed stands on: a logged or called-off session, or work-trial marks.
- Moved to the other half of the day, a session goes alone: the two halves are two orders.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

ONE_DAY = dt.timedelta(days=1)
HalfDay = tuple[dt.date, str]


@dataclass(frozen=True)
class Placed:
    """A session that may move, and where it stands."""

    pk: int
    day: dt.date
    half: str


@dataclass(frozen=True)
class Shift:
    """A session's old and new day; its half stays."""

    pk: int
    old: dt.date
    new: dt.date


class NoDayLeft(Exception):
    """The shift would run past the last possible day."""


@dataclass(frozen=True)
class Ground:
    """On which days the group can meet: `may_meet(day)`, half days that are `taken` for good, and the
    `last` possible day."""

    may_meet: Callable[[dt.date], bool]
    taken: frozenset[HalfDay]
    last: dt.date

    def is_free(self, day: dt.date, halves: Iterable[str]) -> bool:
        return self.may_meet(day) and not any((day, half) in self.taken for half in halves)

    def next_free(self, day: dt.date, halves: Iterable[str]) -> dt.date:
        """The first day after `day` on which these halves are free. Raises NoDayLeft."""
        wanted = tuple(halves)
        candidate = day + ONE_DAY
        while not self.is_free(candidate, wanted):
            candidate += ONE_DAY
            if candidate > self.last:
                raise NoDayLeft
        if candidate > self.last:
            raise NoDayLeft
        return candidate

    def count_free(self, after: dt.date, before: dt.date, halves: Iterable[str]) -> int:
        """How many free days lie between the two, both left out."""
        wanted = tuple(halves)
        days = (after + ONE_DAY * n for n in range(1, (before - after).days))
        return sum(self.is_free(day, wanted) for day in days)


def followers(moved: Placed, to: dt.date, others: Iterable[Placed], ground: Ground) -> list[Shift]:
    """How `others` (sessions that may move) give way when `moved` goes to the day `to` in its own half.

    In the order of the days; empty when nothing stands in the way. Raises NoDayLeft.
    """
    rest = sorted(
        (place for place in others if place.pk != moved.pk), key=lambda place: (place.day, place.half)
    )
    between = [place for place in rest if to <= place.day <= moved.day]
    if to < moved.day and not any(place.half == moved.half for place in between):
        taken = ground.taken | {(place.day, place.half) for place in between}
        return _close_up(moved, to, _by_day(rest, moved.day + ONE_DAY), replace(ground, taken=taken))
    return _push(moved, to, _by_day(rest, moved.day + ONE_DAY if to > moved.day else to), ground)


def _by_day(places: Iterable[Placed], first: dt.date) -> dict[dt.date, list[Placed]]:
    days: dict[dt.date, list[Placed]] = {}
    for place in places:
        if place.day >= first:
            days.setdefault(place.day, []).append(place)
    return days


def _push(moved: Placed, to: dt.date, days: dict[dt.date, list[Placed]], ground: Ground) -> list[Shift]:
    """Each day in turn goes on to the next free one, until one need not."""
    shifts = []
    previous, held = to, {moved.half}
    for day, places in days.items():
        halves = {place.half for place in places}
        if day > previous or (day == previous and not halves & held):
            break
        new = ground.next_free(previous, halves)
        shifts += [Shift(place.pk, day, new) for place in places]
        previous, held = new, halves
    return shifts


def _close_up(moved: Placed, to: dt.date, days: dict[dt.date, list[Placed]], ground: Ground) -> list[Shift]:
    """Each day in turn comes nearer; the free days between two of them stay as many as they were."""
    shifts = []
    before, previous = moved.day, to
    for day, places in days.items():
        halves = {place.half for place in places}
        new = previous
        for _free in range(1 + ground.count_free(before, day, halves)):
            new = ground.next_free(new, halves)
        if new >= day:
            break
        shifts += [Shift(place.pk, day, new) for place in places]
        before, previous = day, new
    return shifts
