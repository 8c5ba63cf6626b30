"""The second coach: the same rights as the coach (issue 3, "Planning the month"); the URL matrix holds the
pages to it."""

import pytest
from django.db import IntegrityError, transaction

from coaching import access
from coaching.models import CoachingMonth, Enrolment, Session
from coaching.services import months as services
from core.errors import DomainError
from employers.models import Placement
from participants.access import standing_of
from reports.access import can_write_summaries
from tests.coaching.month_support import frame, people

pytestmark = pytest.mark.django_db


def test_the_second_coach_is_somebody_else(month):
    with pytest.raises(IntegrityError), transaction.atomic():
        CoachingMonth.objects.filter(pk=month.pk).update(second_coach=month.coach)


def test_naming_the_coach_twice_is_answered_at_the_field(month, coach):
    named = people(month.coach, month.authority, second_coach=coach)
    with pytest.raises(DomainError) as refused:
        services.update_month(actor=coach, month=month, version=month.version, frame=frame(), people=named)
    assert refused.value.field == "second_coach"


def test_only_a_coach_becomes_second_coach(month, coach, coordinator):
    named = people(month.coach, month.authority, second_coach=coordinator)
    with pytest.raises(DomainError) as refused:
        services.update_month(actor=coach, month=month, version=month.version, frame=frame(), people=named)
    assert refused.value.field == "second_coach"


def test_the_second_coach_sees_and_may_what_the_coach_does(month, second_coach, session, placement, today):
    enrolment = placement.month.enrolments.get()
    for rows in (CoachingMonth, Session, Enrolment, Placement):
        assert rows.objects.visible_to(second_coach, today=today).exists(), rows
    assert CoachingMonth.objects.for_today_page(second_coach, today).get() == month
    month.refresh_from_db()
    assert access.can_edit_month(second_coach, month)
    assert access.can_coach_month(second_coach, month, today=today)
    assert can_write_summaries(second_coach, month)
    assert standing_of(second_coach, enrolment.participant, today=today).coaches


def test_access_ends_when_somebody_else_becomes_second_coach(month, coach, second_coach, other_coach, today):
    month.refresh_from_db()
    named = people(month.coach, month.authority, second_coach=other_coach)
    services.update_month(actor=coach, month=month, version=month.version, frame=frame(), people=named)
    assert not CoachingMonth.objects.visible_to(second_coach, today=today).exists()
    assert CoachingMonth.objects.visible_to(other_coach, today=today).exists()


def test_a_substitute_who_becomes_second_coach_is_no_substitute_any_more(month, coach, substitute):
    named = people(month.coach, month.authority, second_coach=substitute)
    services.update_month(actor=coach, month=month, version=month.version, frame=frame(), people=named)
    assert not month.substitutions.filter(user=substitute).exists()


def test_a_second_coach_who_takes_the_month_over_is_not_named_twice(month, manager, second_coach):
    month.refresh_from_db()
    services.hand_over_month(
        actor=manager, month=month, version=month.version, coach=second_coach, coordinator=None
    )
    month.refresh_from_db()
    assert month.coach == second_coach
    assert month.second_coach is None
