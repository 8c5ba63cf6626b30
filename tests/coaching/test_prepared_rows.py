"""Queries that are written once read the same rows as the querysets they were made from."""

from __future__ import annotations

import datetime as dt

import pytest

from coaching.enums import Half, Mark
from coaching.models import AttendanceMark, Enrolment, JobSearchAction, StepForward
from coaching.pages import daily_log_rows
from coaching.services import daily_log
from core.prepared import PreparedRows
from tests.coaching.daily_log_support import make_group
from tests.support import factories

pytestmark = pytest.mark.django_db


def mark(person, day: dt.date, value: str, half: str = Half.MORNING) -> AttendanceMark:
    return AttendanceMark.objects.create(
        enrolment=person, day=day, half=half, mark=value, recorded_at=factories.timezone.now()
    )


def log_values(session) -> dict:
    return {
        "month_id": session.month_id,
        "session_id": session.pk,
        "day": session.held_on,
        "half": session.half,
    }


def test_the_rows_of_the_log_are_those_of_its_queryset(month, session, coach):
    first, second, _third = make_group(month, 3)
    now = factories.timezone.now()
    mark(first, session.held_on, Mark.OWN_ILLNESS, session.half)
    StepForward.objects.create(
        enrolment=second, session=session, day=session.held_on, text="Soitti", recorded_at=now
    )
    JobSearchAction.objects.create(
        enrolment=second, session=session, day=session.held_on, kind="call", recorded_at=now
    )
    other = factories.SessionFactory(month=factories.MonthFactory(), held_on=session.held_on)
    make_group(other.month, 2)
    for subject in (session, other, session):
        expected = list(daily_log._log_query(**log_values(subject)))
        assert daily_log.log_rows(subject) == expected
        assert len(expected) == (3 if subject is session else 2)
    acts = [row["log_acts"] for row in daily_log.log_rows(session)]
    assert [{"kind": "call", "text": "", "by": "participant"}] in acts


def test_the_days_of_illness_are_those_of_their_queryset(month, session):
    first, second = make_group(month, 2)
    for back in (1, 2, 3):
        mark(first, session.held_on - dt.timedelta(days=back), Mark.OWN_ILLNESS)
    mark(second, session.held_on - dt.timedelta(days=2), Mark.CHILD_ILLNESS)
    mark(second, session.held_on - dt.timedelta(days=1), Mark.PRESENT)
    values = {"month_id": month.pk, "day": session.held_on}
    rows = daily_log_rows._ILLNESS_DAYS.rows(**values)
    assert rows == list(daily_log_rows._illness_query(**values))
    assert rows == [{"enrolment_id": first.pk, "mark": Mark.OWN_ILLNESS, "days": 3}]


def test_a_stand_in_that_the_query_does_not_carry_is_refused():
    lost = PreparedRows(lambda *, pk: Enrolment.objects.values("pk"), names=("pk",), stand_ins={"pk": -1})
    with pytest.raises(LookupError, match="pk"):
        lost.rows(pk=1)
