"""The coach's pages, the officer's inbox and the verification page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from core.work_rows import WorkState
from participants.models import Consent
from reports.models import PeriodEnd, PeriodEndItem, SummaryPdfJob, SummaryVersion
from reports.registrations import summary_section
from tests.support import factories
from tests.support.summaries import AUTHORITY_ITEMS, give_consents, make_released, make_whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "own_files")]


@pytest.fixture(autouse=True)
def _quiet_broker(monkeypatch):
    """Nobody listens: what a page sends to the workers is another file's matter."""
    from reports.tasks import make_period_end_item, make_summary_pdf

    for task in (make_period_end_item, make_summary_pdf):
        monkeypatch.setattr(task, "apply_async", lambda *args, **options: None)


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def text(response) -> str:
    return response.content.decode()


# --- the month ------------------------------------------------------------------------------------
def test_the_button_starts_and_the_page_follows_the_progress(client_of, coach, whole):
    client = client_of(coach)
    answer = client.post(url("period-end-start", whole.month_id), follow=True)
    assert 'hx-trigger="every 1s"' in text(answer)
    assert "<progress" in text(answer)


def test_the_fragment_is_the_same_as_on_the_page(client_of, coach, failed_item):
    client = client_of(coach)
    page = text(client.get(url("month", failed_item.enrolment.month_id)))
    fragment = text(client.get(url("month", failed_item.enrolment.month_id), headers={"HX-Request": "true"}))
    assert "<html" not in fragment
    body = [line.strip() for line in fragment.splitlines() if line.strip() and "csrfmiddleware" not in line]
    assert [line for line in body if line not in page] == []


def test_a_failure_stands_with_its_cause_and_can_be_run_again(client_of, coach, failed_item):
    client = client_of(coach)
    month = failed_item.enrolment.month_id
    assert url("period-end-again", failed_item.pk) in text(client.get(url("month", month)))
    answer = client.post(url("period-end-again", failed_item.pk))
    assert answer.status_code == 302
    failed_item.refresh_from_db()
    assert failed_item.state == WorkState.QUEUED


def test_a_finished_period_end_no_longer_asks(client_of, coach, failed_item):
    PeriodEndItem.objects.update(state="done")
    page = text(client_of(coach).get(url("month", failed_item.enrolment.month_id)))
    assert "every 1s" not in page


def test_an_empty_group_is_refused_on_the_page(client_of, coach, month):
    answer = client_of(coach).post(url("period-end-start", month.pk))
    assert answer.status_code == 422
    assert not PeriodEnd.objects.exists()


def test_the_month_page_costs_the_same_for_one_and_ten(client_of, coach, month, count_queries):
    def cost():
        client = client_of(coach)
        client.get(url("month", month.pk))
        with count_queries() as queries:
            client.get(url("month", month.pk))
        return len(queries)

    first = factories.EnrolmentFactory(month=month)
    factories.SummaryVersionFactory(enrolment=first)
    one = cost()
    for _n in range(9):
        factories.SummaryVersionFactory(enrolment=factories.EnrolmentFactory(month=month))
    assert cost() == one


# --- one summary ----------------------------------------------------------------------------------
def test_the_preview_shows_every_block_that_leaves(client_of, coach, draft):
    page = text(client_of(coach).get(url("summary", draft.pk)))
    assert page.count('class="sum-block') == 11  # all twelve but health
    assert "Aino Koivuniemi" in page


@pytest.mark.parametrize("state", ["draft", "participant_review", "approved", "released", "superseded"])
def test_every_state_has_its_page(client_of, coach, approved, state):
    SummaryVersion.objects.filter(pk=approved.pk).update(
        state=state,
        recipient=approved.enrolment.participant.authority,
        released_at=approved.created_at,
        released_by=coach,
    )
    assert client_of(coach).get(url("summary", approved.pk)).status_code == 200


def test_opening_a_summary_is_an_opened_file(client_of, coach, draft):
    client_of(coach).get(url("summary", draft.pk))
    event = AuditEvent.objects.get(action="participant.viewed")
    assert (event.actor, event.participant_id) == (coach, draft.enrolment.participant_id)


def test_the_whole_way_from_draft_to_released(client_of, coach, draft, office):
    client = client_of(coach)

    def step(name, **data):
        version = SummaryVersion.objects.get(pk=draft.pk).version
        return client.post(url(name, draft.pk), {"version": version, **data})

    SummaryVersion.objects.update(created_at=dt.datetime(2026, 2, 9, 12, tzinfo=dt.UTC))
    assert step("summary-give").status_code == 302
    assert step("summary-take-back").status_code == 302
    assert step("summary-approval", signed_on="10.2.2026", method="meeting").status_code == 302
    assert step("summary-approve").status_code == 302
    assert step("summary-release").status_code == 422  # the PDF is still being made
    SummaryVersion.objects.update(pdf_content_hash="a" * 64, pdf="summaries/x.pdf")
    assert step("summary-release").status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.recipient) == ("released", office)


def test_a_refused_release_names_each_hole_with_its_link(client_of, coach, enrolment):
    give_consents(enrolment.participant, items=AUTHORITY_ITEMS[:2])
    from tests.support.summaries import make_summary

    summary = make_summary(enrolment)
    answer = client_of(coach).post(url("summary-release", summary.pk), {"version": summary.version})
    assert answer.status_code == 422
    assert reverse("participants:participant-consents", args=[enrolment.participant_id]) in text(answer)


def test_a_wrong_date_keeps_what_was_typed(client_of, coach, draft):
    answer = client_of(coach).post(
        url("summary-approval", draft.pk),
        {"version": draft.version, "signed_on": "31.2.2026", "method": "paper"},
    )
    assert answer.status_code == 422
    assert "31.2.2026" in text(answer)


def test_texts_are_saved_and_asked_a_pdf_for(client_of, coach, draft):
    data = {"version": draft.version, "overall": "Rohkeus kasvoi.", "plan_text": draft.plan_text}
    answer = client_of(coach).post(url("summary-texts", draft.pk), data)
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.texts == {"overall": "Rohkeus kasvoi."}
    assert SummaryPdfJob.objects.get().summary == draft


def test_a_text_too_long_keeps_everything_typed(client_of, coach, draft):
    data = {"version": draft.version, "overall": "Rohkeus kasvoi.", "plan_text": "x" * 801}
    answer = client_of(coach).post(url("summary-texts", draft.pk), data)
    assert answer.status_code == 422
    assert "x" * 801 in text(answer)
    assert "Rohkeus kasvoi." in text(answer)


def test_another_tabs_texts_are_not_overwritten(client_of, coach, draft):
    SummaryVersion.objects.update(version=7)
    data = {"version": draft.version, "overall": "Myöhästynyt"}
    answer = client_of(coach).post(url("summary-texts", draft.pk), data)
    assert answer.status_code == 422
    assert "Myöhästynyt" in text(answer)


def test_the_coach_sees_the_receipts(client_of, coach, officer, released):
    reader = client_of(officer)
    reader.get(url("inbox-read", released.pk))
    reader.post(url("inbox-copied", released.pk))
    list(reader.get(url("summary-pdf", released.pk)))
    page = text(client_of(coach).get(url("summary", released.pk)))
    assert page.count("Olli Virkailija, ") == 3


def test_making_a_new_version_leaves_the_released_one(client_of, coach, released):
    answer = client_of(coach).post(url("summary-make-again", released.pk), {"version": released.version})
    assert answer.status_code == 302
    assert SummaryVersion.objects.filter(enrolment=released.enrolment_id).count() == 2
    released.refresh_from_db()
    assert released.state == "released"


def test_the_participants_page_leads_the_own_coach_to_the_summary(client_of, coach, coordinator, draft):
    page = reverse("participants:participant-detail", args=[draft.enrolment.participant_id])
    assert url("summary", draft.pk) in text(client_of(coach).get(page))
    assert url("summary", draft.pk) not in text(client_of(coordinator).get(page))


def test_the_persons_own_export_holds_every_version(released):
    _title, rows = summary_section(released.enrolment.participant)
    assert len(rows) == 1
    assert released.data["start"]["goals"][0]["text"] in str(rows)


# --- the officer ----------------------------------------------------------------------------------
def test_the_inbox_holds_the_own_office_only(client_of, officer, other_officer, released):
    assert "Mikko Saarelma" in text(client_of(officer).get(url("inbox")))
    assert "Mikko Saarelma" not in text(client_of(other_officer).get(url("inbox")))


def test_the_inbox_is_the_officers_first_page(client_of, officer):
    assert client_of(officer).get("/").url == url("inbox")


def test_new_until_somebody_of_the_office_opened_it(client_of, officer, released):
    client = client_of(officer)
    assert "tag-accent" in text(client.get(url("inbox")))
    client.get(url("inbox-read", released.pk))
    assert "tag-accent" not in text(client.get(url("inbox")))


@pytest.mark.parametrize(
    ("words", "found"), [("mik", True), ("saarel mikko", True), ("aino", False), ("%", False)]
)
def test_the_inbox_is_searched_by_name(client_of, officer, released, words, found):
    page = text(client_of(officer).post(url("inbox"), {"q": words}, follow=True))
    assert ("Mikko Saarelma" in page) == found


def test_the_inbox_costs_at_most_eight_queries_however_long(client_of, officer, month, office, count_queries):
    def cost():
        client = client_of(officer)
        client.get(url("inbox"))
        with count_queries() as queries:
            client.get(url("inbox"))
        return len(queries)

    def one_more():
        person = factories.ParticipantFactory(authority=office)
        enrolment = factories.EnrolmentFactory(month=month, participant=person)
        make_whole(enrolment, days=1)
        make_released(enrolment)

    one_more()
    before = cost()
    for _n in range(21):
        one_more()
    assert cost() == before <= 8
    assert text(client_of(officer).get(url("inbox"))).count('<th scope="row"') == 20


def test_a_withdrawn_consent_closes_page_pdf_and_list(client_of, officer, released):
    Consent.objects.filter(participant=released.enrolment.participant, item="goals").update(
        revoked_at=released.created_at
    )
    client = client_of(officer)
    assert "Mikko Saarelma" not in text(client.get(url("inbox")))
    assert client.get(url("inbox-read", released.pk)).status_code == 403
    assert client.get(url("summary-pdf", released.pk)).status_code == 403
    assert client.post(url("inbox-copied", released.pk)).status_code == 403


def test_the_file_name_carries_no_personal_data(client_of, officer, released):
    answer = client_of(officer).get(url("summary-pdf", released.pk))
    name = answer.headers["Content-Disposition"]
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert f'filename="yhteenveto-{released.enrolment_id}-v1.pdf"' in name


def test_an_older_version_says_that_a_newer_one_took_its_place(client_of, officer, released):
    SummaryVersion.objects.filter(pk=released.pk).update(state="superseded")
    newer = factories.SummaryVersionFactory(
        enrolment=released.enrolment,
        number=2,
        data=released.data,
        content_hash="b" * 64,
        state="released",
        recipient=released.recipient,
        released_at=released.released_at,
        released_by=released.released_by,
        signed_on=released.signed_on,
        signed_method="paper",
        approved_at=released.approved_at,
    )
    page = text(client_of(officer).get(url("inbox-read", released.pk)))
    assert url("inbox-read", newer.pk) in page


# --- verification ---------------------------------------------------------------------------------
def test_anybody_may_verify_and_learns_nothing_about_anybody(client, released):
    page = text(client.get(reverse("verify-summary", args=[released.short_hash])))
    assert released.short_hash in page
    for personal in ("Mikko", "Saarelma", "Helmikuu", "Kanta-Hämeen"):
        assert personal not in page


def test_a_draft_is_not_found_by_its_hash(client, draft):
    assert client.get(reverse("verify-summary", args=[draft.short_hash])).status_code == 404


@pytest.mark.parametrize("prefix", ["abc", "z" * 16, "0" * 15])
def test_a_guess_that_is_too_short_or_no_hash_is_not_looked_up(client, released, prefix):
    assert client.get(reverse("verify-summary", args=[prefix])).status_code == 404
