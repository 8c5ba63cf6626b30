"""Whose month it is, written as SQL once: the same months as the ORM finds, for everybody."""

import datetime as dt

import pytest
from django.db.models import Q

from accounts.models import User
from coaching.models import CoachingMonth, Enrolment, Session, Substitution
from coaching.querysets import MONTH_COACHES, MONTH_PEOPLE, coached_months_q, own_months_q
from tests.support import factories

CAST = (
    "coach",
    "second_coach",
    "substitute",
    "coordinator",
    "officer",
    "other_coach",
    "other_coordinator",
    "other_officer",
    "manager",
    "administrator",
)
DAYS = [dt.date(2026, 2, day) for day in (9, 10, 11, 12)]  # the substitute stands in on two of them


@pytest.fixture
def months(month, second_coach, substitute, other_coach, other_coordinator, other_officer, other_office):
    """The cast's month, the others' month, and one that the substitute coaches himself."""
    factories.MonthFactory(
        name="Muiden kuukausi",
        coach=other_coach,
        second_coach=second_coach,
        coordinator=other_coordinator,
        te_sponsor=other_officer,
        authority=other_office,
    )
    factories.MonthFactory(name="Sijaisen oma", coach=substitute, second_coach=other_coach)
    for each in CoachingMonth.objects.all():
        factories.SessionFactory(month=each)
        factories.EnrolmentFactory(month=each)


def ids_of_own(user, day) -> set[int]:
    """The plain way: no union, no SQL of our own."""
    own = Q()
    for part in MONTH_PEOPLE:
        own |= Q(**{part: user})
    standing_in = Substitution.objects.filter(user=user, starts_on__lte=day, ends_on__gte=day)
    either = own | Q(pk__in=list(standing_in.values_list("month", flat=True)))
    return set(CoachingMonth.objects.filter(either).values_list("pk", flat=True))


@pytest.mark.parametrize("who", CAST)
def test_own_months_are_those_that_the_orm_finds(who, months, request):
    user = request.getfixturevalue(who)
    for day in DAYS:
        expected = ids_of_own(user, day)
        found = CoachingMonth.objects.filter(own_months_q(user, day))
        assert set(found.values_list("pk", flat=True)) == expected
        for behind in (Session, Enrolment):
            rows = behind.objects.filter(own_months_q(user, day, prefix="month__"))
            assert sorted(rows.values_list("month", flat=True)) == sorted(expected)


@pytest.mark.parametrize("who", CAST)
def test_coached_months_are_those_that_the_orm_finds(who, months, request):
    user = request.getfixturevalue(who)
    plain = CoachingMonth.objects.filter(Q(coach=user) | Q(second_coach=user))
    found = CoachingMonth.objects.filter(coached_months_q(user))
    assert set(found) == set(plain)


def test_the_cast_is_on_both_sides_of_the_line(months, coach, substitute, second_coach, other_coach, manager):
    """Or the two tests above would prove nothing."""
    numbers = {user: [len(ids_of_own(user, day)) for day in DAYS] for user in User.objects.all()}
    assert numbers[coach] == [1, 1, 1, 1]
    assert numbers[substitute] == [1, 2, 2, 1]
    assert numbers[second_coach] == numbers[other_coach] == [2, 2, 2, 2]
    assert numbers[manager] == [0, 0, 0, 0]


def test_every_person_of_a_month_is_counted_among_its_people():
    """A new field that leads to a user must be thought of here; who closed a month is only noted."""
    leads_to_user = {field.name for field in CoachingMonth._meta.fields if field.related_model is User}
    assert leads_to_user - {"closed_by"} == set(MONTH_PEOPLE)
    assert set(MONTH_COACHES) < set(MONTH_PEOPLE)


def test_the_user_and_the_day_are_parameters_and_never_part_of_the_sql(coach, today):
    sql, params = CoachingMonth.objects.filter(own_months_q(coach, today)).query.sql_with_params()
    assert sql.count("%s") == len(params) == 3 + len(MONTH_PEOPLE)
    assert set(params) == {coach.pk, today}
