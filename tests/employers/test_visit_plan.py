"""The plan of visits: which days, made with the work trial, moved with it, dropped when it is over."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from coaching.services.schedule import holiday_name
from employers.models import Visit
from employers.services import placement as placements
from employers.services.placement_moves import move_placement
from employers.services.visit_plan import keep_visits_in_step, reason_in_words
from employers.visit_dates import planned_slots
from tests.support.factories import (
    ContactPersonFactory,
    EnrolmentFactory,
    GoalFactory,
    MonthFactory,
    PlacementFactory,
)

D = dt.date


def slots(first: D, last: D, weekdays: str = "12345") -> list[tuple[str, D]]:
    found = planned_slots(starts_on=first, ends_on=last, weekdays=weekdays, first_within=5, every=7)
    return [(slot.kind, slot.day) for slot in found]


# --- the days --------------------------------------------------------------------------------------
def test_four_weeks_have_two_talks_a_visit_in_the_first_week_and_one_each_week():
    assert slots(D(2026, 2, 2), D(2026, 2, 27)) == [
        ("opening", D(2026, 2, 2)),
        ("first_week", D(2026, 2, 6)),
        ("weekly", D(2026, 2, 13)),
        ("weekly", D(2026, 2, 20)),
        ("closing", D(2026, 2, 27)),
    ]


def test_over_easter_the_visit_moves_to_the_next_working_day():
    """Good Friday 3.4.2026, Easter Monday 6.4.2026."""
    found = slots(D(2026, 3, 23), D(2026, 4, 17))
    assert ("first_week", D(2026, 3, 27)) in found
    assert ("weekly", D(2026, 4, 7)) in found
    assert ("weekly", D(2026, 4, 10)) in found
    assert not any(holiday_name(day) for _kind, day in found)


def test_midsummer_eve_is_no_day_for_a_closing_talk():
    found = slots(D(2026, 6, 1), D(2026, 6, 19))
    assert holiday_name(D(2026, 6, 19))
    assert found[-1] == ("closing", D(2026, 6, 18))


def test_over_the_turn_of_the_year_no_visit_falls_on_a_day_off():
    found = slots(D(2026, 12, 14), D(2027, 1, 15))
    days = [day for _kind, day in found]
    assert days == sorted(set(days))
    assert not {D(2026, 12, 25), D(2027, 1, 1)} & set(days)
    assert ("weekly", D(2026, 12, 28)) in found


def test_visits_keep_to_the_agreed_weekdays():
    found = slots(D(2026, 2, 2), D(2026, 2, 27), weekdays="24")
    assert {day.isoweekday() for _kind, day in found} <= {2, 4}
    assert found[0] == ("opening", D(2026, 2, 3))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (D(2026, 2, 2), D(2026, 2, 2), [("opening", D(2026, 2, 2)), ("closing", D(2026, 2, 2))]),
        (D(2026, 2, 7), D(2026, 2, 8), []),
        (D(2026, 2, 2), D(2026, 2, 4), [("opening", D(2026, 2, 2)), ("closing", D(2026, 2, 4))]),
    ],
)
def test_short_work_trials(first, last, expected):
    assert slots(first, last) == expected


def test_a_slip_in_the_year_lays_out_no_century():
    assert len(slots(D(2026, 2, 2), D(2126, 2, 2))) < 70


# --- with the work trial -----------------------------------------------------------------------------
def plan_of(placement) -> list[tuple[str, D]]:
    rows = Visit.objects.filter(placement=placement, state="planned").in_order()
    return [(visit.kind, visit.planned_on) for visit in rows]


def ahead(today, **more):
    """A work trial that begins on Monday 16.2.2026 and was agreed on `today`."""
    values = {"starts_on": D(2026, 2, 16), "ends_on": D(2026, 3, 13), **more}
    placement = PlacementFactory(**values)
    keep_visits_in_step(actor=None, placement=placement, today=today)
    return placement


PLAN = [
    ("opening", D(2026, 2, 16)),
    ("first_week", D(2026, 2, 20)),
    ("weekly", D(2026, 2, 27)),
    ("weekly", D(2026, 3, 6)),
    ("closing", D(2026, 3, 13)),
]


@pytest.mark.django_db
class TestPlan:
    def test_making_a_work_trial_lays_out_its_visits(self, today, coordinator):
        person = EnrolmentFactory(month=MonthFactory(coordinator=coordinator))
        GoalFactory(enrolment=person)
        supervisor = ContactPersonFactory()
        made = placements.create_placement(
            actor=coordinator,
            enrolment_id=person.pk,
            employer_id=supervisor.employer_id,
            fields={
                "supervisor": supervisor,
                "length_reason": "Työt ehditään kokeilla",
                "support_agreed": "Ohjaaja näyttää työt",
                "instructions_by": "Ohjaaja",
                "changes_by": "Esimies",
                "purpose": "skills",
                "starts_on": D(2026, 2, 16),
                "ends_on": D(2026, 3, 13),
                "tasks": "Hyllytys",
            },
        )
        assert plan_of(made) == PLAN
        assert AuditEvent.objects.filter(action="visit.plan_followed").count() == 1

    def test_running_it_again_changes_nothing(self, today):
        placement = ahead(today)
        before = list(Visit.objects.order_by("pk").values())
        assert keep_visits_in_step(actor=None, placement=placement, today=today) == 0
        assert list(Visit.objects.order_by("pk").values()) == before

    def test_running_it_again_later_leaves_a_missed_visit_missed(self, today):
        placement = ahead(today)
        placement.state = "ongoing"
        placement.save()
        later = D(2026, 3, 3)
        assert keep_visits_in_step(actor=None, placement=placement, today=later) == 0
        assert Visit.objects.overdue(today=later).count() == 3

    def test_a_proposal_has_no_visits_yet(self, today):
        assert plan_of(ahead(today, state="proposed")) == []

    def test_the_plan_moves_with_the_dates_and_uses_the_same_visits(self, today):
        placement = ahead(today)
        ids = set(Visit.objects.values_list("pk", flat=True))
        placement.starts_on, placement.ends_on = D(2026, 2, 23), D(2026, 3, 20)
        keep_visits_in_step(actor=None, placement=placement, today=today)
        assert [day for _kind, day in plan_of(placement)] == [
            day + dt.timedelta(days=7) for _kind, day in PLAN
        ]
        assert set(Visit.objects.values_list("pk", flat=True)) == ids

    def test_a_held_visit_stays_and_its_week_gets_no_second_one(self, today):
        placement = ahead(today)
        placement.state = "ongoing"
        held = Visit.objects.get(kind="first_week")
        held.state, held.held_on = "done", D(2026, 2, 19)
        held.save()
        placement.ends_on = D(2026, 3, 20)
        keep_visits_in_step(actor=None, placement=placement, today=D(2026, 2, 20))
        assert [visit for visit in plan_of(placement) if visit[0] != "opening"] == [
            ("weekly", D(2026, 2, 27)),
            ("weekly", D(2026, 3, 6)),
            ("weekly", D(2026, 3, 13)),
            ("closing", D(2026, 3, 20)),
        ]

    def test_a_day_chosen_by_a_person_stays_while_it_fits(self, today):
        placement = ahead(today)
        Visit.objects.filter(kind="first_week").update(planned_on=D(2026, 2, 18), is_day_chosen=True)
        placement.ends_on = D(2026, 3, 6)
        keep_visits_in_step(actor=None, placement=placement, today=today)
        assert ("first_week", D(2026, 2, 18)) in plan_of(placement)
        placement.starts_on, placement.ends_on = D(2026, 3, 2), D(2026, 3, 27)
        keep_visits_in_step(actor=None, placement=placement, today=today)
        assert ("first_week", D(2026, 3, 6)) in plan_of(placement)

    def test_what_a_person_cancelled_does_not_come_back(self, today, coordinator):
        placement = ahead(today)
        Visit.objects.filter(planned_on=D(2026, 2, 27)).update(
            state="cancelled", cancelled_reason="Ohjaaja lomalla", recorded_by=coordinator
        )
        keep_visits_in_step(actor=None, placement=placement, today=today)
        assert D(2026, 2, 27) not in [day for _kind, day in plan_of(placement)]

    def test_a_shorter_work_trial_drops_what_falls_after_it(self, today):
        placement = ahead(today)
        placement.ends_on = D(2026, 2, 27)
        keep_visits_in_step(actor=None, placement=placement, today=today)
        assert plan_of(placement) == [
            ("opening", D(2026, 2, 16)),
            ("first_week", D(2026, 2, 20)),
            ("closing", D(2026, 2, 27)),
        ]

    @pytest.mark.parametrize("state", ["did_not_start", "ended_early", "changed_place"])
    def test_what_is_over_keeps_no_planned_visit(self, today, state):
        placement = ahead(today)
        placement.state, placement.ended_reason = state, "x"
        keep_visits_in_step(actor=None, placement=placement, today=today)
        assert plan_of(placement) == []
        assert "päättynyt" in reason_in_words(Visit.objects.first()) or "over" in reason_in_words(
            Visit.objects.first()
        )

    def test_a_completed_one_still_waits_for_its_closing_talk(self, today):
        placement = ahead(today)
        placement.state = "completed"
        keep_visits_in_step(actor=None, placement=placement, today=today)
        assert plan_of(placement) == [PLAN[-1]]

    def test_taking_the_ending_back_brings_the_same_plan_back(self, today):
        placement = ahead(today)
        placement.state, placement.ended_reason = "did_not_start", "x"
        keep_visits_in_step(actor=None, placement=placement, today=today)
        placement.state = "planned"
        keep_visits_in_step(actor=None, placement=placement, today=today)
        assert plan_of(placement) == PLAN
        assert Visit.objects.count() == len(PLAN)

    def test_one_entered_late_lays_out_only_what_is_still_ahead(self, today):
        placement = ahead(today, starts_on=D(2026, 2, 2), ends_on=D(2026, 2, 27))
        assert plan_of(placement) == [
            ("opening", today),
            ("weekly", D(2026, 2, 13)),
            ("weekly", D(2026, 2, 20)),
            ("closing", D(2026, 2, 27)),
        ]

    def test_moving_through_the_table_keeps_the_plan_in_step(self, today, coordinator):
        placement = ahead(today)
        move_placement(
            actor=coordinator,
            placement_id=placement.pk,
            target="did_not_start",
            version=placement.version,
            reason="Työnantaja perui",
            today=today,
        )
        assert plan_of(placement) == []

    def test_the_database_holds_one_opening_talk(self, today):
        placement = ahead(today)
        with pytest.raises(IntegrityError, match="visit_opening_and_closing_once"), transaction.atomic():
            Visit.objects.create(placement=placement, kind="opening", planned_on=today)
