"""The group report: what each month came to, and all of them together.

For whoever does not know the people (a manager), a number of one or two people is not told, nor another
from which it could be worked out (permissions.md: small groups suppressed).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.enums import Role
from coaching.enums import MonthState
from coaching.models import CoachingMonth
from coaching.querysets import coached_months_q
from core.numbers import percent
from reports.tables.few import FEW, hide_parts
from reports.tables.group_query import with_figures
from reports.tables.paper import PaperTable

EXITS = ("completed", "left_for_work", "left_for_study", "dropped_out", "open")
NUMBERS = (
    "considered",
    "chosen",
    "started",
    *EXITS,
    "attended",
    "arranged",
    "trials",
    "trials_completed",
    "trials_early",
    "trials_not_started",
    "path",
    "work",
    "areas_up",
    "areas",
    "interviews",
    "hired",
)
# the numbers of people and of what one person has once; days, areas and interviews do not point at anybody
OF_PEOPLE = frozenset(NUMBERS) - {"attended", "arranged", "areas_up", "areas", "interviews"}
# what adds up to another number of the row, for trials with a rest that has no column of its own
SUMS = (("started", EXITS), ("trials", ("trials_completed", "trials_early")))
REST = ""
# what two people's number of days, areas and chosen would tell of them
OF_GROUP = ("chosen", "attended", "arranged", "areas_up", "areas", "interviews")


@dataclass(frozen=True)
class GroupPeriod:
    """Months that begin in these days, of an office and of a coach (ids; None: all)."""

    first: dt.date
    last: dt.date
    office_id: int | None = None
    coach_id: int | None = None


def group_period(asked: dict) -> GroupPeriod:
    """The period of what PeriodForm.asked() gave, as a job keeps it."""
    first, last = dt.date.fromisoformat(asked["first"]), dt.date.fromisoformat(asked["last"])
    return GroupPeriod(first, last, asked.get("office"), asked.get("coach"))


@dataclass(frozen=True)
class GroupRow:
    """One month, or all together (`name` says which). `numbers` maps NUMBERS; None is not told."""

    name: str
    numbers: dict[str, int | None]
    pk: int | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    coach: str = ""
    office: str = ""
    share: tuple[int, int] = (0, 0)  # onward paths found, of how many, in months that are closed
    at_least: frozenset[str] = frozenset()  # numbers of a total that some month does not tell its part of

    @property
    def words(self) -> dict[str, object]:
        """The numbers as they are read."""
        return {name: self.word(name) for name in NUMBERS}

    def word(self, name: str) -> object:
        """One number as it is read; what is not told says so."""
        number = self.numbers[name]
        if number is None:
            return not_told()
        return _("at least %(number)s") % {"number": number} if name in self.at_least else number

    @property
    def attendance_percent(self) -> int | None:
        return percent(self.numbers["attended"], self.numbers["arranged"])

    @property
    def path_percent(self) -> int | None:
        """Nothing for a month that goes on: most paths are found in its last days."""
        if None in (self.numbers["path"], self.numbers["started"]):
            return None
        return percent(*self.share)

    @property
    def areas_percent(self) -> int | None:
        return percent(self.numbers["areas_up"], self.numbers["areas"])

    @property
    def reaches_target(self) -> bool:
        return self.path_percent is not None and self.path_percent >= settings.ONWARD_PATH_TARGET_PERCENT


def months_of_report(user, period: GroupPeriod) -> QuerySet:
    """A coach's own months, a manager's all; called-off months stay out."""
    months = CoachingMonth.objects.filter(starts_on__range=(period.first, period.last))
    months = months.exclude(state=MonthState.CANCELLED)
    if user.role == Role.COACH:
        months = months.filter(coached_months_q(user))
    elif user.role != Role.MANAGER:
        return months.none()
    if period.office_id:
        months = months.filter(authority=period.office_id)
    if period.coach_id:
        months = months.filter(coach=period.coach_id)
    return months.order_by("-starts_on", "-id")


def group_rows(user, period: GroupPeriod, total: GroupTotal | None = None) -> Iterator[GroupRow]:
    """A row for each month, newest first: one query, read as it comes. `total` adds up what passes."""
    hides = user.role == Role.MANAGER
    months = with_figures(months_of_report(user, period), period.first, period.last)
    for month in months.iterator(chunk_size=500):
        row = _row(month)
        shown = hide_few(row) if hides else row
        if total is not None:
            total.add(row, shown)
        yield shown


def _row(month) -> GroupRow:
    talks, people, trials = month.talks or {}, month.people or {}, month.trials or {}
    days, areas = month.attendance or {}, month.areas or {}
    numbers = {
        "considered": talks.get("only", 0) + people.get("all", 0),
        "chosen": talks.get("chosen", 0) + people.get("chosen", 0),
        "started": people.get("started", 0),
        **{code: people.get(code, 0) for code in EXITS},
        "attended": days.get("attended", 0),
        "arranged": days.get("told", 0) + days.get("unmarked", 0),
        "trials": trials.get("begun", 0),
        "trials_completed": trials.get("completed", 0),
        "trials_early": trials.get("early", 0),
        "trials_not_started": trials.get("not_started", 0),
        "path": people.get("path", 0),
        "work": people.get("work", 0),
        "areas_up": areas.get("up", 0),
        "areas": areas.get("both", 0),
        "interviews": (month.interviews or {}).get("real", 0),
        "hired": trials.get("hired", 0),
    }
    return GroupRow(
        month.name,
        numbers,
        month.pk,
        month.starts_on,
        month.ends_on,
        month.coach.get_full_name(),
        month.authority.name,
        (numbers["path"], numbers["started"]) if month.state == MonthState.CLOSED else (0, 0),
    )


def hide_few(row: GroupRow) -> GroupRow:
    """The row without numbers of one or two people and without what they could be worked out from."""
    numbers = row.numbers
    hidden = {name for name in OF_PEOPLE if 0 < numbers[name] < FEW}
    for whole, parts in SUMS:
        own = {part: numbers[part] for part in parts}
        own[REST] = max(0, numbers[whole] - sum(own.values()))
        few = any(0 < number < FEW for number in own.values())
        if few and not _hide_parts_of_row(own, hidden):
            hidden.add(whole)
    if not hidden:
        return row
    if "started" in hidden:
        hidden.update(OF_GROUP)
    return replace(row, numbers={name: None if name in hidden else numbers[name] for name in NUMBERS})


def _hide_parts_of_row(own: dict[str, int], hidden: set[str]) -> bool:
    closed = {part for part in own if part in hidden} | {REST}  # nobody is told the rest
    is_enough = hide_parts(own, closed)
    hidden |= closed - {REST}
    return is_enough


class GroupTotal:
    """Adds up what the months tell, and nothing else: the total of another period, another office or another
    coach can then give no hidden number away. Where a month does not tell its part, it is a least."""

    def __init__(self) -> None:
        self.months = 0
        self._sums = dict.fromkeys(NUMBERS, 0)
        self._hidden: set[str] = set()
        self._share = (0, 0)
        self._hides_share = False

    def add(self, row: GroupRow, shown: GroupRow) -> None:
        """One month as it is and as it is shown."""
        self.months += 1
        self._share = (self._share[0] + row.share[0], self._share[1] + row.share[1])
        self._hides_share |= bool(row.share[1]) and shown.path_percent is None
        for name, number in shown.numbers.items():
            if number is None:
                self._hidden.add(name)
            else:
                self._sums[name] += number

    @property
    def row(self) -> GroupRow:
        numbers = {
            name: None if name in self._hidden and not number else number
            for name, number in self._sums.items()
        }
        share = (0, 0) if self._hides_share else self._share  # that of closed months only
        return GroupRow(_("All months together"), numbers, share=share, at_least=frozenset(self._hidden))


# --- as a table -----------------------------------------------------------------------------------
def group_headers() -> list[str]:
    """The columns of `group_cells`."""
    return [
        _("Month"),
        _("Begins"),
        _("Ends"),
        _("Coach"),
        _("Authority"),
        *number_labels().values(),
        _("Attendance, per cent"),
        _("Onward path, per cent"),
        _("Areas that rose, per cent"),
    ]


def number_labels() -> dict[str, str]:
    """What each of NUMBERS is called."""
    return {
        "considered": _("Considered"),
        "chosen": _("Chosen"),
        "started": _("Started"),
        "completed": _("Stayed to the end"),
        "left_for_work": _("Left early for work"),
        "left_for_study": _("Left early to study"),
        "dropped_out": _("Dropped out"),
        "open": _("Ending not recorded"),
        "attended": _("Days attended"),
        "arranged": _("Days arranged"),
        "trials": _("Work trials begun"),
        "trials_completed": _("Work trials to the end"),
        "trials_early": _("Work trials ended early"),
        "trials_not_started": _("Work trials that did not start"),
        "path": _("With an onward path"),
        "work": _("of them to work"),
        "areas_up": _("Areas that rose"),
        "areas": _("Areas assessed twice"),
        "interviews": _("Job interviews"),
        "hired": _("Hired at the workplace"),
    }


def group_table(user, period: GroupPeriod) -> Iterator[list[object]]:
    """Every month's cells and, below them, all together."""
    total = GroupTotal()
    for row in group_rows(user, period, total):
        yield group_cells(row)
    if total.months:
        yield group_cells(total.row)


def not_told() -> str:
    """Stands for a number that is not told."""
    return _("not told")


def group_cells(row: GroupRow) -> list[object]:
    """The row as cells; what is not told says so."""
    numbers = [row.word(name) for name in NUMBERS]
    percents = [row.attendance_percent, row.path_percent, row.areas_percent]
    return [row.name, row.starts_on, row.ends_on, row.coach, row.office, *numbers, *percents]


# --- on paper ---------------------------------------------------------------------------------------
def group_papers(rows: list[GroupRow], total: GroupTotal) -> list[PaperTable]:
    """The report in three tables that fit an A4 across: people, days and work trials, outcomes."""
    parts = (
        (_("People"), ("considered", "chosen", "started", *EXITS)),
        (_("Days and work trials"), ("attended", "arranged", *NUMBERS[10:14], "interviews")),
        (_("What came of it"), ("path", "work", "hired", "areas_up", "areas")),
    )
    return [_paper(title, names, rows, total) for title, names in parts]


def _paper(title: str, names: tuple[str, ...], rows: list[GroupRow], total: GroupTotal) -> PaperTable:
    labels = number_labels()
    percents = {"attended": _("Attendance, per cent"), "path": _("Onward path, per cent")}
    lead = percents.get(names[0], "")
    headers = [_("Month"), _("Coach"), *(labels[name] for name in names), *([lead] if lead else [])]

    def cells(row: GroupRow) -> list[object]:
        numbers = [row.word(name) for name in names]
        share = row.attendance_percent if names[0] == "attended" else row.path_percent
        return [row.name, row.coach, *numbers, *([share] if lead else [])]

    whole = cells(total.row) if rows else None
    return PaperTable(title, headers, [cells(row) for row in rows], texts=2, total=whole)
