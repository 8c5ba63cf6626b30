"""Work trials: the database's rules, who sees them, making and changing them, warnings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from coaching.models import GoalVersion
from core.errors import DomainError, StaleVersion
from employers.access import can_edit_placement, can_mark_placement
from employers.errors import MoveNotAllowed, PlacementOverlaps, TermsMissing
from employers.limits import months_later
from employers.models import Placement
from employers.placement_warnings import placement_warnings
from employers.services import placement as services
from employers.services import placement_rules as rules
from tests.support.factories import (
    ContactPersonFactory,
    EmployerFactory,
    EnrolmentFactory,
    GoalFactory,
    MonthFactory,
    PlacementFactory,
)

pytestmark = pytest.mark.django_db
FIELDS = {
    "purpose": "return_to_work",
    "starts_on": dt.date(2026, 2, 2),
    "ends_on": dt.date(2026, 2, 27),
    "half": "afternoon",
    "hours_per_day": Decimal("4"),
    "tasks": "Hyllytys",
    "address": "",
    "length_reason": "Kaikki työt ehditään kokeilla",
    "support_agreed": "Ohjaaja näyttää työt",
    "instructions_by": "Työpaikkaohjaaja",
    "changes_by": "Esimies",
    "guide": None,
}


# --- constraints ----------------------------------------------------------------------------------
def test_the_database_refuses_overlapping_days_of_one_person_only():
    first = PlacementFactory()
    with pytest.raises(IntegrityError, match="placement_days_do_not_overlap"), transaction.atomic():
        PlacementFactory(participant=first.participant, month=first.month)
    PlacementFactory(month=first.month)
    PlacementFactory(
        participant=first.participant, month=first.month, state="did_not_start", ended_reason="x"
    )


def test_the_model_check_compares_the_same_person_only():
    first = PlacementFactory()
    other = PlacementFactory.build(
        month=first.month,
        participant=EnrolmentFactory(month=first.month).participant,
        employer=first.employer,
    )
    other.full_clean()
    other.participant = first.participant
    with pytest.raises(ValidationError, match="jo työkokeilu|already has a work trial"):
        other.full_clean()


def test_the_day_after_another_trial_is_free():
    first = PlacementFactory()
    PlacementFactory(
        participant=first.participant,
        month=first.month,
        starts_on=first.ends_on + dt.timedelta(days=1),
        ends_on=first.ends_on + dt.timedelta(days=2),
    )
    assert first.participant.placements.count() == 2


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"ends_on": dt.date(2026, 2, 1)}, "placement_ends_after_it_starts"),
        ({"hours_per_day": Decimal(0)}, "placement_hours_fit_a_day"),
        ({"hours_per_day": Decimal("12.5")}, "placement_hours_fit_a_day"),
        ({"state": "ended_early"}, "placement_ending_says_why"),
        ({"state": "did_not_start"}, "placement_ending_says_why"),
    ],
)
def test_the_database_refuses_what_cannot_be(wrong, name):
    with pytest.raises(IntegrityError, match=name):
        PlacementFactory(**wrong)


# --- who sees and edits ---------------------------------------------------------------------------
def test_only_the_months_own_coach_and_coordinator_see_its_work_trials(
    enrolment,
    today,
    coach,
    coordinator,
    other_coach,
    other_coordinator,
    substitute,
    officer,
    manager,
    administrator,
):
    placement = PlacementFactory(month=enrolment.month, participant=enrolment.participant)
    for user in (coach, coordinator):
        assert list(Placement.objects.visible_to(user, today=today)) == [placement]
    for user in (other_coach, other_coordinator, substitute, officer, manager, administrator):
        assert not Placement.objects.visible_to(user, today=today).exists(), user.email


def test_the_coordinator_edits_the_coach_marks_and_others_do_neither(
    enrolment, today, coach, coordinator, other_coach, other_coordinator, substitute, manager
):
    placement = PlacementFactory(month=enrolment.month, participant=enrolment.participant)
    users = (coach, coordinator, other_coach, other_coordinator, substitute, manager)
    edits = [can_edit_placement(user, placement, today=today) for user in users]
    marks = [can_mark_placement(user, placement, today=today) for user in users]
    assert edits == [False, True, False, False, False, False]
    assert marks == [True, True, False, False, False, False]


# --- making ---------------------------------------------------------------------------------------
def create(actor, enrolment, **more):
    employer = more.pop("employer", None) or EmployerFactory()
    given = {name: more.pop(name) for name in ("state", "goal_id", "follows_id") if name in more}
    if not GoalVersion.objects.filter(enrolment=enrolment).exists():
        GoalFactory(enrolment=enrolment)
    more.setdefault("supervisor", ContactPersonFactory(employer=employer))
    return services.create_placement(
        actor=actor,
        enrolment_id=enrolment.pk,
        employer_id=employer.pk,
        fields={**FIELDS, **more},
        **given,
    )


def test_a_work_trial_is_planned_with_the_newest_goal_and_an_audit_row(coordinator, enrolment):
    GoalFactory(enrolment=enrolment, number=1)
    newest = GoalFactory(enrolment=enrolment, number=2)
    placement = create(coordinator, enrolment)
    assert (placement.state, placement.goal, placement.created_by) == ("planned", newest, coordinator)
    event = AuditEvent.objects.get(action="placement.created")
    assert event.participant_id == enrolment.participant_id


@pytest.mark.parametrize(
    "name", ["length_reason", "tasks", "support_agreed", "instructions_by", "changes_by", "supervisor"]
)
def test_what_is_planned_has_every_required_term_and_a_proposal_does_not_need_them(
    coordinator, enrolment, name
):
    empty = {name: None if name == "supervisor" else " "}
    with pytest.raises(TermsMissing) as refusal:
        create(coordinator, enrolment, **empty)
    assert refusal.value.names == (name,)
    assert create(coordinator, enrolment, state="proposed", **empty).state == "proposed"


def test_what_is_planned_serves_a_goal(coordinator, enrolment):
    employer = EmployerFactory()
    fields = {**FIELDS, "supervisor": ContactPersonFactory(employer=employer)}
    given = {"enrolment_id": enrolment.pk, "employer_id": employer.pk, "fields": fields}
    with pytest.raises(TermsMissing) as refusal:
        services.create_placement(actor=coordinator, **given)
    assert refusal.value.names == ("goal",)


def test_proposals_to_several_workplaces_may_lie_on_the_same_days(coordinator, enrolment):
    for _employer in range(2):
        create(coordinator, enrolment, state="proposed")
    create(coordinator, enrolment)
    assert Placement.objects.count() == 3


@pytest.mark.parametrize("days", [{"ends_on": dt.date(9999, 12, 31)}, {"starts_on": dt.date(1, 1, 1)}])
def test_a_mistyped_year_is_refused(coordinator, enrolment, days):
    with pytest.raises(DomainError):
        create(coordinator, enrolment, **days)


def test_overlapping_days_are_refused_at_the_field_and_name_the_other_trial(coordinator, enrolment):
    first = create(coordinator, enrolment)
    with pytest.raises(PlacementOverlaps) as refusal:
        create(coordinator, enrolment, starts_on=dt.date(2026, 2, 27), ends_on=dt.date(2026, 3, 5))
    assert (refusal.value.field, refusal.value.placement_id) == ("starts_on", first.pk)


def test_a_race_that_only_the_database_sees_is_answered_with_the_same_sentence(
    coordinator, enrolment, monkeypatch
):
    create(coordinator, enrolment)
    monkeypatch.setattr(rules, "refuse_overlap", lambda placement: None)
    with pytest.raises(DomainError) as refusal:
        create(coordinator, enrolment)
    assert refusal.value.field == "starts_on"
    assert Placement.objects.count() == 1


def test_inverted_dates_are_refused_at_the_last_day(coordinator, enrolment):
    with pytest.raises(DomainError) as refusal:
        create(coordinator, enrolment, ends_on=dt.date(2026, 2, 1))
    assert refusal.value.field == "ends_on"


def test_a_guide_of_another_workplace_is_refused(coordinator, enrolment):
    with pytest.raises(DomainError) as refusal:
        create(coordinator, enrolment, guide=ContactPersonFactory())
    assert refusal.value.field == "guide"


def test_somebody_on_the_waiting_list_gets_no_work_trial(coordinator, month):
    waiting = EnrolmentFactory(month=month, state="waiting", joined_on=None)
    with pytest.raises(DomainError):
        create(coordinator, waiting)


# --- changing -------------------------------------------------------------------------------------
def change(actor, placement, *, version=None, goal_id=None, **more):
    fields = {**FIELDS, "supervisor": placement.supervisor, **more}
    goal_id = placement.goal_id if goal_id is None else goal_id
    return services.change_placement(
        actor=actor,
        placement_id=placement.pk,
        version=placement.version if version is None else version,
        fields=fields,
        goal_id=goal_id,
    )


def test_a_change_moves_the_version_and_names_the_fields_in_the_audit(coordinator, enrolment):
    placement = create(coordinator, enrolment)
    change(coordinator, placement, tasks="Kassa")
    placement.refresh_from_db()
    assert (placement.tasks, placement.version) == ("Kassa", 2)
    assert AuditEvent.objects.get(action="placement.changed").details == {"fields": ["tasks"]}


def test_the_second_of_two_coordinators_overwrites_nothing(coordinator, other_coordinator, enrolment):
    placement = create(coordinator, enrolment)
    change(coordinator, placement, tasks="Kassa")
    with pytest.raises(StaleVersion):
        change(other_coordinator, placement, version=1, tasks="Varasto")
    placement.refresh_from_db()
    assert placement.tasks == "Kassa"


def test_the_goal_of_somebody_else_cannot_be_linked(coordinator, enrolment):
    placement = create(coordinator, enrolment)
    with pytest.raises(DomainError) as refusal:
        change(coordinator, placement, goal_id=GoalFactory().pk)
    assert refusal.value.field == "goal"


def test_an_ended_trial_is_not_changed(coordinator, enrolment):
    placement = PlacementFactory(month=enrolment.month, participant=enrolment.participant, state="completed")
    with pytest.raises(MoveNotAllowed):
        change(coordinator, placement, tasks="Kassa")


# --- warnings -------------------------------------------------------------------------------------
def warnings(placement, enrolment=None, today=dt.date(2026, 2, 10)):
    return placement_warnings(placement, enrolment=enrolment, today=today)


def test_a_placement_in_order_warns_of_nothing():
    employer = EmployerFactory()
    placement = PlacementFactory(employer=employer, guide=ContactPersonFactory(employer=employer))
    assert warnings(placement) == []


@pytest.mark.parametrize(
    "more",
    [
        {"guide": None},
        {"hours_per_day": Decimal("3.5")},
        {"hours_per_day": Decimal("8.5")},
        {"half": "morning"},
        {"ends_on": dt.date(2026, 3, 1)},
        {"starts_on": dt.date(2026, 1, 30)},
    ],
)
def test_each_unusual_thing_warns_once_and_blocks_nothing(more):
    employer = EmployerFactory()
    fields = {"employer": employer, "guide": ContactPersonFactory(employer=employer), **more}
    assert len(warnings(PlacementFactory(**fields))) == 1


def test_six_months_are_allowed_and_a_day_more_warns():
    employer = EmployerFactory()
    month = MonthFactory(starts_on=dt.date(2026, 2, 2), ends_on=dt.date(2027, 2, 1))
    guide = ContactPersonFactory(employer=employer)
    placement = PlacementFactory(
        month=month, employer=employer, guide=guide, ends_on=dt.date(2026, 8, 1), starts_on=month.starts_on
    )
    assert warnings(placement) == []
    placement.ends_on = dt.date(2026, 8, 2)
    assert len(warnings(placement)) == 1


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (dt.date(2026, 8, 31), dt.date(2027, 2, 28)),
        (dt.date(2027, 8, 31), dt.date(2028, 2, 29)),
        (dt.date(2026, 7, 1), dt.date(2027, 1, 1)),
    ],
)
def test_six_months_later_minds_short_months_and_the_turn_of_the_year(day, later):
    assert months_later(day, 6) == later


def test_employer_that_asked_for_peace_restricted_person_and_a_leaver_are_told(enrolment):
    employer = EmployerFactory(do_not_ask_before=dt.date(2026, 2, 11))
    enrolment.participant.is_restricted = True
    enrolment.participant.save()
    enrolment.left_on = dt.date(2026, 2, 9)
    placement = PlacementFactory(
        month=enrolment.month,
        participant=enrolment.participant,
        employer=employer,
        guide=ContactPersonFactory(employer=employer),
    )
    assert len(warnings(placement, enrolment)) == 3
    employer.do_not_ask_before = dt.date(2026, 2, 10)
    assert len(warnings(placement, enrolment)) == 2
