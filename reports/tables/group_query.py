"""The figures of many months in one aggregated query: a few counting subqueries for each month's row.

Attendance follows coaching.counting rule by rule (a test holds the two together on random months): only the
days of the person's own stay, no days off, a day once however many halves.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import JSONObject

from coaching.enums import (
    ABSENCES,
    LEVEL_ORDER,
    ONWARD_PATHS_FOUND,
    EnrolmentState,
    ExitKind,
    InterviewKind,
    Mark,
    Moment,
    OnwardPath,
    SelectionDecision,
    SessionState,
    Viewpoint,
)
from coaching.models import AreaAssessment, AttendanceMark, Enrolment, Interview, Selection
from coaching.services.schedule import holidays_between
from employers.enums import BEGUN_STATES, HIRES, PlacementState
from employers.models import Placement

AROUND = dt.timedelta(days=100)  # a month that begins in the period may end after it
WORK = (OnwardPath.PAID_WORK, OnwardPath.SUBSIDISED_WORK, OnwardPath.APPRENTICESHIP)
IN_GROUP = EnrolmentState.ENROLLED
HAD_A_PLACE = (EnrolmentState.ENROLLED, EnrolmentState.CANCELLED)


def with_figures(months: QuerySet, first: dt.date, last: dt.date) -> QuerySet:
    """`months` that begin from `first` to `last`, with their figures as JSON in one query."""
    days_off = list(holidays_between(first - AROUND, last + AROUND))
    return months.select_related("coach", "authority").annotate(
        talks=_of_month(Selection, _talks()),
        people=_of_month(Enrolment, _people()),
        attendance=_attendance(days_off),
        unmarked=_unmarked(days_off),
        trials=_of_month(Placement, _trials()),
        interviews=_counted(
            Interview.objects.filter(
                enrolment__month=OuterRef("pk"), enrolment__state=IN_GROUP, kind=InterviewKind.REAL
            ),
            "enrolment__month",
            {"real": Count("pk")},
        ),
        areas=_areas(),
    )


def _counted(rows: QuerySet, by: str, counts: dict) -> Subquery:
    facts = JSONObject(**counts)
    return Subquery(rows.order_by().values(by).annotate(facts=facts).values("facts"))


def _of_month(model, counts: dict) -> Subquery:
    return _counted(model.objects.filter(month=OuterRef("pk")), "month", counts)


def _talks() -> dict:
    """Who was considered for the month and has no place in it: the others are counted as people."""
    placed = Enrolment.objects.filter(month=OuterRef("month"), participant=OuterRef("participant"))
    without = ~Exists(placed)
    chosen = ~Exists(placed.filter(state__in=HAD_A_PLACE))
    return {
        "only": Count("pk", filter=Q(without)),
        "chosen": Count("pk", filter=Q(decision=SelectionDecision.SELECTED) & Q(chosen)),
    }


def _people() -> dict:
    group = Q(state=IN_GROUP)
    return {
        "all": Count("pk"),
        "chosen": Count("pk", filter=Q(state__in=HAD_A_PLACE)),
        "started": Count("pk", filter=group),
        **{kind.value: Count("pk", filter=group & Q(exit_kind=kind)) for kind in ExitKind},
        "open": Count("pk", filter=group & Q(exit_kind="")),
        "path": Count("pk", filter=group & Q(onward_path__in=ONWARD_PATHS_FOUND)),
        "work": Count("pk", filter=group & Q(onward_path__in=WORK)),
    }


def _trials() -> dict:
    early = (PlacementState.ENDED_EARLY, PlacementState.CHANGED_PLACE)
    return {
        "begun": Count("pk", filter=Q(state__in=BEGUN_STATES)),
        "completed": Count("pk", filter=Q(state=PlacementState.COMPLETED)),
        "early": Count("pk", filter=Q(state__in=early)),
        "not_started": Count("pk", filter=Q(state=PlacementState.DID_NOT_START)),
        "hired": Count("participant", filter=Q(continuation__in=HIRES), distinct=True),
    }


class _DayNumber(Func):
    """How many days lie between a fixed day and a date."""

    template = "(%(expressions)s - DATE '2000-01-01')"
    output_field = BigIntegerField()


def _person_day(enrolment: str, day: str):
    """A number that names one day of one person: as quick to compare as an id."""
    return ExpressionWrapper(
        F(enrolment) * Value(100_000) + _DayNumber(F(day)), output_field=BigIntegerField()
    )


def _stays(day: str, prefix: str) -> Q:
    """The day lies in the person's own days of the month."""
    return Q(
        **{
            f"{day}__gte": F(f"{prefix}joined_on"),
            f"{prefix}month__starts_on__lte": F(day),
            f"{prefix}month__ends_on__gte": F(day),
        }
    ) & (Q(**{f"{prefix}left_on__isnull": True}) | Q(**{f"{prefix}left_on__gte": F(day)}))


def _attendance(days_off: list[dt.date]) -> Subquery:
    """`attended` days, and `told` ones: attended or absent with a reason."""
    marks = AttendanceMark.objects.filter(
        _stays("day", "enrolment__"), enrolment__month=OuterRef("pk"), enrolment__state=IN_GROUP
    ).exclude(day__in=days_off)
    day = _person_day("enrolment_id", "day")
    present = Q(mark=Mark.PRESENT)
    counts = {
        "attended": Count(day, filter=present, distinct=True),
        "told": Count(day, filter=present | Q(mark__in=ABSENCES), distinct=True),
    }
    return _counted(marks, "enrolment__month", counts)


def _unmarked(days_off: list[dt.date]) -> Subquery:
    """Arranged days without any word of the person: a logged session, no mark in it, none that tells."""
    marks = AttendanceMark.objects.filter(enrolment=OuterRef("pk"), day=OuterRef("held"))
    people = (
        Enrolment.objects.filter(month=OuterRef("pk"), state=IN_GROUP)
        .annotate(
            held=F("month__sessions__held_on"),
            session_half=F("month__sessions__half"),
            session_state=F("month__sessions__state"),
        )
        .filter(_stays("held", ""), session_state=SessionState.LOGGED)
        .exclude(held__in=days_off)
        .filter(~Exists(marks.filter(half=OuterRef("session_half"))))
        .filter(~Exists(marks.filter(mark__in=(Mark.PRESENT, *ABSENCES))))
    )
    return _counted(people, "month", {"days": Count(_person_day("pk", "held"), distinct=True)})


def _rank(field: str) -> Case:
    whens = [When(**{field: level}, then=Value(place)) for place, level in enumerate(LEVEL_ORDER)]
    return Case(*whens, output_field=IntegerField())  # not assessed: NULL


def _areas() -> Subquery:
    """By the coach's view: areas assessed at both ends, and how many of them rose."""
    start = (
        AreaAssessment.objects.filter(
            enrolment=OuterRef("enrolment"),
            area=OuterRef("area"),
            moment=Moment.START,
            viewpoint=Viewpoint.COACH,
        )
        .annotate(rank=_rank("level"))
        .values("rank")
    )
    ends = (
        AreaAssessment.objects.filter(
            enrolment__month=OuterRef("pk"),
            enrolment__state=IN_GROUP,
            moment=Moment.END,
            viewpoint=Viewpoint.COACH,
        )
        .annotate(before=Subquery(start), after=_rank("level"))
        .filter(before__isnull=False, after__isnull=False)
    )
    counts = {"both": Count("pk"), "up": Count("pk", filter=Q(after__gt=F("before")))}
    return _counted(ends, "enrolment__month", counts)
