"""The coach makes the group's summaries, mends what is missing, and releases one to the office."""

from __future__ import annotations

import threading

import pytest
from django.utils import timezone

from coaching.models import CoachingMonth
from reports.models import PeriodEndItem, SummaryPdfJob, SummaryVersion
from reports.services import period_end
from tests.support.factories import EnrolmentFactory
from tests.support.summaries import make_whole

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker_at_hand(monkeypatch, own_files):
    """A worker's part is done here and now when a message would have been sent; it runs in a thread of the
    live server's request, after its commit."""
    from reports.tasks import make_period_end_item, make_summary_pdf

    lock = threading.Lock()

    def now_and_here(run):
        def apply_async(args=None, kwargs=None, **_options):
            with lock:
                run(**kwargs)

        return apply_async

    monkeypatch.setattr(make_period_end_item, "apply_async", now_and_here(period_end.run_item))
    monkeypatch.setattr(make_summary_pdf, "apply_async", now_and_here(period_end.run_pdf_job))


def test_from_the_button_to_the_office(walk, width, month, coach, enrolment, office, worker_at_hand):
    make_whole(enrolment, days=5)
    EnrolmentFactory(month=month)  # somebody about whom nothing is recorded yet
    desk = walk(width)
    desk.log_in(coach)

    desk.go("/reports/months/")
    desk.check()
    desk.page.click(f"text={CoachingMonth.objects.get().name}")
    desk.page.wait_for_load_state()
    desk.page.click(f"form[action$='/months/{month.pk}/make/'] button")
    desk.page.wait_for_selector(".progress-line-success")
    assert PeriodEndItem.objects.filter(state="done").count() == 2
    desk.check()

    desk.page.click("text=Aino Koivuniemi")
    desk.page.wait_for_selector(".sum-document")
    desk.check()
    summary = SummaryVersion.objects.get(enrolment=enrolment)

    desk.page.click(f"a[href$='/summaries/{summary.pk}/texts/']")
    desk.page.locator(".sum-counter").nth(4).wait_for()
    desk.page.fill("textarea[name=overall]", "Rohkeus soittaa työpaikkoihin kasvoi.")
    desk.check()
    desk.page.click("form.form button[type=submit]")
    desk.page.wait_for_selector("text=Rohkeus soittaa työpaikkoihin kasvoi.")
    assert SummaryPdfJob.objects.get().state == "done"

    desk.page.fill("input[name=signed_on]", timezone.localdate().strftime("%d.%m.%Y"))
    desk.page.check("input[name=method][value=paper]")
    desk.page.click("form[action$='/approval/'] button[type=submit]")
    desk.page.click("form[action$='/approve/'] button")
    desk.page.wait_for_selector("form[action$='/release/']")
    desk.check()
    desk.page.click("form[action$='/release/'] button")
    desk.page.wait_for_selector(".release-code")  # the page of the release: link, code, receipts
    desk.check()
    summary.refresh_from_db()
    assert (summary.state, summary.recipient) == ("released", office)


def test_what_is_missing_is_named_and_leads_to_its_place(walk, month, coach, enrolment, worker_at_hand):
    period_end.start_period_end(actor=coach, month_id=month.pk)
    summary = SummaryVersion.objects.get()
    desk = walk()
    desk.log_in(coach)
    desk.go(f"/reports/summaries/{summary.pk}/")
    desk.check()
    links = desk.page.locator(f"#holes-{summary.pk} a")
    assert links.count() >= 4
    links.first.click()
    desk.page.wait_for_load_state()
    assert "/consents/" in desk.page.url


def test_the_way_works_without_javascript(walk, month, coach, enrolment, worker_at_hand):
    make_whole(enrolment, days=3)
    desk = walk(javascript=False)
    desk.log_in(coach)
    desk.go(f"/reports/months/{month.pk}/")
    desk.page.click(f"form[action$='/months/{month.pk}/make/'] button")
    desk.page.wait_for_load_state()
    desk.page.click("text=Aino Koivuniemi")
    desk.page.wait_for_load_state()
    assert SummaryVersion.objects.get().has_fresh_pdf
    assert desk.page.locator(".sum-document").is_visible()
