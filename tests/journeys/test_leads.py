"""Leads in the browser: a hidden job is shared, crosses the board by mouse and by keys, and is passed on."""

from __future__ import annotations

import pytest

from employers.models import JobLead
from tests.journeys.conftest import PHONE, WIDE
from tests.support.leads import LeadFactory, LeadMatchFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("today")]
BOARD = "/employers/leads/board/"


def stage_of(lead) -> str:
    lead.refresh_from_db()
    return lead.stage


def in_column(walker, lead, stage) -> None:
    """Wait until the card has come to rest in this stage."""
    walker.page.wait_for_selector(
        f'.lead-column[data-stage="{stage}"] #lead-{lead.pk}[data-stage="{stage}"]:not([aria-busy])'
    )


def test_a_coach_shares_a_hidden_job_in_three_steps(walk, width, coach):
    walker = walk(width)
    walker.log_in(coach)
    walker.go(BOARD)
    walker.check()
    walker.page.fill("#quick_title", "Iltavuoron tiskaaja")
    walker.page.fill("#quick_workplace", "Lounaskahvila Kaneli")
    walker.page.click(".lead-quick button[type=submit]")
    walker.page.wait_for_selector("#stage-heading")
    walker.check()
    assert JobLead.objects.get().title == "Iltavuoron tiskaaja"


def test_a_card_goes_over_the_board_by_keys_alone(walk, coordinator, lead):
    walker = walk(WIDE)
    walker.log_in(coordinator)
    walker.go(BOARD)
    page = walker.page
    said = page.locator("#board-live")
    grip = f"#lead-{lead.pk} .lead-grip"
    walker.press_tab_to(grip)
    page.keyboard.press("Space")
    assert page.get_attribute(grip, "aria-pressed") == "true"
    assert "Poimittu: Iltavuoron tiskaaja" in said.text_content()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert "3/9" in said.text_content()
    walker.check()
    page.keyboard.press("Escape")
    assert "Peruttu" in said.text_content()
    assert stage_of(lead) == "hint"
    assert page.evaluate("selector => document.activeElement.matches(selector)", grip)
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    in_column(walker, lead, "contacted")
    assert "Siirretty" in said.text_content()
    assert stage_of(lead) == "contacted"
    assert page.evaluate("selector => document.activeElement.matches(selector)", grip)
    assert page.text_content('[data-stage="contacted"] [data-count]') == "1"
    assert page.text_content('[data-stage="hint"] [data-count]') == "0"
    walker.check()


def test_a_card_left_in_the_hand_goes_back(walk, coordinator, lead):
    walker = walk(WIDE)
    walker.log_in(coordinator)
    walker.go(BOARD)
    walker.press_tab_to(f"#lead-{lead.pk} .lead-grip")
    walker.page.keyboard.press("Space")
    walker.page.keyboard.press("ArrowRight")
    walker.page.keyboard.press("Tab")
    walker.page.wait_for_selector(f'[data-stage="hint"] #lead-{lead.pk}:not(.lead-card-held)')
    assert stage_of(lead) == "hint"


def test_a_card_is_dragged_with_the_mouse(walk, coordinator, lead):
    walker = walk(WIDE)
    walker.log_in(coordinator)
    walker.go(BOARD)
    walker.page.drag_and_drop(f"#lead-{lead.pk} .lead-card-place", '[data-stage="interview"] h2')
    in_column(walker, lead, "interview")
    assert stage_of(lead) == "interview"
    walker.check()


def test_a_card_that_somebody_moved_meanwhile_is_refreshed(walk, coordinator, lead):
    walker = walk(WIDE)
    walker.log_in(coordinator)
    walker.go(BOARD)
    JobLead.objects.filter(pk=lead.pk).update(stage="agreeing", version=2)
    walker.page.drag_and_drop(f"#lead-{lead.pk} .lead-card-place", '[data-stage="need"] h2')
    in_column(walker, lead, "agreeing")
    assert "Joku muu" in walker.page.text_content("#board-refusal")
    assert stage_of(lead) == "agreeing"
    walker.check()


def test_a_lost_connection_puts_the_card_back(walk, coordinator, lead):
    walker = walk(WIDE)
    walker.log_in(coordinator)
    walker.go(BOARD)
    walker.page.route("**/move/", lambda route: route.abort())
    walker.page.drag_and_drop(f"#lead-{lead.pk} .lead-card-place", '[data-stage="need"] h2')
    walker.page.wait_for_selector("#board-refusal:not([hidden])")
    in_column(walker, lead, "hint")
    assert stage_of(lead) == "hint"


def test_the_board_asks_why_a_lead_is_closed(walk, coordinator, lead):
    walker = walk(WIDE)
    walker.log_in(coordinator)
    walker.go(BOARD)
    walker.page.drag_and_drop(f"#lead-{lead.pk} .lead-card-place", '[data-stage="closed"] h2')
    walker.page.wait_for_selector("#id_closed_reason")
    walker.check()
    walker.page.fill("#id_closed_reason", "Paikka täytettiin muualta")
    walker.page.click("main form.form button[type=submit]")
    walker.page.wait_for_selector("#stage-heading")
    assert stage_of(lead) == "closed"


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_on_a_phone_a_card_is_moved_from_a_list(walk, coach, lead, javascript):
    walker = walk(PHONE, javascript=javascript)
    walker.log_in(coach)
    walker.go(BOARD)
    card = walker.page.locator(f"#lead-{lead.pk}")
    card.locator("summary").click()
    card.locator("select").select_option("need")
    if javascript:
        walker.check()
    card.locator("button[type=submit]").click()
    walker.page.wait_for_selector(f'[data-stage="need"] #lead-{lead.pk}')
    assert stage_of(lead) == "need"


def test_a_lead_is_passed_on_and_the_officer_reads_it(walk, width, coordinator, officer, enrolment, office):
    lead = LeadFactory(title="Varastotyö", tasks="Purkaa kuorman\nHyllyttää")
    LeadMatchFactory(lead=lead, enrolment=enrolment)
    walker = walk(width)
    walker.log_in(coordinator)
    walker.go(f"/employers/leads/{lead.pk}/pass/")
    walker.check()
    walker.page.select_option("#id_authority", str(office.pk))
    walker.page.fill("#id_share_text", "Ainolle sopisi varastotyö.")
    walker.page.click("main form.form button[type=submit]")
    walker.page.wait_for_selector("#div_id_share_text.field-wrong")
    walker.check()
    assert "Ainolle" in walker.page.input_value("#id_share_text")
    walker.page.fill("#id_share_text", "Varastotyö: kuorman purkua ja hyllytystä.")
    walker.page.click("main form.form button[type=submit]")
    walker.page.wait_for_selector("#stage-heading")
    walker.check()
    reader = walk(width)
    reader.log_in(officer)
    reader.go("/employers/leads/passed/")
    reader.check()
    reader.page.click("text=Varastotyö")
    reader.page.wait_for_selector("#share-text")
    reader.check()
    assert "Koivuniemi" not in reader.page.content()


def test_the_forms_of_a_lead_are_sound(walk, width, coordinator, lead, lead_match):
    walker = walk(width)
    walker.log_in(coordinator)
    for path in ("", "edit/", "share/", "close/", "workplace/"):
        walker.go(f"/employers/leads/{lead.pk}/{path}")
        walker.check()
    for path in ("/employers/leads/", "/employers/leads/quick/", "/employers/leads/new/"):
        walker.go(path)
        walker.check()
