"""The figures of work with employers: aggregated queries over a bounded time, then tables (issue 4, "Desk").

Who gave what to whom: contacts and visits belong to whoever made them; work trials, feedback and the time
given to participants to the coordinator of the month. Numbers of fewer than three people are not told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from coaching.models import IndividualTime
from core.charts import bars
from core.numbers import percent
from employers.enums import HIRES, ContactResult, Continuation, PlacementState, VisitState
from employers.models import ContactEvent, Employer, EmployerFeedback, Placement, Visit

FEW = 3  # permissions.md: small groups are suppressed
DAYS_A_YEAR = 365


@dataclass(frozen=True)
class Period:
    """The days looked at, both ends included, and whose work (a user's id; None: everybody's)."""

    first: dt.date
    last: dt.date
    coordinator_id: int | None = None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class FigureRow:
    """One line: `number` None is a number that is not told; `words` is what is shown."""

    label: str
    number: float | Decimal | None
    words: str
    share: str = ""


@dataclass(frozen=True)
class FigureTable:
    """One table with its picture."""

    code: str
    title: str
    unit: str
    rows: list[FigureRow]
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return all(row.number == 0 for row in self.rows)

    @property
    def chart(self) -> tuple[str, int, int]:
        return bars((row.label, _float(row.number), row.words) for row in self.rows)

    @property
    def has_shares(self) -> bool:
        return any(row.share for row in self.rows)

    @property
    def in_words(self) -> str:
        """The picture for whoever does not see it."""
        return "; ".join(f"{row.label}: {row.words}" for row in self.rows)


def half_year(day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day of the half year in which `day` lies."""
    if day.month <= 6:
        return dt.date(day.year, 1, 1), dt.date(day.year, 6, 30)
    return dt.date(day.year, 7, 1), dt.date(day.year, 12, 31)


def employer_figures(period: Period, *, tells_few: bool) -> list[FigureTable]:
    """All tables; nine queries whatever there is. `tells_few`: also numbers under three people (own work)."""
    return [
        _contacts_by_month(period),
        _contacts_by_result(period),
        _contacts_of_employers(period),
        _answers(period),
        _trials_by_state(period, tells_few),
        _continuations(period, tells_few),
        _time(period),
    ]


# --- what is counted ------------------------------------------------------------------------------
def _contacts(period: Period) -> QuerySet:
    rows = ContactEvent.objects.filter(happened_on__range=(period.first, period.last))
    return rows.filter(user=period.coordinator_id) if period.coordinator_id else rows


def _visits(period: Period) -> QuerySet:
    rows = Visit.objects.filter(state=VisitState.DONE, held_on__range=(period.first, period.last))
    if not period.coordinator_id:
        return rows
    goes = Coalesce("responsible_id", "placement__month__coordinator_id")
    return rows.annotate(goes=goes).filter(goes=period.coordinator_id)


def _trials(period: Period, *, day: str) -> QuerySet:
    rows = Placement.objects.filter(**{f"{day}__range": (period.first, period.last)})
    return rows.filter(month__coordinator=period.coordinator_id) if period.coordinator_id else rows


def _contacts_by_month(period: Period) -> FigureTable:
    counted = dict(
        _contacts(period)
        .annotate(in_month=TruncMonth("happened_on"))
        .order_by()
        .values("in_month")
        .annotate(count=Count("id"))
        .values_list("in_month", "count")
    )
    months, day = [], period.first.replace(day=1)
    while day <= period.last:
        months.append(day)
        day = (day + dt.timedelta(days=32)).replace(day=1)
    rows = [_row(date_format(month, "n/Y"), counted.get(month, 0)) for month in months]
    return FigureTable("months", _("Contacts by month"), _("Contacts"), rows)


def _contacts_by_result(period: Period) -> FigureTable:
    counted = _counts(_contacts(period), "result")
    total = sum(counted.values())
    rows = [
        _row(_capital(result.label), counted.get(result.value, 0), total=total) for result in ContactResult
    ]
    return FigureTable("results", _("What came of the contacts"), _("Contacts"), rows)


def _contacts_of_employers(period: Period) -> FigureTable:
    employers = _contacts(period).order_by().values("employer").annotate(count=Count("id"))
    facts = employers.aggregate(
        once=Count("employer", filter=Q(count=1)),
        some=Count("employer", filter=Q(count__range=(2, 3))),
        more=Count("employer", filter=Q(count__range=(4, 6))),
        many=Count("employer", filter=Q(count__gt=6)),
        contacts=Sum("count"),
    )
    groups = [(_("1 contact"), "once"), (_("2–3 contacts"), "some"), (_("4–6 contacts"), "more")]
    groups.append((_("7 contacts or more"), "many"))
    rows = [_row(label, facts[name]) for label, name in groups]
    reached = sum(facts[name] for _label, name in groups)
    note = ""
    if reached:
        a_year = Decimal(facts["contacts"]) / reached * DAYS_A_YEAR / period.days
        note = _("On average %(number)s contacts a year for each employer that was contacted.") % {
            "number": _words(a_year)
        }
    return FigureTable("employers", _("Contacts per employer"), _("Employers"), rows, note)


def _answers(period: Period) -> FigureTable:
    contacts = _contacts(period).aggregate(
        all=Count("id"), missed=Count("id", filter=Q(result=ContactResult.NOT_REACHED))
    )
    asked = EmployerFeedback.objects.filter(asked_at__date__range=(period.first, period.last))
    if period.coordinator_id:
        asked = asked.filter(placement__month__coordinator=period.coordinator_id)
    feedback = asked.aggregate(all=Count("id"), given=Count("id", filter=Q(given_at__isnull=False)))
    rows = [
        _row(
            _("Contacts that reached somebody"), contacts["all"] - contacts["missed"], total=contacts["all"]
        ),
        _row(_("Contacts that reached nobody"), contacts["missed"], total=contacts["all"]),
        _row(_("Feedback that was asked and given"), feedback["given"], total=feedback["all"]),
        _row(_("Feedback that is still missing"), feedback["all"] - feedback["given"], total=feedback["all"]),
    ]
    return FigureTable("answers", _("How we are answered"), _("Times"), rows)


def _trials_by_state(period: Period, tells_few: bool) -> FigureTable:
    counted = _counts(_trials(period, day="starts_on"), "state")
    rows = [
        _people(_capital(state.label), counted.get(state.value, 0), tells_few) for state in PlacementState
    ]
    return FigureTable("trials", _("Work trials whose first day was in the period"), _("Work trials"), rows)


def _continuations(period: Period, tells_few: bool) -> FigureTable:
    ended = _trials(period, day="ends_on").filter(
        state__in=(PlacementState.COMPLETED, PlacementState.ENDED_EARLY)
    )
    counted = _counts(ended, "continuation")
    rows = [_people(_capital(kind.label), counted.get(kind.value, 0), tells_few) for kind in Continuation]
    rows.append(_people(_("Not known yet"), counted.get("", 0), tells_few))
    note = ""
    if all(row.number is not None for row in rows):
        hires = sum(counted.get(kind.value, 0) for kind in HIRES)
        note = _("Hired, all ways together: %(count)s.") % {"count": hires}
    return FigureTable("after", _("What came after the work trials that ended"), _("Work trials"), rows, note)


def _time(period: Period) -> FigureTable:
    calls = _contacts(period).filter(visit__isnull=True).aggregate(minutes=Sum("minutes"))["minutes"] or 0
    visits = _visits(period).aggregate(minutes=Sum("minutes"))["minutes"] or 0
    given = IndividualTime.objects.filter(day__range=(period.first, period.last))
    if period.coordinator_id:
        given = given.filter(enrolment__month__coordinator=period.coordinator_id)
    people = given.aggregate(minutes=Sum("minutes"))["minutes"] or 0
    total = calls + visits + people
    rows = [
        _hours(_("Employers: contacts"), calls, total),
        _hours(_("Employers: visits and talks"), visits, total),
        _hours(_("Participants: time given to one alone"), people, total),
    ]
    note = _("Only minutes that were noted are counted.")
    return FigureTable("time", _("Time"), _("Hours"), rows, note)


# --- each employer for itself ---------------------------------------------------------------------
def employer_rows(period: Period) -> Iterator[list[object]]:
    """Each employer with contacts in the period, by name, read through a server-side cursor."""
    of_period = Q(contact_events__happened_on__range=(period.first, period.last))
    if period.coordinator_id:
        of_period &= Q(contact_events__user=period.coordinator_id)
    missed = of_period & Q(contact_events__result=ContactResult.NOT_REACHED)
    employers = (
        Employer.objects.standing()
        .filter(of_period)
        .annotate(
            contacts=Count("contact_events"),
            missed=Count("contact_events", filter=missed),
            minutes=Sum("contact_events__minutes"),
        )
        .order_by("name", "id")
        .values_list("name", "business_id", "city", "contacts", "missed", "minutes", "last_contact_on")
    )
    for row in employers.iterator(chunk_size=1000):
        yield list(row)


def employer_headers() -> list[str]:
    """The columns of `employer_rows`."""
    return [
        _("Employer"),
        _("Business ID"),
        _("Municipality"),
        _("Contacts in the period"),
        _("of them nobody reached"),
        _("Minutes"),
        _("Last contact"),
    ]


# --- small tools ----------------------------------------------------------------------------------
def _counts(rows: QuerySet, name: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(name).annotate(count=Count("id")))


def _row(label: str, number: int, *, total: int = 0) -> FigureRow:
    return FigureRow(label, number, _words(number), _share(number, total))


def _share(part: int, whole: int) -> str:
    return f"{percent(part, whole)} %" if whole else ""


def _people(label: str, number: int, tells_few: bool) -> FigureRow:
    if tells_few or number == 0 or number >= FEW:
        return FigureRow(label, number, _words(number))
    return FigureRow(label, None, _("under %(count)s") % {"count": FEW})


def _hours(label: str, minutes: int, total: int) -> FigureRow:
    hours = (Decimal(minutes) / 60).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return FigureRow(label, hours, _words(hours), _share(minutes, total))


def _words(number: float | Decimal) -> str:
    return number_format(number, 1) if isinstance(number, Decimal) else number_format(number)


def _capital(label: str) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]


def _float(number: float | Decimal | None) -> float | None:
    return None if number is None else float(number)
