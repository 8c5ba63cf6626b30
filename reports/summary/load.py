"""All facts of a group's summaries in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, Subquery, Sum

from coaching.counting import AttendanceCount, count_attendance
from coaching.models import (
    ActionStep,
    AreaAssessment,
    Discussion,
    Enrolment,
    GoalVersion,
)
from employers.models import EmployerFeedback, FeedbackAnswer, Placement
from participants.enums import ConsentRecipient
from participants.models import Consent
from reports.models.aftercare import AftercareUse
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
    feedbacks: list[EmployerFeedback]


def load_facts(enrolment_ids: Iterable[int], *, today: dt.date) -> list[Facts]:
    """The facts of each enrolment, in the order of the ids; at most 12 queries however many there are.

    `today` decides which consents are valid. An id that does not exist raises KeyError.
    """
    ids = list(enrolment_ids)
    enrolments = {
        enrolment.pk: enrolment
        for enrolment in Enrolment.objects.filter(pk__in=ids)
        .annotate(group_size=_group_size(), aftercare_minutes=_aftercare_minutes())
        .select_related(
            "participant__authority",
            "participant__officer",
            "month__coach",
            "month__coordinator",
            "proposal",
            "decision",
            "health_need",
            "aftercare__carer",
        )
    }
    people = {enrolment.participant_id for enrolment in enrolments.values()}
    counts = count_attendance(ids)
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
    feedbacks = _feedbacks([row.pk for rows in placements.values() for row in rows])
    consents = _grouped(
        Consent.objects.valid_on(today).filter(participant__in=people, recipient=ConsentRecipient.AUTHORITY),
        "participant_id",
    )
    return [
        Facts(
            enrolment=enrolments[pk],
            consents=frozenset(consent.item for consent in consents[enrolments[pk].participant_id]),
            counts=counts[pk],
            group_size=enrolments[pk].group_size or 0,
            goals=goals[pk],
            acts=acts[pk],
            areas=areas[pk],
            discussions={talk.kind: talk for talk in talks[pk]},
            next_steps=plans[pk],
            placements=(trials := _of_period(placements[enrolments[pk].participant_id], enrolments[pk])),
            feedbacks=[row for trial in trials for row in feedbacks[trial.pk]],
        )
        for pk in ids
    ]


def _feedbacks(placement_ids: list[int]) -> dict[int, list[EmployerFeedback]]:
    """What workplaces were asked and said, the given ones first. Two queries."""
    answers = Prefetch("answers", FeedbackAnswer.objects.order_by("id"))
    rows = EmployerFeedback.objects.filter(placement__in=placement_ids).prefetch_related(answers)
    return _grouped(rows.order_by("given_at", "id"), "placement_id")


def _grouped(rows, key: str) -> dict[int, list]:
    groups: dict[int, list] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups


def _group_size() -> Subquery:
    """How many people the month's group has."""
    group = Enrolment.objects.enrolled().filter(month=OuterRef("month")).order_by().values("month")
    return Subquery(group.annotate(number=Count("pk")).values("number"))


def _aftercare_minutes() -> Subquery:
    """The minutes of aftercare that were given and not taken back."""
    given = AftercareUse.objects.filter(aftercare__enrolment=OuterRef("pk"), removed_at__isnull=True)
    return Subquery(given.order_by().values("aftercare").annotate(sum=Sum("minutes")).values("sum"))


def _of_period(placements: list[Placement], enrolment: Enrolment) -> list[Placement]:
    """Work trials of the month itself and those of other days that touch it; older ones are another story."""
    month = enrolment.month
    return [
        placement
        for placement in placements
        if placement.month_id == month.pk
        or (placement.starts_on <= month.ends_on and placement.ends_on >= month.starts_on)
    ]
