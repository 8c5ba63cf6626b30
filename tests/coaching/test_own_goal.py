"""The own goal behind the personal link."""

import pytest

from coaching.models import GoalVersion
from participants.models import OwnDraft
from tests.support import factories
from tests.support.own_pages import go_in

TEXT = "Haluan töihin keittiöön maaliskuussa ja soitan kolmeen paikkaan."
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def inside(enrolment, today):
    return go_in(enrolment.participant)


def test_the_goal_is_written_in_own_words(inside, enrolment):
    response = inside.post("/o/goal/", {"text": TEXT, "base_number": 0})
    assert response["Location"] == "/o/goal/"
    goal = GoalVersion.objects.get()
    assert (goal.text, goal.by_link, goal.recorded_by, goal.number) == (TEXT, True, None, 1)


def test_a_change_is_the_next_version(inside, enrolment):
    factories.GoalFactory(enrolment=enrolment)
    inside.post("/o/goal/", {"text": TEXT, "why_changed": "Löysin uuden alan", "base_number": 1})
    assert list(enrolment.goals.order_by("number").values_list("number", "by_link")) == [
        (1, False),
        (2, True),
    ]


def test_what_the_coach_wrote_meanwhile_is_shown_and_kept(inside, enrolment):
    factories.GoalFactory(enrolment=enrolment, text="Valmentajan kirjaama")
    response = inside.post("/o/goal/", {"text": TEXT, "base_number": 0})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Valmentajan kirjaama" in page
    assert TEXT in page
    again = {"text": TEXT, "base_number": response.context["form"]["base_number"].value()}
    assert inside.post("/o/goal/", again).status_code == 302
    assert enrolment.goals.count() == 2


def test_the_wording_is_asked_about_and_never_forbidden(inside, enrolment):
    response = inside.post("/o/goal/", {"text": "Töitä", "base_number": 0, "ask": "1"})
    assert response.status_code == 200
    assert response.context["prompts"]
    assert not GoalVersion.objects.exists()
    assert inside.post("/o/goal/", {"text": "Töitä", "base_number": 0}).status_code == 302


def test_typing_is_kept_as_a_draft_that_comes_back(inside, enrolment):
    answer = inside.post("/o/goal/draft/", {"text": "kesken", "base_number": "0"}, headers=FETCH)
    assert answer.json() == {"saved_at": "9.30"}
    assert "kesken" in inside.get("/o/goal/").content.decode()
    assert not GoalVersion.objects.exists()
    inside.post("/o/goal/", {"text": TEXT, "base_number": 0})
    assert not OwnDraft.objects.exists()


def test_a_draft_is_nobody_elses(inside, enrolment, month, referred):
    inside.post("/o/goal/draft/", {"text": "oma salaisuus", "base_number": "0"}, headers=FETCH)
    factories.EnrolmentFactory(month=month, participant=referred)
    assert "oma salaisuus" not in go_in(referred).get("/o/goal/").content.decode()


@pytest.mark.parametrize("text", ["", "   ", "a" * 10_000, "\x00", "\u202e" * 2001])
def test_what_cannot_be_saved_is_said_and_kept(inside, enrolment, text):
    response = inside.post("/o/goal/", {"text": text, "base_number": 0})
    assert response.status_code == 422
    assert not GoalVersion.objects.exists()


def test_without_a_month_there_is_no_goal_page(referred, today):
    assert go_in(referred).get("/o/goal/").status_code == 404
