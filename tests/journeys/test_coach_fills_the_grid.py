"""The month's grid in a real browser: marking by keyboard, filling, taking back, a bad network, two people,
and the pages beside it: one day without JavaScript, the sign-in sheet, Today and the situation board."""

from __future__ import annotations

import datetime as dt

import pytest

from coaching.models import AttendanceMark, Session
from participants.models import Participant
from tests.coaching.daily_log_support import make_group
from tests.coaching.grid_support import name_of, sessions_of, trial_of
from tests.support import factories


@pytest.fixture
def group(month, session, today):
    sessions_of(month, 5, 6, 9, 11)
    people = make_group(month, 10)
    for person in people[:4]:
        trial_of(person)
    return people


@pytest.fixture
def open_grid(walk, coach, month):
    """`open_grid(width)`: the signed-in coach at the grid."""

    def opened(*width, user=coach, **more):
        walker = walk(*width, **more)
        walker.log_in(user)
        walker.go(f"/coaching/months/{month.pk}/grid/")
        return walker

    return opened


def cell(page, enrolment, day=10, half="morning"):
    return page.locator(f'[data-n="{name_of(enrolment, day, half)}"]')


def wait_for_state(page, state: str) -> None:
    """`state` is the name of a sentence of the bar: saved, unsaved, offline, expired."""
    page.wait_for_function(
        "name => document.getElementById('grid-state').textContent"
        ".includes(document.getElementById('grid-bar').getAttribute('data-text-' + name))",
        arg=state,
    )


def marks(day: int, half: str = "morning") -> list[str]:
    """The marks of a day in the order of the list."""
    rows = AttendanceMark.objects.filter(day=dt.date(2026, 2, day), half=half)
    return list(rows.order_by("enrolment__participant__last_name").values_list("mark", flat=True))


def test_no_name_is_broken_within_a_word(open_grid, group, width):
    """A line for the surname, one for the first name; what is longer than the column is cut there alone."""
    names = [("Pihlajaniemi", "Jani"), ("Koskenkorva", "Marja-Liisa"), ("Wolfeschlegelsteinhausen", "Bo")]
    for enrolment, (last, first) in zip(group, names, strict=False):
        Participant.objects.filter(pk=enrolment.participant_id).update(last_name=last, first_name=first)
    walker = open_grid(width)
    walker.check()
    for last, first in names:
        cell = walker.page.locator(f'th.grid-name[title="{last} {first}"]')
        assert cell.inner_text().split() == [last, first]
        line = cell.locator("span").first
        assert line.evaluate("span => span.clientHeight < 2 * parseFloat(getComputedStyle(span).lineHeight)")
        is_cut = line.evaluate("span => span.scrollWidth > span.clientWidth")
        assert is_cut == (last == "Wolfeschlegelsteinhausen")


def test_a_day_of_ten_is_marked_by_letters_alone(open_grid, group, session, width):
    walker = open_grid(width)
    page = walker.page
    walker.check()
    walker.press_tab_to("td.cell")
    interactions = 0
    for letter in "ppspppplpp":  # each mark moves on to the next person
        page.keyboard.press(letter)
        interactions += 1
    wait_for_state(page, "saved")
    assert marks(10) == [
        *("present", "present", "own_illness"),
        *("present", "present", "present", "present"),
        *("child_illness", "present", "present"),
    ]
    assert interactions == 10
    session.refresh_from_db()
    assert session.state == "logged"
    page.wait_for_function(
        "() => document.querySelector('tfoot [data-day=\"2026-02-10\"]').textContent === '8'"
    )
    walker.check()


def test_everybody_without_a_mark_is_present_with_one_press_and_taken_back_with_another(open_grid, group):
    page = open_grid().page
    page.click('[data-fill-day="2026-02-09"]')
    wait_for_state(page, "saved")
    assert marks(9) == ["present"] * 10
    page.click("#grid-undo")
    wait_for_state(page, "saved")
    page.wait_for_function("() => !document.querySelector('.is-unsaved')")
    assert marks(9) == []
    assert Session.objects.get(held_on="2026-02-09").state == "planned"


def test_a_line_is_filled_and_marks_that_stand_are_left_alone(open_grid, group, session):
    factories.MarkFactory(enrolment=group[0], session=session, mark="job_interview")
    page = open_grid().page
    page.click(f'[data-person="{group[0].pk}"] [data-fill-line] >> nth=0')
    wait_for_state(page, "saved")
    own = AttendanceMark.objects.filter(enrolment=group[0], half="morning").order_by("day")
    assert [mark.mark for mark in own] == ["present", "present", "present", "job_interview"]


def test_shift_chooses_several_and_a_letter_marks_them_all(open_grid, group):
    page = open_grid().page
    cell(page, group[0], 5).click()
    cell(page, group[2], 6).click(modifiers=["Shift"])
    page.keyboard.press("s")
    wait_for_state(page, "saved")
    assert (marks(5), marks(6)) == (["own_illness"] * 3, ["own_illness"] * 3)
    page.keyboard.press("Delete")
    page.wait_for_function("() => document.querySelectorAll('.is-unsaved').length === 0")
    wait_for_state(page, "saved")
    page.wait_for_function("() => document.querySelectorAll('.cell-health').length === 0")
    assert marks(5, "afternoon") == []


def test_the_chosen_cell_says_who_and_when_and_the_palette_marks_it(open_grid, group, width):
    walker = open_grid(width)
    page = walker.page
    cell(page, group[1]).click()
    page.click('.grid-mark[data-mark="unauthorised"]')
    wait_for_state(page, "saved")
    page.wait_for_function(
        "() => document.getElementById('grid-details').textContent.includes('Sanna Valmentaja')"
    )
    assert marks(10) == ["unauthorised"]
    walker.check()


def test_the_arrows_reach_the_dates_and_the_fill_buttons(open_grid, group):
    page = open_grid().page
    cell(page, group[0], 9).click()
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.dataset.fillDay") == "2026-02-09"
    page.keyboard.press("Enter")
    wait_for_state(page, "saved")
    assert len(marks(9)) == 10
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.matches('thead a')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.n") == str(name_of(group[0], 9))


def test_a_coming_day_and_a_locked_cell_take_no_letter(open_grid, group, coordinator):
    page = open_grid(user=coordinator).page
    cell(page, group[0]).click()
    page.keyboard.press("p")
    cell(page, group[0], half="afternoon").click()
    page.keyboard.press("p")
    wait_for_state(page, "saved")
    assert (marks(10), marks(10, "afternoon")) == ([], ["present"])


def test_without_a_connection_the_marks_stay_and_are_sent_when_it_returns(open_grid, group):
    page = open_grid().page
    page.context.set_offline(True)
    cell(page, group[0]).click()
    page.keyboard.press("p")
    wait_for_state(page, "offline")
    page.keyboard.press("s")
    assert marks(10) == []
    page.context.set_offline(False)
    wait_for_state(page, "saved")
    assert marks(10) == ["present", "own_illness"]


def test_leaving_with_unsaved_marks_asks_first(open_grid, group):
    page = open_grid().page
    page.context.set_offline(True)
    cell(page, group[0]).click()
    page.keyboard.press("p")
    wait_for_state(page, "offline")
    leaving = "() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    assert page.evaluate(leaving)
    page.context.set_offline(False)
    wait_for_state(page, "saved")
    assert not page.evaluate(leaving)


def test_an_ended_log_in_is_said_and_nothing_is_lost(open_grid, group, coach):
    page = open_grid().page
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    cell(page, group[0]).click()
    page.keyboard.press("p")
    wait_for_state(page, "expired")
    page.context.add_cookies(cookies)
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    wait_for_state(page, "saved")
    assert marks(10) == ["present"]


def test_two_people_in_one_cell_see_both_and_choose(open_grid, group, session, substitute):
    walker = open_grid()
    page = walker.page
    factories.MarkFactory(enrolment=group[0], session=session, mark="job_interview", recorded_by=substitute)
    cell(page, group[0]).click()
    page.keyboard.press("s")
    page.wait_for_selector("#grid-conflicts:not([hidden])")
    assert "Sirpa Sijainen" in page.inner_text("#grid-conflicts")
    walker.check()
    assert marks(10) == ["job_interview"]
    page.click('[data-keep="mine"]')
    wait_for_state(page, "saved")
    assert marks(10) == ["own_illness"]
    assert page.is_hidden("#grid-conflicts")


def test_after_release_the_grid_asks_for_the_reason(open_grid, group, monkeypatch):
    monkeypatch.setattr("coaching.services.grid.released_among", set)
    monkeypatch.setattr("coaching.services.corrections.released_among", set)
    walker = open_grid()
    page = walker.page
    cell(page, group[0]).click()
    page.keyboard.press("s")
    page.wait_for_selector("#grid-reason:not([hidden])")
    walker.check()
    page.keyboard.type("Merkintä oli väärällä rivillä")
    page.keyboard.press("Enter")
    wait_for_state(page, "saved")
    assert marks(10) == ["own_illness"]


def test_a_day_is_marked_without_javascript(open_grid, group):
    page = open_grid(javascript=False).page
    page.click("thead a >> nth=6")
    assert page.url.endswith("/2026-02-10/")
    page.click('button[name="all_present"]')
    page.click("form.day-form button.btn-primary")
    assert marks(10) == ["present"] * 10


def test_the_pages_beside_the_grid_are_clean(open_grid, group, month, width):
    walker = open_grid(width)
    for path in (
        f"/coaching/months/{month.pk}/grid/2026-02-10/",
        f"/coaching/months/{month.pk}/sign-in-sheet/",
        f"/coaching/months/{month.pk}/situation/",
        "/coaching/situation/",
        "/coaching/today/",
        f"/coaching/months/{month.pk}/",
    ):
        walker.go(path)
        walker.check()
