"""The work-trial report: each trial for the coordinator, numbers only for the manager."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import (
    Case,
    Count,
    DecimalField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.enums import Role
from coaching.enums import EnrolmentState, Mark
from coaching.models import AttendanceMark
from coaching.services.schedule import holidays_between
from employers.enums import HIRES, LIVE_STATES, OPEN_STATES, Continuation, EndCause, PlacementState, Sector
from employers.models import Placement
from reports.tables.few import Counted, hide_few_of_all
from reports.tables.groups import not_told
from reports.tables.paper import PaperTable

LONGEST_TRIAL = dt.timedelta(days=400)
# lines of the numbers that are no code of the work trial
PROTECTED, GOES_ON = "-protected", "-goes-on"


@dataclass(frozen=True)
class TrialPeriod:
    """Work trials that have a day in these days, and an office (its id; None: all)."""

    first: dt.date
    last: dt.date
    office_id: int | None = None


def trial_period(asked: dict) -> TrialPeriod:
    """The period of what PeriodForm.asked() gave, as a job keeps it."""
    first, last = dt.date.fromisoformat(asked["first"]), dt.date.fromisoformat(asked["last"])
    return TrialPeriod(first, last, asked.get("office"))


@dataclass(frozen=True)
class TrialRow:
    """One work trial as it is shown; `is_withheld` when the workplace of a protected person stays hidden."""

    pk: int
    person: str
    employer: str
    sector: str
    starts_on: dt.date
    ends_on: dt.date
    days: int
    hours: Decimal
    state: str
    cause: str
    continuation: str
    is_hired: bool
    is_withheld: bool


@dataclass(frozen=True)
class NumberTable:
    """Counted work trials under one heading; `rows` are (label, number or None when it is not told)."""

    code: str
    title: str
    rows: list[tuple[str, int | None]]

    @property
    def is_empty(self) -> bool:
        return all(number == 0 for _label, number in self.rows)


def trials_of_report(user, period: TrialPeriod, *, today: dt.date) -> QuerySet:
    """A coordinator's own; for a manager all, to be counted and never listed."""
    if user.role == Role.MANAGER:
        trials = Placement.objects.all()
    elif user.role == Role.COORDINATOR:
        trials = Placement.objects.visible_to(user, today=today)
    else:
        return Placement.objects.none()
    trials = trials.filter(starts_on__lte=period.last, ends_on__gte=period.first)
    if period.office_id:
        trials = trials.filter(participant__authority=period.office_id)
    return trials


def trial_rows(user, period: TrialPeriod, *, today: dt.date) -> Iterator[TrialRow]:
    """A row for each work trial, newest first: one query, read as it comes. None for who may only count."""
    if user.role != Role.COORDINATOR:
        return
    trials = with_days(trials_of_report(user, period, today=today), period)
    for trial in trials.with_names().newest_first().iterator(chunk_size=1000):
        yield trial_row(trial)


def with_days(trials: QuerySet, period: TrialPeriod) -> QuerySet:
    """`days` and `hours` that were marked at the workplace, as the month counts them."""
    days_off = list(holidays_between(period.first - LONGEST_TRIAL, period.last + LONGEST_TRIAL))
    marks = (
        AttendanceMark.objects.filter(
            Q(enrolment__left_on__isnull=True) | Q(day__lte=F("enrolment__left_on")),
            enrolment__participant=OuterRef("participant"),
            enrolment__month=OuterRef("month"),
            enrolment__state=EnrolmentState.ENROLLED,
            enrolment__joined_on__lte=F("day"),
            enrolment__month__starts_on__lte=F("day"),
            enrolment__month__ends_on__gte=F("day"),
            day__gte=OuterRef("starts_on"),
            day__lte=OuterRef("ends_on"),
            mark=Mark.PRESENT,
        )
        .exclude(half=F("enrolment__month__coaching_half"))
        .exclude(day__in=days_off)
        .order_by()
        .values("enrolment__month")
    )
    days = Subquery(marks.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    hours = Subquery(marks.annotate(n=Sum("hours")).values("n"), output_field=DecimalField())
    # a proposal, and one that did not start, have none, whatever another trial has on these days
    live = Q(state__in=LIVE_STATES)
    return trials.annotate(
        days=Coalesce(Case(When(live, then=days)), Value(0)),
        hours=Coalesce(Case(When(live, then=hours)), Value(Decimal("0")), output_field=DecimalField()),
    )


def trial_row(trial) -> TrialRow:
    """One work trial of `with_days` with its names; a protected person's workplace stays hidden."""
    person, hidden = trial.participant, trial.participant.is_restricted
    sector = Sector(trial.employer.sector).label if trial.employer.sector else ""
    return TrialRow(
        pk=trial.pk,
        person=f"{person.last_name} {person.first_name}",
        employer=withheld() if hidden else trial.employer.name,
        sector="" if hidden else capfirst(str(sector)),
        starts_on=trial.starts_on,
        ends_on=trial.ends_on,
        days=trial.days,
        hours=trial.hours,
        state=capfirst(trial.get_state_display()),
        cause=capfirst(trial.get_end_cause_display()) if trial.end_cause else "",
        continuation=capfirst(trial.get_continuation_display()) if trial.continuation else "",
        is_hired=trial.continuation in HIRES,
        is_withheld=hidden,
    )


def withheld() -> str:
    """Stands for the workplace of a protected person."""
    return _("Not told (non-disclosure for safety reasons)")


# --- counted --------------------------------------------------------------------------------------
def trial_numbers(user, period: TrialPeriod, *, today: dt.date) -> list[NumberTable]:
    """By state, sector, cause and what came after; one query. Under three people are not told to a manager,
    who does not know them, nor what gives them away: the tables share their total, and so do the offices."""
    hides = user.role == Role.MANAGER
    everywhere = replace(period, office_id=None) if hides else period
    sector = Case(When(participant__is_restricted=True, then=Value(PROTECTED)), default=F("employer__sector"))
    after = Case(When(continuation="", state__in=OPEN_STATES, then=Value(GOES_ON)), default=F("continuation"))
    groups = (
        trials_of_report(user, everywhere, today=today)
        .order_by()
        .annotate(told_sector=sector, told_after=after)
        .values_list("participant__authority", "state", "told_sector", "end_cause", "told_after")
        .annotate(number=Count("pk"))
    )
    whole, offices = Counted(), {}
    for office, *codes, number in groups:
        for counted in (whole, offices.setdefault(office, Counted())):
            _count(counted, codes, number)
    if hides:
        hide_few_of_all(whole, offices.values())
        if period.office_id:
            whole = offices.get(period.office_id, Counted())
    kinds = (
        ("state", _("By state"), PlacementState, ""),
        ("sector", _("By sector"), Sector, _("Not known")),
        ("cause", _("Why they ended early or did not start"), EndCause, ""),
        ("after", _("What came after"), Continuation, _("Not known yet")),
    )
    return [_number_table(code, title, labels, without, whole) for code, title, labels, without in kinds]


def _count(counted: Counted, codes: list[str], number: int) -> None:
    state, _sector, cause, _after = codes
    for table, line in zip(("state", "sector", "cause", "after"), codes, strict=True):
        if table != "cause" or line:
            counted.add(table, line, number)
    if cause:
        counted.parts.setdefault("cause", set()).add(("state", state))


def _number_table(code: str, title: str, labels, without: str, counted: Counted) -> NumberTable:
    found = counted.numbers.get(code, {})
    lines = [(capfirst(str(label)), value) for value, label in labels.choices]
    lines += [(_("Goes on or is still to come"), GOES_ON), (withheld(), PROTECTED)]
    if without:
        lines.append((without, ""))
    rows = [
        (label, None if (code, value) in counted.hidden else found[value])
        for label, value in lines
        if found.get(value)
    ]
    return NumberTable(code, title, rows)


# --- as a table -----------------------------------------------------------------------------------
def trial_headers(user) -> list[str]:
    """The columns of `trial_table`."""
    if user.role == Role.MANAGER:
        return [_("Table"), _("Line"), _("Work trials")]
    names = [_("Participant"), _("Employer"), _("Sector"), _("Begins"), _("Ends"), _("Days at work")]
    rest = [_("Hours"), _("State"), _("Cause of the ending"), _("What came after"), _("Hired")]
    return [*names, *rest]


def trial_table(user, period: TrialPeriod, *, today: dt.date) -> Iterator[list[object]]:
    """Each work trial, or for a manager the numbers."""
    if user.role == Role.MANAGER:
        for table in trial_numbers(user, period, today=today):
            for label, number in table.rows:
                yield [table.title, label, not_told() if number is None else number]
        return
    for row in trial_rows(user, period, today=today):
        yield trial_cells(row)


def trial_cells(row: TrialRow) -> list[object]:
    """One work trial in the order of `trial_headers`."""
    words = [row.person, row.employer, row.sector, row.starts_on, row.ends_on, row.days, row.hours]
    return [*words, row.state, row.cause, row.continuation, _("yes") if row.is_hired else ""]


# --- on paper ---------------------------------------------------------------------------------------
def trial_papers(user, period: TrialPeriod, *, today: dt.date) -> list[PaperTable]:
    """The numbers, and for a coordinator each work trial before them."""
    numbers = [
        PaperTable(
            table.title,
            [_("Line"), _("Work trials")],
            [[label, not_told() if number is None else number] for label, number in table.rows],
        )
        for table in trial_numbers(user, period, today=today)
    ]
    if user.role == Role.MANAGER:
        return numbers
    rows = [trial_cells(row) for row in trial_rows(user, period, today=today)]
    return [PaperTable(_("Work trials"), trial_headers(user), rows, texts=11), *numbers]
