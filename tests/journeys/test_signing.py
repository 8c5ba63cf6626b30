"""An agreement goes out, the supervisor signs on a phone by link, and the coordinator sees it."""

from __future__ import annotations

import pytest

from employers.models import Agreement
from tests.journeys.conftest import PHONE


@pytest.mark.usefixtures("today")
def test_the_coordinator_sends_an_agreement_and_the_supervisor_signs_on_a_phone(
    walk, width, coordinator, signing_trial
):
    desk = walk(width)
    desk.log_in(coordinator)
    desk.go(f"/employers/placements/{signing_trial.pk}/signing/")
    desk.check()
    desk.page.click("form[action$='/signing/send/'] button[type=submit]")
    desk.page.wait_for_selector("#party-employer")
    desk.check()
    desk.page.click("#party-employer form[action$='/link/'] button")
    desk.page.wait_for_selector(".link-address")
    path = "/w/" + desk.page.inner_text(".link-address").strip().split("/w/")[1]
    phone = walk(PHONE)
    phone.go(path)
    assert "Rautakauppa Saha Oy" in phone.page.inner_text("main")
    phone.check()
    phone.page.click("main form button[type=submit]")
    phone.page.wait_for_load_state()
    phone.check()
    assert Agreement.objects.get().signatures.get(party="employer").signer_name == "Eero Esimies"
    desk.go("/employers/signing/")
    desk.check()
