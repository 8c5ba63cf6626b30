"""What a person did in the month, whichever table holds it, read as one list.

Steps forward, acts of looking for work, interviews, visits and certificates stand each in a table of their
own; the summary tells them in one line by date. One query holds all five kinds.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext

from coaching.enums import InterviewKind, JobSearchKind, Mark, SessionKind
from coaching.models import AttendanceMark, Interview, JobSearchAction, StepForward
from participants.models import Certificate

STEP = "step"
INTERVIEW = "interview"
PRACTICE_INTERVIEW = "practice_interview"
VISIT = "visit"
CERTIFICATE = "certificate"
APPLICATIONS = (JobSearchKind.APPLICATION, JobSearchKind.OPEN_APPLICATION)
VISITS = (VISIT, JobSearchKind.WENT_THERE)
# where an employer was met (block 10); `text` names it
MEETINGS = (VISIT, INTERVIEW, JobSearchKind.WENT_THERE)
# told in block 3 as things that happened; the others stand there as numbers or in a line of their own
TOLD = (STEP, *JobSearchKind.values)


@dataclass(frozen=True)
class Act:
    """One thing that was done: `kind` is a JobSearchKind value or one of this module's words; `text` says
    what, or where for an interview and a visit."""

    day: dt.date
    kind: str
    text: str


def acts_of(enrolment_ids: Iterable[int]) -> dict[int, list[Act]]:
    """Each enrolment's acts by date, in one query.

    A visit counts when the person was present in a session that was one, or went to a workplace alone. A
    certificate belongs to the month in which it was given.
    """
    ids = list(enrolment_ids)
    rows = _rows(
        StepForward.objects.filter(enrolment__in=ids), "enrolment_id", "day", Value(STEP), F("text")
    ).union(
        _rows(JobSearchAction.objects.filter(enrolment__in=ids), "enrolment_id", "day", F("kind"), F("text")),
        *(
            _rows(
                Interview.objects.filter(enrolment__in=ids, kind=kind),
                "enrolment_id",
                "held_on",
                Value(word),
                F("where"),
            )
            for kind, word in ((InterviewKind.REAL, INTERVIEW), (InterviewKind.PRACTICE, PRACTICE_INTERVIEW))
        ),
        _rows(
            AttendanceMark.objects.filter(
                enrolment__in=ids, mark=Mark.PRESENT, session__kind=SessionKind.VISIT
            ),
            "enrolment_id",
            "day",
            Value(VISIT),
            F("session__destination"),
        ),
        _rows(
            Certificate.objects.filter(
                participant__enrolments__in=ids,
                issued_on__gte=F("participant__enrolments__month__starts_on"),
                issued_on__lte=F("participant__enrolments__month__ends_on"),
            ),
            "participant__enrolments",
            "issued_on",
            Value(CERTIFICATE),
            F("name"),
        ),
        all=True,
    )
    acts: dict[int, list[Act]] = defaultdict(list)
    for enrolment_id, day, _number, kind, text in sorted(rows):
        acts[enrolment_id].append(Act(day, kind, text))
    return acts


def _rows(rows, whose: str, day: str, kind, text):
    """(enrolment, day, number, kind, text) of one table; the number keeps the order of writing."""
    return rows.values_list(whose, day, "pk", Cast(kind, CharField()), Cast(text, CharField())).order_by()


def act_label(kind: str) -> str:
    """What an act is called. Knows also the words that released summaries of earlier versions hold."""
    labels = {
        STEP: gettext("step forward"),
        INTERVIEW: InterviewKind.REAL.label,
        PRACTICE_INTERVIEW: InterviewKind.PRACTICE.label,
        VISIT: SessionKind.VISIT.label,
        CERTIFICATE: gettext("certificate or card"),
    }
    return str(labels.get(kind) or JobSearchKind(kind).label)
