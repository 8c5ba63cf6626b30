"""Releasing together, the mail and its code, sending again, taking back, receipts for the coach."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Authority
from core import clock
from core.errors import AccessDenied, DomainError, StaleVersion
from core.models import LinkToken, OutgoingMail
from core.tasks import drop_old_technical_rows, send_waiting_mail
from participants.models import Consent
from reports.errors import ReleaseRefused, WrongState
from reports.models import Delivery, DeliveryItem, SummaryVersion
from reports.pages.deliveries import delivery_lines, state_of
from reports.services import deliveries as service
from tests.support import factories
from tests.support.deliveries import address_in, send, someone_approved
from tests.support.queries import assert_queries_do_not_grow
from tests.support.races import at_once

TODAY = dt.date(2026, 3, 2)


def together(month, *summaries, actor=None, versions=None):
    chosen = {row.pk: row.version for row in summaries} if versions is None else versions
    return service.release_together(
        actor=actor or month.coach, month_id=month.pk, chosen=chosen, now=clock.now(), today=TODAY
    )


def the_page(client, name, *args) -> str:
    return client.get(reverse(f"reports:{name}", args=args)).content.decode()


# --- the way out ------------------------------------------------------------------------------------
def test_a_group_goes_in_one_mail_to_each_office(month, office, other_office, approved):
    second = someone_approved(month, office)
    third = someone_approved(month, other_office, first="Saara", last="Toinen")
    given = together(month, approved, second, third)
    assert {row.delivery.authority: row.delivery.items.count() for row in given} == {
        office: 2,
        other_office: 1,
    }
    assert sorted(OutgoingMail.objects.values_list("recipient", flat=True)) == sorted(
        [office.email, other_office.email]
    )
    assert set(SummaryVersion.objects.values_list("state", flat=True)) == {"released"}
    assert AuditEvent.objects.filter(action="delivery.sent").count() == 2


def test_the_mail_names_nobody_but_the_sender_and_holds_no_code(approved, office, coach):
    sent = send(approved)
    send_waiting_mail()
    message = mail.outbox[-1]
    assert message.to == [office.email]
    said = message.subject + message.body
    for personal in ("Aino", "Koivuniemi", "Helmikuu", approved.short_hash, sent.code):
        assert personal not in said
    assert coach.full_name in message.body
    assert address_in(message.body) == sent.path


def test_neither_link_nor_code_is_readable_in_the_database(sent):
    with connection.cursor() as cursor:
        cursor.execute(
            "select t::text from reports_delivery t union all select t::text from core_linktoken t"
        )
        rows = " ".join(row for (row,) in cursor.fetchall())
    assert sent.secret not in rows
    assert sent.code not in rows.replace(sent.delivery.code_hash, "")
    assert LinkToken.objects.get(pk=sent.delivery.token_id).expires_at - timezone.now() > dt.timedelta(
        days=13
    )


def test_one_hole_keeps_all_of_them_in_the_house(month, office, approved, english):
    second = someone_approved(month, office)
    Consent.objects.filter(participant=second.enrolment.participant, item="goals").update(
        revoked_at=clock.now()
    )
    with pytest.raises(ReleaseRefused, match="Mikko Saarelma: .*goal") as refused:
        together(month, approved, second)
    assert refused.value.holes
    approved.refresh_from_db()
    assert approved.state == "approved"
    assert not Delivery.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("nothing", [{}, {999_999: 1}])
def test_an_empty_choice_is_refused(month, approved, nothing):
    with pytest.raises(DomainError):
        together(month, versions=nothing)


def test_another_months_summary_does_not_go_along(month, approved, coach, office, own_files):
    elsewhere = someone_approved(factories.MonthFactory(coach=coach, name="Toinen"), office)
    with pytest.raises(DomainError):
        together(month, approved, elsewhere)
    assert not Delivery.objects.exists()


def test_only_the_months_own_coach_releases(month, approved, coordinator, other_coach, manager):
    for stranger in (coordinator, other_coach, manager):
        with pytest.raises(AccessDenied):
            together(month, approved, actor=stranger)


def test_what_somebody_changed_meanwhile_is_not_released(month, approved):
    with pytest.raises(ReleaseRefused):
        together(month, versions={approved.pk: approved.version + 1})
    assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_coaches_at_once_release_once(month, approved, second_coach):
    calls = [lambda who=who: together(month, approved, actor=who) for who in (month.coach, second_coach)]
    answers = at_once(*calls)
    assert sorted(isinstance(answer, DomainError) for answer in answers) == [False, True]
    assert Delivery.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_an_office_without_mail_gets_its_link_by_hand(month, office, approved, client_of, coach):
    Authority.objects.filter(pk=office.pk).update(email="")
    approved = SummaryVersion.objects.with_person().get(pk=approved.pk)
    client = client_of(coach)
    page = client.post(
        reverse("reports:month-releases", args=[month.pk]),
        {"summary": f"{approved.pk}:{approved.version}"},
        follow=True,
    ).content.decode()
    assert not OutgoingMail.objects.exists()
    assert "/d/" in page


def test_a_released_summary_without_a_link_gets_one(released, month, office, client_of, coach):
    client = client_of(coach)
    assert "Lähetä linkki" in the_page(client, "month-releases", month.pk)
    client.post(reverse("reports:month-link", args=[month.pk, office.pk]))
    delivery = Delivery.objects.get()
    assert [item.summary for item in delivery.items.all()] == [released]
    with pytest.raises(WrongState):
        service.deliver_released(
            actor=coach, month_id=month.pk, authority_id=office.pk, now=clock.now(), today=TODAY
        )


# --- the coach's pages --------------------------------------------------------------------------------
def test_ready_people_are_ticked_and_the_others_say_why(month, enrolment, approved, client_of, coach):
    person = factories.ParticipantFactory(first_name="Vielä", last_name="Kesken")
    factories.EnrolmentFactory(month=month, participant=person)
    page = the_page(client_of(coach), "month-releases", month.pk)
    assert f'value="{approved.pk}:{approved.version}" checked' in page
    assert "Vielä Kesken" in page
    assert "Yhteenvetoa ei ole vielä tehty." in page


def test_the_code_stands_on_the_senders_page_until_it_was_given(
    month, approved, client_of, coach, second_coach
):
    client = client_of(coach)
    chosen = {"summary": f"{approved.pk}:{approved.version}"}
    page = client.post(reverse("reports:month-releases", args=[month.pk]), chosen, follow=True)
    code = page.context["given"]["code"]
    assert code in page.content.decode()
    delivery = Delivery.objects.get()
    assert code in the_page(client, "delivery", delivery.pk)  # the back button, another tab
    assert code not in the_page(client_of(second_coach), "delivery", delivery.pk)
    client.post(reverse("reports:delivery-code-given", args=[delivery.pk]))
    assert code not in the_page(client, "delivery", delivery.pk)


def test_the_card_says_whom_to_ring_and_goes_when_the_office_is_in(
    month, approved, client_of, coach, officer
):
    officer.phone = "050 111 2233"
    officer.save()
    person = approved.enrolment.participant
    person.officer = officer
    person.save()
    client = client_of(coach)
    chosen = {"summary": f"{approved.pk}:{approved.version}"}
    page = client.post(reverse("reports:month-releases", args=[month.pk]), chosen, follow=True)
    code = page.context["given"]["code"]
    assert "050 111 2233" in page.content.decode()
    LinkToken.objects.filter(purpose=service.PURPOSE).update(used_at=clock.now())
    after = the_page(client, "delivery", Delivery.objects.get().pk)
    assert code not in after
    assert "koodia ei tarvitse enää kertoa" in after
    assert "Näytä koodi" not in the_page(client, "month-releases", month.pk)


def test_the_code_is_not_shown_for_longer_than_an_hour(month, approved, client_of, coach, monkeypatch):
    client = client_of(coach)
    chosen = {"summary": f"{approved.pk}:{approved.version}"}
    client.post(reverse("reports:month-releases", args=[month.pk]), chosen)
    later = clock.now() + dt.timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    page = client.get(reverse("reports:delivery", args=[Delivery.objects.get().pk]))
    assert page.context["given"] is None


def test_a_double_click_releases_once_and_shows_the_code(month, approved, client_of, coach):
    client = client_of(coach)
    chosen = {"summary": f"{approved.pk}:{approved.version}"}
    address = reverse("reports:month-releases", args=[month.pk])
    client.post(address, chosen)
    second = client.post(address, chosen, follow=True)
    assert second.status_code == 200
    assert second.context["given"]["code"]
    assert Delivery.objects.count() == 1


def test_one_summary_is_released_from_its_own_page(approved, client_of, coach):
    client = client_of(coach)
    answer = client.post(
        reverse("reports:summary-release", args=[approved.pk]), {"version": approved.version}, follow=True
    )
    assert answer.context["given"]["code"]
    assert Delivery.objects.get().items.get().summary == approved
    assert reverse("reports:delivery", args=[Delivery.objects.get().pk]) in the_page(
        client, "summary", approved.pk
    )


@pytest.mark.parametrize("box", ["", "x", "1", ":", "1:x", "-1:2", "9" * 40 + ":1", "²:1", "\x00:1"])
def test_a_box_that_nobody_offered_is_refused_in_words(month, approved, client_of, coach, box):
    answer = client_of(coach).post(reverse("reports:month-releases", args=[month.pk]), {"summary": box})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_the_refusal_keeps_the_ticks(month, office, approved, client_of, coach):
    second = someone_approved(month, office)
    boxes = [f"{approved.pk}:{approved.version + 7}"]  # somebody changed it; Mikko's box was cleared
    page = client_of(coach).post(reverse("reports:month-releases", args=[month.pk]), {"summary": boxes})
    html = page.content.decode()
    assert page.status_code == 422
    assert f'value="{second.pk}:{second.version}">' in html
    assert f'value="{approved.pk}:{approved.version}" checked' in html


# --- again and back -------------------------------------------------------------------------------------
def test_sending_again_ends_the_link_and_the_code_before(sent, coach, office):
    again = service.send_again(
        actor=coach, delivery_id=sent.pk, version=sent.delivery.version, now=clock.now()
    )
    assert LinkToken.objects.get(pk=sent.delivery.token_id).revoked_at
    path = address_in(OutgoingMail.objects.latest("pk").body)
    assert path != sent.path
    with pytest.raises(StaleVersion):
        service.send_again(actor=coach, delivery_id=sent.pk, version=1, now=clock.now())
    assert again.delivery.sent_again_at


def test_sending_again_uses_the_offices_address_of_today(sent, coach, office):
    Authority.objects.filter(pk=office.pk).update(email="uusi@tyo.example")
    service.send_again(actor=coach, delivery_id=sent.pk, version=sent.delivery.version, now=clock.now())
    assert OutgoingMail.objects.latest("pk").recipient == "uusi@tyo.example"


def test_what_is_taken_back_is_gone_from_the_inbox_too(sent, coach, officer, client_of, approved):
    inbox = client_of(officer)
    assert "Aino" in the_page(inbox, "inbox")
    service.take_back_delivery(
        actor=coach,
        delivery_id=sent.pk,
        version=sent.delivery.version,
        reason="väärä viranomainen",
        now=clock.now(),
    )
    assert "Aino" not in the_page(inbox, "inbox")
    assert inbox.get(reverse("reports:inbox-read", args=[approved.pk])).status_code == 404
    assert inbox.get(reverse("reports:summary-pdf", args=[approved.pk])).status_code == 404
    event = AuditEvent.objects.get(action="delivery.taken_back")
    assert (event.reason, event.object_id) == ("väärä viranomainen", sent.pk)
    sent.delivery.refresh_from_db()
    service.send_again(actor=coach, delivery_id=sent.pk, version=sent.delivery.version, now=clock.now())
    assert "Aino" in the_page(inbox, "inbox")


def test_what_is_taken_back_reads_so_wherever_the_coach_looks(sent, coach, client_of, approved, month):
    client = client_of(coach)
    LinkToken.objects.filter(pk=sent.delivery.token_id).update(used_at=clock.now())
    Delivery.objects.update(first_opened_at=clock.now())
    service.take_back_delivery(
        actor=coach, delivery_id=sent.pk, version=sent.delivery.version, reason="väärä", now=clock.now()
    )
    assert "luovutus peruttu" in the_page(client, "summary", approved.pk)
    assert "viranomainen ei lue siitä nyt mitään" in the_page(client, "summary", approved.pk)
    assert the_page(client, "month", month.pk).count("luovutus peruttu") == 2
    assert the_page(client, "month-releases", month.pk).count("Luovutus on peruttu") == 2
    delivery = Delivery.objects.get()
    service.send_again(actor=coach, delivery_id=sent.pk, version=delivery.version, now=clock.now())
    page = the_page(client, "delivery", sent.pk)
    assert "(väärä)" in page  # the history stays
    assert "lähetetty uudelleen" in page
    delivery = Delivery.objects.select_related("mail", "token").get()
    assert state_of(delivery, now=clock.now()).code == "waiting"  # nobody has opened the new link
    assert "luovutus peruttu" not in the_page(client, "summary", approved.pk)


def test_the_database_keeps_which_summaries_went_along(sent, coach, officer, approved):
    """One row less, or elsewhere, would open again what was taken back."""
    service.take_back_delivery(
        actor=coach, delivery_id=sent.pk, version=sent.delivery.version, reason="väärä", now=clock.now()
    )
    other = factories.SummaryVersionFactory(enrolment=approved.enrolment, number=7)
    rows = DeliveryItem.objects.filter(summary=approved)
    for change in ({"summary": other}, {"delivery": sent.pk + 1}, {"id": 10**6}):
        with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError, match="cannot be deleted"), transaction.atomic():
        rows.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=sent.pk).delete()
    assert not SummaryVersion.objects.at_office(officer.authority_id).filter(pk=approved.pk)


def test_taking_back_asks_why_once(sent, coach, client_of):
    client = client_of(coach)
    address = reverse("reports:delivery-take-back", args=[sent.pk])
    refused = client.post(address, {"version": sent.delivery.version, "reason": "  "})
    assert refused.status_code == 422
    long = client.post(address, {"version": sent.delivery.version, "reason": "x" * 201})
    assert "x" * 201 in long.content.decode()
    client.post(address, {"version": sent.delivery.version, "reason": "väärä viranomainen"})
    assert Delivery.objects.get().is_revoked
    again = client.post(address, {"version": sent.delivery.version + 1, "reason": "uudelleen"})
    assert again.status_code == 422


def test_two_people_who_do_two_things_at_once_see_it(sent, coach):
    version = sent.delivery.version
    service.send_again(actor=coach, delivery_id=sent.pk, version=version, now=clock.now())
    with pytest.raises(StaleVersion):
        service.take_back_delivery(
            actor=coach, delivery_id=sent.pk, version=version, reason="x", now=clock.now()
        )


# --- how it stands ----------------------------------------------------------------------------------------
def test_a_failed_mail_is_seen_on_the_page_and_on_today(sent, coach, client_of):
    OutgoingMail.objects.update(state="failed", error="SMTPRecipientsRefused")
    assert "Viesti ei lähtenyt" in the_page(client_of(coach), "delivery", sent.pk)
    (line,) = delivery_lines(coach, {}, clock.today())
    assert line.is_late
    assert line.url == reverse("reports:delivery", args=[sent.pk])


def test_a_returned_mail_is_seen_unless_the_office_has_read_all_the_same(sent, coach, client_of):
    OutgoingMail.objects.update(state="bounced", sent_at=clock.now(), error="5.2.2")
    assert "postilaatikko on täynnä" in the_page(client_of(coach), "delivery", sent.pk)
    (line,) = delivery_lines(coach, {}, clock.today())
    assert "postilaatikko on täynnä" in line.detail
    LinkToken.objects.filter(pk=sent.delivery.token_id).update(used_at=clock.now())
    assert not delivery_lines(coach, {}, clock.today())
    assert "postilaatikko" not in the_page(client_of(coach), "delivery", sent.pk)


def test_a_locked_link_and_an_unopened_one_stand_on_today(sent, coach, other_coach):
    assert not delivery_lines(coach, {}, clock.today())
    LinkToken.objects.filter(pk=sent.delivery.token_id).update(wrong_tries=5)
    (locked,) = delivery_lines(coach, {}, clock.today())
    assert locked.is_late
    LinkToken.objects.filter(pk=sent.delivery.token_id).update(
        wrong_tries=0, expires_at=clock.now() + dt.timedelta(days=2)
    )
    (unopened,) = delivery_lines(coach, {}, clock.today())
    assert not unopened.is_late
    assert not delivery_lines(other_coach, {}, clock.today())
    LinkToken.objects.filter(pk=sent.delivery.token_id).update(used_at=clock.now())
    assert not delivery_lines(coach, {}, clock.today())


def test_the_state_says_what_matters_most(sent):
    now = clock.now()

    def state(now=now):
        return state_of(Delivery.objects.select_related("mail", "token").get(), now=now).code

    assert state() == "waiting"
    OutgoingMail.objects.update(state="sent", sent_at=now)
    assert state() == "sent"
    assert state(now + dt.timedelta(days=20)) == "expired"
    LinkToken.objects.filter(purpose=service.PURPOSE).update(wrong_tries=5)
    assert state() == "locked"
    OutgoingMail.objects.update(state="failed", sent_at=None)
    assert state() == "failed"
    Delivery.objects.update(revoked_at=now)
    assert state() == "revoked"


@pytest.mark.parametrize(("opened", "code"), [(True, "opened"), (False, "over")])
def test_a_link_that_ended_long_ago_goes_and_its_release_stays(
    sent, coach, client_of, monkeypatch, opened, code
):
    now = clock.now()
    Delivery.objects.update(first_opened_at=now if opened else None)
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(days=14 + 366))
    drop_old_technical_rows()
    assert not LinkToken.objects.exists()
    delivery = Delivery.objects.get()
    assert state_of(delivery, now=clock.now()).code == code
    assert not delivery_lines(coach, {}, clock.today())
    assert client_of(coach).get(reverse("reports:delivery", args=[sent.pk])).status_code == 200
    service.send_again(actor=coach, delivery_id=sent.pk, version=delivery.version, now=clock.now())


def test_the_pages_queries_do_not_grow(month, office, approved, client_of, coach):
    client = client_of(coach)

    def one_more():
        send(someone_approved(month, office, last="Lisä"))

    one_more()
    address = reverse("reports:month-releases", args=[month.pk])
    assert_queries_do_not_grow(client, address, one_more, at_most=16)


def test_a_delivery_carries_each_summary_once(sent, approved):
    assert DeliveryItem.objects.filter(delivery=sent.delivery).values("summary").distinct().count() == 2
