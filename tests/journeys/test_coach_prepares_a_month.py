"""Before the month and around it: selection, kick-off, a substitute's page, the own calendar."""

import re
from urllib.parse import urlsplit

import pytest

from coaching.models import KickOff, Selection


@pytest.fixture
def wanted(referred):
    """Somebody with a responsible officer and an open referral."""
    referred.officer_name = "Olli Virkailija"
    referred.save(update_fields=["officer_name"])
    return referred


def test_from_the_referral_by_a_talk_into_the_group(walk, width, coach, month, wanted, today):
    desk = walk(width)
    desk.log_in(coach)
    desk.go(f"/coaching/months/{month.pk}/selection/")
    desk.check()
    desk.page.click("main a:has-text('Lisää tilaisuus')")
    desk.check()
    for name, value in (("day", "20.1.2026"), ("time", "13.00"), ("place", "Kirjasto"), ("came", "12")):
        desk.page.fill(f"[name={name}]", value)
    desk.page.click("main button:has-text('Tallenna')")
    desk.page.click("main a:has-text('Valitse lähetteistä') >> nth=0")
    desk.check()
    desk.page.click("main button:has-text('Keskustele ensin')")
    desk.check()
    desk.page.fill("[name=held_on]", "9.2.2026")
    desk.page.select_option("[name=aim]", "own_field")
    desk.page.check("[name=decision][value=selected]")
    desk.page.click("main button:has-text('Tallenna')")  # the reason is missing
    assert "Kerro päätöksen peruste" in desk.page.inner_text("main")
    desk.check()
    desk.page.fill("[name=reason]", "Haluaa tulla")
    desk.page.click("main button:has-text('Tallenna')")
    desk.page.wait_for_selector("text=Henkilö on nyt ryhmässä")
    desk.check()
    assert Selection.objects.get().decision == "selected"
    assert month.enrolments.get().participant == wanted


def test_the_kick_off_is_written_and_checked_by_keyboard(walk, width, coach, month, today):
    desk = walk(width)
    desk.log_in(coach)
    desk.go(f"/coaching/months/{month.pk}/kick-off/")
    desk.check()
    desk.press_tab_to("a[href$='/kick-off/edit/']")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_load_state()
    desk.page.fill("[name=held_on]", "2.2.2026")
    desk.press_tab_to("[name=text-1]")
    desk.page.keyboard.type("Soitetaan perjantaisin")
    desk.check()
    desk.press_tab_to("main button[type=submit]")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector("main h2:has-text('Mitä sovittiin')")
    desk.check()
    desk.page.click("main a:has-text('Tarkista puolivälissä')")
    desk.press_tab_to("main input[type=radio]")
    desk.page.keyboard.press("Space")
    desk.check()
    desk.press_tab_to("main button[type=submit]")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector("text=toimii")
    assert KickOff.objects.get().practices.get().check_result == "works"


def test_the_substitute_reads_the_coachs_words_on_the_day(
    walk, width, coach, substitute, substitution, month, session, enrolment, today
):
    desk = walk(width)
    desk.log_in(coach)
    desk.go(f"/coaching/months/{month.pk}/substitutes/{substitution.pk}/")
    desk.check()
    desk.page.fill("[name=note]", "Jatkakaa soittolistaa.")
    desk.page.click("main button:has-text('Tallenna')")
    other = walk(width)
    other.log_in(substitute)
    other.go(f"/coaching/months/{month.pk}/")
    other.page.click("main a:has-text('Sijaisen sivu')")
    other.page.wait_for_selector("text=Jatkakaa soittolistaa.")
    other.check()


def test_the_calendar_address_is_made_copied_and_ended(walk, width, coach, month, session, today):
    desk = walk(width)
    desk.log_in(coach)
    desk.go("/coaching/months/")
    desk.page.click("main a:has-text('Omaan kalenteriin')")
    desk.check()
    desk.page.click("main button:has-text('Tee kalenteriosoite')")
    desk.check()
    address = desk.address + urlsplit(desk.page.inner_text("#calendar-address")).path
    assert re.search(r"/coaching/calendar/[\w-]{43}/$", address)
    reader = walk(width)
    answer = reader.page.request.get(address)
    assert answer.status == 200
    assert "BEGIN:VEVENT" in answer.text()
    desk.page.click("main button:has-text('Lopeta osoite')")
    desk.page.wait_for_selector("text=Ei vielä osoitetta")
    assert reader.page.request.get(address).status == 410
