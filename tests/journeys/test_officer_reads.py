"""The TE officer opens the inbox, reads page 1, copies the paragraph, takes the PDF along."""

from __future__ import annotations

import pytest
from pypdf import PdfReader

from accounts.models import AuditEvent
from reports.services.pdf_files import ensure_pdf
from tests.support.processes import wait_until
from tests.support.summaries import make_approved, make_whole

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(enrolment, own_files):
    """Aino's summary, just released, with a real PDF."""
    make_whole(enrolment, days=20)
    summary = make_approved(enrolment)
    ensure_pdf(summary_id=summary.pk)
    summary.refresh_from_db()
    summary.state, summary.recipient = "released", enrolment.participant.authority
    summary.released_by, summary.released_at = enrolment.month.coach, summary.created_at
    summary.save()
    return summary


def test_reads_copies_and_downloads(walk, width, officer, waiting, tmp_path):
    desk = walk(width)
    desk.log_in(officer)
    assert desk.page.url.endswith("/reports/inbox/")
    desk.check()
    desk.page.fill("input[name=q]", "koivu")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_load_state()
    desk.page.click("text=Aino Koivuniemi")
    desk.page.wait_for_selector(".sum-document")
    desk.check()

    desk.page.click("[data-copy-target=plan-text]")
    wait_until(lambda: AuditEvent.objects.filter(action="summary.text_copied").exists())
    assert desk.page.locator("#messages .message-success").count() == 1

    with desk.page.expect_download() as download:
        desk.page.click(f"a[href$='/summaries/{waiting.pk}/pdf/']")
    assert download.value.suggested_filename == f"yhteenveto-{waiting.enrolment_id}-v1.pdf"
    download.value.save_as(tmp_path / "summary.pdf")
    assert "Aino Koivuniemi" in PdfReader(tmp_path / "summary.pdf").pages[0].extract_text()
    actions = set(AuditEvent.objects.filter(actor=officer).values_list("action", flat=True))
    assert {"summary.opened", "summary.downloaded", "summary.text_copied"} <= actions


def test_the_text_can_be_selected_without_javascript(walk, officer, waiting):
    desk = walk(javascript=False)
    desk.log_in(officer)
    desk.go(f"/reports/inbox/{waiting.pk}/")
    assert desk.page.input_value("#plan-text") == waiting.plan_text
    assert not desk.page.locator("[data-copy-target=plan-text]").is_visible()


def test_anybody_verifies_the_paper(walk, width, waiting):
    passer_by = walk(width)
    passer_by.go(f"/v/{waiting.short_hash}/")
    passer_by.check()
    assert waiting.short_hash in passer_by.page.inner_text("main")
    assert "Koivuniemi" not in passer_by.page.content()
