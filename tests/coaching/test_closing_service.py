"""How a month ends: drafts of the onward paths, closing, opening again, calling off."""

import datetime as dt

import pytest

from accounts.models import AuditEvent
from coaching.errors import MonthAlreadyClosed
from coaching.models import CoachingMonth, Enrolment
from coaching.services import closing
from coaching.services.closing import Ending, EndingsWrong, UnloggedSessions
from core.errors import AccessDenied, DomainError, StaleVersion
from participants.models import Referral
from tests.coaching.month_support import NOW
from tests.support import factories

pytestmark = pytest.mark.usefixtures("english")

LAST = dt.date(2026, 2, 27)


@pytest.fixture
def group(month):
    return [factories.EnrolmentFactory(month=month) for _ in range(3)]


def ending(person, **changes) -> Ending:
    values = {
        "enrolment_id": person.pk,
        "version": person.version,
        "exit_kind": "completed",
        "onward_path": "study",
        "onward_detail": "Lähihoitaja",
    }
    return Ending(**{**values, **changes})


def close(month, coach, endings, *, accept_unlogged=False, today=LAST):
    return closing.close_month(
        actor=coach, month=month, endings=endings, accept_unlogged=accept_unlogged, now=NOW, today=today
    )


def save(month, coach, endings):
    return closing.save_endings(actor=coach, month=month, endings=endings, now=NOW)


def test_what_is_known_so_far_can_be_saved(month, coach, group):
    first, second, third = group
    assert save(month, coach, [ending(first), Ending(second.pk, 1), ending(third, exit_kind="")]) == 2
    first.refresh_from_db()
    assert (first.onward_path, first.onward_recorded_by, first.version) == ("study", coach, 2)
    assert CoachingMonth.objects.get(pk=month.pk).state == "open"


def test_saving_the_same_again_changes_nothing(month, coach, group):
    save(month, coach, [ending(person) for person in group])
    assert save(month, coach, [ending(person) for person in group]) == 0
    assert AuditEvent.objects.filter(action="enrolment.ending_recorded").count() == 3


def test_a_row_that_somebody_else_changed_is_not_overwritten(month, coach, group):
    save(month, coach, [ending(group[0], onward_path="paid_work")])
    with pytest.raises(EndingsWrong) as refusal:
        save(month, coach, [ending(group[0]), ending(group[1])])
    assert list(refusal.value.rows) == [group[0].pk]
    assert isinstance(refusal.value.rows[group[0].pk][0], StaleVersion)
    assert not Enrolment.objects.exclude(onward_path="").exclude(pk=group[0].pk).exists()


def test_a_person_of_another_group_is_refused(month, coach, group):
    stranger = factories.EnrolmentFactory()
    with pytest.raises(DomainError, match="changed meanwhile"):
        save(month, coach, [ending(stranger)])
    stranger.refresh_from_db()
    assert stranger.onward_path == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"exit_kind": "left_for_work"}, "left_on"),
        ({"exit_kind": "left_for_work", "left_on": dt.date(2026, 1, 30)}, "left_on"),
        ({"exit_kind": "left_for_study", "left_on": dt.date(2026, 3, 30)}, "left_on"),
        ({"exit_kind": "dropped_out", "left_on": dt.date(2026, 2, 20)}, "exit_reason"),
    ],
)
def test_impossible_endings_are_refused_at_their_field(month, coach, group, changes, field):
    with pytest.raises(EndingsWrong) as refusal:
        save(month, coach, [ending(group[0], **changes)])
    assert [error.field for error in refusal.value.rows[group[0].pk]] == [field]


def test_closing_needs_an_ending_and_a_path_of_everybody(month, coach, group):
    endings = [ending(group[0]), Ending(group[1].pk, 1), ending(group[2])]
    with pytest.raises(EndingsWrong) as refusal:
        close(month, coach, endings)
    assert [error.field for error in refusal.value.rows[group[1].pk]] == ["exit_kind", "onward_path"]
    with pytest.raises(DomainError, match="changed meanwhile"):
        close(month, coach, [ending(group[0])])


def test_a_closed_month_says_who_and_when_and_sends_the_waiting_back(month, coach, group):
    waiting = factories.EnrolmentFactory(month=month, state="waiting", joined_on=None)
    factories.ReferralFactory(participant=waiting.participant, state="waiting")
    close(month, coach, [ending(person) for person in group])
    month.refresh_from_db()
    waiting.refresh_from_db()
    assert (month.state, month.closed_by, month.closed_at) == ("closed", coach, NOW)
    assert (waiting.state, Referral.objects.get().state) == ("cancelled", "selected")


def test_unlogged_sessions_need_an_explicit_yes(month, coach, group, session):
    endings = [ending(person) for person in group]
    with pytest.raises(UnloggedSessions) as refusal:
        close(month, coach, endings)
    assert refusal.value.count == 1
    assert close(month, coach, endings, accept_unlogged=True).state == "closed"


def test_a_month_is_not_closed_before_its_last_session(month, coach, group, session):
    with pytest.raises(DomainError, match="to come"):
        close(month, coach, [ending(p) for p in group], accept_unlogged=True, today=dt.date(2026, 2, 9))


def test_after_closing_only_opening_again_is_possible(month, coach, group):
    close(month, coach, [ending(person) for person in group])
    with pytest.raises(MonthAlreadyClosed):
        save(month, coach, [ending(group[0], version=2, onward_path="none_yet")])
    with pytest.raises(MonthAlreadyClosed):
        close(month, coach, [ending(person, version=2) for person in group])
    with pytest.raises(DomainError) as refusal:
        closing.reopen_month(actor=coach, month=month, reason=" ")
    assert refusal.value.field == "reason"
    assert closing.reopen_month(actor=coach, month=month, reason="Väärä polku").state == "open"
    assert AuditEvent.objects.get(action="month.reopened").reason == "Väärä polku"


@pytest.mark.parametrize("who", ["other_coach", "coordinator", "manager", "substitute"])
def test_only_the_own_coach_closes(who, month, group, request):
    with pytest.raises(AccessDenied):
        close(month, request.getfixturevalue(who), [ending(person) for person in group])


def test_an_early_exit_taken_back_leaves_no_last_day(month, coach, group):
    early = ending(group[0], exit_kind="dropped_out", left_on=dt.date(2026, 2, 20), exit_reason="Muutti")
    save(month, coach, [early])
    save(month, coach, [ending(group[0], version=2, left_on=dt.date(2026, 2, 20), exit_reason="Muutti")])
    group[0].refresh_from_db()
    assert (group[0].exit_kind, group[0].left_on, group[0].exit_reason) == ("completed", None, "")


def test_a_month_is_called_off_before_anything_is_logged(month, coach, group, session):
    factories.ReferralFactory(participant=group[0].participant, state="enrolled")
    closing.cancel_month(actor=coach, month=month, reason="Liian vähän lähtijöitä", today=LAST)
    month.refresh_from_db()
    assert month.state == "cancelled"
    assert Referral.objects.get().state == "selected"
    assert not month.enrolments.enrolled().exists()


def test_a_month_with_logged_days_is_not_called_off(month, coach, session):
    type(session).objects.update(state="logged", logged_at=NOW)
    with pytest.raises(DomainError, match="Close it instead"):
        closing.cancel_month(actor=coach, month=month, reason="Syy", today=LAST)
