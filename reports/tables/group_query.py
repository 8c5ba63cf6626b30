"""The figures of many months in one aggregated query: a few counting subqueries for each month's row.

Attendance follows coaching.counting rule by rule (a test holds the two together on random months): only the
days of the person's own stay, no days off, a day once however many halves.
"""

from __future__ import annotations

import datetime as dt
import re

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject

from coaching.enums import (
    ABSENCES,
    LEVEL_ORDER,
    ONWARD_PATHS_FOUND,
    EnrolmentState,
    ExitKind,
    Half,
    InterviewKind,
    Mark,
    Moment,
    OnwardPath,
    SelectionDecision,
    SessionState,
    Viewpoint,
)
from coaching.models import AreaAssessment, Enrolment, Interview, Selection
from coaching.services.schedule import holidays_between
from core import clock
from employers.enums import BEGUN_STATES, HIRES, PlacementState
from employers.models import Placement

SHOWN = (
    "name",
    "starts_on",
    "ends_on",
    "state",
    "coach__first_name",
    "coach__last_name",
    "authority__name",
)
AROUND = dt.timedelta(days=100)  # a month that begins in the period may end after it
WORK = (OnwardPath.PAID_WORK, OnwardPath.SUBSIDISED_WORK, OnwardPath.APPRENTICESHIP)
IN_GROUP = EnrolmentState.ENROLLED
HAD_A_PLACE = (EnrolmentState.ENROLLED, EnrolmentState.CANCELLED)


def with_figures(months: QuerySet, first: dt.date, last: dt.date) -> QuerySet:
    """`months` that begin from `first` to `last`, with their figures as JSON in one query."""
    days_off = list(holidays_between(first - AROUND, last + AROUND))
    return (
        months.select_related("coach", "authority")
        .only(*SHOWN)
        .annotate(
            talks=_of_month(Selection, _talks()),
            people=_of_month(Enrolment, _people()),
            attendance=_attendance(days_off),
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
    group = Q(state=IN_GROUP, joined_on__lte=clock.today())  # whoever is enrolled for later has not started
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


# One pass over the marks of a month and the logged sessions of its people, gathered by person and day. What
# is known of a day are bits: 1 attended, 2 told of; 4 and 8 a mark before and after noon; 16 and 32
# a session logged then. GREATEST and LEAST rather than comparisons one by one (LEAST passes over NULL, which
# is somebody who stayed): so the planner expects enough rows to gather them by hash, a third faster.
_ATTENDANCE = """(
    SELECT jsonb_build_object(
        'attended', count(*) FILTER (WHERE known & 1 <> 0),
        'told', count(*) FILTER (WHERE known & 2 <> 0),
        'unmarked', count(*) FILTER (WHERE known & 2 = 0 AND (known >> 4) & ~(known >> 2) & 3 <> 0)
    )
    FROM (
        SELECT bit_or(fact) AS known
        FROM (
            SELECT who.id AS person, marks.day,
                CASE WHEN marks.mark = %(present)s THEN 3
                    WHEN marks.mark = ANY(%(absences)s) THEN 2 ELSE 0 END
                + CASE marks.half WHEN %(morning)s THEN 4 ELSE 8 END AS fact
            FROM coaching_enrolment AS who
            JOIN coaching_attendancemark AS marks ON marks.enrolment_id = who.id AND marks.day
                BETWEEN GREATEST(who.joined_on, coaching_coachingmonth.starts_on)
                AND LEAST(who.left_on, coaching_coachingmonth.ends_on)
            WHERE who.month_id = coaching_coachingmonth.id AND who.state = %(in_group)s
            UNION ALL
            SELECT who.id, sessions.held_on, CASE sessions.half WHEN %(morning)s THEN 16 ELSE 32 END
            FROM coaching_enrolment AS who
            JOIN coaching_session AS sessions ON sessions.month_id = who.month_id
                AND sessions.state = %(logged)s AND sessions.held_on
                BETWEEN GREATEST(who.joined_on, coaching_coachingmonth.starts_on)
                AND LEAST(who.left_on, coaching_coachingmonth.ends_on)
            WHERE who.month_id = coaching_coachingmonth.id AND who.state = %(in_group)s
        ) AS facts
        WHERE day <> ALL(%(days_off)s)
        GROUP BY person, day
    ) AS days
)"""
_NAMED = re.compile(r"%\((\w+)\)s")


def _attendance(days_off: list[dt.date]) -> RawSQL:
    """Days of persons: `attended`; `told`, attended or absent with a reason; `unmarked`, arranged without any
    word of the person (a logged session, no mark in it, none that tells).

    Written as SQL, since the ORM joins no union: one pass takes half as long as two subqueries did.
    """
    values = {
        "present": Mark.PRESENT.value,
        "absences": [mark.value for mark in ABSENCES],
        "morning": Half.MORNING.value,
        "in_group": IN_GROUP.value,
        "logged": SessionState.LOGGED.value,
        "days_off": days_off,
    }
    params = [values[name] for name in _NAMED.findall(_ATTENDANCE)]  # the ORM takes them by their order
    sql = _NAMED.sub("%s", _ATTENDANCE)
    return RawSQL(sql, params, output_field=JSONField())  # noqa: S611 -- nothing of it is typed


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
