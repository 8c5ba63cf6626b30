"""The board, the answers, what came on paper, and the texts of a programme, in the browser's eyes."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AuditEvent
from coaching.models import PreAssignment, Programme
from coaching.pre_assignment_words import READINGS, template_fingerprint
from core.models import OutgoingMail
from tests.support import factories
from tests.support.pre_assignments import SENT_AT, sent
from tests.support.queries import assert_queries_do_not_grow


def url(name: str, *args) -> str:
    return reverse(f"coaching:{name}", args=args)


def filled(questions: int = 2, **changes) -> dict:
    """A whole template as the form posts it."""
    data = {"position": 1, "due_days_before": 5, "seen": ""}
    for reading in READINGS:
        data |= {f"title_{reading}": f"Otsikko {reading}", f"introduction_{reading}": ""}
        data |= {f"question_{n}_{reading}": f"K{n} {reading}" for n in range(1, questions + 1)}
    return {**data, **changes}


# --- the board ------------------------------------------------------------------------------------
def test_each_state_has_its_word(client_of, coach, month, enrolment, today):
    later = dt.date(2026, 2, 20)
    sent(enrolment, position=1)
    sent(enrolment, position=2, due_on=later)
    sent(enrolment, position=3, due_on=later, opened_at=SENT_AT)
    sent(enrolment, position=4, returned_at=SENT_AT)
    sent(enrolment, position=5, returned_at=SENT_AT, seen_at=SENT_AT, seen_by=coach)
    newcomer = factories.EnrolmentFactory(month=month)
    page = client_of(coach).get(url("pre-assignments", month.pk)).context["page"]
    states = {row.enrolment.pk: [cell.state.code for cell in row.cells] for row in page.rows}
    assert states[enrolment.pk] == ["late", "sent", "opened", "returned", "seen"]
    assert states[newcomer.pk] == ["not_sent"] * 5
    assert (page.late, page.unsent, page.on_time, page.due) == (1, 1, 2, 3)


def test_the_board_takes_the_same_queries_for_ten_and_thirty(client_of, coach, month, month_tasks, today):
    def ten() -> None:
        for _ in range(10):
            person = factories.EnrolmentFactory(month=month)
            for position in (1, 2, 3):
                sent(person, position=position)

    ten()
    assert_queries_do_not_grow(client_of(coach), url("pre-assignments", month.pk), ten, at_most=8)


def test_sending_and_reminding_say_what_happened(client_of, coach, month, month_tasks, enrolment, today):
    client = client_of(coach)
    assert client.post(url("pre-assignments-send", month.pk)).status_code == 302
    PreAssignment.objects.update(due_on=dt.date(2026, 2, 9))
    assert client.post(url("pre-assignments-remind", month.pk)).status_code == 302
    again = client.post(url("pre-assignments-remind", month.pk))
    assert again.status_code == 422
    assert "11.2.2026" in again.content.decode()
    assert OutgoingMail.objects.count() == 2


@pytest.mark.parametrize("posted", ["abc", "-1", "999999999999", "٣", "\x00"])
def test_sending_to_nobody_that_exists_is_a_sentence(client_of, coach, month, month_tasks, enrolment, posted):
    response = client_of(coach).post(url("pre-assignments-send", month.pk), {"enrolment": posted})
    assert response.status_code == 422
    assert not PreAssignment.objects.exists()


# --- answers and paper ----------------------------------------------------------------------------
def test_a_draft_is_shown_to_nobody(client_of, coach, enrolment, today):
    task = sent(enrolment, answers=["salainen luonnos", ""])
    for name in ("pre-assignment", "pre-assignment-paper"):
        page = client_of(coach).get(url(name, enrolment.pk, task.pk)).content.decode()
        assert "salainen luonnos" not in page


def test_opening_the_answers_is_on_the_trail_and_counts_once(client_of, coach, enrolment, today):
    task = sent(enrolment, answers=["Olen ylpeä", ""], returned_at=SENT_AT)
    client = client_of(coach)
    client.post(url("pre-assignment-read", enrolment.pk, task.pk))
    page = client.get(url("pre-assignment", enrolment.pk, task.pk))
    assert "Olen ylpeä" in page.content.decode()
    task.refresh_from_db()
    assert task.seen_by == coach
    assert AuditEvent.objects.filter(action="participant.viewed", participant_id=enrolment.participant_id)


def test_a_protected_persons_answers_open_with_a_reason_only(client_of, coach, month, today):
    person = factories.EnrolmentFactory(
        month=month, participant=factories.ParticipantFactory(is_restricted=True)
    )
    task = sent(person, answers=["salainen", ""], returned_at=SENT_AT)
    client = client_of(coach)
    assert client.post(url("pre-assignment-read", person.pk, task.pk)).status_code == 302
    task.refresh_from_db()
    assert task.seen_at is None
    response = client.get(url("pre-assignment", person.pk, task.pk))
    assert response.status_code == 302
    assert "salainen" not in response.content.decode()


def test_another_persons_task_under_ones_own_person_is_404(client_of, coach, month, enrolment, today):
    theirs = sent(factories.EnrolmentFactory(month=month), returned_at=SENT_AT)
    client = client_of(coach)
    assert client.get(url("pre-assignment", enrolment.pk, theirs.pk)).status_code == 404
    assert client.post(url("pre-assignment-paper", enrolment.pk, theirs.pk)).status_code == 404


def test_paper_is_typed_in_and_a_too_long_answer_is_kept(client_of, coach, pre_assignment, today):
    address = url("pre-assignment-paper", pre_assignment.enrolment_id, pre_assignment.pk)
    client = client_of(coach)
    refused = client.post(address, {"base_version": 1, "answer_1": "x" * 10_000})
    assert refused.status_code == 422
    assert "x" * 10_000 in refused.content.decode()
    assert client.post(address, {"base_version": 1, "answer_1": "Paperilta"}).status_code == 302
    pre_assignment.refresh_from_db()
    assert pre_assignment.answers == ["Paperilta", ""]


def test_a_persons_page_shows_the_tasks(client_of, coach, enrolment, today):
    task = sent(enrolment, returned_at=SENT_AT)
    page = client_of(coach).get(url("person", enrolment.pk)).content.decode()
    assert url("pre-assignment", enrolment.pk, task.pk) in page


# --- the programme's texts ------------------------------------------------------------------------
def test_a_new_task_is_asked_in_all_languages(client_of, manager, unused_programme, today):
    address = url("programme-pre-assignment-new", unused_programme.pk)
    second_click = [client_of(manager).post(address, filled()).status_code for _ in range(2)]
    assert second_click == [302, 302]
    row = unused_programme.pre_assignment_templates.get()
    assert {reading: len(row.texts[reading]["questions"]) for reading in READINGS} == dict.fromkeys(
        READINGS, 2
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"question_2_sv": ""}, "question_2_sv"),
        ({"title_plain": " "}, "title_plain"),
        ({"question_1_en": "x" * 10_000}, "question_1_en"),
        ({"due_days_before": "-1"}, "due_days_before"),
        ({"due_days_before": "61"}, "due_days_before"),
        ({"position": "7"}, "position"),
        ({"title_fi": "a\x00b"}, "title_fi"),
    ],
)
def test_what_is_missing_is_said_at_its_box(client_of, manager, unused_programme, today, changes, field):
    address = url("programme-pre-assignment-new", unused_programme.pk)
    response = client_of(manager).post(address, filled(**changes))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Otsikko en" in response.content.decode()


def test_a_version_in_use_is_followed_by_the_next(client_of, manager, month, month_tasks, enrolment, today):
    data = filled(seen=template_fingerprint(month_tasks[0]), valid_from="1.3.2026")
    address = url("programme-pre-assignment", month.programme_id, 1)
    assert client_of(manager).post(address, data).status_code == 302
    newer = Programme.objects.get(name=month.programme.name, version=2)
    assert [row.position for row in newer.pre_assignment_templates.order_by("position")] == [1, 2, 3]
    assert newer.pre_assignment_templates.get(position=1).texts["fi"]["title"] == "Otsikko fi"
    month_tasks[0].refresh_from_db()
    assert month_tasks[0].texts["fi"]["title"] == "Tehtävä 1 fi"
    month.refresh_from_db()
    assert month.programme_id != newer.pk


def test_a_task_can_change_its_place(client_of, manager, unused_programme, task_template, today):
    data = filled(seen=template_fingerprint(task_template), position=3)
    address = url("programme-pre-assignment", unused_programme.pk, 1)
    assert client_of(manager).post(address, data).status_code == 302
    titles = [
        row.texts["fi"]["title"] for row in unused_programme.pre_assignment_templates.order_by("position")
    ]
    assert titles == ["Tehtävä 2 fi", "Tehtävä 3 fi", "Otsikko fi"]


def test_the_goal_is_asked_once(client_of, manager, unused_programme, task_template, today):
    data = filled(seen=template_fingerprint(task_template), holds_goal="on")
    response = client_of(manager).post(url("programme-pre-assignment", unused_programme.pk, 1), data)
    assert response.status_code == 422
    assert "holds_goal" in response.context["form"].errors


def test_what_somebody_saved_meanwhile_is_shown(client_of, manager, unused_programme, task_template, today):
    address = url("programme-pre-assignment", unused_programme.pk, 1)
    response = client_of(manager).post(address, filled(seen="vanha"))
    text = response.content.decode()
    assert response.status_code == 422
    assert "Tehtävä 1 fi" in text
    assert "Otsikko fi" in text
    again = filled(seen=response.context["form"]["seen"].value())
    assert client_of(manager).post(address, again).status_code == 302


def test_removing_closes_the_gap_and_keeps_what_was_sent(
    client_of, coach, manager, unused_programme, task_template, enrolment, today
):
    task = sent(enrolment, template=task_template)
    address = url("programme-pre-assignment-remove", unused_programme.pk, 1)
    assert client_of(manager).post(address, {"seen": template_fingerprint(task_template)}).status_code == 302
    assert sorted(row.position for row in unused_programme.pre_assignment_templates.all()) == [1, 2]
    task.refresh_from_db()
    assert (task.template, task.texts["fi"]["title"]) == (None, "Tehtävä 1 fi")


NAMES = [*filled(1), "question_3_sv", "seen", "valid_from", "holds_goal", "base_version", "answer_1"]
anything = st.dictionaries(st.sampled_from(NAMES), st.text(max_size=50) | st.integers().map(str))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=anything)
def test_arbitrary_posts_never_break_a_page(
    client_of, coach, manager, unused_programme, task_template, pre_assignment, today, data
):
    for user, address in (
        (manager, url("programme-pre-assignment", unused_programme.pk, 1)),
        (manager, url("programme-pre-assignment-new", unused_programme.pk)),
        (coach, url("pre-assignment-paper", pre_assignment.enrolment_id, pre_assignment.pk)),
    ):
        assert client_of(user).post(address, data).status_code in (302, 422)
