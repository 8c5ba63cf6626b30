"""Before the first day: the coach sends, a participant answers on a bad network, the coach reads."""

from __future__ import annotations

import pytest

from coaching.models import PreAssignment
from core import clock
from tests.journeys.conftest import PHONE
from tests.journeys.test_participant_by_link import go_in, state_says
from tests.support.pre_assignments import sent

LONG = "Olen tehnyt keittiötöitä ja hoitanut lapsia. " * 30


@pytest.fixture
def daytime(today):
    """The clock stands still on a working day."""
    return clock.now()


def test_the_coach_sends_and_reads_what_came_back(walk, width, coach, month, month_tasks, enrolment, daytime):
    walker = walk(width)
    walker.log_in(coach)
    page = walker.page
    walker.go(f"/coaching/months/{month.pk}/pre-assignments/")
    walker.check()
    walker.press_tab_to("main form[action$='/send/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("main .task-board >> text=lähetetty")
    walker.check()
    PreAssignment.objects.filter(position=1).update(returned_at=clock.now(), answers=[LONG, ""])
    walker.go(f"/coaching/months/{month.pk}/pre-assignments/")
    page.click("main form[action$='/read/'] button")
    page.wait_for_selector("text=Olen tehnyt keittiötöitä")
    walker.check()
    assert PreAssignment.objects.get(position=1).seen_by == coach
    task = PreAssignment.objects.get(position=2)
    walker.go(f"/coaching/people/{enrolment.pk}/pre-assignments/{task.pk}/paper/")
    walker.check()


def test_a_participant_answers_by_the_link(walk, width, enrolment, daytime):
    task = sent(enrolment, holds_goal=True)
    sent(enrolment, position=2)
    walker = walk(width)
    go_in(walker, enrolment.participant)
    page = walker.page
    walker.go("/o/tasks/")
    walker.check()
    walker.press_tab_to(f"form[action='/o/tasks/{task.pk}/begin/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("textarea[name=answer_1]")
    walker.check()
    page.fill("textarea[name=answer_1]", "Haluan keittiötöihin")
    state_says(walker, "Luonnos tallennettu")
    task.refresh_from_db()
    assert task.answers == ["Haluan keittiötöihin", ""]
    page.fill("textarea[name=answer_2]", LONG * 5)
    page.click("main form .btn-big")
    page.wait_for_selector(".error-summary")
    walker.check()
    assert page.input_value("textarea[name=answer_2]") == LONG * 5
    page.fill("textarea[name=answer_2]", "Siksi")
    page.click("main form .btn-big")
    page.wait_for_url("**/o/tasks/")
    page.click(f"a[href='/o/tasks/{task.pk}/']")
    page.wait_for_selector("text=Haluan keittiötöihin")
    walker.check()
    assert enrolment.goals.get().text == "Haluan keittiötöihin"


def test_a_lost_connection_loses_no_answer(walk, enrolment, daytime):
    task = sent(enrolment)
    walker = walk(PHONE)
    go_in(walker, enrolment.participant)
    walker.go(f"/o/tasks/{task.pk}/")
    page = walker.page
    page.context.set_offline(True)
    page.fill("textarea[name=answer_1]", "Olen ylpeä")
    state_says(walker, "Ei vielä tallennettu: yhteys puuttuu")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.evaluate("document.querySelector('.own-back').click()")
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    assert page.input_value("textarea[name=answer_1]") == "Olen ylpeä"
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    state_says(walker, "Luonnos tallennettu")
    task.refresh_from_db()
    assert task.answers == ["Olen ylpeä", ""]


def test_without_a_script_there_is_a_button(walk, enrolment, daytime):
    task = sent(enrolment)
    walker = walk(PHONE, javascript=False)
    go_in_without_script(walker, enrolment.participant)
    walker.go(f"/o/tasks/{task.pk}/")
    walker.page.fill("textarea[name=answer_1]", "Olen ylpeä")
    walker.page.click("button[name=pause]")
    walker.page.wait_for_url("**/o/tasks/")
    task.refresh_from_db()
    assert (task.answers, task.returned_at) == (["Olen ylpeä", ""], None)


def go_in_without_script(walker, participant) -> None:
    """Through the door when axe cannot run."""
    from tests.support.own_pages import as_typed, door_of, give

    walker.go(door_of(give(participant)))
    walker.page.fill("input[name=birth_date]", as_typed(participant.birth_date))
    walker.page.click("main button[type=submit]")
    walker.page.wait_for_url("**/o/")


def test_four_languages_are_edited_side_by_side(
    walk, width, manager, unused_programme, task_template, daytime
):
    walker = walk(width)
    walker.log_in(manager)
    walker.go(f"/coaching/programmes/{unused_programme.pk}/pre-assignments/")
    walker.check()
    walker.go(f"/coaching/programmes/{unused_programme.pk}/pre-assignments/1/")
    walker.check()
    walker.page.fill("textarea[name=question_2_sv]", "")
    walker.page.click("main form .btn-primary")
    walker.page.wait_for_selector(".error-summary")
    walker.check()
    walker.page.fill("textarea[name=question_2_sv]", "Fråga två")
    walker.page.click("main form .btn-primary")
    walker.page.wait_for_url("**/pre-assignments/")
    task_template.refresh_from_db()
    assert task_template.texts["sv"]["questions"][1] == "Fråga två"
