"""A participant opens the own pages by the personal link: on a phone, by keyboard, on a bad network."""

from __future__ import annotations

import datetime as dt

import pytest

from coaching.models import GoalVersion
from core import clock
from core.models import DemoMail, LinkToken
from participants.enums import LinkChannel
from participants.models import OwnDraft
from participants.services.personal_links import revoke_link
from tests.journeys.conftest import PHONE
from tests.support import factories
from tests.support.own_pages import as_typed, door_of, give

PAGES = ("/o/goal/", "/o/views/", "/o/views/areas/start/", "/o/calendar/", "/o/steps/", "/o/written/")
GOAL = "Haluan keittiötöihin toukokuussa ja soitan kolmeen paikkaan."


@pytest.fixture
def group(enrolment, today):
    """Aino's month with a few sessions, a step and a talk; without Django's cache of earlier tests."""
    for number in range(3):
        day = dt.date(2026, 2, 9 + number)
        factories.SessionFactory(month=enrolment.month, held_on=day, room="Sali 3", week=2)
    factories.ActionStepFactory(enrolment=enrolment)
    factories.DiscussionFactory(enrolment=enrolment)
    return enrolment


def go_in(walker, participant) -> str:
    """Through the door by the keyboard alone; the door's path."""
    door = door_of(give(participant))
    walker.go(door)
    walker.check()
    walker.press_tab_to("input[name=birth_date]")
    walker.page.keyboard.type(as_typed(participant.birth_date))
    walker.page.keyboard.press("Enter")
    walker.page.wait_for_url("**/o/")
    return door


def state_says(walker, text: str) -> None:
    walker.page.wait_for_function(
        "text => document.querySelector('[data-autosave-state]').textContent.includes(text)", arg=text
    )


def test_a_participant_reads_confirms_and_writes(walk, width, group):
    walker = walk(width)
    go_in(walker, group.participant)
    page = walker.page
    walker.check()
    page.click("a[href='/o/information/']")
    walker.check()
    page.click("main form.card-plain button")
    page.wait_for_url("**/o/")
    for path in (
        "/o/goal/",
        "/o/views/",
        "/o/views/areas/start/",
        "/o/calendar/",
        "/o/steps/",
        "/o/written/",
    ):
        assert walker.go(path).status == 200
        walker.check()
    walker.go("/o/goal/")
    page.fill("textarea[name=text]", GOAL)
    state_says(walker, "Luonnos tallennettu")
    page.click("main form button.btn-primary")
    page.wait_for_selector("#now-heading")
    assert GoalVersion.objects.get().text == GOAL
    page.click(".own-close button")
    page.wait_for_url("**/o/closed/")
    walker.check()
    assert walker.go("/o/").status == 410


def test_a_lost_connection_loses_no_word(walk, group):
    walker = walk(PHONE)
    go_in(walker, group.participant)
    walker.go("/o/goal/")
    page = walker.page
    page.context.set_offline(True)
    page.fill("textarea[name=text]", GOAL)
    state_says(walker, "Ei vielä tallennettu: yhteys puuttuu")
    page.click("main form button.btn-primary")  # nothing is lost by a press either
    assert page.input_value("textarea[name=text]") == GOAL
    assert page.url.endswith("/o/goal/")
    asked = page.evaluate(
        "() => { const event = new Event('beforeunload', {cancelable: true});"
        " window.dispatchEvent(event); return event.defaultPrevented; }"
    )
    assert asked, "leaving must ask first while something is unsaved"
    assert GOAL not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    page.context.set_offline(False)
    state_says(walker, "Luonnos tallennettu")
    assert OwnDraft.objects.get().content["text"] == GOAL


def test_plain_finnish_is_one_press_away(walk, group):
    walker = walk(PHONE)
    go_in(walker, group.participant)
    walker.page.click("button[value=plain]")
    walker.page.wait_for_selector("text=Tämä sivu on sinun")
    walker.check()
    walker.go("/o/information/")
    walker.page.wait_for_selector("text=Sinä päätät")
    walker.check()


def test_a_link_that_is_over_says_what_to_do(walk, group, coach):
    walker = walk(PHONE)
    door = go_in(walker, group.participant)
    revoke_link(actor=coach, participant_id=group.participant_id, now=clock.now())
    assert walker.go("/o/").status == 410
    assert walker.go(door).status == 410
    walker.check()


def test_five_wrong_dates_lock_the_door(walk, group):
    walker = walk(PHONE)
    walker.go(door_of(give(group.participant)))
    for _try in range(5):
        walker.page.fill("input[name=birth_date]", "3.4.1991")
        with walker.page.expect_navigation():
            walker.page.keyboard.press("Enter")
        walker.check()
    assert LinkToken.objects.get().wrong_tries == 5
    assert not walker.page.query_selector("input[name=birth_date]")


def test_without_javascript_the_goal_is_saved_by_its_button(walk, group):
    walker = walk(PHONE, javascript=False)
    walker.go(door_of(give(group.participant)))
    walker.page.fill("input[name=birth_date]", as_typed(group.participant.birth_date))
    walker.page.click("main form button")
    walker.go("/o/goal/")
    walker.page.fill("textarea[name=text]", GOAL)
    walker.page.click("main form button.btn-primary")
    walker.page.wait_for_selector("#now-heading")
    assert GoalVersion.objects.get().by_link


def test_the_coach_gives_a_link_and_the_mail_opens_it(walk, width, group, coach, settings, live_server):
    settings.PUBLIC_ADDRESS = live_server.url
    walker = walk(width)
    walker.log_in(coach)
    walker.go(f"/participants/{group.participant_id}/link/")
    walker.check()
    walker.page.click("form[action$='/send/'] button")
    walker.page.wait_for_selector("#revoke-heading")
    walker.check()
    walker.page.click("form[action$='/print/'] button")
    walker.page.wait_for_selector(".link-code")
    walker.check()
    address = walker.page.inner_text(".link-address")
    reader = walk(PHONE)
    reader.page.goto(address)
    reader.check()
    assert reader.page.query_selector("input[name=birth_date]")
    assert not DemoMail.objects.exists()
    assert group.participant.personal_links.filter(channel=LinkChannel.EMAIL).exists()
