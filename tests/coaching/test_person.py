"""What is written about one person: goal, discussions, areas, next steps, proposal."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.models import ActionStep, Discussion, GoalVersion, Proposal
from coaching.services import action_steps, discussions, goal
from core.errors import DomainError, StaleVersion
from tests.support import factories

TODAY = dt.date(2026, 2, 10)
HELD = {
    "planned_on": None,
    "held_on": dt.date(2026, 2, 10),
    "present": "Aino, Sanna",
    "participant_view": "Sujuu paremmin kuin luulin.",
    "coach_view": "Rohkeutta on tullut lisää.",
    "help_wanted": "",
    "help_answer": "",
    "agreed": "",
}


def write_goal(coach, enrolment, text="Haluan hoiva-alalle.", base=0):
    return goal.write_goal(
        actor=coach, enrolment_id=enrolment.pk, text=text, why_changed="", base_number=base, written_on=TODAY
    )


# --- rules -----------------------------------------------------------------------------------------
def test_a_held_discussion_without_both_views_is_refused_by_the_database(enrolment):
    with pytest.raises(IntegrityError, match="discussion_held_has_both_views"), transaction.atomic():
        factories.DiscussionFactory(enrolment=enrolment, participant_view="")


def test_a_proposal_other_than_none_says_why_in_the_database(enrolment):
    with pytest.raises(IntegrityError, match="proposal_says_why"), transaction.atomic():
        factories.ProposalFactory(enrolment=enrolment, reason="")


def test_a_changed_goal_is_a_new_version_and_the_old_one_stays(coach, enrolment):
    first = write_goal(coach, enrolment)
    second = write_goal(coach, enrolment, "Haluan varastoon.", base=1)
    assert (first.number, second.number) == (1, 2)
    assert [row.text for row in enrolment.goals.order_by("number")] == [
        "Haluan hoiva-alalle.",
        "Haluan varastoon.",
    ]


def test_writing_the_same_goal_twice_makes_one_version(coach, enrolment):
    write_goal(coach, enrolment)
    write_goal(coach, enrolment)
    assert GoalVersion.objects.count() == 1
    assert AuditEvent.objects.filter(action="goal.written").count() == 1


def test_a_goal_written_over_an_unseen_version_is_refused(coach, enrolment):
    write_goal(coach, enrolment)
    with pytest.raises(StaleVersion):
        write_goal(coach, enrolment, "Toinen teksti", base=0)
    assert GoalVersion.objects.count() == 1


def test_a_discussion_in_the_future_cannot_have_been_held(coach, enrolment):
    with pytest.raises(DomainError) as refusal:
        discussions.save_discussion(
            actor=coach,
            enrolment_id=enrolment.pk,
            kind="mid",
            base_version=0,
            today=TODAY,
            **{**HELD, "held_on": dt.date(2026, 2, 11)},
        )
    assert refusal.value.field == "held_on"
    assert not Discussion.objects.exists()


@pytest.mark.parametrize("missing", ["present", "participant_view", "coach_view"])
def test_a_held_discussion_names_the_missing_view_at_its_field(coach, enrolment, missing):
    with pytest.raises(DomainError) as refusal:
        discussions.save_discussion(
            actor=coach,
            enrolment_id=enrolment.pk,
            kind="mid",
            base_version=0,
            today=TODAY,
            **{**HELD, missing: " "},
        )
    assert refusal.value.field == missing


def test_two_people_saving_one_discussion_lose_nothing(coach, substitute, enrolment):
    save = {"enrolment_id": enrolment.pk, "kind": "mid", "base_version": 0, "today": TODAY}
    discussions.save_discussion(actor=coach, **save, **HELD)
    with pytest.raises(StaleVersion):
        discussions.save_discussion(actor=substitute, **save, **{**HELD, "coach_view": "Aivan muuta."})
    assert Discussion.objects.get().coach_view == HELD["coach_view"]


def test_saving_the_same_discussion_twice_changes_nothing(coach, enrolment):
    save = {"actor": coach, "enrolment_id": enrolment.pk, "kind": "mid", "base_version": 0, "today": TODAY}
    discussions.save_discussion(**save, **HELD)
    discussions.save_discussion(**save, **HELD)
    assert Discussion.objects.get().version == 1
    assert AuditEvent.objects.filter(action="discussion.recorded").count() == 1


def test_a_next_step_of_another_person_cannot_be_changed(coach, enrolment):
    other = factories.ActionStepFactory()
    with pytest.raises(DomainError):
        action_steps.save_action_step(
            actor=coach,
            enrolment_id=enrolment.pk,
            step_id=other.pk,
            what="x",
            who="y",
            due_on=None,
            alternative="",
        )
    other.refresh_from_db()
    assert other.what == "Hakee varastokurssille"


def test_adding_the_same_next_step_twice_adds_one(coach, enrolment):
    step = {"what": "Soittaa varastoon", "who": "Aino", "due_on": None, "alternative": ""}
    for _ in range(2):
        action_steps.save_action_step(actor=coach, enrolment_id=enrolment.pk, step_id=None, **step)
    assert ActionStep.objects.count() == 1


# --- pages -----------------------------------------------------------------------------------------
@pytest.fixture
def pages(client_of, coach, today):
    return client_of(coach)


def test_the_page_shows_everything_about_the_person_and_is_audited(pages, enrolment):
    factories.GoalFactory(enrolment=enrolment)
    factories.DiscussionFactory(enrolment=enrolment, kind="mid", held_on=dt.date(2026, 2, 9))
    factories.AreaAssessmentFactory(enrolment=enrolment)
    factories.ActionStepFactory(enrolment=enrolment)
    factories.ProposalFactory(enrolment=enrolment)
    factories.StepForwardFactory(enrolment=enrolment)
    response = pages.get(reverse("coaching:person", args=[enrolment.pk]))
    html = response.content.decode()
    for text in (
        "jossa jaksan",
        "Sain rohkeutta",
        "kertoa työstään",
        "varastokurssille",
        "Rautakauppa Saha",
        "Soitti kahteen",
    ):
        assert text in html
    assert AuditEvent.objects.filter(
        action="participant.viewed", participant_id=enrolment.participant_id
    ).exists()


def test_a_fresh_person_page_says_what_to_do_first(pages, enrolment):
    response = pages.get(reverse("coaching:person", args=[enrolment.pk]))
    assert response.status_code == 200
    assert reverse("coaching:goal", args=[enrolment.pk]) in response.content.decode()


def test_a_coach_of_another_group_gets_404(client_of, other_coach, enrolment, today):
    response = client_of(other_coach).get(reverse("coaching:person", args=[enrolment.pk]))
    assert response.status_code == 404


def test_the_months_coordinator_gets_403_with_a_sentence(client_of, coordinator, enrolment, today):
    response = client_of(coordinator).get(reverse("coaching:person", args=[enrolment.pk]))
    assert response.status_code == 403


def test_the_query_count_does_not_grow_with_what_was_written(pages, enrolment, count_queries):
    url = reverse("coaching:person", args=[enrolment.pk])
    pages.get(url)
    with count_queries() as few:
        pages.get(url)
    for n in range(12):
        factories.StepForwardFactory(enrolment=enrolment, text=f"Askel {n}")
        factories.ActionStepFactory(enrolment=enrolment, what=f"Tekee {n}")
        factories.GoalFactory(enrolment=enrolment, number=n + 1)
    with count_queries() as many:
        pages.get(url)
    assert len(many) == len(few)


def test_the_goal_is_written_and_shown(pages, enrolment):
    url = reverse("coaching:goal", args=[enrolment.pk])
    response = pages.post(url, {"text": "Haluan taas töihin 🌲", "base_number": 0}, follow=True)
    assert "Haluan taas töihin 🌲" in response.content.decode()


def test_a_stale_goal_shows_both_and_keeps_what_was_typed(pages, enrolment):
    factories.GoalFactory(enrolment=enrolment, text="Ehdin ensin.")
    response = pages.post(
        reverse("coaching:goal", args=[enrolment.pk]), {"text": "Minun tekstini", "base_number": 0}
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert "Ehdin ensin." in html
    assert "Minun tekstini" in html
    assert 'name="base_number" value="1"' in html


def test_a_discussion_with_an_impossible_date_keeps_what_was_typed(pages, enrolment):
    response = pages.post(
        reverse("coaching:discussion", args=[enrolment.pk, "mid"]),
        {"held_on": "31.2.2026", "coach_view": "Pitkä teksti", "base_version": 0},
    )
    assert response.status_code == 422
    assert "Pitkä teksti" in response.content.decode()
    assert not Discussion.objects.exists()


def test_an_unknown_discussion_is_404(pages, enrolment):
    assert pages.get(reverse("coaching:discussion", args=[enrolment.pk, "chat"])).status_code == 404


def test_a_next_step_is_added_done_and_opened_again(pages, enrolment):
    pages.post(
        reverse("coaching:action-step-new", args=[enrolment.pk]),
        {"what": "Soittaa", "who": "Aino", "due_on": "", "base_version": 0},
    )
    step = ActionStep.objects.get()
    done = reverse("coaching:action-step-done", args=[enrolment.pk, step.pk])
    for _ in range(2):  # a second click changes nothing
        pages.post(done, {"result": "Sai ajan tiistaille", "done_on": "10.2.2026"})
    step.refresh_from_db()
    assert (step.done_on, step.result) == (TODAY, "Sai ajan tiistaille")
    reopen = reverse("coaching:action-step-reopen", args=[enrolment.pk, step.pk])
    for _ in range(2):
        pages.post(reopen)
    step.refresh_from_db()
    assert (step.done_on, step.result) == (None, "Sai ajan tiistaille")


def test_removing_a_step_twice_is_no_error(pages, enrolment):
    step = factories.ActionStepFactory(enrolment=enrolment)
    url = reverse("coaching:action-step-remove", args=[enrolment.pk, step.pk])
    assert pages.post(url, {"version": 1}).status_code == 302
    assert pages.post(url, {"version": 1}).status_code == 302
    assert not ActionStep.objects.exists()


def test_a_proposal_without_a_reason_is_asked_for_it(pages, enrolment):
    response = pages.post(
        reverse("coaching:proposal", args=[enrolment.pk]), {"kind": "wage_subsidy", "base_version": 0}
    )
    assert response.status_code == 422
    assert not Proposal.objects.exists()


def test_nothing_to_decide_needs_no_reason(pages, enrolment):
    pages.post(reverse("coaching:proposal", args=[enrolment.pk]), {"kind": "no_decision", "base_version": 0})
    assert Proposal.objects.get().kind == "no_decision"
