"""A brief in the browser: consent, wording, approval on a phone, the employer's page, taken back."""

from __future__ import annotations

import pytest

from employers.models import CandidateBrief
from tests.journeys.conftest import PHONE, WIDE
from tests.support.own_pages import as_typed, door_of, give

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("today")]


def test_from_the_wording_to_the_participants_yes_and_no(walk, width, coordinator, brief_trial, allow):
    allow(brief_trial, "strengths", "support")
    walker = walk(width)
    page = walker.page
    walker.log_in(coordinator)
    path = f"/employers/briefs/{brief_trial.participant_id}/{brief_trial.employer_id}/"
    walker.go(path)
    walker.check()
    page.click("form[action$='/make/'] button")
    page.wait_for_selector("#id_strengths")
    walker.check()
    page.fill("#id_strengths", "Olen tarkka ja rauhallinen.")
    page.click("main form.form button[type=submit]")
    page.wait_for_selector("form[action$='/ask/']")
    walker.check()
    page.click("form[action$='/ask/'] button")
    page.wait_for_selector("text=Odottanut osallistujan omilla sivuilla")
    walker.go(f"/employers/placements/{brief_trial.pk}/")
    walker.check()

    person = brief_trial.participant
    walker.go(door_of(give(person)))
    page.fill("#id_birth_date", as_typed(person.birth_date))
    page.click("main form button[type=submit]")
    page.click("text=Mitä työpaikalle kerrotaan minusta")
    page.click(f"text={brief_trial.employer.name}")
    walker.check()
    page.click("form[action$='/answer/'] button.btn-big")
    page.wait_for_selector("text=Hyväksyit tämän tekstin")
    walker.check()
    assert CandidateBrief.objects.get().state == "approved"
    page.uncheck("input[name=items][value=strengths]")
    page.click("text=Tallenna, mitä sallin")
    page.wait_for_selector(".message, [role=status]")
    assert CandidateBrief.objects.get().state == "withdrawn"


def test_the_employer_reads_on_a_phone(walk, coordinator, approved_brief):
    walker = walk(WIDE)
    walker.log_in(coordinator)
    brief = approved_brief
    walker.go(f"/employers/briefs/{brief.participant_id}/{brief.employer_id}/")
    walker.check()
    walker.page.check("input[name=delivery-how][value=link]")
    walker.page.click("form[action$='/deliver/'] button")
    address = walker.page.text_content("#brief-address").strip()
    walker.check()
    phone = walk(PHONE)
    phone.go("/w/" + address.split("/w/", 1)[1])
    phone.check()
    assert "Olen tarkka ja rauhallinen." in phone.page.content()


def test_the_figures_are_read_by_eye_and_by_ear(walk, width, coordinator, contact_event, placement):
    walker = walk(width)
    walker.log_in(coordinator)
    walker.go("/employers/figures/")
    walker.check()
    assert walker.page.locator(".figure-chart img").first.get_attribute("alt")
