"""Visits in the services: noted, corrected, moved, cancelled; what else they write and what they refuse."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEvent
from core import clock
from core.errors import DomainError, StaleVersion
from employers.access import can_log_visit
from employers.errors import MoveNotAllowed
from employers.models import ContactEvent, DeskTask, Visit
from employers.pages.visit import open_problems, with_done_action
from employers.services import visit as services
from employers.services.visit import VisitAction
from tests.support.factories import ContactPersonFactory, PlacementFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
D = dt.date
GOOD = {
    "held_on": D(2026, 2, 10),
    "channel": "on_site",
    "met": "Kalle Esimies",
    "check_work": "ok",
    "check_learning": "ok",
    "check_cooperation": "ok",
    "check_terms": "ok",
    "note_work": "",
    "note_learning": "",
    "note_cooperation": "",
    "note_terms": "",
    "participant_view": "Viihdyn",
    "employer_view": "Oppii nopeasti",
    "minutes": 40,
}


def hold(visit, actor, **more):
    fields = {**GOOD, **more.pop("fields", {})}
    return services.record_visit(
        actor=actor,
        visit_id=visit.pk,
        version=more.pop("version", visit.version),
        fields=fields,
        today=clock.today(),
        now=clock.now(),
        **more,
    )


def test_a_visit_is_noted_with_one_line_in_the_contact_log(visit, coach):
    person = ContactPersonFactory(employer=visit.placement.employer, name="Kalle Esimies")
    done = hold(visit, coach)
    assert (done.state, done.held_on, done.recorded_by) == ("done", D(2026, 2, 10), coach)
    line = ContactEvent.objects.get()
    assert line == done.contact_event
    assert (line.channel, line.result, line.minutes) == ("visit", "kept_up", 40)
    assert line.contact_person == person
    assert visit.placement.participant.last_name not in line.note
    line.employer.refresh_from_db()
    assert line.employer.last_contact_on == D(2026, 2, 10)
    assert AuditEvent.objects.get(action="visit.held").participant_id == visit.placement.participant_id


def test_the_same_visit_sent_twice_is_noted_once(visit, coach):
    action = VisitAction("Perehdytys loppuun", coach.pk, D(2026, 2, 16))
    hold(visit, coach, actions=[action])
    hold(visit, coach, actions=[action])
    assert ContactEvent.objects.count() == DeskTask.objects.count() == 1
    assert AuditEvent.objects.filter(action__in=("visit.held", "visit.corrected")).count() == 1


def test_a_correction_is_audited_and_moves_the_line_of_the_log(visit, coach):
    done = hold(visit, coach)
    hold(done, coach, fields={"held_on": D(2026, 2, 9), "channel": "phone"})
    line = ContactEvent.objects.get()
    assert (line.happened_on, line.channel) == (D(2026, 2, 9), "phone")
    assert AuditEvent.objects.get(action="visit.corrected").details == {"fields": ["held_on", "channel"]}


def test_two_who_write_at_once_lose_nothing(visit, coach, coordinator):
    hold(visit, coach)
    with pytest.raises(StaleVersion):
        hold(visit, coordinator, version=1, fields={"employer_view": "Muuta"})
    visit.refresh_from_db()
    assert visit.employer_view == "Oppii nopeasti"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"held_on": D(2026, 2, 11)}, "held_on"),
        ({"held_on": D(2025, 2, 11)}, "held_on"),
        ({"check_terms": ""}, "check_terms"),
        ({"check_work": "attention"}, "note_work"),
        ({"check_work": "not", "note_work": "  "}, "note_work"),
        ({"minutes": 481}, "minutes"),
        ({"minutes": 0}, "minutes"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_half_saved(visit, coach, wrong, field):
    with pytest.raises(DomainError) as refusal:
        hold(visit, coach, fields=wrong)
    assert refusal.value.field == field
    visit.refresh_from_db()
    assert visit.state == "planned"
    assert not ContactEvent.objects.exists()


def test_an_opening_talk_has_nothing_to_check_yet(placement, coach):
    talk = Visit.objects.create(placement=placement, kind="opening", planned_on=D(2026, 2, 2))
    empty = dict.fromkeys([f"check_{name}" for name in ("work", "learning", "cooperation", "terms")], "")
    assert hold(talk, coach, fields=empty).state == "done"


@pytest.mark.parametrize("state", ["proposed", "did_not_start"])
def test_what_never_began_has_no_visits(coach, state):
    trial = PlacementFactory(state=state, ended_reason="x")
    visit = Visit.objects.create(placement=trial, kind="extra", planned_on=D(2026, 2, 9))
    with pytest.raises(MoveNotAllowed):
        hold(visit, coach)


def test_an_unplanned_visit_is_noted_once_however_often_it_is_sent(placement, coach):
    for _ in range(2):
        services.record_extra_visit(
            actor=coach, placement_id=placement.pk, fields=GOOD, today=clock.today(), now=clock.now()
        )
    assert Visit.objects.get().kind == "extra"


def test_the_next_visit_goes_to_the_day_that_was_agreed(visit, coach):
    following = Visit.objects.create(placement=visit.placement, kind="weekly", planned_on=D(2026, 2, 13))
    hold(visit, coach, next_on=D(2026, 2, 17))
    following.refresh_from_db()
    assert (following.planned_on, following.is_day_chosen) == (D(2026, 2, 17), True)
    assert Visit.objects.count() == 2


def test_a_next_day_without_a_planned_visit_makes_one(visit, coach):
    hold(visit, coach, next_on=D(2026, 2, 17))
    assert Visit.objects.get(state="planned").kind == "extra"


def move(visit, actor, day, **more):
    values = {"planned_at": None, "responsible_id": None, "with_authority": False, **more}
    return services.move_visit(
        actor=actor,
        visit_id=visit.pk,
        version=visit.version,
        planned_on=day,
        today=clock.today(),
        **values,
    )


def test_moving_marks_the_day_as_chosen(visit, coordinator):
    moved = move(visit, coordinator, D(2026, 2, 12), planned_at=dt.time(9, 30))
    assert (moved.planned_on, moved.planned_at, moved.is_day_chosen) == (
        D(2026, 2, 12),
        dt.time(9, 30),
        True,
    )


@pytest.mark.parametrize(
    "day", [D(2026, 2, 6), D(2026, 2, 14), D(2026, 3, 2)], ids=["past", "weekend", "after the trial"]
)
def test_a_visit_is_moved_to_a_day_of_work_only(visit, coordinator, day):
    with pytest.raises(DomainError) as refusal:
        move(visit, coordinator, day)
    assert refusal.value.field == "planned_on"


def test_a_holiday_is_named(coordinator):
    trial = PlacementFactory(starts_on=D(2026, 3, 16), ends_on=D(2026, 4, 17))
    visit = Visit.objects.create(placement=trial, kind="weekly", planned_on=D(2026, 4, 2))
    with pytest.raises(DomainError, match="itkäperjantai|Good Friday"):
        move(visit, coordinator, D(2026, 4, 3))


def test_a_cancelled_visit_says_why_and_can_be_planned_again(visit, coordinator):
    with pytest.raises(DomainError):
        services.cancel_visit(actor=coordinator, visit_id=visit.pk, version=1, reason=" ", now=clock.now())
    gone = services.cancel_visit(
        actor=coordinator, visit_id=visit.pk, version=1, reason="Ohjaaja sairaana", now=clock.now()
    )
    with pytest.raises(MoveNotAllowed):
        hold(gone, coordinator)
    again = move(gone, coordinator, D(2026, 2, 12))
    assert (again.state, again.cancelled_reason, again.recorded_by) == ("planned", "", None)


def test_a_held_visit_is_neither_moved_nor_cancelled(visit, coach):
    done = hold(visit, coach)
    with pytest.raises(MoveNotAllowed):
        move(done, coach, D(2026, 2, 12))
    with pytest.raises(MoveNotAllowed):
        services.cancel_visit(
            actor=coach, visit_id=done.pk, version=done.version, reason="x", now=clock.now()
        )


def test_who_logs_visits(
    placement, coach, second_coach, substitute, coordinator, other_coach, manager, today
):
    placement.month.refresh_from_db()
    assert can_log_visit(coach, placement, today=today)
    assert can_log_visit(second_coach, placement, today=today)
    assert can_log_visit(coordinator, placement, today=today)
    for stranger in (substitute, other_coach, manager):
        assert not can_log_visit(stranger, placement, today=today)


def problems_of(placement):
    held = with_done_action(placement.visits.filter(state="done")).order_by("held_on", "id")
    return open_problems(list(held))


def test_a_check_that_is_not_so_stays_in_sight_until_an_action_is_done(visit, coach):
    bad = {"check_cooperation": "not", "note_cooperation": "Ei tiedä kuka neuvoo"}
    hold(visit, coach, fields=bad, actions=[VisitAction("Sovitaan ohjaaja", coach.pk, None)])
    assert [mark.note for _visit, mark in problems_of(visit.placement)] == ["Ei tiedä kuka neuvoo"]
    DeskTask.objects.update(done_at=clock.now(), done_by=coach)
    assert problems_of(visit.placement) == []


def test_a_later_visit_in_order_clears_the_check_too(visit, coach):
    hold(visit, coach, fields={"held_on": D(2026, 2, 9), "check_work": "not", "note_work": "Ei tehtäviä"})
    later = Visit.objects.create(placement=visit.placement, kind="weekly", planned_on=D(2026, 2, 10))
    hold(later, coach)
    assert problems_of(visit.placement) == []
