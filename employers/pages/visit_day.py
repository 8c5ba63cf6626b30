"""The plan of a visit day: who is visited in which order, and what of it the authority's officer may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from core.forms import as_people_write
from employers.agreement import address_of
from employers.enums import VisitState
from employers.models import Visit
from participants.consent import allowed_through

WAY_OUT = "visit.authority"
AHEAD = dt.timedelta(days=60)  # how far the officer's page looks
MOST = 100


@dataclass
class DayStop:
    """One visit of the day. `time` and `order` are what stands in the fields; `error` belongs to the row."""

    visit: Visit
    time: str = ""
    order: str = ""
    error: str = ""

    @property
    def address(self) -> str:
        placement = self.visit.placement
        return placement.address or address_of(placement.employer)

    @property
    def people(self) -> list:
        """Whom to meet."""
        placement = self.visit.placement
        return [person for person in (placement.guide, placement.supervisor) if person]

    @property
    def is_protected(self) -> bool:
        return self.visit.placement.participant.is_restricted

    @property
    def is_open(self) -> bool:
        return self.visit.state == VisitState.PLANNED


@dataclass(frozen=True)
class SharedStop:
    """One visit as the officer sees it: the name only with the person's consent, the place never for a
    protected person."""

    visit: Visit
    name: str
    where: str
    address: str


def _with_names(visits):
    names = ("participant", "employer", "guide", "supervisor")
    return visits.select_related("responsible", *(f"placement__{name}" for name in names))


def in_day_order(visits):
    """By the order that was given, then by time."""
    return visits.order_by(
        "planned_on",
        F("day_order").asc(nulls_last=True),
        F("planned_at").asc(nulls_last=True),
        "id",
    )


def stops_of_day(user, *, day: dt.date, today: dt.date) -> list[DayStop]:
    """The visits to own work trials on `day`, planned ones and those held already. One query."""
    own = Visit.objects.visible_to(user, today=today).filter(planned_on=day)
    rows = in_day_order(_with_names(own.exclude(state=VisitState.CANCELLED)))
    stops = [DayStop(visit) for visit in rows[:MOST]]
    for number, stop in enumerate(stops, start=1):
        at = stop.visit.planned_at
        stop.time, stop.order = (f"{at.hour}.{at.minute:02}" if at else ""), str(number)
    return stops


def overdue_visits(user, *, day: dt.date, today: dt.date) -> list[Visit]:
    """Visits that wait since before today and could be done on `day`. One query."""
    if day < today:
        return []
    own = Visit.objects.visible_to(user, today=today).overdue(today=today)
    return list(_with_names(own).in_order()[:MOST])


def text_without_names(stops: Iterable[DayStop]) -> str:
    """The day for a mail: times and places, no names of people; a protected person's place stays out."""
    lines = []
    for stop in stops:
        place = (
            "" if stop.is_protected else ", ".join(_filled(stop.visit.placement.employer.name, stop.address))
        )
        lines.append("  ".join(_filled(stop.time or "–", place)))
    return "\n".join(lines)


def _filled(*texts: str) -> list[str]:
    return [text for text in texts if text]


def shared_stops(visits, *, today: dt.date) -> list[SharedStop]:
    """`visits` as an officer may see them: two queries."""
    rows = list(in_day_order(_with_names(visits))[:MOST])
    people = {
        visit.placement.participant_id for visit in rows if not visit.placement.participant.is_restricted
    }
    named = allowed_through(code=WAY_OUT, participant_ids=people, today=today)
    stops = []
    for visit in rows:
        placement = visit.placement
        is_protected = placement.participant.is_restricted
        stops.append(
            SharedStop(
                visit=visit,
                name=placement.participant.full_name if placement.participant_id in named else "",
                where="" if is_protected else placement.employer.name,
                address="" if is_protected else placement.address or address_of(placement.employer),
            )
        )
    return stops


def joint_visits(officer, *, today: dt.date):
    """The visits ahead to which this officer comes along: of people of the own authority."""
    return Visit.objects.due().filter(
        with_authority=True,
        planned_on__gte=today,
        planned_on__lte=today + AHEAD,
        placement__participant__authority=officer.authority_id,
    )


def day_words(day: dt.date) -> str:
    """12.3.2026, as the field of the day shows it."""
    return as_people_write(day)
