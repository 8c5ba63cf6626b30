"""All facts of a group's summaries in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from coaching.counting import AttendanceCount, count_attendance
from coaching.models import (
    ActionStep,
    AreaAssessment,
    Discussion,
    Enrolment,
    GoalVersion,
)
from employers.models import Placement
from participants.enums import ConsentRecipient
from participants.models import Consent
from reports.summary.acts import Act, acts_of


@dataclass(frozen=True)
class Facts:
    """What is on record about one enrolment; lists are in reading order."""

    enrolment: Enrolment
    consents: frozenset[str]
    counts: AttendanceCount
    group_size: int
    goals: list[GoalVersion]
    acts: list[Act]
    areas: list[AreaAssessment]
    discussions: dict[str, Discussion]
    next_steps: list[ActionStep]
    placements: list[Placement]


def load_facts(enrolment_ids: Iterable[int], *, today: dt.date) -> list[Facts]:
    """The facts of each enrolment, in the order of the ids; at most 12 queries however many there are.

    `today` decides which consents are valid. An id that does not exist raises KeyError.
    """
    ids = list(enrolment_ids)
    enrolments = {
        enrolment.pk: enrolment
        for enrolment in Enrolment.objects.filter(pk__in=ids).select_related(
            "participant__authority",
            "participant__officer",
            "month__coach",
            "month__coordinator",
            "proposal",
        )
    }
    people = {enrolment.participant_id for enrolment in enrolments.values()}
    months = {enrolment.month_id for enrolment in enrolments.values()}
    counts = count_attendance(ids)
    sizes = _group_sizes(months)
    goals = _grouped(GoalVersion.objects.filter(enrolment__in=ids).order_by("number"), "enrolment_id")
    acts = acts_of(ids)
    areas = _grouped(AreaAssessment.objects.filter(enrolment__in=ids).order_by("id"), "enrolment_id")
    talks = _grouped(Discussion.objects.filter(enrolment__in=ids).order_by("id"), "enrolment_id")
    plans = _grouped(ActionStep.objects.filter(enrolment__in=ids).order_by("due_on", "id"), "enrolment_id")
    placements = _grouped(
        Placement.objects.filter(participant__in=people)
        .live()
        .select_related("employer")
        .order_by("starts_on", "id"),
        "participant_id",
    )
    consents = _grouped(
        Consent.objects.valid_on(today).filter(participant__in=people, recipient=ConsentRecipient.AUTHORITY),
        "participant_id",
    )
    return [
        Facts(
            enrolment=enrolments[pk],
            consents=frozenset(consent.item for consent in consents[enrolments[pk].participant_id]),
            counts=counts[pk],
            group_size=sizes[enrolments[pk].month_id],
            goals=goals[pk],
            acts=acts[pk],
            areas=areas[pk],
            discussions={talk.kind: talk for talk in talks[pk]},
            next_steps=plans[pk],
            placements=_of_period(placements[enrolments[pk].participant_id], enrolments[pk]),
        )
        for pk in ids
    ]


def _grouped(rows, key: str) -> dict[int, list]:
    groups: dict[int, list] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups


def _group_sizes(months: set[int]) -> dict[int, int]:
    rows = Enrolment.objects.enrolled().filter(month__in=months).values_list("month_id").annotate(Count("pk"))
    return defaultdict(int, rows.order_by())


def _of_period(placements: list[Placement], enrolment: Enrolment) -> list[Placement]:
    """Work trials of the month itself and those of other days that touch it; older ones are another story."""
    month = enrolment.month
    return [
        placement
        for placement in placements
        if placement.month_id == month.pk
        or (placement.starts_on <= month.ends_on and placement.ends_on >= month.starts_on)
    ]
