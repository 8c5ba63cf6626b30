"""The coach's day in a real browser: a normal day in three interactions, exceptions by keyboard, a bad
network, an ended session, and two tabs."""

from __future__ import annotations

import re

import pytest

from coaching.models import AttendanceMark, DailyLogDraft, Session, StepForward
from tests.coaching.daily_log_support import make_group

# what an interaction is: product.md, "Words used in the issues"
NORMAL_DAY = 3
# "everybody is present", two letters, two steps down the list, three times (open, words, next), and saving
TWO_ABSENCES_AND_THREE_STEPS = 15


@pytest.fixture
def group(month, session, today):
    return make_group(month, 10)


@pytest.fixture
def desk(walk, coach):
    """`desk(width)`: the coach, signed in."""

    def open_desk(*width, **more):
        walker = walk(*width, **more)
        walker.log_in(coach)
        return walker

    return open_desk


def open_log(desk, session):
    desk.go(f"/coaching/sessions/{session.pk}/log/")
    return desk.page


def wait_for_state(page, state: str) -> None:
    """`state` is the name of a sentence in the form's data: saved, unsaved, offline, expired."""
    page.wait_for_function(
        "name => document.getElementById('log-state').textContent"
        ".includes(document.getElementById('log-form').getAttribute('data-text-' + name))",
        arg=state,
    )


def save(page) -> None:
    with page.expect_navigation():
        page.click("#save-log")


def test_a_normal_day_takes_three_interactions_from_today_on(desk, session, group, width):
    desk = desk(width)
    page = desk.page
    assert page.url.endswith("/coaching/today/")
    desk.check()
    page.click("main .btn-big")
    desk.check()
    page.evaluate(
        "() => { window.jumps = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "entry => { if (!entry.hadRecentInput) window.jumps += entry.value; }))"
        ".observe({ type: 'layout-shift', buffered: true }); }"
    )
    rows_before = page.evaluate("document.querySelector('.log-list').offsetHeight")
    interactions = 0
    page.click("#all-present")
    interactions += 1
    page.fill("#group_note", "Soitimme yhdessä viiteen työpaikkaan.")
    interactions += 1
    assert page.evaluate("document.querySelector('.log-list').offsetHeight") == rows_before
    assert page.evaluate("window.jumps") < 0.01
    save(page)
    interactions += 1
    assert interactions <= NORMAL_DAY
    desk.check()
    session.refresh_from_db()
    assert session.state == "logged"
    assert session.group_note == "Soitimme yhdessä viiteen työpaikkaan."
    assert AttendanceMark.objects.filter(session=session, mark="present").count() == 10


def test_two_absences_and_three_steps_are_logged_without_the_mouse(desk, session, group):
    desk = desk()
    page = open_log(desk, session)
    interactions = 0

    def press(key: str) -> None:
        nonlocal interactions
        interactions += 1
        page.keyboard.press(key)

    desk.press_tab_to("#all-present")
    press("Enter")
    assert page.evaluate("document.activeElement.id") == f"mark-{group[0].pk}"
    press("s")
    press("ArrowDown")
    press("h")
    for index, text in ((2, "Soitti varastolle"), (3, "Sai haastattelun"), (4, "Teki ansioluettelon")):
        if index == 2:
            press("ArrowDown")
        assert page.evaluate("document.activeElement.id") == f"mark-{group[index].pk}"
        press("Enter")
        page.keyboard.type(text)
        interactions += 1  # one field filled
        press("Enter")
    assert page.input_value(f"#mark-{group[9].pk}") == "present"
    with page.expect_navigation():
        press("Control+Enter")
    assert interactions <= TWO_ABSENCES_AND_THREE_STEPS
    marks = dict(AttendanceMark.objects.values_list("enrolment_id", "mark"))
    assert [marks[enrolment.pk] for enrolment in group[:3]] == ["own_illness", "job_interview", "present"]
    assert list(marks.values()).count("present") == 8
    assert dict(StepForward.objects.values_list("enrolment_id", "text")) == {
        group[2].pk: "Soitti varastolle",
        group[3].pk: "Sai haastattelun",
        group[4].pk: "Teki ansioluettelon",
    }


def test_an_absence_says_what_it_means_and_clears_the_minutes_until_it_is_taken_back(desk, session, group):
    page = open_log(desk(), session)
    first = group[0].pk
    page.select_option(f"#mark-{first}", "present")
    page.fill(f"#late-{first}", "15")
    page.select_option(f"#mark-{first}", "own_illness")
    meaning = page.inner_text(".legend-item[data-mark=own_illness] dd")
    assert page.inner_text(f"#effect-{first}") == meaning
    assert page.input_value(f"#late-{first}") == ""
    page.select_option(f"#mark-{first}", "present")
    assert page.input_value(f"#late-{first}") == "15"


def test_every_touch_target_is_large_enough_on_a_phone(desk, walk, session, group):
    page = open_log(desk(360), session)
    small = page.evaluate(
        "() => [...document.querySelectorAll('#log-form button, #log-form select, #log-form input, summary')]"
        ".filter(element => element.offsetParent && element.type !== 'hidden' && element.type !== 'checkbox')"
        ".filter(element => element.getBoundingClientRect().height < 44)"
        ".map(element => element.id || element.className)"
    )
    assert small == []


def test_the_draft_saves_itself_within_two_seconds_and_comes_back(desk, session, group):
    desk = desk()
    page = open_log(desk, session)
    page.fill("#group_note", "Kesken jäänyt ajatus")
    wait_for_state(page, "unsaved")
    page.set_default_timeout(2_500)
    wait_for_state(page, "saved")
    assert re.fullmatch(r".+ \d{1,2}\.\d\d", page.inner_text("#log-state"))
    page.set_default_timeout(10_000)
    page.reload()
    assert page.input_value("#group_note") == "Kesken jäänyt ajatus"
    desk.check()
    page.click(".log-draft-note button")
    page.wait_for_load_state()
    assert page.input_value("#group_note") == ""
    assert not DailyLogDraft.objects.exists()


def test_without_a_connection_the_text_stays_and_goes_when_it_returns(desk, session, group):
    page = open_log(desk(), session)
    page.context.set_offline(True)
    page.fill("#group_note", "Junassa kirjoitettu")
    wait_for_state(page, "offline")
    page.click("#save-log")
    wait_for_state(page, "offline")
    assert page.input_value("#group_note") == "Junassa kirjoitettu"
    kept = page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert "Junassa" not in kept
    page.context.set_offline(False)
    wait_for_state(page, "saved")
    save(page)
    session.refresh_from_db()
    assert session.group_note == "Junassa kirjoitettu"


def test_leaving_with_text_that_is_nowhere_yet_asks_first(desk, session, group):
    page = open_log(desk(), session)
    page.context.set_offline(True)
    page.click("#group_note")
    page.keyboard.type("Ei saa hukkua")
    with page.expect_event("dialog") as asked:
        page.evaluate("void setTimeout(() => location.assign('/coaching/today/'))")
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    assert page.input_value("#group_note") == "Ei saa hukkua"


def test_an_ended_session_says_so_and_saving_goes_on_after_a_new_log_in(desk, session, group, coach):
    desk = desk()
    page = open_log(desk, session)
    page.context.clear_cookies()
    page.fill("#group_note", "Kirjoitettu vanhentuneella kirjautumisella")
    wait_for_state(page, "expired")
    page.click("#save-log")
    wait_for_state(page, "expired")
    with page.context.expect_page() as opened:
        page.click("#log-state a")
    other = opened.value
    other.fill("input[name=username]", coach.email)
    other.fill("input[name=password]", "birch-lake-summer-42")
    other.click("main button[type=submit]")
    other.wait_for_load_state()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    wait_for_state(page, "saved")
    save(page)
    session.refresh_from_db()
    assert session.group_note == "Kirjoitettu vanhentuneella kirjautumisella"


def test_two_tabs_of_two_sessions_never_mix(desk, session, group, month, today):
    from tests.support import factories

    other = factories.SessionFactory(month=month, held_on=month.starts_on)
    desk = desk()
    first = open_log(desk, session)
    second = first.context.new_page()
    second.goto(f"{desk.address}/coaching/sessions/{other.pk}/log/")
    first.fill("#group_note", "Tiistai")
    second.fill("#group_note", "Maanantai")
    save(first)
    save(second)
    assert dict(Session.objects.values_list("pk", "group_note")) == {
        session.pk: "Tiistai",
        other.pk: "Maanantai",
    }


def test_a_conflict_shows_both_and_the_choice_is_saved(desk, walk, session, group, substitute, width):
    mine = desk(width)
    theirs = walk()
    theirs.log_in(substitute)
    page = open_log(mine, session)
    other = open_log(theirs, session)
    other.fill("#group_note", "Sirpan muistio")
    save(other)
    page.fill("#group_note", "Sannan muistio")
    save(page)
    mine.check()
    assert "Sirpan muistio" in page.inner_text(".log-conflict")
    assert "Sirpa Sijainen" in page.inner_text(".log-conflict")
    page.check("#choice-note-theirs")
    save(page)
    session.refresh_from_db()
    assert session.group_note == "Sirpan muistio"


def test_the_page_works_without_javascript(desk, session, group):
    page = open_log(desk(360, javascript=False), session)
    page.click("#all-present")
    page.wait_for_load_state()
    page.fill(f"#step-{group[0].pk}", "Soitti itse")
    page.click("#save-log")
    page.wait_for_load_state()
    assert AttendanceMark.objects.filter(mark="present").count() == 10
    assert StepForward.objects.get().text == "Soitti itse"
