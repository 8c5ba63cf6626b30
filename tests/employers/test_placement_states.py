"""The transition table over every (state, role, target), and what each move does."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from accounts.enums import Role
from accounts.models import AuditEvent
from core.errors import DomainError, StaleVersion
from employers.enums import PlacementState
from employers.errors import MoveNotAllowed, PlacementOverlaps
from employers.models import Placement
from employers.placement_states import TRANSITIONS, transition_for, transitions_from
from employers.services.placement_moves import Ending, change_place, move_placement
from tests.support.factories import EmployerFactory, PlacementFactory, UserFactory
from tests.support.signing import signed_by_all

pytestmark = pytest.mark.django_db
R, P, O, C, E, M, N = (  # noqa: E741
    PlacementState.PROPOSED,
    PlacementState.PLANNED,
    PlacementState.ONGOING,
    PlacementState.COMPLETED,
    PlacementState.ENDED_EARLY,
    PlacementState.CHANGED_PLACE,
    PlacementState.DID_NOT_START,
)
COORDINATORS_MOVES = {
    *((R, P), (R, N)),
    *((P, O), (P, N), (P, R)),
    *((O, C), (O, E), (O, M), (O, P)),
    *((C, O), (E, O), (M, O)),
    *((N, P), (N, R)),
}
ENDING = {"cause": "other", "decision": "together", "reason": "Paikka sulki"}
AFTER = dt.date(2026, 2, 27)  # the last day of the factory's work trial


@pytest.mark.parametrize(("source", "role", "target"), list(product(PlacementState, Role, PlacementState)))
def test_every_state_role_and_target(source, role, target):
    ended = "syy" if source in (E, N, M) else ""
    placement = PlacementFactory(state=source, ended_reason=ended, is_complete=True)
    signed_by_all(placement)
    AuditEvent.objects.all().delete()
    actor = UserFactory(role=role)
    allowed = role == Role.COORDINATOR and (source, target) in COORDINATORS_MOVES
    assert (transition_for(source, target, role=role) is not None) == allowed

    def move():
        given = {"actor": actor, "placement_id": placement.pk, "version": 1, "today": AFTER}
        last_day = dt.date(2026, 2, 20)
        if target == M and source != M:
            fields = {
                "purpose": "skills",
                "starts_on": dt.date(2026, 2, 21),
                "ends_on": AFTER,
                "tasks": "Kassa",
            }
            ending = Ending(**ENDING, last_day=last_day)
            change_place(ending=ending, employer_id=EmployerFactory().pk, fields=fields, **given)
            return Placement.objects.get(pk=placement.pk)
        return move_placement(target=target, last_day=last_day, **ENDING, **given)

    if allowed:
        assert move().state == target
    elif source == target:
        assert move().version == 1
    elif target == M and role == Role.COORDINATOR and source in (R, P):
        assert move().state == N  # what had not begun did not start, because the place changed
        return
    else:
        with pytest.raises(MoveNotAllowed):
            move()
    placement.refresh_from_db()
    assert placement.state == (target if allowed else source)
    moves = AuditEvent.objects.filter(action__startswith="placement.", object_id=str(placement.pk))
    assert moves.count() == int(allowed)


def test_every_state_but_none_leads_somewhere_and_labels_are_words():
    for state in PlacementState:
        assert transitions_from(state, role=Role.COORDINATOR), state
        assert transitions_from(state, role=Role.COACH) == []
    assert all(str(transition.label) for transition in TRANSITIONS)


def move(actor, placement, target, **more):
    values = {"version": placement.version, "today": AFTER, **more}
    return move_placement(actor=actor, placement_id=placement.pk, target=target, **values)


def test_a_trial_does_not_start_before_its_first_day(coordinator):
    placement = PlacementFactory()
    signed_by_all(placement)
    with pytest.raises(MoveNotAllowed):
        move(coordinator, placement, O, today=placement.starts_on - dt.timedelta(days=1))
    assert move(coordinator, placement, O, today=placement.starts_on).state == O


def test_a_trial_is_not_completed_before_its_last_day(coordinator):
    placement = PlacementFactory(state=O)
    with pytest.raises(MoveNotAllowed):
        move(coordinator, placement, C, today=placement.ends_on - dt.timedelta(days=1))
    assert move(coordinator, placement, C, today=placement.ends_on).state == C


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_ending_wants_its_cause_and_another_cause_its_words(coordinator, reason):
    placement = PlacementFactory()
    with pytest.raises(DomainError) as refusal:
        move(coordinator, placement, N, reason=reason)
    assert refusal.value.field == "end_cause"
    with pytest.raises(DomainError) as refusal:
        move(coordinator, placement, N, reason=reason, cause="other")
    assert refusal.value.field == "reason"
    with pytest.raises(DomainError) as refusal:
        move(coordinator, placement, N, cause="health")  # nobody needs to tell that of one that never began
    assert refusal.value.field == "end_cause"


@pytest.mark.parametrize("cause", ["employer_cancelled", "no_show"])
def test_what_did_not_start_asks_nothing_but_the_cause(coordinator, cause):
    placement = move(coordinator, PlacementFactory(), N, cause=cause)
    assert (placement.end_cause, placement.ended_reason, placement.end_decision) == (cause, "", "")


def test_an_early_ending_asks_whose_decision_it_was(coordinator):
    with pytest.raises(DomainError) as refusal:
        move(coordinator, PlacementFactory(state=O), E, cause="work", last_day=dt.date(2026, 2, 12))
    assert refusal.value.field == "end_decision"


@pytest.mark.parametrize("last_day", [None, dt.date(2026, 2, 1), dt.date(2026, 2, 28)])
def test_an_early_ending_wants_a_last_day_inside_the_trial(coordinator, last_day):
    with pytest.raises(DomainError) as refusal:
        move(
            coordinator, PlacementFactory(state=O), E, cause="work", decision="participant", last_day=last_day
        )
    assert refusal.value.field == "last_day"


def test_an_early_ending_frees_the_days_and_can_be_taken_back(coordinator):
    placement = PlacementFactory(state=O)
    agreed = placement.ends_on
    placement = move(
        coordinator, placement, E, reason="Sai töitä", decision="participant", last_day=dt.date(2026, 2, 12)
    )
    assert (placement.ends_on, placement.agreed_ends_on) == (dt.date(2026, 2, 12), agreed)
    placement = move(coordinator, placement, O)
    assert (placement.ends_on, placement.planned_ends_on, placement.ended_reason) == (agreed, None, "")


def test_taking_an_ending_back_minds_a_trial_made_meanwhile(coordinator):
    placement = move(
        coordinator,
        PlacementFactory(state=O),
        E,
        reason="Vaihto",
        decision="together",
        last_day=dt.date(2026, 2, 12),
    )
    PlacementFactory(
        month=placement.month,
        participant=placement.participant,
        starts_on=dt.date(2026, 2, 13),
        ends_on=AFTER,
    )
    with pytest.raises(PlacementOverlaps):
        move(coordinator, placement, O)


def test_planning_again_minds_a_trial_made_meanwhile(coordinator):
    placement = move(coordinator, PlacementFactory(is_complete=True), N, cause="no_show")
    PlacementFactory(month=placement.month, participant=placement.participant)
    with pytest.raises(PlacementOverlaps):
        move(coordinator, placement, P)


def test_an_old_page_moves_nothing(coordinator):
    placement = PlacementFactory(state=O)
    with pytest.raises(StaleVersion):
        move(coordinator, placement, C, version=9)


def test_the_audit_names_the_move_and_no_reason_text(coordinator):
    placement = move(coordinator, PlacementFactory(), N, reason="Henkilön oma syy")
    event = AuditEvent.objects.get(action__startswith="placement.")
    assert event.action == "placement.did_not_start"
    assert event.details == {"from": "planned", "to": "did_not_start"}
    assert event.participant_id == placement.participant_id
