"""Single sessions: words and times, calling off, adding, moving with what gives way."""

import datetime as dt

import pytest

from accounts.models import AuditEvent
from coaching.errors import MonthAlreadyClosed
from coaching.models import AttendanceMark, CoachingMonth, DailyLogDraft, Session
from coaching.services import sessions as services
from coaching.services.session_moves import Target, move_session, plan_move
from coaching.services.sessions import SessionTimes, SessionWords
from core.errors import AccessDenied, DomainError, StaleVersion
from tests.coaching.month_support import NOW, full_programme, made_month
from tests.support import factories

pytestmark = pytest.mark.usefixtures("english", "today")

TODAY = dt.date(2026, 2, 10)  # Tuesday of week 2; the month is 2.2.-27.2.
TIMES = SessionTimes(dt.time(9), dt.time(12), "Koivu")
AFTERNOON = SessionTimes(dt.time(13), dt.time(15), "Mänty")


def feb(number: int) -> dt.date:
    return dt.date(2026, 2, number)


@pytest.fixture
def group(coach, office):
    """A month with all its sessions, each with its words; nothing is logged."""
    return made_month(coach, office, programme=full_programme())


def on(month, day: dt.date, half: str = "morning") -> Session:
    return month.sessions.get(held_on=day, half=half)


def titles(month) -> dict[dt.date, str]:
    return dict(month.sessions.filter(held_on__gte=TODAY, half="morning").values_list("held_on", "title"))


def move(actor, session, day, *, half="morning", times=TIMES, takes_along=True, seen=None, version=None):
    target = Target(day, half, times, takes_along)
    month = CoachingMonth.objects.get(pk=session.month_id)
    plan = plan_move(month=month, session=session, target=target, today=TODAY)
    return move_session(
        actor=actor,
        session=session,
        version=session.version if version is None else version,
        target=target,
        seen=plan.seen if seen is None else seen,
        today=TODAY,
    )


def refusal_of(actor, session, day, **changes) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        move(actor, session, day, **changes)
    return refusal.value


# --- moving ---------------------------------------------------------------------------------------------
def test_the_later_sessions_follow_and_the_months_end_with_them(group, coach):
    session = on(group, feb(25))
    plan = move(coach, session, feb(26))
    assert [(step.session.title, step.old, step.new) for step in plan.moves] == [
        ("Päivä 4.3", feb(25), feb(26)),
        ("Päivä 4.4", feb(26), feb(27)),
        ("Päivä 4.5", feb(27), dt.date(2026, 3, 2)),
    ]
    group.refresh_from_db()
    assert (group.ends_on, plan.moves_the_end) == (dt.date(2026, 3, 2), True)
    last = on(group, dt.date(2026, 3, 2))
    assert (last.title, last.week, last.moved_from, last.theme) == ("Päivä 4.5", 5, feb(27), "Teema 4")
    details = AuditEvent.objects.get(action="session.moved").details
    assert details["moves"][0] == [session.pk, "2026-02-25", "2026-02-26"]


def test_moved_alone_to_a_free_half_nobody_else_moves(group, coach):
    before = titles(group)
    move(coach, on(group, feb(17)), feb(19), half="afternoon", times=AFTERNOON)
    moved = on(group, feb(19), "afternoon")
    assert (moved.title, moved.begins_at, moved.room) == ("Päivä 3.2", dt.time(13), "Mänty")
    assert titles(group) == {day: title for day, title in before.items() if day != feb(17)}


def test_alone_a_session_does_not_push_another_aside(group, coach):
    refused = refusal_of(coach, on(group, feb(17)), feb(18), takes_along=False)
    assert (refused.field, "already meets" in str(refused)) == ("held_on", True)


def test_only_time_and_room_change_when_the_day_stays(group, coach):
    plan = move(coach, on(group, feb(17)), feb(17), times=SessionTimes(dt.time(10), dt.time(11), "Sali"))
    changed = on(group, feb(17))
    assert (plan.followers, changed.begins_at, changed.room, changed.moved_from) == (
        (),
        dt.time(10),
        "Sali",
        None,
    )


def test_two_sessions_change_places_when_one_is_moved_before_the_other(group, coach):
    move(coach, on(group, feb(18)), feb(17))
    found = titles(group)
    assert (found[feb(17)], found[feb(18)], found[feb(19)]) == ("Päivä 3.3", "Päivä 3.2", "Päivä 3.4")


def test_moved_there_and_back_everything_stands_where_it_was(group, coach):
    before, ends_on = titles(group), group.ends_on
    move(coach, on(group, feb(18)), feb(19))
    group.refresh_from_db()
    assert group.ends_on > ends_on
    plan = move(coach, on(group, feb(19)), feb(18))
    group.refresh_from_db()
    assert (titles(group), group.ends_on, plan.ends_on) == (before, ends_on, ends_on)
    assert not group.sessions.exclude(moved_from=None).exists()


def test_the_months_end_does_not_come_back_over_a_day_that_somebody_has_marked(group, coach):
    move(coach, on(group, feb(18)), feb(19))
    group.refresh_from_db()
    factories.EnrolmentFactory(month=group, left_on=group.ends_on)
    move(coach, on(group, feb(19)), feb(18))
    stands = group.ends_on
    group.refresh_from_db()
    assert group.ends_on == stands


def test_holidays_are_stepped_over_and_refused_by_name(coach, office):
    month = made_month(coach, office, starts_on=dt.date(2026, 3, 23), programme=full_programme())
    thursday = on(month, dt.date(2026, 4, 2))
    plan = move(coach, on(month, dt.date(2026, 4, 1)), dt.date(2026, 4, 2))
    assert (thursday.pk, dt.date(2026, 4, 2), dt.date(2026, 4, 7)) in {
        (step.session.pk, step.old, step.new) for step in plan.moves
    }
    refused = refusal_of(coach, on(month, dt.date(2026, 4, 2)), dt.date(2026, 4, 3))
    assert (refused.field, "Good Friday" in str(refused)) == ("held_on", True)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (feb(9), "The past stands"),
        (feb(14), "weekdays"),
        (dt.date(2026, 4, 1), "eighth week"),
        (dt.date(9999, 12, 31), "eighth week"),
    ],
)
def test_impossible_days_are_refused_with_a_sentence_at_the_day(group, coach, day, words):
    refused = refusal_of(coach, on(group, feb(17)), day) if day.year < 9999 else None
    if refused is None:
        with pytest.raises(DomainError) as caught:
            plan_move(
                month=group, session=on(group, feb(17)), target=Target(day, "morning", TIMES), today=TODAY
            )
        refused = caught.value
    assert refused.field == "held_on"
    assert words in str(refused) or "weekdays" in str(refused)


def test_a_tail_past_the_eighth_week_is_refused(group, coach):
    refused = refusal_of(coach, on(group, feb(10)), dt.date(2026, 3, 27))
    assert ("eighth week" in str(refused), refused.field) == (True, "held_on")
    assert titles(group)[feb(10)] == "Päivä 2.2"


def test_what_is_past_logged_called_off_or_begun_does_not_move(group, coach):
    past, logged, called_off, begun = (on(group, feb(number)) for number in (9, 11, 12, 10))
    Session.objects.filter(pk=logged.pk).update(state="logged", logged_at=NOW)
    Session.objects.filter(pk=called_off.pk).update(state="not_arranged", logged_at=NOW)
    step = factories.StepForwardFactory(enrolment__month=group, session=begun, day=begun.held_on)
    for session, words in (
        (past, "past"),
        (logged, "has been logged"),
        (called_off, "called off"),
        (begun, "begun"),
    ):
        session.refresh_from_db()
        assert words in str(refusal_of(coach, session, feb(20)))
    step.refresh_from_db()
    assert step.session == begun


def test_fixed_sessions_are_stepped_over_and_never_pushed(group, coach):
    fixed = on(group, feb(12))
    Session.objects.filter(pk=fixed.pk).update(state="not_arranged", logged_at=NOW)
    move(coach, on(group, feb(10)), feb(11))
    found = titles(group)
    assert (found[feb(11)], found[feb(12)], found[feb(13)]) == ("Päivä 2.2", "Päivä 2.4", "Päivä 2.3")
    assert "called off" in str(refusal_of(coach, on(group, feb(11)), feb(12)))


def test_the_work_trials_marks_stay_where_they_are(group, coach):
    enrolment = factories.EnrolmentFactory(month=group)
    mark = factories.MarkFactory(enrolment=enrolment, session=None, day=TODAY, half="afternoon")
    refused = refusal_of(coach, on(group, feb(17)), TODAY, half="afternoon", times=AFTERNOON)
    assert "work-trial mark" in str(refused)
    move(coach, on(group, TODAY), feb(11))
    mark.refresh_from_db()
    assert (mark.day, AttendanceMark.objects.count()) == (TODAY, 1)


def test_a_draft_of_the_log_comes_along(group, coach):
    session = on(group, TODAY)
    draft = DailyLogDraft.objects.create(
        session=session, user=coach, content={"units": {"note": ["Alku"]}}, base_version=1, saved_at=NOW
    )
    move(coach, session, feb(11))
    draft.refresh_from_db()
    assert (draft.session.held_on, draft.content["units"]["note"]) == (feb(11), ["Alku"])


def test_a_preview_that_became_stale_moves_nothing(group, coach):
    session = on(group, feb(17))
    target = Target(feb(18), "morning", TIMES)
    seen = plan_move(month=group, session=session, target=target, today=TODAY).seen
    move(coach, on(group, feb(24)), feb(25))
    group.refresh_from_db()
    with pytest.raises(StaleVersion, match="changed since you looked"):
        move(coach, session, feb(18), seen=seen)
    assert titles(group)[feb(17)] == "Päivä 3.2"
    with pytest.raises(StaleVersion):
        move(coach, session, feb(18), version=session.version + 1)


def test_only_the_months_own_coach_moves_and_only_in_an_open_month(group, coach, other_coach, manager):
    session = on(group, feb(17))
    for stranger in (other_coach, manager):
        with pytest.raises(AccessDenied):
            move(stranger, session, feb(18))
    CoachingMonth.objects.filter(pk=group.pk).update(state="closed", closed_at=NOW, closed_by=coach)
    with pytest.raises(MonthAlreadyClosed):
        move(coach, session, feb(18))


# --- words, calling off, adding ----------------------------------------------------------------------------
def test_a_session_becomes_a_visit_and_ordinary_again(group, coach):
    session = on(group, feb(17))
    visit = SessionWords("Teema 3", "Vierailu", "Kierros", "visit", "Rautakauppa Saha")
    services.update_session(actor=coach, session=session, version=1, times=TIMES, words=visit, today=TODAY)
    session.refresh_from_db()
    assert (session.kind, session.destination, session.version) == ("visit", "Rautakauppa Saha", 2)
    plain = SessionWords("Teema 3", "Sisällä", "", "coaching", "Rautakauppa Saha")
    services.update_session(actor=coach, session=session, version=2, times=TIMES, words=plain, today=TODAY)
    session.refresh_from_db()
    assert (session.kind, session.destination) == ("coaching", "")


def test_the_words_of_what_is_past_or_logged_stand(group, coach):
    words = SessionWords(title="Toisin")
    with pytest.raises(DomainError, match="past"):
        services.update_session(
            actor=coach, session=on(group, feb(9)), version=1, times=TIMES, words=words, today=TODAY
        )
    Session.objects.filter(pk=on(group, TODAY).pk).update(state="logged", logged_at=NOW)
    with pytest.raises(DomainError, match="logged"):
        services.update_session(
            actor=coach, session=on(group, TODAY), version=1, times=TIMES, words=words, today=TODAY
        )


@pytest.mark.parametrize(
    ("half", "times", "field"),
    [
        ("morning", SessionTimes(dt.time(11), dt.time(9)), "ends_at"),
        ("morning", SessionTimes(dt.time(12), dt.time(13)), "begins_at"),
        ("afternoon", SessionTimes(dt.time(10), dt.time(12)), "begins_at"),
    ],
)
def test_times_belong_to_their_half(half, times, field):
    with pytest.raises(DomainError) as refusal:
        services.check_times(half, times)
    assert refusal.value.field == field


def cancel(actor, session, **changes):
    values = {"version": session.version, "reason": "Koulutuspäivä", "now": NOW, "today": TODAY}
    return services.cancel_session(actor=actor, session=session, **values | changes)


def test_a_session_is_called_off_with_a_reason_and_can_be_taken_back(group, coach):
    session = on(group, TODAY)
    cancel(coach, session, reason=" Koulutuspäivä ")
    session.refresh_from_db()
    assert (session.state, session.not_arranged_reason) == ("not_arranged", "Koulutuspäivä")
    services.restore_session(actor=coach, session=session, version=session.version)
    session.refresh_from_db()
    assert (session.state, session.not_arranged_reason, session.logged_at) == ("planned", "", None)


def test_a_session_is_not_called_off_without_a_reason_when_past_logged_or_begun(group, coach):
    with pytest.raises(DomainError) as refusal:
        cancel(coach, on(group, TODAY), reason=" ")
    assert refusal.value.field == "reason"
    with pytest.raises(DomainError, match="past"):
        cancel(coach, on(group, feb(9)))
    Session.objects.filter(pk=on(group, feb(11)).pk).update(state="logged", logged_at=NOW)
    with pytest.raises(DomainError, match="logged"):
        cancel(coach, on(group, feb(11)))
    Session.objects.filter(pk=on(group, TODAY).pk).update(group_note="Alku oli hyvä")
    with pytest.raises(DomainError, match="begun"):
        cancel(coach, on(group, TODAY))


def add(actor, month, day, *, half="afternoon", times=AFTERNOON, words=None):
    return services.add_session(
        actor=actor,
        month=month,
        held_on=day,
        half=half,
        times=times,
        words=words or SessionWords(title="Rekrytapahtuma", kind="visit", destination="Urheilutalo"),
        today=TODAY,
    )


def test_a_session_is_added_on_a_free_half_and_the_month_follows(group, coach):
    added = add(coach, group, feb(12))
    assert (added.week, added.state, added.destination) == (2, "planned", "Urheilutalo")
    later = add(coach, group, dt.date(2026, 3, 3), half="morning", times=TIMES)
    group.refresh_from_db()
    assert (later.week, group.ends_on, group.version) == (5, dt.date(2026, 3, 3), 2)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (feb(9), "past"),
        (feb(14), "weekdays"),
        (dt.date(2026, 4, 3), "Good Friday"),
        (feb(12), "already meets"),
    ],
)
def test_a_session_is_not_added_where_the_group_cannot_meet(group, coach, day, words):
    with pytest.raises(DomainError, match=words) as refusal:
        add(coach, group, day, half="morning", times=TIMES)
    assert refusal.value.field == "held_on"


def test_only_the_own_coach_adds_and_calls_off(group, other_coach, manager):
    for stranger in (other_coach, manager):
        with pytest.raises(AccessDenied):
            add(stranger, group, feb(12))
        with pytest.raises(AccessDenied):
            cancel(stranger, on(group, feb(12)))
