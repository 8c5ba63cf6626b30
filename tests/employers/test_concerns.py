"""Early concerns: told by link, by the participant and by staff; told onwards, answered, kept."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.models import AuditEvent
from core import clock
from core.errors import DomainError
from core.models import OutgoingMail
from employers.models import Concern
from employers.pages.concerns import concern_desk_lines, concern_timeline, concern_today_lines
from employers.registrations_guide import anonymise_concerns, concern_section
from employers.services.concerns import handle_concern, raise_concern

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
WORDS = "Tehtävät tuntuvat liian vaikeilta."


def tell(placement, *, text=WORDS, now=None, **more):
    values = {"actor": None, "actor_label": "workplace link", "source": "guide", **more}
    return raise_concern(placement_id=placement.pk, text=text, now=now or clock.now(), **values)


def test_the_guide_tells_in_one_form_and_both_are_mailed_without_a_word_of_it(
    client, hours_link, coach, coordinator
):
    data = {"text": WORDS, "raised_by_name": "Ossi", "wants_call": "on", "phone": "040 555 0199"}
    assert client.post(f"{hours_link.path}concern/", data).status_code == 302
    concern = Concern.objects.get()
    assert (concern.source, concern.text, concern.wants_call, concern.phone) == (
        "guide",
        WORDS,
        True,
        "040 555 0199",
    )
    mails = OutgoingMail.objects.filter(kind="concern_raised")
    assert {mail.recipient for mail in mails} == {coach.email, coordinator.email}
    for mail in mails:
        for word in ("Aino", "Koivuniemi", "Saha", "Ossi", WORDS):
            assert word not in mail.subject + mail.body
    event = AuditEvent.objects.get(action="concern.raised")
    assert (event.actor, event.actor_label, event.details) == (None, "workplace link", {"from": "guide"})


def test_a_double_click_tells_once(placement):
    assert tell(placement).pk == tell(placement).pk
    assert OutgoingMail.objects.count() == 2
    later = clock.now() + dt.timedelta(minutes=11)
    assert tell(placement, now=later).pk != Concern.objects.order_by("id").first().pk


def test_more_than_five_in_an_hour_by_link_are_asked_to_ring(placement):
    for number in range(5):
        tell(placement, text=f"Huoli {number}")
    with pytest.raises(DomainError):
        tell(placement, text="Huoli 6")
    tell(placement, text="Huoli 6", now=clock.now() + dt.timedelta(hours=1, minutes=1))


@pytest.mark.parametrize(
    "data",
    [
        {"text": ""},
        {"text": "   "},
        {"text": "x" * 10_000},
        {"text": "a\x00b"},
        {"text": WORDS, "wants_call": "on"},
    ],
)
def test_what_cannot_be_told_is_answered_at_the_field_with_everything_typed(client, hours_link, data):
    response = client.post(f"{hours_link.path}concern/", {**data, "raised_by_name": "Ossi <script>"})
    assert response.status_code == 422
    assert "Ossi &lt;script&gt;" in response.content.decode()
    assert not Concern.objects.exists()


def test_emoji_and_right_to_left_text_are_kept(client, hours_link):
    client.post(f"{hours_link.path}concern/", {"text": "😟 שלום <b>x</b>"})
    assert Concern.objects.get().text == "😟 שלום <b>x</b>"


def test_it_stays_on_the_coachs_and_the_coordinators_page_until_it_is_answered(
    concern, placement, month, coach, coordinator, other_coach, other_coordinator, substitute, today
):
    months = {month.pk: month}
    assert [line.title for line in concern_today_lines(coach, months, today)] == ["Aino Koivuniemi"]
    assert [line.title for line in concern_desk_lines(coordinator, today)] == ["Aino Koivuniemi"]
    assert concern_today_lines(substitute, months, today) == []
    assert concern_today_lines(other_coach, {}, today) == []
    assert concern_desk_lines(other_coordinator, today) == []
    assert concern.text not in str(concern_today_lines(coach, months, today))
    handle_concern(actor=coordinator, concern_id=concern.pk, answer="Soitin Ossille.", now=clock.now())
    assert concern_today_lines(coach, months, today) == []
    assert concern_desk_lines(coordinator, today) == []


def test_the_answer_keeps_who_and_when(client_of, coordinator, placement, concern):
    address = reverse("employers:concern-handle", args=[placement.pk, concern.pk])
    data = {f"answer-{concern.pk}-answer": "Sovimme kevyemmät tehtävät."}
    client = client_of(coordinator)
    assert client.post(address, data).status_code == 302
    concern.refresh_from_db()
    assert (concern.handled_by, concern.handled_at) == (coordinator, clock.now())
    assert AuditEvent.objects.filter(action="concern.handled").count() == 1
    assert client.post(address, data).status_code == 302  # a double click
    assert AuditEvent.objects.filter(action="concern.handled").count() == 1


def test_a_second_answer_is_refused_and_kept_in_the_box(client_of, coach, coordinator, placement, concern):
    handle_concern(actor=coordinator, concern_id=concern.pk, answer="Soitin jo.", now=clock.now())
    with pytest.raises(DomainError, match=coordinator.full_name):
        handle_concern(actor=coach, concern_id=concern.pk, answer="Minäkin soitin.", now=clock.now())
    data = {f"answer-{concern.pk}-answer": "Minäkin soitin."}
    response = client_of(coach).post(
        reverse("employers:concern-handle", args=[placement.pk, concern.pk]), data
    )
    assert response.status_code == 422
    assert "Minäkin soitin." in response.content.decode()


def test_another_work_trials_concern_is_not_there(client_of, coordinator, placement, concern):
    address = reverse("employers:concern-handle", args=[placement.pk, concern.pk + 1])
    assert client_of(coordinator).post(address, {}).status_code == 404


def test_staff_write_one_down_and_are_not_mailed_themselves(client_of, coach, coordinator, placement):
    data = {"text": "Poissa kaksi päivää.", "raised_by_name": "esimies"}
    client_of(coach).post(reverse("employers:concern-new", args=[placement.pk]), data)
    concern = Concern.objects.get()
    assert (concern.source, concern.raised_by) == ("staff", coach)
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [coordinator.email]
    html = client_of(coordinator).get(reverse("employers:placement", args=[placement.pk])).content.decode()
    assert "Poissa kaksi päivää." in html


def test_it_stands_in_the_timeline_and_in_the_own_export(
    concern, placement, enrolment, coach, coordinator, participant
):
    handle_concern(actor=coordinator, concern_id=concern.pk, answer="Soitin Ossille.", now=clock.now())
    assert [entry.day for entry in concern_timeline(enrolment, coach)] == [
        dt.date(2026, 2, 9),
        dt.date(2026, 2, 10),
    ]
    assert concern.text in str(concern_section(participant))
    assert anonymise_concerns(participant) == 1
    concern.refresh_from_db()
    assert "Aino" not in concern.text + concern.raised_by_name + concern.answer


def test_the_coordinator_who_stands_in_is_told_too(placement, month, other_coordinator):
    from tests.support.factories import SubstitutionFactory

    SubstitutionFactory(month=month, user=other_coordinator)
    tell(placement)
    assert OutgoingMail.objects.filter(recipient=other_coordinator.email).count() == 1


@pytest.fixture(autouse=True)
def _fresh_door():
    cache.clear()
