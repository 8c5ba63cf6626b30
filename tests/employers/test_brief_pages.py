"""The pages of a candidate brief: staff's, the participant's own, the employer's link, the PDF."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.storage import default_storage
from pypdf import PdfReader

from accounts.models import AuditEvent
from core import pdf
from employers.brief_draft import ITEM_CHARACTERS, ITEM_LINES
from employers.brief_paper import brief_html, build_brief_paper
from employers.models import BriefFile, CandidateBrief
from employers.services import brief as services
from employers.services.brief_delivery import deliver_brief
from employers.services.brief_file import make_brief_file
from participants.services.consents import revoke_consent
from tests.support.briefs import NOW, TODAY
from tests.support.client import PolicedClient
from tests.support.own_pages import go_in

pytestmark = pytest.mark.django_db


def url_of(trial, tail=""):
    return f"/employers/briefs/{trial.participant_id}/{trial.employer_id}/{tail}"


@pytest.fixture
def inside(brief_trial, today):
    return go_in(brief_trial.participant)


@pytest.fixture
def own(brief_trial):
    return f"/o/workplaces/{brief_trial.employer_id}/"


def text_of(response) -> str:
    return response.content.decode()


def test_from_the_consent_on_paper_to_the_given_link(brief_trial, coordinator, client_of, today):
    client = client_of(coordinator)
    ticked = [f"employer-{brief_trial.employer_id}.{item}" for item in ("strengths", "contact")]
    paper = {"items": ticked, "granted_on": "10.2.2026", "method": "paper"}
    assert client.post(url_of(brief_trial, "consents/"), paper).status_code == 302
    assert client.post(url_of(brief_trial, "make/")).headers["Location"] == url_of(brief_trial, "edit/")
    worded = {"strengths": "Tarkka\n\n ja rauhallinen", "version": 1, "language": "sv", "with_contact": "on"}
    assert client.post(url_of(brief_trial, "edit/"), worded).status_code == 302
    brief = CandidateBrief.objects.get()
    assert brief.items["strengths"] == "Tarkka\nja rauhallinen"
    assert "Aino Koivuniemi" in brief.items["contact"]
    signed = {"approval-approved_on": "10.2.2026", "approval-seen_hash": brief.content_hash}
    assert client.post(url_of(brief_trial, "approve/"), signed).status_code == 302
    page = text_of(client.post(url_of(brief_trial, "deliver/"), {"delivery-how": "link"}))
    secret = page.split("/w/brief/", 1)[1].split("/", 1)[0]
    employers_page = PolicedClient().get(f"/w/brief/{secret}/")
    assert employers_page.status_code == 200
    for word in ("Tarkka", "Aino Koivuniemi", "Mina styrkor", 'lang="sv"'):
        assert word in text_of(employers_page)
    assert employers_page.headers["Cache-Control"].find("no-store") >= 0
    assert secret not in text_of(client.get(url_of(brief_trial)))
    assert AuditEvent.objects.filter(action="participant.viewed", details__page="employers:brief").exists()


def test_a_revoked_consent_answers_410_at_the_employers_link(approved_brief, coordinator, today):
    given = deliver_brief(actor=coordinator, brief_id=approved_brief.pk, how="link", now=NOW, today=TODAY)
    path = "/w/" + given.address.split("/w/", 1)[1]
    assert PolicedClient().get(path).status_code == 200
    revoke_consent(actor=coordinator, consent=approved_brief.participant.consents.get(item="strengths"))
    gone = PolicedClient().get(path)
    assert gone.status_code == 410
    assert "Aino" not in text_of(gone)


def test_the_participant_allows_and_takes_back_in_the_own_pages(inside, own, brief_trial):
    assert inside.post(own, {"items": ["strengths", "skills", "health"]}).status_code == 302
    consents = brief_trial.participant.consents
    given = set(consents.values_list("item", "recipient_id", "method"))
    assert given == {(item, brief_trial.employer_id, "link") for item in ("strengths", "skills")}
    assert inside.post(own, {"items": ["skills"]}).status_code == 302
    assert list(consents.valid_on(TODAY).values_list("item", flat=True)) == ["skills"]
    assert AuditEvent.objects.get(action="consent.revoked").actor_label


def test_the_participant_reads_leaves_out_and_approves(inside, own, written_brief, coordinator):
    assert "rauhallinen" not in text_of(inside.get(own))
    services.ask_approval(actor=coordinator, brief_id=written_brief.pk, now=NOW)
    assert "Lue ja päätä" in text_of(inside.get("/o/"))
    assert "Olen tarkka ja rauhallinen." in text_of(inside.get(own))
    answer = {"seen_hash": written_brief.content_hash, "strike": ["support"], "comment": "Hyvä näin."}
    assert inside.post(f"{own}answer/", answer).status_code == 302
    brief = CandidateBrief.objects.get()
    assert (brief.state, list(brief.items), brief.comment) == ("approved", ["strengths"], "Hyvä näin.")
    assert "Lue ja päätä" not in text_of(inside.get("/o/"))


def test_a_text_changed_under_the_reader_is_not_approved(inside, own, written_brief, coordinator):
    services.ask_approval(actor=coordinator, brief_id=written_brief.pk, now=NOW)
    old = written_brief.content_hash
    services.edit_brief(
        actor=coordinator,
        brief_id=written_brief.pk,
        version=1,
        language="fi",
        texts={"strengths": "Aivan muuta."},
        now=NOW,
        today=TODAY,
    )
    refused = inside.post(f"{own}answer/", {"seen_hash": old, "comment": "kirjoitin tämän"})
    assert refused.status_code == 422
    assert "Aivan muuta." in text_of(refused)
    assert "kirjoitin tämän" in text_of(refused)
    assert CandidateBrief.objects.get().state == "draft"


def test_another_wording_is_asked_for_and_none_may_be_wanted(inside, own, written_brief, coordinator):
    services.ask_approval(actor=coordinator, brief_id=written_brief.pk, now=NOW)
    answer = {"seen_hash": written_brief.content_hash, "reword": "1"}
    assert inside.post(f"{own}answer/", answer).status_code == 422
    assert inside.post(f"{own}answer/", answer | {"comment": "Lyhyemmin."}).status_code == 302
    assert CandidateBrief.objects.get().comment == "Lyhyemmin."
    assert inside.post(f"{own}none/").status_code == 302
    assert CandidateBrief.objects.get().state == "declined"


def test_anothers_employer_is_not_mine(inside, workplace_person):
    from tests.support.factories import EmployerFactory

    stranger = EmployerFactory(name="Vieras Oy")
    assert inside.get(f"/o/workplaces/{stranger.pk}/").status_code == 404
    assert inside.post(f"/o/workplaces/{stranger.pk}/", {"items": ["strengths"]}).status_code == 404


@pytest.mark.parametrize("text", ["x" * (ITEM_CHARACTERS + 1), "\n".join("abcdefgh"), "nolla\0merkki"])
def test_what_does_not_fit_is_said_at_the_field_and_kept(text, written_brief, coordinator, client_of, today):
    data = {"strengths": text, "version": 1, "language": "fi"}
    refused = client_of(coordinator).post(url_of(written_brief, "edit/"), data)
    assert refused.status_code == 422
    assert text.split("\0")[0][:8] in text_of(refused)
    assert CandidateBrief.objects.get().version == 1


def test_both_wordings_are_shown_when_two_write(written_brief, coordinator, client_of, today):
    client = client_of(coordinator)
    first = {"strengths": "Ensin tallennettu", "version": 1, "language": "fi"}
    assert client.post(url_of(written_brief, "edit/"), first).status_code == 302
    second = client.post(url_of(written_brief, "edit/"), first | {"strengths": "Minun sanani"})
    assert second.status_code == 422
    assert "Ensin tallennettu" in text_of(second)
    assert "Minun sanani" in text_of(second)
    assert '<input type="hidden" name="version" value="2"' in text_of(second)


def test_the_pages_of_a_protected_person_ask_for_a_reason_first(written_brief, coordinator, client_of, today):
    person = written_brief.participant
    person.is_restricted = True
    person.save(update_fields=["is_restricted"])
    answer = client_of(coordinator).get(url_of(written_brief))
    assert answer.headers["Location"] == f"/participants/{person.pk}/"


def test_the_work_trials_page_warns_and_leads_to_the_brief(brief_trial, coordinator, client_of, today):
    page = text_of(client_of(coordinator).get(f"/employers/placements/{brief_trial.pk}/"))
    assert url_of(brief_trial) in page
    assert "työpaikka ei vielä tiedä" in page


def test_the_pdf_is_one_tagged_page_in_each_language(approved_brief):
    brief = CandidateBrief.objects.select_related("employer__own_contact", "created_by").get()
    longest = "\n".join(["Sanoja riittää vaikka kuinka pitkälle ja vielä vähän. " * 2] * ITEM_LINES)
    for language, items in (("fi", brief.items), ("sv", brief.items), ("en", brief.items), ("fi", None)):
        items = items or dict.fromkeys(
            ("strengths", "skills", "experience", "training", "wishes", "support"), longest[:ITEM_CHARACTERS]
        ) | {"contact": "Aino-Maria Koivuniemi-Lehtisaari\n040 123 4567\naino@posti.example"}
        brief.content = {"language": language, "name": "Aino", "items": items}
        reader = PdfReader(io.BytesIO(pdf.render_pdf(brief_html(build_brief_paper(brief)))))
        assert len(reader.pages) == 1
        assert reader.trailer["/Root"]["/Lang"] == language
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_file_is_made_once_and_is_gone_with_the_brief(
    brief_pdf, written_brief, coordinator, django_capture_on_commit_callbacks
):
    assert brief_pdf.state == "done"
    name = brief_pdf.file.name
    assert default_storage.exists(name)
    assert make_brief_file(brief_file_id=brief_pdf.pk, now=NOW) == ""
    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw_brief(actor=coordinator, brief_id=written_brief.pk, reason="ei enää", now=NOW)
    assert not BriefFile.objects.exists()
    assert not default_storage.exists(name)


def test_the_link_is_over_when_its_days_are_over(approved_brief, coordinator, today, monkeypatch):
    from core import clock

    given = deliver_brief(actor=coordinator, brief_id=approved_brief.pk, how="link", now=NOW, today=TODAY)
    later = NOW + dt.timedelta(days=400)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert PolicedClient().get("/w/" + given.address.split("/w/", 1)[1]).status_code == 410
