"""All facts of a group's checklist in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from coaching.enums import Level, Moment, SessionState
from coaching.models import (
    ActionStep,
    AreaAssessment,
    AttendanceMark,
    CoachingMonth,
    Discussion,
    Enrolment,
    GoalVersion,
    Proposal,
    Session,
)
from coaching.services.schedule import holidays_between
from employers.models import Placement
from employers.querysets.signing import with_signing
from participants.enums import ConsentRecipient
from participants.models import Consent
from reports.models import SummaryVersion

AWAITING_MARKS = (SessionState.PLANNED, SessionState.LOGGED)
UNDER_WAY = ("planned", "ongoing")  # once it has ended nobody can sign: then it is no hole to fill


@dataclass(frozen=True)
class PersonFacts:
    """What is on record about one enrolment. `unlogged` are the sessions without a mark for the person;
    `assessed` holds (area, moment, viewpoint); `trials` have `is_signed`; `summary` is the newest version."""

    enrolment: Enrolment
    month: CoachingMonth
    unlogged: list[Session] = field(default_factory=list)
    assessed: frozenset[tuple[str, str, str]] = frozenset()
    talks: dict[str, Discussion] = field(default_factory=dict)
    trials: list[Placement] = field(default_factory=list)
    consents: dict[str, Consent] = field(default_factory=dict)
    summary: SummaryVersion | None = None


def load_group(
    month: CoachingMonth, *, today: dt.date, enrolment_ids: Iterable[int] | None = None
) -> list[PersonFacts]:
    """The facts of everybody in the month, by name; of some with `enrolment_ids`. Eight queries."""
    people = _people(month, enrolment_ids)
    ids = [person.pk for person in people]
    participants = [person.participant_id for person in people]
    sessions = _awaiting_sessions(month)
    marked = _marked(ids)
    assessed = defaultdict(set)
    for enrolment_id, *view in _areas(ids):
        assessed[enrolment_id].add(tuple(view))
    talks = _grouped(Discussion.objects.filter(enrolment__in=ids).order_by("id"), "enrolment_id")
    trials = _grouped(_trials(month, participants), "participant_id")
    consents = _grouped(_consents(participants, today), "participant_id")
    versions = {
        version.enrolment_id: version
        for version in SummaryVersion.objects.filter(enrolment__in=ids).current().defer("data", "texts")
    }
    return [
        PersonFacts(
            enrolment=person,
            month=month,
            unlogged=[
                session
                for session in sessions
                if _is_in(person, session.held_on)
                and (session.held_on, session.half) not in marked[person.pk]
            ],
            assessed=frozenset(assessed[person.pk]),
            talks={talk.kind: talk for talk in talks[person.pk]},
            trials=trials[person.participant_id],
            consents={consent.item: consent for consent in consents[person.participant_id]},
            summary=versions.get(person.pk),
        )
        for person in people
    ]


def _people(month: CoachingMonth, enrolment_ids: Iterable[int] | None) -> list[Enrolment]:
    people = Enrolment.objects.enrolled().filter(month=month)
    if enrolment_ids is not None:
        people = people.filter(pk__in=list(enrolment_ids))
    own = {"enrolment": OuterRef("pk")}
    return list(
        people.annotate(
            has_goal=Exists(GoalVersion.objects.filter(**own)),
            has_step=Exists(ActionStep.objects.filter(**own)),
            has_proposal=Exists(Proposal.objects.filter(**own)),
        ).by_name()
    )


def _awaiting_sessions(month: CoachingMonth) -> list[Session]:
    """The group's sessions that wait for marks, as coaching.counting counts them: no holiday is one."""
    found = month.sessions.filter(state__in=AWAITING_MARKS).in_order()
    off = holidays_between(month.starts_on, month.ends_on)
    return [session for session in found if session.held_on not in off]


def _marked(ids: list[int]) -> dict[int, set]:
    marked: dict[int, set] = defaultdict(set)
    rows = AttendanceMark.objects.filter(enrolment__in=ids).values_list("enrolment_id", "day", "half")
    for enrolment_id, day, half in rows:
        marked[enrolment_id].add((day, half))
    return marked


def _areas(ids: list[int]):
    """Answered areas at the start and the end; "not assessed" with its reason is an answer."""
    moments = (Moment.START, Moment.END)
    rows = AreaAssessment.objects.filter(enrolment__in=ids, moment__in=moments, level__in=Level.values)
    return rows.values_list("enrolment_id", "area", "moment", "viewpoint")


def _trials(month: CoachingMonth, participants: list[int]):
    rows = Placement.objects.filter(month=month, participant__in=participants, state__in=UNDER_WAY)
    return with_signing(rows).order_by("starts_on", "id")


def _consents(participants: list[int], today: dt.date):
    rows = Consent.objects.valid_on(today).for_recipient(ConsentRecipient.AUTHORITY)
    return rows.filter(participant__in=participants).order_by("id")


def _is_in(person: Enrolment, day: dt.date) -> bool:
    return person.joined_on <= day and (person.left_on is None or day <= person.left_on)


def _grouped(rows, key: str) -> dict[int, list]:
    groups: dict[int, list] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups
