"""Making, editing, handing over and calling off months; their sessions and substitutes."""

import datetime as dt

import pytest

from accounts.models import AuditEvent
from coaching.errors import MonthAlreadyClosed, MonthAlreadyExists
from coaching.models import CoachingMonth, Session
from coaching.services import months, substitutions
from coaching.services.sessions import SessionTimes, SessionWords, update_session
from core.errors import AccessDenied, DomainError, StaleVersion
from tests.coaching.month_support import NOW, frame, made_month, people
from tests.support import factories

pytestmark = pytest.mark.usefixtures("english")


def test_a_month_gets_its_dated_sessions_with_week_and_theme(coach, office):
    month = made_month(coach, office)
    sessions = list(month.sessions.in_order())
    assert len(sessions) == 20
    assert (month.starts_on, month.ends_on) == (dt.date(2026, 2, 2), dt.date(2026, 2, 27))
    assert {session.half for session in sessions} == {"morning"}
    assert [(s.week, s.theme) for s in sessions][::5] == [(n, f"Teema {n}") for n in (1, 2, 3, 4)]
    assert {s.room for s in sessions} == {"Koivu"}
    assert AuditEvent.objects.get(action="month.created").object_id == month.pk


def test_days_off_are_skipped_and_made_up_only_when_the_coach_chooses(coach, office):
    plain = made_month(coach, office, starts_on=dt.date(2026, 3, 16), name="A")
    longer = made_month(coach, office, starts_on=dt.date(2026, 3, 16), name="B", make_up_lost_days=True)
    assert (plain.sessions.count(), plain.ends_on) == (18, dt.date(2026, 4, 10))
    assert (longer.sessions.count(), longer.ends_on) == (20, dt.date(2026, 4, 14))
    assert set(longer.sessions.filter(week=5).values_list("theme", flat=True)) == {"Teema 4"}


def test_the_same_month_is_not_made_twice(coach, office):
    month = made_month(coach, office)
    with pytest.raises(MonthAlreadyExists) as refusal:
        made_month(coach, office)
    assert refusal.value.month_id == month.pk
    assert CoachingMonth.objects.count() == 1


def test_a_coach_makes_only_own_months_and_a_coordinator_makes_them_for_a_coach(
    coach, other_coach, coordinator, office
):
    with pytest.raises(DomainError) as refusal:
        made_month(coach, office, actor=other_coach)
    assert refusal.value.field == "coach"
    assert made_month(coach, office, actor=coordinator).coach == coach


@pytest.mark.parametrize("who", ["officer", "administrator"])
def test_others_make_no_months(who, coach, office, request):
    with pytest.raises(AccessDenied):
        made_month(coach, office, actor=request.getfixturevalue(who))


def test_the_month_takes_the_version_that_is_valid_on_its_first_day(coach, office):
    old = factories.ProgrammeFactory(name="Ohjelma", version=1)
    new = factories.ProgrammeFactory(name="Ohjelma", version=2, valid_from=dt.date(2026, 2, 9))
    assert months.version_valid_on(new, dt.date(2026, 2, 2)) == old
    assert months.version_valid_on(old, dt.date(2026, 2, 9)) == new
    with pytest.raises(DomainError) as refusal:
        months.version_valid_on(new, dt.date(2019, 1, 1))
    assert refusal.value.field == "programme"


def test_a_te_sponsor_belongs_to_the_months_authority(coach, office, other_officer):
    with pytest.raises(DomainError) as refusal:
        months._check_people(people(coach, office, te_sponsor=other_officer))
    assert refusal.value.field == "te_sponsor"


@pytest.mark.parametrize(
    ("half", "begins", "ends", "field"),
    [
        ("morning", dt.time(12), dt.time(9), "session_ends_at"),
        ("morning", dt.time(13), dt.time(15), "session_starts_at"),
        ("afternoon", dt.time(9), dt.time(12), "session_starts_at"),
    ],
)
def test_times_fit_the_half_of_the_day(half, begins, ends, field):
    with pytest.raises(DomainError) as refusal:
        months._check_times(frame(session_starts_at=begins, session_ends_at=ends), half)
    assert refusal.value.field == field


def edit(month, coach, office, *, version=None, who=None, **changes):
    return months.update_month(
        actor=coach,
        month=month,
        version=month.version if version is None else version,
        frame=frame(**changes),
        people=people(who or coach, office),
    )


def test_editing_moves_sessions_still_to_come_and_leaves_logged_and_own_ones(coach, office):
    month = made_month(coach, office)
    first, second, *_rest = month.sessions.in_order()
    Session.objects.filter(pk=first.pk).update(state="logged", logged_at=NOW)
    update_session(
        actor=coach,
        session=second,
        version=1,
        times=SessionTimes(dt.time(10), dt.time(11), "Kirjasto"),
        words=SessionWords(theme="X"),
        today=dt.date(2026, 2, 2),
    )
    edit(month, coach, office, session_starts_at=dt.time(8, 30), room="Mänty")
    sessions = list(month.sessions.in_order())
    assert (sessions[0].begins_at, sessions[0].room) == (dt.time(9), "Koivu")
    assert (sessions[1].begins_at, sessions[1].room) == (dt.time(10), "Kirjasto")
    assert (sessions[2].begins_at, sessions[2].room) == (dt.time(8, 30), "Mänty")


def test_an_edit_from_an_old_page_is_refused(coach, office):
    month = made_month(coach, office)
    edit(month, coach, office, name="Ensin")
    with pytest.raises(StaleVersion):
        edit(month, coach, office, version=month.version, name="Sitten")
    month.refresh_from_db()
    assert month.name == "Ensin"


def test_places_cannot_fall_below_the_people_in_the_group(coach, office):
    month = made_month(coach, office)
    for _ in range(3):
        factories.EnrolmentFactory(month=month)
    with pytest.raises(DomainError) as refusal:
        edit(month, coach, office, capacity=2)
    assert refusal.value.field == "capacity"


def test_a_closed_month_is_not_edited(coach, office):
    month = made_month(coach, office)
    CoachingMonth.objects.filter(pk=month.pk).update(state="closed", closed_at=NOW, closed_by=coach)
    with pytest.raises(MonthAlreadyClosed):
        edit(month, coach, office)


def test_another_coach_does_not_edit(month, other_coach, office):
    with pytest.raises(AccessDenied):
        months.update_month(
            actor=other_coach, month=month, version=1, frame=frame(), people=people(other_coach, office)
        )


def test_a_manager_hands_a_month_over(month, manager, coach, other_coach, coordinator):
    factories.SubstitutionFactory(month=month, user=other_coach)
    months.hand_over_month(actor=manager, month=month, version=1, coach=other_coach, coordinator=coordinator)
    month.refresh_from_db()
    assert (month.coach, month.substitutions.count()) == (other_coach, 0)
    assert AuditEvent.objects.get(action="month.handed_over").details["coach"] == [coach.pk, other_coach.pk]
    with pytest.raises(AccessDenied):
        months.hand_over_month(actor=coach, month=month, version=2, coach=coach, coordinator=None)


def test_a_month_is_not_handed_to_somebody_who_is_no_coach(month, manager, coordinator):
    with pytest.raises(DomainError) as refusal:
        months.hand_over_month(actor=manager, month=month, version=1, coach=coordinator, coordinator=None)
    assert refusal.value.field == "coach"


@pytest.mark.parametrize(
    ("starts", "ends", "field"), [((2, 12), (2, 11), "ends_on"), ((1, 30), (2, 3), "starts_on")]
)
def test_a_substitution_has_possible_days_inside_the_month(month, coach, other_coach, starts, ends, field):
    with pytest.raises(DomainError) as refusal:
        substitutions.add_substitution(
            actor=coach,
            month=month,
            user=other_coach,
            starts_on=dt.date(2026, *starts),
            ends_on=dt.date(2026, *ends),
        )
    assert refusal.value.field == field


def test_a_substitute_is_another_active_coach(month, coach, coordinator, other_coach):
    days = {"starts_on": dt.date(2026, 2, 10), "ends_on": dt.date(2026, 2, 11)}
    other_coach.is_active = False
    for user in (coach, coordinator, other_coach):
        with pytest.raises(DomainError) as refusal:
            substitutions.add_substitution(actor=coach, month=month, user=user, **days)
        assert refusal.value.field == "user"


def test_the_access_of_a_substitute_ends_with_the_substitution(month, coach, substitute):
    day = dt.date(2026, 2, 10)
    assert CoachingMonth.objects.visible_to(substitute, today=day).exists()
    substitutions.remove_substitution(actor=coach, substitution=month.substitutions.get())
    assert not CoachingMonth.objects.visible_to(substitute, today=day).exists()
