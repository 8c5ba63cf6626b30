"""The pre-assignments behind the personal link: written, kept, returned, read again."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coaching.own.tasks import tasks_card
from coaching.services.own_pre_assignments import return_answers, take_back
from core.errors import DomainError
from participants.models import OwnDraft
from tests.support import factories
from tests.support.own_pages import go_in
from tests.support.pre_assignments import sent

FETCH = {"X-Requested-With": "fetch"}
ADDRESS = "/o/tasks/{}/"


@pytest.fixture
def inside(enrolment, today):
    return go_in(enrolment.participant)


@pytest.fixture
def goal_task(enrolment):
    return sent(enrolment, position=3, holds_goal=True)


def at(task, what: str = "") -> str:
    return ADDRESS.format(task.pk) + what


def typed(first="Vastaan tähän", second="", *, version=1, page="sivu1", **more) -> dict:
    return {"answer_1": first, "answer_2": second, "base_version": version, "page": page, **more}


def test_reading_changes_nothing(inside, pre_assignment):
    for address in (reverse("own:front"), "/o/tasks/", at(pre_assignment)):
        assert inside.get(address).status_code == 200
    pre_assignment.refresh_from_db()
    assert (pre_assignment.opened_at, pre_assignment.version) == (None, 1)


def test_beginning_is_what_the_coach_sees_as_opened(inside, pre_assignment):
    assert inside.post(at(pre_assignment, "begin/"))["Location"] == at(pre_assignment)
    pre_assignment.refresh_from_db()
    assert pre_assignment.opened_at is not None


def test_what_is_typed_is_kept_and_comes_back(inside, pre_assignment):
    answer = inside.post(at(pre_assignment, "draft/"), typed("kesken"), headers=FETCH)
    assert answer.json() == {"saved_at": "9.30"}
    page = inside.get(at(pre_assignment)).content.decode()
    assert "kesken" in page
    pre_assignment.refresh_from_db()
    assert pre_assignment.returned_at is None


def test_one_page_saves_again_and_again_also_when_an_answer_was_lost(inside, pre_assignment):
    for text in ("k", "ke", "kes"):
        assert inside.post(at(pre_assignment, "draft/"), typed(text), headers=FETCH).status_code == 200
    pre_assignment.refresh_from_db()
    assert pre_assignment.answers == ["kes", ""]


def test_an_older_page_does_not_write_over_a_newer_one(inside, pre_assignment):
    inside.post(at(pre_assignment, "draft/"), typed("puhelimella", page="puhelin"), headers=FETCH)
    refused = inside.post(at(pre_assignment, "draft/"), typed("koneella", page="kone"), headers=FETCH)
    assert refused.status_code == 422
    page = inside.post(at(pre_assignment), typed("koneella", page="kone"))
    text = page.content.decode()
    assert page.status_code == 422
    assert "puhelimella" in text
    assert "koneella" in text
    form = page.context["form"]
    again = typed("koneella", version=form["base_version"].value(), page=form["page"].value())
    assert inside.post(at(pre_assignment), again).status_code == 302
    pre_assignment.refresh_from_db()
    assert pre_assignment.answers == ["koneella", ""]


def test_returned_answers_can_be_read_afterwards(inside, pre_assignment):
    assert inside.post(at(pre_assignment), typed("Olen ylpeä lapsistani"))["Location"] == "/o/tasks/"
    assert "Olen ylpeä lapsistani" in inside.get(at(pre_assignment)).content.decode()
    pre_assignment.refresh_from_db()
    assert pre_assignment.returned_at is not None


def test_a_double_click_returns_once(inside, pre_assignment):
    for _press in range(2):
        assert inside.post(at(pre_assignment), typed()).status_code == 302
    pre_assignment.refresh_from_db()
    assert pre_assignment.version == 2


def test_the_first_answer_of_the_third_becomes_the_goal(inside, goal_task, enrolment):
    inside.post(at(goal_task), typed("Haluan keittiöön töihin"))
    goal = enrolment.goals.get()
    assert (goal.text, goal.by_link, goal.recorded_by, goal.number) == (
        "Haluan keittiöön töihin",
        True,
        None,
        1,
    )


def test_a_goal_that_stood_already_is_kept_as_an_earlier_one(inside, goal_task, enrolment):
    factories.GoalFactory(enrolment=enrolment, text="Valmentajan kirjaama")
    inside.post(at(goal_task), typed("Oma tavoite"))
    assert [goal.text for goal in enrolment.goals.order_by("number")] == [
        "Valmentajan kirjaama",
        "Oma tavoite",
    ]


@pytest.mark.parametrize(
    "answers",
    [("", ""), ("  \n ", ""), ("\x00", ""), ("a" * 10_000, ""), ("hyvä", "b" * 5001)],
    ids=["empty", "blank", "nul", "long", "second too long"],
)
def test_what_cannot_be_returned_is_said_and_kept(inside, pre_assignment, answers):
    response = inside.post(at(pre_assignment), typed(*answers))
    assert response.status_code == 422
    assert answers[1] in response.content.decode()
    pre_assignment.refresh_from_db()
    assert pre_assignment.returned_at is None


def test_a_goal_is_asked_for_before_the_rest(inside, goal_task, enrolment):
    assert inside.post(at(goal_task), typed("", "vain tämä")).status_code == 422
    assert not enrolment.goals.exists()


def test_a_goal_that_fits_no_goal_is_refused_with_everything_kept(inside, goal_task):
    response = inside.post(at(goal_task), typed("g" * 2001))
    assert response.status_code == 422
    assert "g" * 2001 in response.content.decode()


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "مرحبا \u202e abc", "😀" * 200])
def test_any_script_and_any_writing_is_text(inside, pre_assignment, text):
    assert inside.post(at(pre_assignment), typed(text)).status_code == 302
    page = inside.get(at(pre_assignment)).content.decode()
    assert "<script>alert" not in page
    pre_assignment.refresh_from_db()
    assert pre_assignment.answers[0] == text


def test_save_and_go_on_later_works_without_a_script(inside, pre_assignment):
    assert inside.post(at(pre_assignment), typed("kesken", pause="1")).status_code == 302
    pre_assignment.refresh_from_db()
    assert (pre_assignment.answers, pre_assignment.returned_at) == (["kesken", ""], None)


def test_it_can_be_taken_back_until_the_coach_has_read_it(inside, pre_assignment, coach):
    inside.post(at(pre_assignment), typed())
    inside.post(at(pre_assignment, "take-back/"))
    pre_assignment.refresh_from_db()
    assert pre_assignment.returned_at is None
    inside.post(at(pre_assignment), typed("Uusi", version=pre_assignment.version))
    pre_assignment.refresh_from_db()
    pre_assignment.seen_at, pre_assignment.seen_by = pre_assignment.returned_at, coach
    pre_assignment.save()
    with pytest.raises(DomainError):
        take_back(participant_id=pre_assignment.enrolment.participant_id, task_id=pre_assignment.pk)


def test_another_persons_task_is_not_there(inside, month):
    theirs = sent(factories.EnrolmentFactory(month=month))
    for method, address in [
        ("get", at(theirs)),
        ("post", at(theirs)),
        ("post", at(theirs, "draft/")),
        ("post", at(theirs, "begin/")),
        ("post", at(theirs, "take-back/")),
    ]:
        assert getattr(inside, method)(address, typed()).status_code == 404
    with pytest.raises(DomainError):
        return_answers(
            participant_id=0, task_id=theirs.pk, answers=["x"], base_version=1, page="", now=theirs.sent_at
        )


def test_plain_finnish_and_swedish_are_read_in_their_own_words(inside, pre_assignment, enrolment):
    assert "Kysymys 1 fi" in inside.get(at(pre_assignment)).content.decode()
    person = enrolment.participant
    person.wants_plain_finnish = True
    person.save()
    assert "Kysymys 1 plain" in inside.get(at(pre_assignment)).content.decode()
    person.language = "sv"
    person.save()
    assert "Kysymys 1 sv" in inside.get(at(pre_assignment)).content.decode()


def test_the_first_page_says_how_many_wait(inside, enrolment, today, django_assert_max_num_queries):
    assert tasks_card(enrolment.participant, today) is None
    first = sent(enrolment, due_on=dt.date(2026, 2, 12))
    sent(enrolment, position=2, due_on=dt.date(2026, 2, 12))
    with django_assert_max_num_queries(2):
        assert tasks_card(enrolment.participant, today).state == "todo"
    inside.post(at(first), typed())
    card = tasks_card(enrolment.participant, today)
    assert card.state == "started"
    assert "1" in card.sentence


def test_what_was_begun_before_the_paper_came_is_still_theirs(inside, pre_assignment, coach):
    from coaching.services.pre_assignments import record_paper_return

    inside.post(at(pre_assignment, "draft/"), typed("oma alku"), headers=FETCH)
    record_paper_return(
        actor=coach,
        enrolment_id=pre_assignment.enrolment_id,
        task_id=pre_assignment.pk,
        answers=["paperilta", ""],
        base_version=2,
        now=dt.datetime(2026, 2, 10, 9, tzinfo=dt.UTC),
    )
    page = inside.get(at(pre_assignment)).content.decode()
    assert "oma alku" in page
    assert "paperilta" in page
    assert OwnDraft.objects.count() == 1


anything = st.dictionaries(
    st.sampled_from(["answer_1", "answer_2", "answer_9", "base_version", "page", "pause", "nonsense"]),
    st.text(max_size=60) | st.integers().map(str),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=anything, what=st.sampled_from(["", "draft/", "begin/", "take-back/"]))
def test_arbitrary_posts_never_break_it(inside, goal_task, data, what):
    response = inside.post(at(goal_task, what), data, headers=FETCH if what == "draft/" else {})
    assert response.status_code in (200, 302, 422)
