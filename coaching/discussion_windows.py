"""Between which days each discussion of a month is held.

A programme gives a window for each kind (models.DiscussionWindow): day 1 is the Monday of the first week, day
20 the Friday of the fourth; days off count too, so a holiday moves no deadline. A kind without a window in
the programme keeps the model's own weeks (product.md, "The month"): the mid discussion in weeks 2-3, the
final one in week 4, the discussion of three from the last Friday to two weeks after it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from coaching.enums import SINGLE_DISCUSSIONS, DiscussionKind
from coaching.models import CoachingMonth, DiscussionWindow
from coaching.services.schedule import monday_of

DAYS_A_WEEK = 5
MODELS_OWN = {
    DiscussionKind.MID: (6, 15),
    DiscussionKind.FINAL: (16, 20),
    DiscussionKind.THREE_PARTY: (20, 30),
}

NOT_YET, DUE, LATE, DONE = "", "due", "late", "done"


@dataclass(frozen=True)
class TalkWindow:
    """One kind of discussion: asked for from `first_day`, late after `last_day` (both dates)."""

    kind: str
    first_day: dt.date
    last_day: dt.date

    def state_on(self, today: dt.date, *, is_held: bool = False) -> str:
        """NOT_YET, DUE, LATE or DONE."""
        if is_held:
            return DONE
        if today > self.last_day:
            return LATE
        return DUE if today >= self.first_day else NOT_YET


def discussion_windows(month: CoachingMonth) -> dict[str, TalkWindow]:
    """The windows of one month by DiscussionKind value, in the order of the kinds. One query."""
    return discussion_windows_of([month])[month.pk]


def discussion_windows_of(months: Iterable[CoachingMonth]) -> dict[int, dict[str, TalkWindow]]:
    """The windows of several months, by the month's id. One query however many there are."""
    found = list(months)
    rows = DiscussionWindow.objects.filter(programme__in={month.programme_id for month in found})
    given: dict[int, dict[str, tuple[int, int]]] = {}
    for programme_id, kind, first, last in rows.values_list("programme_id", "kind", "first_day", "last_day"):
        given.setdefault(programme_id, {})[kind] = (first, last)
    return {month.pk: _windows(month, given.get(month.programme_id, {})) for month in found}


def day_of_month(starts_on: dt.date, number: int) -> dt.date:
    """The date of weekday number `number` (1 is the Monday of the week of `starts_on`, 6 the next Monday)."""
    weeks, days = divmod(number - 1, DAYS_A_WEEK)
    return monday_of(starts_on) + dt.timedelta(weeks=weeks, days=days)


def _windows(month: CoachingMonth, given: dict[str, tuple[int, int]]) -> dict[str, TalkWindow]:
    windows = {}
    for kind in SINGLE_DISCUSSIONS:
        first, last = given.get(kind.value, MODELS_OWN[kind])
        first_day = max(month.starts_on, day_of_month(month.starts_on, first))
        last_day = max(first_day, day_of_month(month.starts_on, last))
        windows[kind.value] = TalkWindow(kind.value, first_day, last_day)
    return windows
