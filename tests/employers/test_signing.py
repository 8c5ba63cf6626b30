"""Signing an agreement: sent out, signed by each in an own way, cancelled by an edit."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEvent
from core.errors import DomainError
from core.models import OutgoingMail
from employers.agreement import load_for_agreement, text_check, weekdays_in_words
from employers.errors import MoveNotAllowed, SigningOver, TextChanged
from employers.models import Agreement, WorkplaceLink
from employers.registrations import anonymise_placements
from employers.registrations_signing import agreement_section
from employers.services import signing as services
from employers.services.placement import change_placement
from employers.services.placement_moves import move_placement
from employers.services.signing_links import Asking, ask_otherwise, remind, send_for_signing, show_link
from employers.services.unsigned_start import start_unsigned
from employers.signing_state import all_signed
from participants.consent import ConsentMissing
from participants.models import Consent
from tests.support.signing import signed_by_all
from tests.support.signing_cast import NOW, all_by_link

pytestmark = pytest.mark.django_db


def press(place, today, **more):
    values = {
        "signature_id": place.pk,
        "text_hash": place.agreement.text_hash,
        "method": "link",
        "signer_name": "Eero Esimies",
        "actor_label": "workplace link",
        "now": NOW,
        "today": today,
        **more,
    }
    return services.sign(**values)


def test_the_text_holds_all_the_terms_and_its_description(signing_trial, sent_out):
    signing_trial.refresh_from_db()
    for words in ("Hyllytys ja asiakaspalvelu", "Rautakauppa Saha Oy", "Eero Esimies", "service-description"):
        assert words in sent_out.text, words
    assert sent_out.text.count("<!--signatures-->") == 1


def test_every_term_that_is_written_stands_in_the_text(signing_trial, coordinator, today):
    terms = {
        "length_reason": "Kuukausi riittää perehtymiseen",
        "support_agreed": "Työvalmentaja käy viikoittain",
        "instructions_by": "Myymäläpäällikön ohjeet",
        "changes_by": "Eero yhdessä koordinaattorin kanssa",
        "continuation_said": "Kesäpaikoista puhutaan maaliskuussa",
        "weekdays": "135",
    }
    type(signing_trial).objects.filter(pk=signing_trial.pk).update(**terms)
    agreement = send_for_signing(
        actor=coordinator,
        placement_id=signing_trial.pk,
        askings=all_by_link(signing_trial),
        now=NOW,
        today=today,
    )
    for words in (
        *[terms[name] for name in terms if name != "weekdays"],
        "maanantai, keskiviikko, perjantai",
    ):
        assert words.lower() in agreement.text.lower(), words


def test_sending_asks_each_in_the_chosen_way_and_the_mails_name_nobody(
    signing_trial, sent_out, places, officer
):
    mails = {mail.recipient: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {"aino@koti.example", "eero@saha.example", officer.email}
    for mail in mails.values():
        for words in ("Aino", "Koivuniemi", "Saha", "Eero", "Olli"):
            assert words not in mail.subject + mail.body
    assert places["employer"].mail == mails["eero@saha.example"]
    assert WorkplaceLink.objects.get().subject_id == places["employer"].pk
    assert (
        AuditEvent.objects.filter(
            action="agreement.sent", participant_id=signing_trial.participant_id
        ).count()
        == 1
    )


def test_nothing_is_sent_without_the_consents(signing_trial, coordinator, today):
    Consent.objects.filter(recipient="authority", item="work_trial").delete()
    with pytest.raises(ConsentMissing):
        send_for_signing(
            actor=coordinator,
            placement_id=signing_trial.pk,
            askings=all_by_link(signing_trial),
            now=NOW,
            today=today,
        )
    assert not Agreement.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_a_protected_persons_agreement_goes_by_no_mail(signing_trial, coordinator, today):
    signing_trial.participant.is_restricted = True
    signing_trial.participant.save()
    with pytest.raises(DomainError) as refusal:
        send_for_signing(
            actor=coordinator,
            placement_id=signing_trial.pk,
            askings=all_by_link(signing_trial),
            now=NOW,
            today=today,
        )
    assert refusal.value.field == "employer"
    assert not OutgoingMail.objects.exists()
    askings = {**all_by_link(signing_trial), "employer": Asking("paper")}
    send_for_signing(actor=coordinator, placement_id=signing_trial.pk, askings=askings, now=NOW, today=today)
    assert not OutgoingMail.objects.exists()


def test_a_second_sending_is_refused(signing_trial, sent_out, coordinator, today):
    with pytest.raises(DomainError):
        send_for_signing(
            actor=coordinator,
            placement_id=signing_trial.pk,
            askings=all_by_link(signing_trial),
            now=NOW,
            today=today,
        )


def test_the_last_signature_closes_the_agreement(signing_trial, sent_out, places, officer, today):
    press(places["participant"], today)
    press(places["employer"], today)
    assert not all_signed(signing_trial)
    press(places["authority"], today, method="account", actor=officer, actor_label="")
    assert all_signed(signing_trial)
    sent_out.refresh_from_db()
    assert sent_out.signed_at == NOW
    assert set(sent_out.signatures.values_list("text_hash", flat=True)) == {sent_out.text_hash}


def test_a_double_click_signs_once(places, today):
    press(places["employer"], today)
    again = press(places["employer"], today, signer_name="Joku Muu", now=NOW + dt.timedelta(seconds=1))
    assert (again.signer_name, again.signed_at) == ("Eero Esimies", NOW)
    assert AuditEvent.objects.filter(action="signature.given").count() == 1


@pytest.mark.parametrize("text_hash", ["", "b" * 64])
def test_another_text_is_not_signed(places, today, text_hash):
    with pytest.raises(TextChanged):
        press(places["employer"], today, text_hash=text_hash)
    places["employer"].refresh_from_db()
    assert places["employer"].signed_at is None


def test_a_signature_wants_a_name(places, today):
    with pytest.raises(DomainError) as refusal:
        press(places["employer"], today, signer_name="  ")
    assert refusal.value.field == "signer_name"


def test_an_ended_trial_is_not_signed(signing_trial, places, today):
    type(signing_trial).objects.filter(pk=signing_trial.pk).update(
        state="did_not_start", ended_reason="Ei tullut"
    )
    with pytest.raises(SigningOver):
        press(places["employer"], today)


def change(trial, actor, **fields):
    trial.refresh_from_db()
    return change_placement(
        actor=actor, placement_id=trial.pk, version=trial.version, fields=fields, goal_id=trial.goal_id
    )


def test_an_edit_of_the_terms_cancels_the_signatures_and_the_links(
    signing_trial, sent_out, places, coordinator, today
):
    press(places["participant"], today)
    change(signing_trial, coordinator, tasks="Kassa")
    sent_out.refresh_from_db()
    assert sent_out.cancelled_at is not None
    assert sent_out.cancelled_by == coordinator
    link = WorkplaceLink.objects.get()
    assert link.token.revoked_at is not None
    event = AuditEvent.objects.get(action="agreement.cancelled")
    assert event.details["had_signed"] == ["participant"]
    with pytest.raises(TextChanged):
        press(places["employer"], today)


def test_an_edit_that_does_not_change_the_terms_cancels_nothing(signing_trial, sent_out, coordinator):
    type(signing_trial).objects.filter(pk=signing_trial.pk).update(hire_chance="likely", version=7)
    signing_trial.refresh_from_db()
    services.cancel_if_changed(actor=coordinator, placement=load_for_agreement(signing_trial.pk), now=NOW)
    person = signing_trial.supervisor
    person.phone = "040 999"
    person.save()
    assert (
        services.cancel_if_changed(actor=coordinator, placement=load_for_agreement(signing_trial.pk)) is None
    )
    sent_out.refresh_from_db()
    assert sent_out.cancelled_at is None


def test_hours_of_the_same_worth_change_nothing(signing_trial, sent_out, coordinator):
    placement = load_for_agreement(signing_trial.pk)
    placement.hours_per_day = 4
    assert services.cancel_if_changed(actor=coordinator, placement=placement) is None


def test_a_cancelled_agreement_is_sent_again_with_a_new_text(signing_trial, sent_out, coordinator, today):
    change(signing_trial, coordinator, tasks="Kassa")
    again = send_for_signing(
        actor=coordinator,
        placement_id=signing_trial.pk,
        askings=all_by_link(signing_trial),
        now=NOW,
        today=today,
    )
    assert again.text_hash != sent_out.text_hash
    assert "Kassa" in again.text


def test_cancelling_by_hand_wants_a_reason(signing_trial, sent_out, coordinator):
    with pytest.raises(DomainError):
        services.cancel_agreement(actor=coordinator, placement_id=signing_trial.pk, reason=" ", now=NOW)
    services.cancel_agreement(
        actor=coordinator, placement_id=signing_trial.pk, reason="Väärä henkilö", now=NOW
    )
    with pytest.raises(DomainError):
        services.cancel_agreement(actor=coordinator, placement_id=signing_trial.pk, reason="Taas", now=NOW)


def start(trial, actor, today):
    trial.refresh_from_db()
    return move_placement(
        actor=actor, placement_id=trial.pk, target="ongoing", version=trial.version, today=today
    )


def test_a_start_waits_for_all_signatures(signing_trial, sent_out, places, coordinator, today):
    press(places["participant"], today)
    press(places["employer"], today)
    with pytest.raises(MoveNotAllowed):
        start(signing_trial, coordinator, today)
    press(places["authority"], today)
    assert start(signing_trial, coordinator, today).state == "ongoing"


def test_a_start_without_an_agreement_is_refused(signing_trial, coordinator, today):
    with pytest.raises(MoveNotAllowed):
        start(signing_trial, coordinator, today)


def test_signatures_of_a_cancelled_agreement_do_not_start_a_trial(signing_trial, coordinator, today):
    signed_by_all(signing_trial)
    change(signing_trial, coordinator, tasks="Kassa")
    with pytest.raises(MoveNotAllowed):
        start(signing_trial, coordinator, today)


def test_an_override_wants_a_reason_and_is_on_the_trail(signing_trial, coordinator, today):
    values = {
        "actor": coordinator,
        "placement_id": signing_trial.pk,
        "version": signing_trial.version,
        "today": today,
    }
    with pytest.raises(DomainError) as refusal:
        start_unsigned(**values, reason="  ")
    assert refusal.value.field == "reason"
    started = start_unsigned(**values, reason="Esimies palaa huomenna")
    assert (started.state, started.unsigned_start_by) == ("ongoing", coordinator)
    assert AuditEvent.objects.filter(action="placement.unsigned_start_allowed").count() == 1
    start_unsigned(**values, reason="Toinen painallus")
    signing_trial.refresh_from_db()
    assert signing_trial.unsigned_start_reason == "Esimies palaa huomenna"


def test_an_override_does_not_lift_the_first_day(signing_trial, coordinator, today):
    with pytest.raises(MoveNotAllowed):
        start_unsigned(
            actor=coordinator,
            placement_id=signing_trial.pk,
            version=signing_trial.version,
            reason="Kiire",
            today=today - dt.timedelta(days=1),
        )
    signing_trial.refresh_from_db()
    assert signing_trial.unsigned_start_reason == ""


def test_a_start_taken_back_needs_its_reason_anew(signing_trial, coordinator, today):
    start_unsigned(
        actor=coordinator,
        placement_id=signing_trial.pk,
        version=signing_trial.version,
        reason="Kiire",
        today=today,
    )
    signing_trial.refresh_from_db()
    move_placement(
        actor=coordinator,
        placement_id=signing_trial.pk,
        target="planned",
        version=signing_trial.version,
        today=today,
    )
    with pytest.raises(MoveNotAllowed):
        start(signing_trial, coordinator, today)


# --- asking and reminding -------------------------------------------------------------------------
def test_reminders_keep_a_day_between(places, coordinator, today):
    with pytest.raises(DomainError):
        remind(actor=coordinator, signature_ids=[places["employer"].pk], now=NOW, today=today)
    later = NOW + dt.timedelta(hours=25)
    result = remind(actor=coordinator, signature_ids=[p.pk for p in places.values()], now=later, today=today)
    assert len(result.mailed) == 3
    assert OutgoingMail.objects.filter(kind__endswith="_reminder").count() == 3
    with pytest.raises(DomainError):
        remind(actor=coordinator, signature_ids=[places["employer"].pk], now=later, today=today)


@pytest.mark.parametrize("hour", [7, 20, 23])
def test_no_reminder_goes_at_night(places, coordinator, today, hour):
    moment = (NOW + dt.timedelta(days=2)).replace(hour=hour)
    with pytest.raises(DomainError) as refusal:
        remind(actor=coordinator, signature_ids=[places["employer"].pk], now=moment, today=today)
    assert "8.00" in str(refusal.value)


def test_who_signs_on_paper_or_has_signed_is_not_reminded(places, coordinator, today):
    press(places["participant"], today)
    ask_otherwise(
        actor=coordinator, signature_id=places["employer"].pk, asking=Asking("paper"), now=NOW, today=today
    )
    later = NOW + dt.timedelta(hours=25)
    result = remind(actor=coordinator, signature_ids=[p.pk for p in places.values()], now=later, today=today)
    assert [row.party for row in result.mailed] == ["authority"]
    assert [(row.party, code) for row, code in result.skipped] == [("employer", "paper")]


def test_a_shown_link_ends_the_mailed_one(places, coordinator, today):
    given = show_link(actor=coordinator, signature_id=places["employer"].pk, now=NOW, today=today)
    first, second = WorkplaceLink.objects.order_by("pk")
    assert first.token.revoked_at is not None
    assert second.token.revoked_at is None
    assert "/w/sign/" in given.address
    with pytest.raises(DomainError):
        show_link(actor=coordinator, signature_id=places["participant"].pk, now=NOW, today=today)


def test_a_signature_is_not_asked_for_twice_nor_from_another_employer(
    places, coordinator, today, signing_trial
):
    from tests.support.factories import ContactPersonFactory

    stranger = ContactPersonFactory()
    with pytest.raises(DomainError):
        ask_otherwise(
            actor=coordinator,
            signature_id=places["employer"].pk,
            asking=Asking("link", stranger),
            now=NOW,
            today=today,
        )
    press(places["employer"], today)
    with pytest.raises(DomainError):
        ask_otherwise(
            actor=coordinator,
            signature_id=places["employer"].pk,
            asking=Asking("paper"),
            now=NOW,
            today=today,
        )


def test_anonymising_takes_the_text_the_names_and_the_addresses(signing_trial, sent_out, places, today):
    press(places["participant"], today, signer_name="Aino Koivuniemi")
    anonymise_placements(signing_trial.participant)
    sent_out.refresh_from_db()
    assert sent_out.text == ""
    assert "Aino" not in " ".join(sent_out.signatures.values_list("signer_name", flat=True))
    assert set(sent_out.signatures.values_list("email", flat=True)) == {""}


def test_the_short_form_of_a_hash_and_the_days_in_words():
    assert text_check("a1b2c3d4e5") == "A1B2 C3D4"
    assert text_check("") == ""
    assert len(weekdays_in_words("135").split(", ")) == 3


def test_the_own_export_says_who_signed_what(signing_trial, sent_out, employer_place, today):
    press(employer_place, today)
    title, rows = agreement_section(signing_trial.participant)
    assert title == "Sopimusten allekirjoitukset"
    assert len(rows) == 3
    signed = [row for row in rows if row["allekirjoitettu"]]
    assert [(row["osapuoli"], row["kuka allekirjoittaa"]) for row in signed] == [
        ("työpaikka", "Eero Esimies")
    ]
    assert signed[0]["allekirjoitetun tekstin tiiviste"] == sent_out.text_hash
