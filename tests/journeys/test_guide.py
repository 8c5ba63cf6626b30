"""The guide at 360 px: days in two taps, a concern, feedback in at most fourteen interactions; it arrives."""

from __future__ import annotations

import pytest
from django.urls import reverse

from coaching.models import AttendanceMark
from employers.enums import FeedbackItem
from employers.models import Concern
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.usefixtures("today")


def test_the_guide_marks_the_week_and_tells_of_a_concern(walk, hours_link, coordinator, begun_trial):
    phone = walk(PHONE)
    assert phone.go(hours_link.path).status == 200
    phone.check()
    with phone.page.expect_navigation():
        phone.page.click("button[name=all_done]")
    phone.check()
    assert AttendanceMark.objects.filter(mark="present", recorded_by=None).count() == 2
    phone.page.click("#concern summary")
    phone.page.fill("#concern textarea", "Hän on ollut väsynyt koko viikon.")
    phone.check()
    with phone.page.expect_navigation():
        phone.page.click("#concern button[type=submit]")
    phone.check()
    concern = Concern.objects.get()
    desk = walk(PHONE)
    desk.log_in(coordinator)
    desk.go(f"{reverse('employers:placement', args=[begun_trial.pk])}#concerns")
    desk.page.fill(f"#concern-{concern.pk} textarea", "Soitin, lyhennämme päiviä ensi viikolla.")
    with desk.page.expect_navigation():
        desk.page.click(f"#concern-{concern.pk} button[type=submit]")
    desk.check()
    concern.refresh_from_db()
    assert concern.handled_by == coordinator


def test_feedback_takes_at_most_fourteen_interactions_on_a_phone(walk, feedback_link, asked_feedback):
    phone = walk(PHONE)
    phone.go(feedback_link.path)
    phone.check()
    interactions = 0
    for number, item in enumerate(FeedbackItem.values):
        value = "0" if item == "customers" else str(1 + number % 5)
        phone.page.click(f"#id_{item}_{5 if value == '0' else int(value) - 1}")
        interactions += 1
    phone.page.click("#id_take_again_0")
    interactions += 1
    phone.page.locator("[data-autosave-state]", has_text="9.30").wait_for()
    asked_feedback.refresh_from_db()
    assert asked_feedback.draft["take_again"] == "yes"
    phone.page.click("main button[type=submit]")
    interactions += 1
    phone.page.wait_for_selector(".feedback-answers")
    phone.check()
    asked_feedback.refresh_from_db()
    assert asked_feedback.answers.count() == 10
    assert asked_feedback.given_at is not None
    assert interactions <= 14


def test_the_guide_saves_without_scripts_and_with_the_keyboard_alone(walk, hours_link):
    phone = walk(PHONE, javascript=False)
    phone.go(hours_link.path)
    phone.page.select_option("#choice-2026-02-09", "ill")
    phone.page.click("main .form-actions button[type=submit]")
    assert AttendanceMark.objects.get().mark == "own_illness"
    desk = walk(PHONE)
    desk.go(hours_link.path)
    desk.press_tab_to("button[name=as_agreed]")
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")
    assert AttendanceMark.objects.filter(mark="present").count() == 1
