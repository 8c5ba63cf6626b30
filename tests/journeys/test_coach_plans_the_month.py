"""The coach plans the month: a session moves with what gives way, a guest comes; and the programme."""

import datetime as dt

import pytest

from tests.coaching.month_support import full_programme, made_month

pytestmark = pytest.mark.usefixtures("today")


def press(desk, selector: str) -> None:
    """Press what leads to another page, and wait until it is there."""
    with desk.page.expect_navigation():
        desk.page.click(selector)


@pytest.fixture
def group(coach, office):
    return made_month(coach, office, programme=full_programme(name="Malli"))


def test_a_session_moves_after_each_new_date_was_seen(walk, width, coach, group):
    desk = walk(width)
    desk.log_in(coach)
    desk.go(f"/coaching/months/{group.pk}/")
    press(desk, "main a[href$='/calendar/']")
    desk.check()
    session = group.sessions.get(held_on=dt.date(2026, 2, 26))
    day = desk.page.locator(f".calendar-session:has(a[href='/coaching/sessions/{session.pk}/move/'])")
    day.locator("summary").click()
    desk.check()
    with desk.page.expect_navigation():
        day.locator("a[href$='/move/']").click()
    desk.check()
    desk.page.fill("input[name=held_on]", "14.2.2026")
    press(desk, ".form-actions .btn-primary")
    assert "maanantaista perjantaihin" in desk.page.inner_text(".field-wrong")
    desk.check()
    desk.page.fill("input[name=held_on]", "27.2.2026")
    press(desk, ".form-actions .btn-primary")
    desk.check()
    preview = desk.page.inner_text("#preview")
    assert ("pe 27.2.2026" in preview, "ma 2.3.2026" in preview) == (True, True)
    press(desk, "button[name=save]")
    desk.check()
    assert group.sessions.get(held_on=dt.date(2026, 3, 2)).title == "Päivä 4.5"


def test_a_guest_is_added_by_the_keyboard_alone(walk, coach, group):
    desk = walk()
    desk.log_in(coach)
    desk.go(f"/coaching/months/{group.pk}/calendar/")
    desk.press_tab_to("a[href$='?day=2026-02-12&half=afternoon']", at_most=120)
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")
    desk.check()
    desk.press_tab_to("input[name=kind]")
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("ArrowDown")
    desk.press_tab_to("input[name=destination]")
    desk.page.keyboard.type("Henkilöstöpäällikkö Saha")
    desk.press_tab_to("input[name=title]")
    desk.page.keyboard.type("Mitä työnantaja toivoo")
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")
    added = group.sessions.get(held_on=dt.date(2026, 2, 12), half="afternoon")
    assert (added.kind, added.title) == ("guest", "Mitä työnantaja toivoo")
    desk.check()


def test_a_manager_edits_the_programme_week_by_week(walk, width, manager, group):
    desk = walk(width)
    desk.log_in(manager)
    desk.go(f"/coaching/programmes/{group.programme_id}/")
    desk.check()
    press(desk, "a[href$='/weeks/1/']")
    desk.check()
    desk.page.click(".programme-day >> nth=2 >> summary")
    desk.page.fill("input[name=title_3]", "Mitä osaan")
    press(desk, "button[name=next]")
    desk.check()
    desk.go("/coaching/programmes/new/")
    desk.check()
    press(desk, ".form-actions .btn-primary")
    desk.check()
    newer = group.programme.__class__.objects.get(name="Malli", version=2)
    assert newer.session_plans.get(week=1, weekday=3).title == "Mitä osaan"
    desk.go(f"/coaching/programmes/{newer.pk}/edit/")
    desk.check()


def test_a_coming_month_gets_a_new_first_day(walk, width, coach, office):
    month = made_month(coach, office, starts_on=dt.date(2026, 3, 2), programme=full_programme())
    desk = walk(width)
    desk.log_in(coach)
    desk.go(f"/coaching/months/{month.pk}/calendar/")
    press(desk, "a[href$='/move/']:not([href*='sessions'])")
    desk.check()
    desk.page.fill("input[name=starts_on]", "30.3.2026")
    press(desk, ".form-actions .btn-primary")
    desk.check()
    assert "Pitkäperjantai" in desk.page.inner_text("#preview")
    press(desk, "button[name=save]")
    desk.check()
    assert "Pitkäperjantai" in desk.page.inner_text("main")
