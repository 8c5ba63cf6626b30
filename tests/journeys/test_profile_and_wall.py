"""The coach writes what a person can and wants, and hangs the group's board on the wall."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from coaching.models import Barrier, SkillAssessment, TargetWorkplace
from tests.journeys.conftest import PHONE
from tests.support.factories import ConsentFactory, EnrolmentFactory, MonthFactory, StepForwardFactory

# what the board does by itself every minute
REFRESH = "() => htmx.ajax('GET', location.pathname, {target: '#wall', swap: 'outerHTML'}).catch(() => null)"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def running(coach, office):
    """A month that runs on the real day of this test, with one person who agreed to be on the board."""
    today = timezone.localdate()
    month = MonthFactory(
        coach=coach,
        authority=office,
        starts_on=today - dt.timedelta(days=7),
        ends_on=today + dt.timedelta(days=20),
    )
    enrolment = EnrolmentFactory(month=month, participant__first_name="Aino")
    ConsentFactory(participant=enrolment.participant, recipient="group", item="progress")
    StepForwardFactory(enrolment=enrolment, day=today, text="Soitti kahteen työpaikkaan")
    return enrolment


def test_the_person_is_described_by_keyboard_at_both_widths(walk, width, coach, running):
    desk = walk(width)
    desk.log_in(coach)
    desk.go(f"/coaching/people/{running.pk}/skills/start/")
    desk.check()
    desk.press_tab_to("#id-interaction-participant-level")
    desk.page.keyboard.press("ArrowDown")
    desk.page.select_option("#id-interaction-coach-level", "strength")
    desk.page.click("main form.form button[type=submit]")
    desk.page.wait_for_load_state()
    assert SkillAssessment.objects.count() == 2
    for path in (
        "assessments",
        "profile",
        "barriers/new",
        "workplaces/new",
        "interviews/new",
        "certificates/new",
    ):
        desk.go(f"/coaching/people/{running.pk}/{path}/")
        desk.check()
    desk.go(f"/coaching/people/{running.pk}/barriers/new/")
    desk.page.fill("textarea[name=text]", "Bussi ei kulje aamuvuoroon.")
    desk.page.click("main form.form button[type=submit]")
    desk.page.wait_for_load_state()
    desk.go(f"/coaching/people/{running.pk}/workplaces/new/")
    desk.page.fill("input[name=name]", "Kirjasto")
    desk.page.check("input[name=colour][value=green]")
    desk.page.click("main form.form button[type=submit]")
    desk.page.wait_for_load_state()
    assert (Barrier.objects.count(), TargetWorkplace.objects.count()) == (1, 1)
    desk.check()


def test_the_board_hangs_alone_and_keeps_its_picture_without_a_connection(walk, width, coach, running):
    desk = walk(width)
    desk.log_in(coach)
    desk.go(f"/coaching/months/{running.month_id}/board/")
    desk.page.click("main form[action$='/board/'] button")
    desk.page.wait_for_selector("#wall-address")
    desk.check()
    address = desk.address + urlsplit(desk.page.inner_text("#wall-address")).path

    screen = walk(PHONE if width == PHONE else 1920)
    screen.page.goto(address)
    screen.page.wait_for_selector("text=Soitti kahteen työpaikkaan")
    screen.check()
    assert screen.page.locator("a, button, input, form").count() == 0
    assert screen.page.context.cookies() == []

    screen.page.context.set_offline(True)
    screen.page.evaluate(REFRESH)
    screen.page.wait_for_selector("#wall-offline:not([hidden])")
    assert screen.page.locator("text=Soitti kahteen työpaikkaan").is_visible()

    screen.page.context.set_offline(False)
    desk.page.click("form[action$='/board/end/'] button")
    desk.page.wait_for_load_state()
    screen.page.evaluate(REFRESH)
    screen.page.wait_for_selector("text=Tätä taulua ei enää näytetä")
    assert not screen.page.locator("text=Soitti kahteen työpaikkaan").count()
