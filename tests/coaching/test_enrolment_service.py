"""The group: enrolling, the waiting list, not starting after all, leaving early."""

import datetime as dt
import threading

import pytest
from django.db import connection

from coaching.errors import AlreadyInAMonth, MonthAlreadyClosed, OfficerMissing
from coaching.models import CoachingMonth, Enrolment
from coaching.services import enrolments, leaving
from core.errors import AccessDenied, DomainError, StaleVersion
from participants.models import Referral
from tests.coaching.month_support import NOW, referred
from tests.support import factories

pytestmark = pytest.mark.usefixtures("english")

BEFORE = dt.date(2026, 1, 20)
FIRST = dt.date(2026, 2, 2)


def enrol(month, coach, person, **more):
    return enrolments.enrol_participant(
        actor=coach, month=month, participant=person, **{"today": BEFORE, **more}
    )


def referral_state(person) -> str:
    return Referral.objects.get(participant=person).state


def test_enrolling_puts_the_person_in_the_group_from_the_first_day(month, coach, office):
    person = referred(office)
    enrolment = enrol(month, coach, person)
    assert (enrolment.state, enrolment.joined_on) == ("enrolled", FIRST)
    assert referral_state(person) == "enrolled"


def test_the_months_coordinator_enrols_too_and_others_do_not(
    month, coordinator, other_coach, manager, office
):
    assert enrol(month, coordinator, referred(office)).state == "enrolled"
    for user in (other_coach, manager):
        with pytest.raises(AccessDenied):
            enrol(month, user, referred(office))


def test_the_eleventh_goes_to_the_waiting_list(month, coach, office):
    for _ in range(10):
        assert enrol(month, coach, referred(office)).state == "enrolled"
    eleventh = referred(office)
    enrolment = enrol(month, coach, eleventh)
    assert (enrolment.state, enrolment.joined_on) == ("waiting", None)
    assert referral_state(eleventh) == "waiting"


def test_the_same_person_is_not_enrolled_twice(month, coach, office):
    person = referred(office)
    enrol(month, coach, person)
    with pytest.raises(AlreadyInAMonth):
        enrol(month, coach, person)


def test_a_person_is_in_one_group_at_a_time(month, coach, other_coach, office):
    person = referred(office)
    other = factories.MonthFactory(coach=other_coach, starts_on=dt.date(2026, 2, 16), authority=office)
    enrol(month, coach, person)
    with pytest.raises(AlreadyInAMonth):
        enrol(other, other_coach, person)
    Enrolment.objects.update(left_on=dt.date(2026, 2, 13), exit_kind="left_for_work")
    assert enrol(other, other_coach, person).state == "enrolled"


def test_somebody_may_join_on_the_third_day(month, coach, office):
    person = referred(office)
    assert enrol(month, coach, person, today=dt.date(2026, 2, 4)).joined_on == dt.date(2026, 2, 4)


@pytest.mark.parametrize("day", [dt.date(2026, 2, 1), dt.date(2026, 3, 2)])
def test_the_first_day_lies_in_the_month(month, coach, office, day):
    with pytest.raises(DomainError) as refusal:
        enrol(month, coach, referred(office), joined_on=day)
    assert refusal.value.field == "joined_on"


def test_after_the_start_nobody_is_enrolled_without_a_responsible_officer(month, coach, office):
    person = referred(office, officer_name="")
    with pytest.raises(OfficerMissing):
        enrol(month, coach, person, today=FIRST)
    assert not Enrolment.objects.exists()
    assert enrol(month, coach, person, today=BEFORE).state == "enrolled"


def test_a_closed_month_takes_nobody(month, coach, office):
    CoachingMonth.objects.update(state="closed", closed_at=NOW, closed_by=coach)
    with pytest.raises(MonthAlreadyClosed):
        enrol(month, coach, referred(office))


def full_month(month, coach, office, *, waiting):
    CoachingMonth.objects.filter(pk=month.pk).update(capacity=1)
    inside = enrol(month, coach, referred(office))
    return inside, [enrol(month, coach, referred(office)) for _ in range(waiting)]


def test_a_free_place_goes_to_the_first_in_the_queue(month, coach, office):
    inside, (first, second) = full_month(month, coach, office, waiting=2)
    with pytest.raises(DomainError, match="full"):
        enrolments.move_from_waiting_list(actor=coach, enrolment=first, today=BEFORE)
    enrolments.remove_enrolment(
        actor=coach, enrolment=inside, version=1, reason="Sai töitä", referral_state="withdrew", today=BEFORE
    )
    with pytest.raises(DomainError, match="first"):
        enrolments.move_from_waiting_list(actor=coach, enrolment=second, today=BEFORE)
    moved = enrolments.move_from_waiting_list(actor=coach, enrolment=first, today=BEFORE)
    again = enrolments.move_from_waiting_list(actor=coach, enrolment=first, today=BEFORE)
    assert (moved.state, moved.version) == ("enrolled", again.version)
    assert referral_state(first.participant) == "enrolled"


def test_who_comes_back_to_the_list_goes_to_its_end(month, coach, office):
    _inside, (first, second) = full_month(month, coach, office, waiting=2)
    enrolments.remove_enrolment(
        actor=coach,
        enrolment=first,
        version=1,
        reason="Ei voi tulla",
        referral_state="selected",
        today=BEFORE,
    )
    assert enrol(month, coach, first.participant).pk == first.pk
    assert list(month.enrolments.waiting()) == [second, first]


@pytest.mark.parametrize(
    ("way_back", "reason_on_referral"), [("selected", ""), ("withdrew", ""), ("not_selected", "Muutti pois")]
)
def test_who_does_not_start_goes_back_with_a_reason(month, coach, office, way_back, reason_on_referral):
    enrolment = enrol(month, coach, referred(office))
    enrolments.remove_enrolment(
        actor=coach,
        enrolment=enrolment,
        version=1,
        reason="Muutti pois",
        referral_state=way_back,
        today=BEFORE,
    )
    enrolment.refresh_from_db()
    referral = Referral.objects.get()
    assert (enrolment.state, enrolment.exit_reason) == ("cancelled", "Muutti pois")
    assert (referral.state, referral.reason) == (way_back, reason_on_referral)


def test_who_has_been_logged_is_not_removed(month, coach, office):
    enrolment = enrol(month, coach, referred(office))
    factories.MarkFactory(enrolment=enrolment)
    with pytest.raises(DomainError, match="ended early"):
        enrolments.remove_enrolment(
            actor=coach, enrolment=enrolment, version=1, reason="Syy", referral_state="selected", today=BEFORE
        )


def test_a_first_day_is_corrected_unless_an_earlier_day_is_logged(enrolment, coach):
    enrolments.change_first_day(actor=coach, enrolment=enrolment, version=1, joined_on=dt.date(2026, 2, 4))
    factories.MarkFactory(enrolment=enrolment, session__held_on=dt.date(2026, 2, 5), mark="own_illness")
    with pytest.raises(DomainError) as refusal:
        enrolments.change_first_day(
            actor=coach, enrolment=enrolment, version=2, joined_on=dt.date(2026, 2, 9)
        )
    assert refusal.value.field == "joined_on"


def end(enrolment, coach, **changes):
    values = {
        "version": enrolment.version, "exit_kind": "left_for_work", "left_on": dt.date(2026, 2, 12),
        "exit_reason": "", "now": NOW, "onward_path": "paid_work", "onward_detail": "Varasto",
        "onward_starts_on": dt.date(2026, 2, 16),
    }  # fmt: skip
    return leaving.end_early(actor=coach, enrolment=enrolment, **{**values, **changes})


def test_leaving_early_for_work_frees_the_place_and_keeps_the_path(enrolment, coach, month):
    ended = end(enrolment, coach)
    assert (ended.left_on, ended.onward_path, ended.onward_recorded_by) == (
        dt.date(2026, 2, 12),
        "paid_work",
        coach,
    )
    assert month.enrolments.holding_a_place().count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"left_on": dt.date(2026, 2, 1)}, "left_on"),
        ({"left_on": dt.date(2026, 3, 1)}, "left_on"),
        ({"exit_kind": "dropped_out"}, "exit_reason"),
        ({"exit_kind": "completed"}, "exit_kind"),
    ],
)
def test_an_early_end_is_possible_and_complete(enrolment, coach, changes, field):
    with pytest.raises(DomainError) as refusal:
        end(enrolment, coach, **changes)
    assert refusal.value.field == field


def test_nobody_leaves_before_a_day_on_which_they_were_present(enrolment, coach):
    factories.MarkFactory(enrolment=enrolment, session__held_on=dt.date(2026, 2, 13))
    with pytest.raises(DomainError) as refusal:
        end(enrolment, coach)
    assert refusal.value.field == "left_on"


def test_an_early_end_from_an_old_page_is_refused(enrolment, coach):
    end(enrolment, coach)
    with pytest.raises(StaleVersion):
        end(enrolment, coach, version=1, onward_detail="Muualle")


@pytest.mark.django_db(transaction=True)
def test_two_who_enrol_at_once_do_not_overfill_the_group():
    office = factories.AuthorityFactory()
    month = factories.MonthFactory(capacity=1, authority=office)
    people = [referred(office) for _ in range(4)]
    barrier = threading.Barrier(4)
    failures = []

    def enrol_one(person):
        try:
            barrier.wait(timeout=10)
            enrol(month, month.coach, person)
        except Exception as error:  # noqa: BLE001 -- shown by the assertion below
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=enrol_one, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert failures == []
    assert sorted(month.enrolments.values_list("state", flat=True)) == ["enrolled"] + ["waiting"] * 3
