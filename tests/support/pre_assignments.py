"""Pre-assignments for tests: texts in four languages, a programme's templates, a task that was sent."""

from __future__ import annotations

import datetime as dt

import pytest

from coaching.models import PreAssignment, PreAssignmentTemplate
from coaching.pre_assignment_words import READINGS

SENT_AT = dt.datetime(2026, 1, 26, 9, tzinfo=dt.UTC)


def texts(title: str = "Tehtävä", questions: int = 2) -> dict:
    """Texts that say in which language they are."""
    return {
        reading: {
            "title": f"{title} {reading}",
            "introduction": f"Alku {reading}",
            "questions": [f"Kysymys {number} {reading}" for number in range(1, questions + 1)],
        }
        for reading in READINGS
    }


def templates(programme, count: int = 3) -> list[PreAssignmentTemplate]:
    """`count` templates; the last one asks for the goal."""
    return PreAssignmentTemplate.objects.bulk_create(
        PreAssignmentTemplate(
            programme=programme,
            position=number,
            texts=texts(f"Tehtävä {number}"),
            due_days_before=3,
            holds_goal=number == count,
        )
        for number in range(1, count + 1)
    )


def sent(enrolment, *, position: int = 1, **more) -> PreAssignment:
    """A task of the enrolment, sent a week before the cast's month and due on 30.1.2026."""
    given = {
        "texts": texts(f"Tehtävä {position}"),
        "due_on": dt.date(2026, 1, 30),
        "sent_at": SENT_AT,
    }
    return PreAssignment.objects.create(enrolment=enrolment, position=position, **{**given, **more})


@pytest.fixture
def pre_assignment(enrolment):
    """Aino's first pre-assignment, sent and not returned."""
    return sent(enrolment)


@pytest.fixture
def task_template(unused_programme):
    """The first of three pre-assignments of a template that no month uses."""
    return templates(unused_programme)[0]


@pytest.fixture
def month_tasks(month):
    """The three pre-assignments of the month's programme."""
    return templates(month.programme)
