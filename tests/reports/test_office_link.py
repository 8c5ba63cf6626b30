"""What an office sees behind the link: the code, the list, the files, receipts, and when it closes."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse

from accounts.models import AuditEvent
from core import clock
from core.models import LinkToken
from participants.models import Consent
from reports import office
from reports.models import Delivery, DeliveryItem, FileJob
from reports.services import deliveries as service
from reports.services.file_jobs import run_file_job
from tests.support import factories
from tests.support.client import PolicedClient
from tests.support.deliveries import send, someone_approved
from tests.support.races import at_once
from tests.support.summaries import make_released, make_whole

RECEIPTS = ("summary.opened", "summary.downloaded", "summary.text_copied")


def inside(sent) -> PolicedClient:
    """A browser in which the right code was given."""
    client = PolicedClient()
    answer = client.post(sent.path, {"code": sent.code})
    assert answer.status_code == 302
    return client


def knock(sent, code: str):
    return PolicedClient().post(sent.path, {"code": code})


def wrong(sent) -> str:
    return f"{(int(sent.code) + 1) % 1_000_000:06}"


def receipts() -> list[str]:
    return list(
        AuditEvent.objects.filter(action__in=RECEIPTS).order_by("id").values_list("action", flat=True)
    )


# --- the door -----------------------------------------------------------------------------------------
def test_opening_the_link_changes_nothing(sent):
    before = list(LinkToken.objects.values())
    events = AuditEvent.objects.count()
    for _scanner in range(3):
        page = PolicedClient().get(sent.path)
        assert page.status_code == 200
        assert "Aino" not in page.content.decode()
    assert list(LinkToken.objects.values()) == before
    assert AuditEvent.objects.count() == events
    assert Delivery.objects.get().first_opened_at is None


def test_the_right_code_opens_and_is_noted(sent):
    client = inside(sent)
    page = client.get(sent.path).content.decode()
    assert "Aino Koivuniemi" in page
    assert "Mikko Saarelma" in page
    delivery = Delivery.objects.get()
    assert delivery.first_opened_at
    assert AuditEvent.objects.filter(action="delivery.opened", actor=None).count() == 1


@pytest.mark.parametrize("between", [" ", "-", " - "])
def test_the_code_may_be_typed_as_it_was_told(sent, between):
    assert knock(sent, f" {sent.code[:3]}{between}{sent.code[3:]} ").status_code == 302


@pytest.mark.parametrize(
    "code", ["", "   ", "abcdef", "12345", "1234567", "١٢٣٤٥٦x", "x" * 200, "\x00", "0" * 41]
)
def test_what_is_no_code_is_answered_at_the_field(sent, code):
    page = knock(sent, code)
    assert page.status_code == 422
    assert 'id="id_code_error' in page.content.decode() or "is-invalid" in page.content.decode()
    assert LinkToken.objects.get(pk=sent.delivery.token_id).wrong_tries == 0, "a slip of the keys is no try"


def test_digits_of_another_script_are_the_same_code(sent):
    assert knock(sent, "".join(chr(0x660 + int(digit)) for digit in sent.code)).status_code == 302


def test_the_fifth_wrong_code_locks_the_link_for_everybody(sent):
    for left in (4, 3, 2, 1):
        assert f"{left}" in knock(sent, wrong(sent)).content.decode()
    fifth = knock(sent, wrong(sent))
    assert "lukittu" in fifth.content.decode().lower()
    assert knock(sent, sent.code).status_code == 410  # the right one comes too late
    assert AuditEvent.objects.filter(action="delivery.wrong_code").count() == 4
    assert AuditEvent.objects.filter(action="delivery.locked").count() == 1


def test_locking_closes_an_open_visit(sent):
    client = inside(sent)
    LinkToken.objects.filter(pk=sent.delivery.token_id).update(wrong_tries=5)
    assert client.get(sent.to("read", sent.item_id)).status_code == 410


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_count_one_by_one(sent):
    calls = [lambda: knock(sent, wrong(sent)).status_code] * 8
    answers = at_once(*calls)
    assert answers.count(422) == 5
    assert answers.count(410) == 3
    assert LinkToken.objects.get(pk=sent.delivery.token_id).wrong_tries == 5


def test_too_many_knocks_from_one_address_are_slowed_down(sent, monkeypatch):
    monkeypatch.setattr("reports.office.KNOCKS", 3)
    answers = [PolicedClient().get(sent.path).status_code for _knock in range(5)]
    assert answers == [200, 200, 200, 429, 429]


def test_the_visit_closes_by_itself_and_keeps_nothing(sent, monkeypatch):
    client = inside(sent)
    later = clock.now() + dt.timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    page = client.get(sent.to("read", sent.item_id))
    assert page.status_code == 401
    assert "Aino" not in page.content.decode()
    assert client.get(sent.path).status_code == 200  # the door
    assert "Aino" not in client.get(sent.path).content.decode()


def test_closing_ends_the_visit_in_this_browser(sent):
    client = inside(sent)
    client.post(sent.to("close"))
    assert client.get(sent.to("read", sent.item_id)).status_code == 401


def test_staff_who_are_signed_in_are_nobody_at_the_door(sent, client_of, coach):
    page = client_of(coach).get(sent.path).content.decode()
    assert "Aino" not in page
    assert coach.email not in page.split("<main")[0]


def test_one_link_does_not_open_another(sent, month, office):
    other = send(someone_approved(month, office, first="Toinen", last="Lähetys"))
    client = inside(sent)
    assert "Toinen" not in client.get(other.path).content.decode()
    assert client.get(other.to("read", other.item_id)).status_code == 401
    assert client.get(sent.to("read", other.item_id)).status_code == 404


@pytest.mark.parametrize(("language", "words"), [("fi", "Koodi"), ("sv", "Kod"), ("en", "Code")])
def test_the_door_speaks_the_offices_language_or_the_chosen_one(sent, language, words):
    assert words in PolicedClient().get(f"{sent.path}?language={language}").content.decode()


def test_a_chosen_language_stays_for_the_visit(sent):
    client = inside(sent)
    client.get(f"{sent.path}?language=sv")
    assert 'lang="sv"' in client.get(sent.path).content.decode()


def test_closing_in_another_tab_while_the_language_changes_is_the_door(sent, monkeypatch):
    client, find = inside(sent), office._store_of

    def found_and_closed(request):
        store = find(request)
        Session.objects.filter(session_key=store.session_key).delete()
        return store

    monkeypatch.setattr(office, "_store_of", found_and_closed)
    page = client.get(f"{sent.path}?language=sv")
    assert page.status_code == 200
    assert "Aino" not in page.content.decode()
    assert "Kod" in page.content.decode()
    assert not Session.objects.exists()


# --- over ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("end", ["expired", "revoked", "again"])
def test_a_link_that_is_over_says_what_to_do(sent, coach, end, monkeypatch):
    client = inside(sent)
    version = Delivery.objects.get().version
    if end == "expired":
        LinkToken.objects.update(created_at=clock.now() - dt.timedelta(days=15), expires_at=clock.now())
    elif end == "revoked":
        service.take_back_delivery(
            actor=coach, delivery_id=sent.pk, version=version, reason="x", now=clock.now()
        )
    else:
        service.send_again(actor=coach, delivery_id=sent.pk, version=version, now=clock.now())
    for page in (client.get(sent.path), client.get(sent.to("read", sent.item_id)), knock(sent, sent.code)):
        assert page.status_code == 410
        assert "Aino" not in page.content.decode()


def test_a_withdrawn_consent_takes_the_person_off_at_once(sent, approved):
    client = inside(sent)
    Consent.objects.filter(participant=approved.enrolment.participant, item="goals").update(
        revoked_at=clock.now()
    )
    page = client.get(sent.path).content.decode()
    assert "Aino" not in page
    assert "Mikko" in page
    item = sent.delivery.items.get(summary=approved)
    for name in ("read", "pdf", "json"):
        assert client.get(sent.to(name, item.pk)).status_code == 403
    assert client.post(sent.to("copied", item.pk)).status_code == 403
    assert not receipts()


# --- reading ------------------------------------------------------------------------------------------
def test_every_way_of_reading_leaves_a_receipt_for_the_coach(sent, approved, client_of, coach):
    client = inside(sent)
    item = sent.delivery.items.get(summary=approved).pk
    page = client.get(sent.to("read", item)).content.decode()
    assert approved.plan_text[:40] in page
    assert client.post(sent.to("copied", item)).status_code == 204
    pdf = client.get(sent.to("pdf", item))
    assert (pdf["Content-Type"], b"".join(pdf.streaming_content)[:5]) == ("application/pdf", b"%PDF-")
    assert "Aino" not in pdf["Content-Disposition"]
    data = client.get(sent.to("json", item))
    assert json.loads(data.content)["hash"] == approved.content_hash
    assert receipts() == ["summary.opened", "summary.text_copied", "summary.downloaded", "summary.downloaded"]
    page = client_of(coach).get(reverse("reports:summary", args=[approved.pk])).content.decode()
    assert "viranomaisen linkki" in page
    rows = client_of(coach).get(reverse("reports:delivery", args=[sent.pk])).context["rows"]
    aino = next(row for row in rows if row.summary == approved)
    assert None not in (aino.opened, aino.copied, aino.downloaded)


def test_a_page_of_a_summary_leaves_no_secret_in_the_referer(sent):
    page = inside(sent).get(sent.to("read", sent.item_id))
    assert page["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page["Cache-Control"]


def test_what_was_released_to_another_office_is_not_behind_the_link(sent, other_office, month):
    """No page of ours makes such a row: this is for a slip, or a hand in the database."""
    person = factories.ParticipantFactory(first_name="Väärä", last_name="Virasto", authority=other_office)
    enrolment = factories.EnrolmentFactory(month=month, participant=person)
    make_whole(enrolment, days=3)
    strayed = DeliveryItem.objects.create(delivery=sent.delivery, summary=make_released(enrolment))
    client = inside(sent)
    page = client.get(sent.path).content.decode()
    assert "Virasto" not in page
    assert "Aino" in page
    for name in ("read", "pdf", "json"):
        assert client.get(sent.to(name, strayed.pk)).status_code == 404
    assert client.post(sent.to("copied", strayed.pk)).status_code == 404
    client.post(sent.to("all"))
    assert strayed.summary_id not in FileJob.objects.get().params["summaries"]


# --- all at once --------------------------------------------------------------------------------------
def zip_of(client, sent) -> FileJob:
    for _double_click in range(2):
        answer = client.post(sent.to("all"))
        assert answer.status_code == 302
    job = FileJob.objects.get()
    run_file_job(job_id=job.pk)
    job.refresh_from_db()
    return job


def test_all_come_in_one_zip_with_a_list_of_whose_is_which(sent, approved):
    client = inside(sent)
    job = zip_of(client, sent)
    assert (job.state, job.done_parts, job.all_parts) == ("done", 2, 2)
    assert client.get(sent.to("all-progress", job.pk)).status_code == 200
    answer = client.get(sent.to("all-download", job.pk))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    names = archive.namelist()
    assert len([name for name in names if name.endswith(".pdf")]) == 2
    assert len([name for name in names if name.endswith(".json")]) == 2
    (contents,) = (name for name in names if name.endswith(".csv"))
    assert "Aino Koivuniemi" in archive.read(contents).decode("utf-8-sig")
    assert not any("Aino" in name or "Koivuniemi" in name for name in names)
    assert receipts() == ["summary.downloaded"] * 2


def test_a_zip_that_is_older_than_a_change_of_mind_is_not_given(sent, approved):
    client = inside(sent)
    job = zip_of(client, sent)
    Consent.objects.filter(participant=approved.enrolment.participant, item="goals").update(
        revoked_at=clock.now()
    )
    assert client.get(sent.to("all-download", job.pk)).status_code == 403
    assert not receipts()


def test_a_change_of_mind_while_the_zip_is_made_stops_it(sent, approved):
    client = inside(sent)
    client.post(sent.to("all"))
    Consent.objects.filter(participant=approved.enrolment.participant, item="goals").update(
        revoked_at=clock.now()
    )
    job = FileJob.objects.get()
    run_file_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.file.name) == ("failed", "")
    page = client.get(sent.to("all-progress", job.pk)).content.decode()
    assert "Tee uudelleen" in page or "uudelleen" in page


def test_another_links_zip_is_not_found(sent, month, office):
    job = zip_of(inside(sent), sent)
    other = send(someone_approved(month, office, first="Toinen", last="Lähetys"))
    client = inside(other)
    assert client.get(other.to("all-progress", job.pk)).status_code == 404
    assert client.get(other.to("all-download", job.pk)).status_code == 404


# --- the same with an account ---------------------------------------------------------------------------
def test_the_inbox_gives_data_and_a_months_zip(sent, approved, officer, other_officer, client_of, month):
    client = client_of(officer)
    data = client.get(reverse("reports:inbox-json", args=[approved.pk]))
    assert json.loads(data.content)["hash"] == approved.content_hash
    client.post(reverse("reports:inbox-all", args=[month.pk]))
    job = FileJob.objects.get()
    run_file_job(job_id=job.pk)
    download = client.get(reverse("reports:file-job-download", args=[job.pk]))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(download.streaming_content)))
    assert len(archive.namelist()) == 5
    assert receipts() == ["summary.downloaded"] * 3
    stranger = client_of(other_officer)
    assert stranger.post(reverse("reports:inbox-all", args=[month.pk])).status_code == 404
    assert stranger.get(reverse("reports:file-job-download", args=[job.pk])).status_code == 404


def test_the_inbox_is_sorted_by_months_with_what_is_new(sent, approved, officer, client_of, month):
    client = client_of(officer)
    cache.clear()
    page = client.get(reverse("reports:inbox"))
    (line,) = page.context["months"]
    assert (line["pk"], line["all"], line["new"]) == (month.pk, 2, 2)
    client.get(reverse("reports:inbox-read", args=[approved.pk]))
    (line,) = client.get(reverse("reports:inbox"), {"month": str(month.pk)}).context["months"]
    assert line["new"] == 1
    for nonsense in ("x", "0", "9" * 50, "\x00"):
        assert client.get(reverse("reports:inbox"), {"month": nonsense}).status_code == 200
