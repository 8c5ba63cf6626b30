"""The figures of an office's digest: counts of a period and of the one before it, never a person.

Eight queries, however many months and people. A group of fewer than five is not broken down: its parts are
None already here. So are those that an earlier digest of the office would break open (`digest_told`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.models import Authority
from coaching.enums import LEVEL_ORDER, ONWARD_PATHS_FOUND, Area, Moment, OnwardPath, Viewpoint
from coaching.models import AreaAssessment, Enrolment
from employers.enums import BEGUN_STATES, HIRES, LeadKind, PlacementState
from employers.limits import months_later
from employers.models import JobLead, Placement
from reports.digest_told import BEFORE, FEW, NOW, withhold_remainders
from reports.enums import DigestPeriod
from reports.models import Aftercare, AftercareUse

INTO_WORK = (OnwardPath.PAID_WORK, OnwardPath.SUBSIDISED_WORK, OnwardPath.APPRENTICESHIP)
ENDINGS = (PlacementState.COMPLETED, PlacementState.ENDED_EARLY, PlacementState.CHANGED_PLACE)


@dataclass(frozen=True)
class Span:
    """A period and the equally long one before it."""

    first: dt.date
    last: dt.date
    before: dt.date  # its first day; it ends on the day before `first`

    def side(self, day_field: str) -> Case:
        """Which of the two a row's day lies in."""
        return Case(
            When(**{f"{day_field}__gte": self.first}, then=Value(NOW)),
            default=Value(BEFORE),
            output_field=CharField(),
        )

    @property
    def both(self) -> tuple[dt.date, dt.date]:
        return self.before, self.last


def span_of(period: str, starts_on: dt.date) -> Span:
    """The days of a month or half-year that begins on `starts_on`, and when the one before begins."""
    length = 6 if period == DigestPeriod.HALF_YEAR else 1
    last = months_later(starts_on, length) - dt.timedelta(days=1)
    before = months_later(starts_on, -length)
    return Span(starts_on, last, before)


def figures_of(authority: Authority, span: Span) -> dict[str, Any]:
    """Everything that the digest tells, as codes and numbers that can be frozen."""
    figures = {
        "few": FEW,
        "people": _people(authority, span),
        "soft": _soft(authority, span),
        "trials": _trials(authority, span),
        "leads": _leads(authority, span),
        "aftercare": _aftercare(authority, span),
    }
    withhold_remainders(figures, authority, span)
    return figures


def _both(make) -> dict[str, Any]:
    return {side: make(side) for side in (NOW, BEFORE)}


def _ended(authority: Authority, span: Span):
    """People of the office whose month ended for them in one of the two periods."""
    return (
        Enrolment.objects.enrolled()
        .filter(participant__authority=authority)
        .annotate(ended=Coalesce("left_on", "month__ends_on"))
        .filter(ended__range=span.both)
        .annotate(side=span.side("ended"))
    )


def _people(authority: Authority, span: Span) -> dict[str, Any]:
    """Ended months with their onward paths, hires and work trials. One query."""
    trials = Placement.objects.filter(participant=OuterRef("participant"), month=OuterRef("month"))
    rows = (
        _ended(authority, span)
        .annotate(
            hired=Case(
                When(
                    Q(onward_path__in=INTO_WORK) | Exists(trials.filter(continuation__in=HIRES)),
                    then=Value(1),
                ),
                default=Value(0),
                output_field=IntegerField(),
            ),
            tried=Case(
                When(Exists(trials.filter(state__in=BEGUN_STATES)), then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            ),
        )
        .values("side", "onward_path", "hired", "tried")
        .annotate(n=Count("pk"))
        .order_by()
    )
    counted = {NOW: Counter(), BEFORE: Counter()}
    for row in rows:
        side = counted[row["side"]]
        side["all"] += row["n"]
        side[f"path:{row['onward_path'] or OnwardPath.NONE_YET}"] += row["n"]
        side["hired"] += row["n"] * row["hired"]
        side["tried"] += row["n"] * row["tried"]

    def told(side: str) -> dict[str, Any]:
        n = counted[side]
        if n["all"] < FEW:
            return {"all": n["all"], "found": None, "hired": None, "tried": None, "paths": None}
        paths = {str(path): n[f"path:{path}"] for path in OnwardPath}
        found = sum(paths[str(path)] for path in ONWARD_PATHS_FOUND)
        return {"all": n["all"], "found": found, "hired": n["hired"], "tried": n["tried"], "paths": paths}

    return _both(told)


def _soft(authority: Authority, span: Span) -> dict[str, Any]:
    """Areas in which the coach's view rose from start to end: by area, and people with one at least. Two
    queries."""
    order = {str(level): number for number, level in enumerate(LEVEL_ORDER)}
    rank = Case(
        *(When(level=level, then=Value(number)) for level, number in order.items()),
        output_field=IntegerField(),
    )
    start = AreaAssessment.objects.filter(
        enrolment=OuterRef("enrolment"),
        area=OuterRef("area"),
        moment=Moment.START,
        viewpoint=Viewpoint.COACH,
        level__in=order,
    ).annotate(rank=rank)
    rows = (
        AreaAssessment.objects.filter(
            enrolment__in=_ended(authority, span).values("pk"),
            moment=Moment.END,
            viewpoint=Viewpoint.COACH,
            level__in=order,
        )
        .annotate(
            ended=Coalesce("enrolment__left_on", "enrolment__month__ends_on"),
            rank=rank,
            began=Subquery(start.values("rank")[:1]),
        )
        .filter(began__isnull=False)
        .annotate(side=span.side("ended"))
    )
    up = Q(rank__gt=F("began"))
    by_area = rows.values("side", "area").annotate(n=Count("pk"), up=Count("pk", filter=up)).order_by()
    areas = {(row["side"], row["area"]): (row["up"], row["n"]) for row in by_area}
    by_person = rows.values("side").annotate(
        n=Count("enrolment", distinct=True), up=Count("enrolment", distinct=True, filter=up)
    )
    people = {row["side"]: (row["up"], row["n"]) for row in by_person.order_by()}

    def told(side: str) -> dict[str, Any]:
        risen, assessed = people.get(side, (0, 0))
        if assessed < FEW:
            return {"assessed": assessed, "risen": None, "areas": None}
        by_code = {str(area): areas.get((side, area.value), (0, 0)) for area in Area}
        return {
            "assessed": assessed,
            "risen": risen,
            "areas": {
                code: {"up": up, "of": of} if of >= FEW else None for code, (up, of) in by_code.items()
            },
        }

    return _both(told)


def _trials(authority: Authority, span: Span) -> dict[str, Any]:
    """Work trials that ended in the period, by how. One query."""
    rows = (
        Placement.objects.filter(
            participant__authority=authority, state__in=ENDINGS, ends_on__range=span.both
        )
        .annotate(side=span.side("ends_on"))
        .values("side", "state")
        .annotate(n=Count("pk"))
        .order_by()
    )
    found = {(row["side"], row["state"]): row["n"] for row in rows}

    def told(side: str) -> dict[str, Any]:
        counts = {str(state): found.get((side, state.value), 0) for state in ENDINGS}
        total = sum(counts.values())
        return {"all": total, "states": counts if total >= FEW else None}

    return _both(told)


def _leads(authority: Authority, span: Span) -> dict[str, Any]:
    """Leads passed on to the office, and the hidden jobs among them; a lead is about work and not about a
    person. One query."""
    rows = (
        JobLead.objects.filter(authority=authority, passed_on__range=span.both)
        .annotate(side=span.side("passed_on"))
        .values("side")
        .annotate(n=Count("pk"), hidden=Count("pk", filter=Q(kind=LeadKind.HIDDEN_JOB)))
        .order_by()
    )
    found = {row["side"]: {"all": row["n"], "hidden": row["hidden"]} for row in rows}
    return _both(lambda side: found.get(side, {"all": 0, "hidden": 0}))


def _aftercare(authority: Authority, span: Span) -> dict[str, Any]:
    """Minutes given in the period, and those agreed where the window touches it. Two queries."""
    of_office = {"enrolment__participant__authority": authority}
    uses = AftercareUse.objects.filter(
        removed_at__isnull=True,
        held_on__range=span.both,
        **{f"aftercare__{name}": value for name, value in of_office.items()},
    ).annotate(side=span.side("held_on"))
    used = {
        row["side"]: row["minutes"] for row in uses.values("side").annotate(minutes=Sum("minutes")).order_by()
    }
    touches = {
        NOW: Q(starts_on__lte=span.last, ends_on__gte=span.first),
        BEFORE: Q(starts_on__lt=span.first, ends_on__gte=span.before),
    }
    agreed = Aftercare.objects.filter(
        answer="accepted", coach_approved_on__isnull=False, officer_approved_on__isnull=False, **of_office
    ).aggregate(
        **{f"people_{side}": Count("pk", filter=where) for side, where in touches.items()},
        **{f"minutes_{side}": Sum("most_minutes", filter=where) for side, where in touches.items()},
    )

    def told(side: str) -> dict[str, Any]:
        people = agreed[f"people_{side}"]
        return {
            "used": used.get(side, 0),
            "agreed": agreed[f"minutes_{side}"] or 0,
            "people": people if people >= FEW or not people else None,
        }

    return _both(told)
