"""A coming month begins on another day: what moves, what drops out, what is made."""

import datetime as dt

import pytest

from coaching.models import CoachingMonth
from coaching.services.month_start import move_month_start, plan_start
from coaching.services.schedule import plan_month
from core.errors import AccessDenied, DomainError, StaleVersion
from tests.coaching.month_support import full_programme, made_month
from tests.support import factories

pytestmark = pytest.mark.usefixtures("english", "today")

TODAY = dt.date(2026, 2, 10)
BEFORE_EASTER, EASTER = dt.date(2026, 3, 2), dt.date(2026, 3, 30)


@pytest.fixture
def coming(coach, office):
    """2.3.-27.3.2026: no day off."""
    return made_month(coach, office, starts_on=BEFORE_EASTER, programme=full_programme())


def move(actor, month, starts_on, *, make_up=False, seen=None, version=None):
    month = CoachingMonth.objects.get(pk=month.pk)
    plan = plan_start(month=month, starts_on=starts_on, make_up_lost_days=make_up, today=TODAY)
    return move_month_start(
        actor=actor,
        month=month,
        version=month.version if version is None else version,
        starts_on=starts_on,
        make_up_lost_days=make_up,
        seen=plan.seen if seen is None else seen,
        today=TODAY,
    )


def titles(month) -> dict[dt.date, str]:
    return dict(month.sessions.values_list("held_on", "title"))


@pytest.mark.parametrize("make_up", [False, True])
@pytest.mark.parametrize(
    "starts_on", [EASTER, dt.date(2026, 3, 11), dt.date(2026, 4, 13), dt.date(2026, 12, 7)]
)
def test_the_month_comes_out_as_if_it_had_been_made_on_that_day(coming, coach, starts_on, make_up):
    move(coach, coming, starts_on, make_up=make_up)
    coming.refresh_from_db()
    made = plan_month(starts_on, make_up_lost_days=make_up)
    found = list(coming.sessions.in_order().values_list("held_on", "week"))
    assert [(planned.day, planned.week) for planned in made.days] == found
    assert (coming.starts_on, coming.ends_on) == (starts_on, made.ends_on)


def test_sessions_keep_their_weekday_and_what_the_coach_gave_them(coming, coach):
    own = coming.sessions.get(held_on=dt.date(2026, 3, 18))
    type(own).objects.filter(pk=own.pk).update(title="Oma vierailu", room="Saha", begins_at=dt.time(10))
    move(coach, coming, dt.date(2026, 3, 9))
    own.refresh_from_db()
    assert (own.held_on, own.week, own.title, own.begins_at) == (
        dt.date(2026, 3, 25),
        3,
        "Oma vierailu",
        dt.time(10),
    )


def test_what_falls_on_a_day_off_drops_out_or_goes_to_the_end(coming, coach):
    plan = plan_start(month=coming, starts_on=EASTER, make_up_lost_days=False, today=TODAY)
    dropped = [step.session.title for step in plan.moves if step.new is None]
    assert (dropped, plan.dropped) == (["Päivä 1.5", "Päivä 2.1"], 2)
    assert [name for _day, name in plan.skipped] == ["Good Friday", "Easter Monday"]
    move(coach, coming, EASTER, make_up=True)
    assert titles(coming)[dt.date(2026, 4, 27)] == "Päivä 1.5"


def test_a_day_that_is_no_longer_a_day_off_gets_its_session_from_the_programme(coach, office):
    month = made_month(coach, office, starts_on=EASTER, programme=full_programme())
    plan = move(coach, month, dt.date(2026, 3, 2))
    assert plan.made == 2
    assert (month.sessions.count(), titles(month)[dt.date(2026, 3, 6)]) == (20, "Päivä 1.5")


def test_a_day_that_the_coach_left_free_stays_free(coming, coach):
    coming.sessions.filter(held_on=dt.date(2026, 3, 4)).delete()
    assert move(coach, coming, dt.date(2026, 3, 9)).made == 0


def test_those_who_join_on_the_first_day_join_on_the_new_one(coming, coach):
    first = factories.EnrolmentFactory(month=coming)
    later = factories.EnrolmentFactory(month=coming, joined_on=dt.date(2026, 3, 16))
    waiting = factories.EnrolmentFactory(month=coming, state="waiting", joined_on=None)
    move(coach, coming, dt.date(2026, 3, 9))
    for row in (first, later, waiting):
        row.refresh_from_db()
    assert (first.joined_on, later.joined_on, waiting.joined_on) == (
        dt.date(2026, 3, 9),
        dt.date(2026, 3, 16),
        None,
    )


def test_nobody_comes_into_two_groups_at_once(coming, coach):
    person = factories.EnrolmentFactory(month=coming).participant
    other = factories.MonthFactory(starts_on=dt.date(2026, 4, 13))
    factories.EnrolmentFactory(month=other, participant=person)
    with pytest.raises(DomainError, match="1 person") as refusal:
        move(coach, coming, dt.date(2026, 4, 6) + dt.timedelta(days=1))
    assert refusal.value.field == "starts_on"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 2, 9), "past"),
        (dt.date(2026, 3, 14), "weekdays"),
        (dt.date(2029, 3, 5), "two years"),
        (BEFORE_EASTER, "already"),
    ],
)
def test_impossible_first_days_are_refused_at_the_field(coming, coach, day, words):
    with pytest.raises(DomainError, match=words) as refusal:
        move(coach, coming, day)
    assert refusal.value.field == "starts_on"


def test_a_month_that_has_begun_or_holds_something_keeps_its_first_day(coming, coach, office):
    running = made_month(coach, office, name="Käynnissä")
    with pytest.raises(DomainError, match="has begun"):
        move(coach, running, dt.date(2026, 3, 9))
    factories.MarkFactory(
        enrolment=factories.EnrolmentFactory(month=coming), session=None, day=TODAY, half="afternoon"
    )
    with pytest.raises(DomainError, match="has been written"):
        move(coach, coming, dt.date(2026, 3, 9))


def test_only_its_coach_moves_a_month_and_never_on_a_stale_preview(coming, coach, other_coach, manager):
    for stranger in (other_coach, manager):
        with pytest.raises(AccessDenied):
            move(stranger, coming, dt.date(2026, 3, 9))
    with pytest.raises(StaleVersion):
        move(coach, coming, dt.date(2026, 3, 9), seen="0" * 16)
    with pytest.raises(StaleVersion):
        move(coach, coming, dt.date(2026, 3, 9), version=99)
    coming.refresh_from_db()
    assert coming.starts_on == BEFORE_EASTER
