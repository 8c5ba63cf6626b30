"""Three at one table: the officer decides, the next version and aftercare follow; and an office's digest."""

from __future__ import annotations

import pytest
from django.urls import reverse

from coaching.models import Discussion
from reports.models import Aftercare, AftercareUse, Decision, SummaryVersion
from tests.support.summaries import make_summary

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]


@pytest.fixture(autouse=True)
def _quiet_broker(monkeypatch):
    from reports.tasks import make_summary_pdf

    monkeypatch.setattr(make_summary_pdf, "apply_async", lambda *args, **options: None)


def visible(desk, name: str) -> bool:
    return desk.page.locator(f"[name={name}]").is_visible()


def test_decision_next_version_and_aftercare(walk, width, coach, whole, officer):
    whole.participant.officer = officer
    whole.participant.save()
    make_summary(whole)
    desk = walk(width)
    desk.log_in(coach)
    desk.go(reverse("reports:month", args=[whole.month_id]))
    desk.page.click("text=Kolmikantakeskustelu")
    desk.page.wait_for_selector(".meeting")
    desk.check()

    # only the facts of the kind are there
    assert visible(desk, "workplace")
    assert not visible(desk, "school")
    desk.page.check("input[name=kind][value=study]")
    assert not visible(desk, "workplace")
    desk.page.fill("[name=school]", "Hämeen ammattiopisto")
    desk.page.fill("[name=programme]", "Logistiikka")
    desk.page.fill("[name=participant_comment]", "Tätä toivoin.")
    desk.page.fill("[name=coach_view]", "")
    desk.page.click("[data-decision-form] button[type=submit]")
    desk.page.wait_for_selector(".error-summary")
    desk.check()
    assert desk.page.input_value("[name=school]") == "Hämeen ammattiopisto"
    desk.page.fill("[name=coach_view]", "Aino on valmis.")
    desk.page.click("[data-decision-form] button[type=submit]")
    desk.page.wait_for_selector(".meeting-behind")
    desk.check()
    decision = Decision.objects.get()
    assert (decision.kind, decision.where, decision.decided_by) == ("study", "Hämeen ammattiopisto", officer)
    assert Discussion.objects.filter(kind="three_party", held_on__isnull=False).exists()

    desk.page.click(".meeting-behind button")
    desk.page.wait_for_selector(".sum-document")
    assert "/summaries/" in desk.page.url
    assert SummaryVersion.objects.count() == 1  # the draft took it in

    desk.go(reverse("reports:aftercare", args=[whole.pk]))
    desk.check()
    desk.page.click(".empty-state a")
    desk.page.wait_for_selector("[data-decision-form=answer]")
    assert not visible(desk, "carer")
    desk.page.check("input[name=answer][value=accepted]")
    desk.page.fill("[name=answered_on]", desk.page.input_value("[name=offered_on]"))
    desk.check()
    desk.page.fill("[name=starts_on]", desk.page.input_value("[name=offered_on]"))
    desk.page.click("[data-decision-form] button[type=submit]")
    desk.page.wait_for_selector("#approvals")
    desk.check()
    desk.page.click("#approvals li button")
    desk.page.wait_for_selector("#approvals .tag-success")
    desk.page.click("#approvals .form-actions button")
    desk.page.wait_for_selector("#use")
    desk.page.fill("[name=minutes]", "45")
    desk.page.click("#use button[type=submit]")
    desk.page.wait_for_selector("#uses-heading ~ .table-box")
    desk.check()
    assert Aftercare.objects.get().is_approved
    assert AftercareUse.objects.get().minutes == 45
    desk.go(reverse("reports:aftercare-list"))
    desk.check()


def test_without_javascript_every_fact_is_there_with_its_sentence(walk, coach, whole):
    desk = walk(javascript=False)
    desk.log_in(coach)
    desk.go(reverse("reports:meeting", args=[whole.pk]))
    assert visible(desk, "workplace")
    assert visible(desk, "school")
    assert desk.page.locator(".meeting-no-js").is_visible()
    desk.page.check("input[name=kind][value=none]")
    desk.page.click("[data-decision-form] button[type=submit]")
    assert desk.page.locator("#div_id_workplace.field-wrong").count() == 1


def test_manager_writes_a_digest_and_the_officer_reads_it(walk, width, manager, officer, digest, sent_digest):
    desk = walk(width)
    desk.log_in(manager)
    desk.go(reverse("reports:digest-list"))
    desk.check()
    desk.go(reverse("reports:digest", args=[digest.pk]))
    desk.check()
    desk.go(reverse("reports:digest-stories", args=[digest.pk]))
    desk.page.fill("[name=story_1]", "Soita 040 123 4567")
    desk.page.click("main button[type=submit]")
    desk.page.wait_for_load_state()
    desk.check()
    reader = walk(width)
    reader.log_in(officer)
    reader.go(reverse("reports:digest-list"))
    reader.check()
    reader.go(reverse("reports:digest", args=[sent_digest.pk]))
    reader.check()
