"""Earlier trials and their months, limits of their date, linked trials, what came after, tasks of a hire."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from coaching.models import AttendanceMark
from core.errors import DomainError
from employers.errors import MoveNotAllowed
from employers.limits import MONTHS_IN_ALL, limit_on
from employers.models import DeskTask, EarlierTrial, Placement
from employers.placement_warnings import placement_warnings
from employers.registrations import anonymise_placements, earlier_trials_section
from employers.services.continuation import contact_days, record_continuation
from employers.services.earlier_trials import add_earlier_trial, remove_earlier_trial
from employers.services.placement_moves import Ending, change_place, move_placement
from employers.trial_history import chain_of, chain_total, history_of, total_span, whole_months
from employers.weekdays import weekdays_in_words
from tests.support.factories import ContactPersonFactory, EmployerFactory, PlacementFactory

pytestmark = pytest.mark.django_db
D = dt.date
TODAY = D(2026, 2, 27)


@pytest.mark.parametrize(
    ("first", "last", "months", "days"),
    [
        (D(2026, 2, 1), D(2026, 3, 31), 2, 0),
        (D(2026, 2, 2), D(2026, 2, 27), 0, 26),
        (D(2026, 1, 31), D(2026, 2, 27), 0, 28),
        (D(2025, 12, 15), D(2026, 1, 14), 1, 0),
        (D(2026, 2, 2), D(2026, 2, 2), 0, 1),
    ],
)
def test_a_length_is_whole_months_and_days(first, last, months, days):
    span = whole_months(first, last)
    assert (span.months, span.days) == (months, days)


def test_days_that_two_trials_share_count_once():
    span = total_span([(D(2026, 1, 1), D(2026, 1, 31)), (D(2026, 1, 15), D(2026, 2, 28))])
    assert (span.months, span.days) == (2, 0)


def test_the_history_adds_up_ours_and_those_told_and_leaves_out_what_never_was(coordinator):
    placement = PlacementFactory()
    ours = PlacementFactory(
        participant=placement.participant,
        month=placement.month,
        state="completed",
        starts_on=D(2025, 11, 1),
        ends_on=D(2025, 11, 30),
    )
    PlacementFactory(
        participant=placement.participant, month=placement.month, state="did_not_start", ended_reason="x"
    )
    told = {"workplace": "Kulma", "organiser": "", "starts_on": D(2025, 9, 1), "ends_on": D(2025, 10, 31)}
    given = {"actor": coordinator, "participant_id": placement.participant_id, "today": TODAY}
    trial = add_earlier_trial(fields={**told, "note": ""}, **given)
    assert add_earlier_trial(fields={**told, "note": ""}, **given) == trial  # a double click
    history = history_of(placement)
    assert [row.workplace for row in history.rows] == [ours.employer.name, "Kulma"]
    assert history.total.months == 3
    assert remove_earlier_trial(actor=coordinator, trial_id=trial.pk)
    assert not remove_earlier_trial(actor=coordinator, trial_id=trial.pk)


@pytest.mark.parametrize(
    "days",
    [(D(2026, 3, 1), D(2026, 2, 1)), (D(2026, 2, 1), D(2026, 3, 1)), (D(1, 1, 1), D(2020, 1, 1))],
)
def test_days_of_an_earlier_trial_that_cannot_be_are_refused(coordinator, participant, days):
    fields = {"workplace": "x", "organiser": "", "note": "", "starts_on": days[0], "ends_on": days[1]}
    with pytest.raises(DomainError):
        add_earlier_trial(actor=coordinator, participant_id=participant.pk, fields=fields, today=TODAY)


def test_months_of_other_organisers_count_for_the_limit_and_only_warn():
    employer = EmployerFactory()
    placement = PlacementFactory(employer=employer, guide=ContactPersonFactory(employer=employer))
    assert placement_warnings(placement, enrolment=None, today=TODAY) == []
    EarlierTrial.objects.create(
        participant=placement.participant, workplace="x", starts_on=D(2025, 7, 1), ends_on=D(2025, 12, 31)
    )
    assert len(placement_warnings(placement, enrolment=None, today=TODAY)) == 1


def test_a_trial_keeps_the_limits_of_its_date():
    assert limit_on(MONTHS_IN_ALL, D(2024, 12, 31)).value == 12
    assert limit_on(MONTHS_IN_ALL, D(2025, 1, 1)).value == 6
    assert limit_on(MONTHS_IN_ALL, D(1999, 1, 1)) is None


def test_weekdays_are_said_in_words():
    assert "–" in weekdays_in_words("12345")
    assert weekdays_in_words("135").count(",") == 2


# --- one after another ----------------------------------------------------------------------------
def changed_place(coordinator):
    old = PlacementFactory(state="ongoing", is_complete=True)
    new = change_place(
        actor=coordinator,
        placement_id=old.pk,
        version=1,
        today=D(2026, 2, 16),
        ending=Ending("tasks", "together", "", D(2026, 2, 13)),
        employer_id=EmployerFactory().pk,
        fields={"purpose": "skills", "starts_on": D(2026, 2, 16), "ends_on": TODAY, "tasks": "Kassa"},
    )
    old.refresh_from_db()
    return old, new


def test_changing_the_place_ends_the_one_and_opens_the_next_in_one_step(coordinator):
    old, new = changed_place(coordinator)
    assert (old.state, old.ends_on, old.end_cause) == ("changed_place", D(2026, 2, 13), "tasks")
    assert (new.state, new.follows, new.goal) == ("proposed", old, old.goal)


def test_a_change_that_cannot_be_made_leaves_the_old_place_as_it_was(coordinator):
    old = PlacementFactory(state="ongoing", is_complete=True)
    with pytest.raises(DomainError):
        change_place(
            actor=coordinator,
            placement_id=old.pk,
            version=1,
            today=D(2026, 2, 16),
            ending=Ending("tasks", "together", "", D(2026, 2, 13)),
            employer_id=EmployerFactory().pk,
            fields={"purpose": "skills", "starts_on": TODAY, "ends_on": D(2026, 2, 16), "tasks": "Kassa"},
        )
    old.refresh_from_db()
    assert (old.state, Placement.objects.count()) == ("ongoing", 1)


def test_hours_and_days_add_up_over_linked_trials(coordinator):
    old, new = changed_place(coordinator)
    Placement.objects.filter(pk=new.pk).update(state="ongoing")
    enrolment = old.participant.enrolments.get()
    for day, hours in ((D(2026, 2, 12), 4), (D(2026, 2, 13), 3), (D(2026, 2, 16), 5)):
        AttendanceMark.objects.create(
            enrolment=enrolment,
            day=day,
            half="afternoon",
            mark="present",
            hours=hours,
            recorded_at=dt.datetime(2026, 2, 16, tzinfo=dt.UTC),
        )
    for placement in (old, new):
        chain = chain_of(placement)
        assert [trial.pk for trial in chain] == [old.pk, new.pk]
        total = chain_total(chain)
        assert (total.trials, total.days, total.hours) == (2, 3, Decimal(12))


# --- what came after ------------------------------------------------------------------------------
def hire(actor, placement, **more):
    given = {"version": placement.version, "continuation": "hired", "starts_on": D(2026, 3, 2)}
    given |= {"trial_period_ends_on": D(2026, 6, 2), **more}
    return record_continuation(actor=actor, placement_id=placement.pk, **given)


def test_a_hire_makes_contacts_for_both_sides_inside_the_trial_period_and_the_paperwork(coordinator):
    placement = hire(coordinator, PlacementFactory(state="completed"))
    days = [D(2026, 3, 16), D(2026, 4, 17), D(2026, 5, 19)]
    for kind, who in (
        ("hire_employer", placement.month.coordinator),
        ("hire_participant", placement.month.coach),
    ):
        tasks = DeskTask.objects.filter(kind=kind).order_by("due_on")
        assert [task.due_on for task in tasks] == days
        assert {task.responsible for task in tasks} == {who}
    assert DeskTask.objects.filter(kind="paperwork").count() == 2
    assert hire(coordinator, placement, version=1).version == placement.version  # sent twice
    assert DeskTask.objects.count() == 8


def test_another_answer_and_a_way_back_drop_the_open_tasks(coordinator):
    placement = hire(coordinator, PlacementFactory(state="completed"))
    placement = hire(coordinator, placement, continuation="none", trial_period_ends_on=None)
    assert not DeskTask.objects.open().exists()
    assert (placement.continuation, placement.continuation_starts_on) == ("none", None)
    placement = hire(coordinator, placement)
    move = {"actor": coordinator, "placement_id": placement.pk, "target": "ongoing", "today": TODAY}
    placement = move_placement(version=placement.version, **move)
    assert (placement.state, placement.continuation) == ("ongoing", "")
    assert not DeskTask.objects.open().exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"starts_on": None}, "continuation_starts_on"),
        ({"starts_on": D(2025, 1, 1)}, "continuation_starts_on"),
        ({"starts_on": D(9999, 12, 31)}, "continuation_starts_on"),
        ({"trial_period_ends_on": D(2026, 3, 1)}, "trial_period_ends_on"),
        ({"trial_period_ends_on": D(9999, 12, 31)}, "trial_period_ends_on"),
        ({"continuation": "fun"}, "continuation"),
    ],
)
def test_a_continuation_that_cannot_be_is_refused_at_its_field(coordinator, wrong, field):
    with pytest.raises(DomainError) as refusal:
        hire(coordinator, PlacementFactory(state="completed"), **wrong)
    assert refusal.value.field == field


def test_what_goes_on_has_no_continuation_yet(coordinator):
    with pytest.raises(MoveNotAllowed):
        hire(coordinator, PlacementFactory(state="ongoing"))


def test_contact_days_stay_inside_a_short_trial_period():
    assert contact_days(D(2026, 3, 2), D(2026, 3, 6)) == [D(2026, 3, 4)]
    assert contact_days(D(2026, 3, 2), None) == [D(2026, 3, 16)]


def test_what_the_person_told_is_in_the_own_export_and_forgotten_with_the_person(earlier_trial):
    person = earlier_trial.participant
    _title, rows = earlier_trials_section(person)
    assert "Kahvila Kulma" in rows[0].values()
    Placement.objects.filter(participant=person).update(support_agreed="Ystävä auttaa")
    assert anonymise_placements(person) > 0
    assert not person.earlier_trials.exists()
    assert person.placements.get().support_agreed == ""
