"""The pages of the signing: by link, in the own pages, by the officer, on paper, the board."""

from __future__ import annotations

import datetime as dt
import io
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image

from accounts.models import AuditEvent
from core.models import MailState
from employers.errors import ScanUnreadable
from employers.models import Agreement, Signature
from employers.pages.signing import coach_signing_lines, signing_lines
from employers.services import signing
from employers.services.placement import change_placement
from employers.services.signing_links import show_link
from employers.services.signing_paper import check_scan
from participants.models import Consent
from tests.support.client import PolicedClient
from tests.support.factories import PlacementFactory
from tests.support.own_pages import go_in
from tests.support.queries import assert_queries_do_not_grow
from tests.support.signing import sent_agreement
from tests.support.signing_cast import NOW, pdf_scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(employer_place, coordinator, today):
    given = show_link(actor=coordinator, signature_id=employer_place.pk, now=NOW, today=today)
    return "/w/" + given.address.split("/w/")[1]


def test_the_supervisor_reads_and_signs_by_link(client, address, employer_place):
    page = client.get(address)
    assert page.status_code == 200
    assert "Hyllytys ja asiakaspalvelu" in page.content.decode()
    assert page["Cache-Control"].count("no-store") == 1
    sent = {
        "text_hash": employer_place.agreement.text_hash,
        "signer_name": "Eero Esimies",
        "signer_title": "Päällikkö",
    }
    assert client.post(address, sent).status_code == 302
    employer_place.refresh_from_db()
    assert (employer_place.method, employer_place.signer_title) == ("link", "Päällikkö")
    assert client.post(address, {**sent, "signer_name": "Joku Muu"}).status_code == 200
    employer_place.refresh_from_db()
    assert employer_place.signer_name == "Eero Esimies"


def test_a_link_without_a_name_or_with_another_text_keeps_what_was_typed(client, address, employer_place):
    text_hash = employer_place.agreement.text_hash
    answer = client.post(address, {"text_hash": text_hash, "signer_name": "", "signer_title": "Päällikkö"})
    assert answer.status_code == 422
    assert "Päällikkö" in answer.content.decode()
    answer = client.post(address, {"text_hash": "0" * 64, "signer_name": "Eero"})
    assert answer.status_code == 422
    assert text_hash in answer.content.decode()
    employer_place.refresh_from_db()
    assert employer_place.signed_at is None


@pytest.mark.parametrize("name", ["x" * 10_000, "a\x00b"])
def test_a_bad_name_is_answered_at_the_field(client, address, employer_place, name):
    text_hash = employer_place.agreement.text_hash
    assert client.post(address, {"text_hash": text_hash, "signer_name": name}).status_code == 422


def test_a_link_of_a_cancelled_agreement_of_a_lost_consent_or_of_an_ended_trial_is_gone(
    client, address, signing_trial, sent_out, coordinator
):
    Consent.objects.filter(recipient="authority").update(revoked_at=NOW)
    assert client.get(address).status_code == 410
    Consent.objects.update(revoked_at=None)
    type(signing_trial).objects.filter(pk=signing_trial.pk).update(state="completed")
    assert client.get(address).status_code == 410
    type(signing_trial).objects.filter(pk=signing_trial.pk).update(state="planned")
    assert client.get(address).status_code == 200
    signing.cancel_agreement(actor=coordinator, placement_id=signing_trial.pk, reason="Väärin", now=NOW)
    assert client.get(address).status_code == 410


def test_a_links_time_ends(client, address, today, monkeypatch):
    monkeypatch.setattr("core.clock.now", lambda: NOW + dt.timedelta(days=61))
    assert client.get(address).status_code == 410


def test_the_participant_signs_in_the_own_pages(signing_trial, places, today):
    client = go_in(signing_trial.participant)
    own = reverse("own_agreement:agreement")
    assert "Hyllytys ja asiakaspalvelu" in client.get(own).content.decode()
    sent = {"signature": places["participant"].pk, "text_hash": places["participant"].agreement.text_hash}
    assert client.post(own, {**sent, "text_hash": "0" * 64}).status_code == 422
    assert client.post(own, {**sent, "signature": places["employer"].pk}).status_code == 422
    assert client.post(own, sent).status_code == 302
    assert client.post(own, sent).status_code == 302
    assert Signature.objects.filter(signed_at__isnull=False).count() == 1
    assert AuditEvent.objects.filter(action="signature.given").count() == 1


def test_a_protected_persons_own_pages_name_no_workplace(signing_trial, places, today):
    signing_trial.participant.is_restricted = True
    signing_trial.participant.save()
    client = go_in(signing_trial.participant)
    assert "Saha" not in client.get(reverse("own_agreement:agreement")).content.decode()


def test_the_officer_signs_with_the_account(client_of, officer, authority_place, today):
    client = client_of(officer)
    assert "Koivuniemi" in client.get(reverse("employers:agreements-to-sign")).content.decode()
    page = reverse("employers:officer-sign", args=[authority_place.pk])
    assert client.get(page).status_code == 200
    sent = {"text_hash": authority_place.agreement.text_hash, "signer_title": "asiantuntija"}
    assert client.post(page, {**sent, "signer_name": "Joku Muu"}).status_code == 302
    authority_place.refresh_from_db()
    assert (authority_place.signer_name, authority_place.signed_by_user) == ("Olli Virkailija", officer)


def test_an_officer_opens_a_protected_persons_agreement_with_a_reason(
    client_of, officer, authority_place, signing_trial, today
):
    signing_trial.participant.is_restricted = True
    signing_trial.participant.save()
    client, page = client_of(officer), reverse("employers:officer-sign", args=[authority_place.pk])
    assert "Saha" not in client.get(page).content.decode()
    assert client.post(page, {"reason": "Allekirjoitus"}).status_code == 302
    assert "Saha" in client.get(page).content.decode()


def paper(place, **more):
    content = more.pop("content", pdf_scan())
    return {
        "parties": ["participant", "employer", "authority"],
        "name_participant": "Aino Koivuniemi",
        "name_employer": "Eero Esimies",
        "name_authority": "Olli Virkailija",
        "signed_on": "10.2.2026",
        "is_same_text": "on",
        "text_hash": place.agreement.text_hash,
        "scan": SimpleUploadedFile("x.pdf", content),
        **more,
    }


def test_one_paper_carries_all_three_signatures(client_of, coordinator, coach, signing_trial, employer_place):
    client = client_of(coordinator)
    page = reverse("employers:signing-paper", args=[signing_trial.pk])
    assert client.post(page, paper(employer_place)).status_code == 302
    assert Agreement.objects.get().signed_at is not None
    scans = set(Signature.objects.values_list("scan", flat=True))
    assert len(scans) == 1
    assert Signature.objects.filter(checked_by=coordinator, method="paper").count() == 3
    got = client_of(coach).get(reverse("employers:signature-scan", args=[employer_place.pk]))
    assert got["Content-Type"] == "application/pdf"
    assert "attachment" in got["Content-Disposition"]
    assert b"".join(got.streaming_content) == pdf_scan()
    assert AuditEvent.objects.filter(action="signature.scan_downloaded", actor=coach).count() == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"signed_on": "31.2.2026"},
        {"signed_on": "11.2.2026"},
        {"signed_on": "1.1.2020"},
        {"is_same_text": ""},
        {"parties": []},
        {"parties": ["somebody"]},
        {"name_employer": ""},
        {"text_hash": "0" * 64},
        {"content": b"MZ not a scan"},
        {"content": b"%PDF-1.4 broken"},
    ],
)
def test_a_faulty_paper_records_nothing_and_keeps_the_form(
    client_of, coordinator, signing_trial, employer_place, today, fault
):
    page = reverse("employers:signing-paper", args=[signing_trial.pk])
    answer = client_of(coordinator).post(page, paper(employer_place, **fault))
    assert answer.status_code == 422
    assert "Aino Koivuniemi" in answer.content.decode()
    assert not Signature.objects.exclude(scan="").exists()


def test_pictures_are_known_by_their_content():
    picture = io.BytesIO()
    Image.new("L", (20, 20)).save(picture, format="PNG")
    assert check_scan(picture.getvalue()) == "png"
    with pytest.raises(ScanUnreadable):
        check_scan(picture.getvalue()[:40])


def test_the_board_shows_who_is_missing_and_a_mail_that_failed(
    client_of, coordinator, signing_trial, employer_place, today
):
    mail = employer_place.mail
    mail.state, mail.error = MailState.FAILED, "SMTPRecipientsRefused"
    mail.save()
    client = client_of(coordinator)
    board = client.get(reverse("employers:signing-board")).content.decode()
    assert "eero@saha.example" in board
    for show in ("unsent", "missing", "unsigned_start", "signed", "nonsense"):
        assert client.get(reverse("employers:signing-board"), {"show": show}).status_code == 200


def test_the_boards_queries_do_not_grow(client_of, coordinator, month, signing_trial, sent_out, today):
    def grow() -> None:
        for _ in range(5):
            sent_agreement(PlacementFactory(month=month), signed=("participant",))

    assert_queries_do_not_grow(client_of(coordinator), reverse("employers:signing-board"), grow, at_most=14)


def test_another_coordinator_reminds_nobody(client_of, other_coordinator, employer_place, today):
    client = client_of(other_coordinator)
    client.post(reverse("employers:signing-remind"), {"signature": [employer_place.pk, "x", "9" * 30]})
    employer_place.refresh_from_db()
    assert employer_place.reminded_at is None


def test_the_desk_and_today_name_what_is_missing(signing_trial, sent_out, coordinator, coach, month, today):
    assert len(signing_lines(coordinator, today)) == 1
    assert coach_signing_lines(coach, {month.pk: month}, today) == []
    type(signing_trial).objects.filter(pk=signing_trial.pk).update(
        state="ongoing", unsigned_start_reason="Kiire", unsigned_start_by=coordinator
    )
    assert len(coach_signing_lines(coach, {month.pk: month}, today)) == 1
    sent_out.signed_at = NOW
    sent_out.save()
    assert coach_signing_lines(coach, {month.pk: month}, today) == []
    assert signing_lines(coordinator, today) == []


def test_the_form_says_which_signatures_a_change_would_cancel(
    client_of, coordinator, signing_trial, employer_place, today
):
    edit = reverse("employers:placement-edit", args=[signing_trial.pk])
    assert "signatures-at-stake" not in client_of(coordinator).get(edit).content.decode()
    _press(employer_place, today)
    assert "Eero Esimies" in client_of(coordinator).get(edit).content.decode()
    assert "signatures-at-stake" in client_of(coordinator).get(edit).content.decode()


def _press(place, today):
    return signing.sign(
        signature_id=place.pk,
        text_hash=place.agreement.text_hash,
        method="link",
        signer_name="Eero Esimies",
        actor_label="workplace link",
        now=NOW,
        today=today,
    )


def _at_once(*calls) -> list:
    """Run each call in a thread of its own, all let go together; what each gave or raised."""
    gate, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        gate.wait()
        try:
            results[number] = call()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_sign_once(employer_place, today):
    results = _at_once(*[lambda: _press(employer_place, today)] * 2)
    assert [type(result).__name__ for result in results] == ["Signature", "Signature"]
    assert AuditEvent.objects.filter(action="signature.given").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_two_signatures_at_once_close_the_agreement(places, today):
    _press(places["participant"], today)
    _at_once(lambda: _press(places["employer"], today), lambda: _press(places["authority"], today))
    assert Agreement.objects.get().signed_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_signature_and_an_edit_at_once_leave_no_signature_on_a_changed_text(
    signing_trial, employer_place, coordinator, today
):
    def edit():
        return change_placement(
            actor=coordinator,
            placement_id=signing_trial.pk,
            version=signing_trial.version,
            fields={"tasks": "Kassa"},
            goal_id=signing_trial.goal_id,
        )

    results = _at_once(lambda: _press(employer_place, today), edit)
    assert type(results[1]).__name__ == "Placement"
    assert not Agreement.objects.standing().exists()
    assert type(results[0]).__name__ in ("Signature", "TextChanged")


def test_the_door_rings_for_nobody_else():
    assert PolicedClient().get("/w/sign/nonsense/").status_code == 410
