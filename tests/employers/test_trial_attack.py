"""Nobody gets past the signatures by a detour, and two at once do each thing once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEvent
from coaching.models import AttendanceMark
from coaching.services.work_trial_half import HalfDay, HalfDayChange
from core import clock
from core.errors import StaleVersion
from employers.enums import FeedbackItem, PlacementState
from employers.errors import MoveNotAllowed
from employers.models import DeskTask, EarlierTrial, EmployerFeedback, Placement
from employers.placement_states import TRANSITIONS
from employers.services.feedback import GivenAnswers, record_feedback
from employers.services.guide_hours import save_guide_hours
from employers.services.placement import create_placement
from employers.services.placement_moves import Ending, change_place, move_placement
from employers.services.signing import sign
from employers.signing_state import signed_by_all_or_allowed
from tests.support.factories import EmployerFactory, PlacementFactory
from tests.support.races import at_once
from tests.support.signing_cast import NOW

D = dt.date
TODAY = D(2026, 2, 10)
races = pytest.mark.django_db(transaction=True)
plain = pytest.mark.django_db


# --- no detour around the signatures -----------------------------------------------------------------
def test_every_way_to_a_running_trial_asks_for_the_signatures_or_takes_an_ending_back():
    ways = [way for way in TRANSITIONS if way.target == PlacementState.ONGOING]
    for way in ways:
        assert signed_by_all_or_allowed in way.conditions or way.is_undo, way.label
        assert not (way.is_undo and way.source in (PlacementState.PROPOSED, PlacementState.PLANNED))


@plain
@pytest.mark.parametrize("state", ["ongoing", "completed", "changed_place"])
def test_a_new_trial_is_never_made_running(coordinator, enrolment, workplace, state):
    fields = {"purpose": "skills", "starts_on": TODAY, "ends_on": D(2026, 2, 27), "tasks": "Kassa"}
    with pytest.raises(MoveNotAllowed):
        create_placement(
            actor=coordinator,
            enrolment_id=enrolment.pk,
            employer_id=workplace.pk,
            fields=fields,
            state=state,
        )
    assert not Placement.objects.exists()


@plain
def test_the_place_after_a_change_has_signatures_of_its_own(
    signing_trial, sent_out, places, coordinator, officer, today
):
    for party, place in places.items():
        sign(
            signature_id=place.pk,
            text_hash=sent_out.text_hash,
            method="account" if party == "authority" else "link",
            signer_name="Joku Allekirjoittaja",
            actor=officer if party == "authority" else None,
            actor_label="" if party == "authority" else "workplace link",
            now=NOW,
            today=today,
        )
    running = move_placement(
        actor=coordinator, placement_id=signing_trial.pk, target="ongoing", version=1, today=today
    )
    following = change_place(
        actor=coordinator,
        placement_id=running.pk,
        version=running.version,
        today=D(2026, 2, 16),
        ending=Ending("tasks", "together", "", D(2026, 2, 13)),
        employer_id=EmployerFactory().pk,
        fields={"purpose": "skills", "starts_on": D(2026, 2, 16), "ends_on": D(2026, 2, 27), "tasks": "K"},
    )
    assert following.state == "proposed"
    Placement.objects.filter(pk=following.pk).update(state="planned", no_opening_talk_reason="Tuttu")
    with pytest.raises(MoveNotAllowed, match="allekirjoit"):
        move_placement(
            actor=coordinator,
            placement_id=following.pk,
            target="ongoing",
            version=following.version,
            today=D(2026, 2, 16),
        )


@plain
def test_what_a_person_did_not_start_comes_back_as_a_proposal(signing_trial, coordinator, today):
    gone = move_placement(
        actor=coordinator,
        placement_id=signing_trial.pk,
        target="did_not_start",
        version=1,
        today=today,
        cause="no_show",
    )
    again = move_placement(
        actor=coordinator, placement_id=gone.pk, target="proposed", version=gone.version, today=today
    )
    with pytest.raises(MoveNotAllowed):
        move_placement(
            actor=coordinator, placement_id=again.pk, target="ongoing", version=again.version, today=today
        )


# --- two at once ---------------------------------------------------------------------------------------
@races
def test_two_saves_of_one_day_by_the_guide_leave_one_mark(hours_link, today):
    change = HalfDayChange(day=D(2026, 2, 9), wanted=HalfDay("present", Decimal("4")), seen=":")

    def save():
        return save_guide_hours(
            link=hours_link.link, changes=[change], today=TODAY, now=clock.now(), actor_label="workplace link"
        )

    answers = at_once(save, save)
    assert AttendanceMark.objects.filter(half="afternoon").count() == 1
    assert all(isinstance(answer, int | StaleVersion) for answer in answers), answers


@races
def test_the_phone_call_of_two_colleagues_is_one_feedback(begun_trial, coordinator, today):
    said = GivenAnswers(
        values=dict.fromkeys(FeedbackItem.values, 4), take_again="yes", assessor_name="Ossi Ohjaaja"
    )

    def save():
        return record_feedback(
            actor=coordinator,
            placement_id=begun_trial.pk,
            feedback_id=None,
            version=1,
            answers=said,
            channel="phone",
            now=clock.now(),
        ).pk

    answers = at_once(save, save, save)
    assert len(set(answers)) == 1, answers
    assert EmployerFeedback.objects.count() == 1


@races
def test_two_moves_of_one_trial_end_in_one_of_them(coordinator, placement, today):
    Placement.objects.filter(pk=placement.pk).update(state="ongoing")

    def move(target, **more):
        return lambda: move_placement(
            actor=coordinator, placement_id=placement.pk, target=target, version=1, today=TODAY, **more
        )

    early = {"cause": "other", "decision": "together", "reason": "x", "last_day": D(2026, 2, 9)}
    answers = at_once(move("ended_early", **early), move("ended_early", **early))
    assert all(isinstance(answer, Placement) for answer in answers), answers
    assert AuditEvent.objects.filter(action="placement.ended_early").count() == 1


@races
def test_a_change_of_place_sent_twice_makes_one_next_place(coordinator, today):
    old = PlacementFactory(state="ongoing", is_complete=True)
    elsewhere = EmployerFactory().pk

    def change():
        return change_place(
            actor=coordinator,
            placement_id=old.pk,
            version=1,
            today=D(2026, 2, 16),
            ending=Ending("tasks", "together", "", D(2026, 2, 13)),
            employer_id=elsewhere,
            fields={
                "purpose": "skills",
                "starts_on": D(2026, 2, 16),
                "ends_on": D(2026, 2, 27),
                "tasks": "K",
            },
        ).pk

    answers = at_once(change, change)
    assert len(set(answers)) == 1, answers
    assert Placement.objects.count() == 2


@races
def test_a_signature_and_an_edit_at_once_never_leave_a_signature_of_an_old_text(
    signing_trial, sent_out, places, coordinator, today
):
    from employers.services.placement import change_placement

    place = places["participant"]

    def put_name():
        return sign(
            signature_id=place.pk,
            text_hash=sent_out.text_hash,
            method="link",
            signer_name="Aino",
            actor_label="participant link",
            now=NOW,
            today=today,
        )

    def edit():
        return change_placement(
            actor=coordinator,
            placement_id=signing_trial.pk,
            version=1,
            fields={"tasks": "Aivan muuta työtä"},
            goal_id=signing_trial.goal_id,
        )

    answers = at_once(put_name, edit)
    sent_out.refresh_from_db()
    assert sent_out.cancelled_at is not None, answers
    assert not Placement.objects.get().agreements.standing().exists()


# --- forms of the ending -------------------------------------------------------------------------------
@pytest.fixture
def ended(placement, today):
    placement.state, placement.starts_on, placement.ends_on = "completed", D(2026, 1, 12), D(2026, 2, 6)
    placement.save()
    return placement


def send(client, name, *args, **data):
    return client.post(reverse(f"employers:{name}", args=args), data)


@plain
def test_a_hire_is_noted_on_the_page_with_its_tasks(client_of, coordinator, ended):
    client = client_of(coordinator)
    answer = send(
        client,
        "continuation",
        ended.pk,
        version="1",
        continuation="hired",
        continuation_starts_on="16.2.2026",
        trial_period_ends_on="15.5.2026",
    )
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert DeskTask.objects.filter(placement=ended, kind="hire_employer").exists()
    assert AuditEvent.objects.filter(action="task.added").exists()


@plain
@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({"continuation": "hired"}, "hired"),
        ({"continuation": "hired", "continuation_starts_on": "31.2.2026"}, "31.2.2026"),
        ({"continuation": "hired", "continuation_starts_on": "1.1.1990"}, "1.1.1990"),
        ({"continuation": "moon"}, ""),
    ],
)
def test_a_continuation_that_cannot_be_is_refused_with_all_that_was_typed(
    client_of, coordinator, ended, values, kept
):
    answer = send(client_of(coordinator), "continuation", ended.pk, version="1", **values)
    assert answer.status_code == 422
    assert kept in answer.content.decode()
    ended.refresh_from_db()
    assert ended.continuation == ""


@plain
def test_an_old_page_notes_no_continuation(client_of, coordinator, ended):
    Placement.objects.filter(pk=ended.pk).update(version=7)
    answer = send(client_of(coordinator), "continuation", ended.pk, version="1", continuation="none")
    assert answer.status_code == 422


@plain
def test_a_stranger_and_the_coach_note_nothing(client_of, coach, other_coordinator, ended):
    assert (
        send(client_of(coach), "continuation", ended.pk, version="1", continuation="none").status_code == 403
    )
    stranger = client_of(other_coordinator)
    assert send(stranger, "continuation", ended.pk, version="1", continuation="none").status_code == 404
    assert send(stranger, "earlier-add", ended.pk, workplace="x").status_code == 404


@plain
def test_an_earlier_trial_is_added_corrected_and_removed(client_of, coordinator, placement):
    client = client_of(coordinator)
    told = {
        "workplace": "Kahvila Kulma",
        "organiser": "Toinen",
        "starts_on": "1.9.2025",
        "ends_on": "31.10.2025",
    }
    assert send(client, "earlier-add", placement.pk, **told).status_code == 302
    trial = EarlierTrial.objects.get()
    wrong = {**told, "ends_on": "1.8.2025"}
    answer = send(client, "earlier-edit", placement.pk, trial.pk, **wrong)
    assert answer.status_code == 422
    assert "1.8.2025" in answer.content.decode()
    assert (
        send(client, "earlier-edit", placement.pk, trial.pk, **{**told, "workplace": "Kahvila"}).status_code
        == 302
    )
    trial.refresh_from_db()
    assert trial.workplace == "Kahvila"
    for _twice in range(2):
        assert send(client, "earlier-remove", placement.pk, trial.pk).status_code == 302
    assert not EarlierTrial.objects.exists()


@plain
def test_the_form_for_another_place_ends_the_old_one_only_together_with_the_new(
    client_of, coordinator, placement
):
    Placement.objects.filter(pk=placement.pk).update(state="ongoing")
    other = EmployerFactory(name="Kukkakauppa Ruusu")
    enrolment = placement.participant.enrolments.get()
    address = reverse("employers:placement-new", args=[other.pk, enrolment.pk])
    client = client_of(coordinator)
    page = client.get(address, {"changes": placement.pk})
    if page.status_code == 200 and "left-" not in page.content.decode():
        pytest.fail("the form does not ask how the place that is left ended")
    answer = client.post(f"{address}?changes={placement.pk}", {"starts_on": "31.2.2026"})
    assert answer.status_code == 422
    placement.refresh_from_db()
    assert placement.state == "ongoing"
    assert Placement.objects.count() == 1


def test_only_the_coordinator_moves_a_trial():
    assert {role for way in TRANSITIONS for role in way.roles} == {Role.COORDINATOR}
