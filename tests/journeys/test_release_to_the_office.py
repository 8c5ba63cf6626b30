"""From the approved summary to the office: release, code, reading behind the link, receipts, taking back."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from core.models import OutgoingMail
from reports.models import Delivery, FileJob
from reports.services.file_jobs import run_file_job
from tests.support.deliveries import address_in, someone_approved

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]


@pytest.fixture(autouse=True)
def _quiet_broker(monkeypatch):
    from reports.tasks import make_file

    monkeypatch.setattr(make_file, "delay", lambda **given: None)
    cache.clear()


def test_release_read_and_take_back(walk, width, coach, month, office, approved):
    someone_approved(month, office)
    desk = walk(width)
    desk.log_in(coach)
    desk.go(reverse("reports:month", args=[month.pk]))
    desk.page.click("text=Luovuta viranomaiselle")
    desk.page.wait_for_selector(".release-office")
    desk.check()
    assert desk.page.locator(".release-office input:checked").count() == 2
    desk.page.click("text=Luovuta valitut")
    desk.page.wait_for_selector(".release-code")
    desk.check()
    code = desk.page.inner_text(".release-code")

    office_desk = walk(width)
    page = office_desk.page
    office_desk.go(address_in(OutgoingMail.objects.get().body))
    office_desk.check()
    page.fill("[name=code]", "12")
    page.click("main .form button[type=submit]")
    page.wait_for_selector(".error-summary")
    office_desk.check()
    page.fill("[name=code]", code)
    page.press("[name=code]", "Enter")
    page.wait_for_selector("tbody")
    office_desk.check()
    page.click("tbody a >> nth=0")
    page.wait_for_selector(".sum-document")
    office_desk.check()
    with page.expect_response(lambda answer: "/copied/" in answer.url) as receipt:
        page.click("text=Kopioi teksti")
    assert receipt.value.status == 204
    page.go_back()
    page.click("text=Lataa kaikki")
    page.wait_for_selector(".progress, [role=progressbar], progress")
    office_desk.check()
    run_file_job(job_id=FileJob.objects.get().pk)
    with page.expect_download() as download:
        page.click("text=Lataa tiedosto")  # the page asks each second by itself
    assert download.value.suggested_filename.endswith(".zip")

    desk.page.click("text=Olen kertonut koodin")
    desk.page.wait_for_selector(".release-code", state="detached")
    assert desk.page.locator("td[data-label=Ladattu] >> text=–").count() == 0
    desk.page.fill("[name=reason]", "väärä viranomainen")
    desk.page.click("main .btn-danger")
    desk.page.wait_for_selector("[name=reason]", state="detached")
    desk.check()
    assert Delivery.objects.get().is_revoked
    page.reload()
    assert "ei ole enää voimassa" in page.inner_text("main")
