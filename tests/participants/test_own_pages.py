"""The own pages behind the personal link: the door, the visit, and who stays outside."""

import datetime as dt
import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache

from core import clock
from core.models import LinkToken
from core.registry import link_pages
from participants.models import Participant, PersonalLink
from participants.own import visit
from participants.pages.personal_link import links_of
from participants.services import personal_links as services
from tests.support import factories
from tests.support.own_pages import as_typed, door_of, give, go_in

NO_DATES = ["", "x", "\x00", "1" * 5000, "<script>", "\u0663.\u0664.\u0661", "😀", "99.99.9999"]
OTHER_SITES = ["https://evil.example/", "//evil.example/o/", "/participants/", "", "javascript:1"]


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


def later(monkeypatch, **by):
    moment = clock.now() + dt.timedelta(**by)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_opening_the_link_changes_nothing(participant, client, today):
    given = give(participant)
    before = LinkToken.objects.values().get(), PersonalLink.objects.values().get()
    response = client.get(door_of(given))
    assert response.status_code == 200
    assert (LinkToken.objects.values().get(), PersonalLink.objects.values().get()) == before
    assert participant.first_name not in response.content.decode()


def test_the_door_keeps_its_secret(participant, client, today):
    response = client.get(door_of(give(participant)))
    assert response["Referrer-Policy"] == "strict-origin"
    assert b'name="referrer" content="strict-origin"' in response.content
    assert response["Cache-Control"] == "no-store, private"


def test_inside_the_address_has_no_secret(enrolment, today):
    client = go_in(enrolment.participant)
    response = client.get("/o/")
    assert response.status_code == 200
    page = response.content.decode()
    assert "Aino" in page
    assert "Sanna Valmentaja" in page
    cookie = client.cookies[visit.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/o/")
    assert response["Cache-Control"] == "no-store, private"


def test_a_wrong_date_says_how_many_tries_are_left_and_keeps_what_was_typed(participant, client, today):
    response = client.post(door_of(give(participant)), {"birth_date": "3.4.1991"})
    assert response.status_code == 422
    assert "3.4.1991" in response.content.decode()
    assert "4" in response.context["form"].errors["birth_date"][0]


def test_the_fifth_wrong_date_answers_410(participant, client, today):
    door = door_of(give(participant))
    statuses = [client.post(door, {"birth_date": "3.4.1991"}).status_code for _try in range(6)]
    assert statuses == [422, 422, 422, 422, 410, 410]
    assert client.get(door).status_code == 410


@pytest.mark.parametrize("typed", NO_DATES)
def test_what_is_no_date_is_refused_in_words(participant, client, today, typed):
    response = client.post(door_of(give(participant)), {"birth_date": typed})
    assert response.status_code == 422
    assert LinkToken.objects.get().wrong_tries == 0


def test_too_many_knocks_from_one_address_wait(participant, client, today, monkeypatch):
    monkeypatch.setattr("participants.views.own_pages.KNOCKS", 2)
    door = door_of(give(participant))
    assert [client.post(door, {"birth_date": ""}).status_code for _try in range(3)] == [422, 422, 429]


def test_a_link_that_was_taken_back_closes_the_open_page(participant, coach, today):
    client = go_in(participant)
    services.revoke_link(actor=coach, participant_id=participant.pk, now=clock.now())
    assert client.get("/o/").status_code == 410


def test_a_new_link_puts_the_old_ones_reader_out(participant, today):
    first = go_in(participant)
    second = go_in(participant)
    assert first.get("/o/").status_code == 410
    assert second.get("/o/").status_code == 200


def test_a_text_that_was_being_written_when_the_link_ended_is_shown(enrolment, participant, coach, today):
    client = go_in(participant)
    give(participant, actor=coach)  # a reminder carries a new link
    text = "Haluan löytää työn <b>varastolta</b>."
    answer = client.post("/o/goal/", {"text": text, "base_number": "0", "page": "a" * 16})
    html = answer.content.decode()
    assert answer.status_code == 410
    assert "Haluan löytää työn &lt;b&gt;varastolta&lt;/b&gt;." in html
    assert "a" * 16 not in html
    assert "no-store" in answer["Cache-Control"]
    assert not enrolment.goals.exists()


def test_an_expired_link_says_what_to_do(participant, client, today, monkeypatch):
    door = door_of(give(participant))
    later(monkeypatch, days=61)
    assert client.get(door).status_code == 410
    assert client.post(door, {"birth_date": as_typed(participant.birth_date)}).status_code == 410


def test_a_quiet_half_hour_asks_for_the_date_again(participant, today, monkeypatch):
    client = go_in(participant)
    later(monkeypatch, minutes=29)
    assert client.get("/o/").status_code == 200
    later(monkeypatch, minutes=29)
    assert client.get("/o/").status_code == 200
    later(monkeypatch, minutes=31)
    assert client.get("/o/").status_code == 401
    response = client.post("/o/again/", {"birth_date": as_typed(participant.birth_date)})
    assert (response.status_code, response["Location"]) == (302, "/o/")
    assert client.get("/o/").status_code == 200


def test_closing_in_another_tab_meanwhile_asks_again(participant, today, monkeypatch):
    client, find = go_in(participant), visit._remembered

    def found_and_closed(request):
        link, store = find(request)
        if store is not None:
            Session.objects.filter(session_key=store.session_key).delete()
        return link, store

    later(monkeypatch, minutes=20)
    monkeypatch.setattr(visit, "_remembered", found_and_closed)
    assert client.get("/o/").status_code in (401, 410)


def test_what_was_sent_after_a_quiet_while_is_kept(participant, today, monkeypatch):
    client = go_in(participant)
    later(monkeypatch, minutes=45)
    response = client.post("/o/reading/", {"reading": "en", "next": "a long text of somebody"})
    assert response.status_code == 401
    assert "a long text of somebody" in response.content.decode()
    carried = dict(response.context["unsent"].carried)
    shown = client.post("/o/again/", carried | {"birth_date": as_typed(participant.birth_date)})
    assert shown.status_code == 200
    assert "a long text of somebody" in shown.content.decode()


def test_a_script_gets_a_short_answer(participant, today, monkeypatch):
    client = go_in(participant)
    later(monkeypatch, minutes=45)
    response = client.post("/o/reading/", {"reading": "en"}, headers={"X-Requested-With": "fetch"})
    assert response.status_code == 401
    assert response["Content-Type"].startswith("text/plain")


def test_closing_leaves_nothing(participant, today):
    client = go_in(participant)
    key = client.cookies[visit.COOKIE].value
    assert client.post("/o/close/")["Location"] == "/o/closed/"
    assert not Session.objects.filter(session_key=key).exists()
    assert client.get("/o/").status_code == 410


def test_two_people_on_one_phone_never_mix(participant, referred, today):
    client = go_in(participant)
    go_in(referred, client)
    page = client.get("/o/").content.decode()
    assert referred.first_name in page
    assert participant.first_name not in page


def test_staff_and_participant_never_mix(enrolment, coach, client_of, today):
    staff = client_of(coach)
    assert staff.get("/o/").status_code == 410  # a log-in is no link
    go_in(enrolment.participant, staff)
    page = staff.get("/o/").content.decode()
    assert "Aino" in page
    assert coach.email not in page
    assert "main-nav" not in page
    participant_only = go_in(enrolment.participant)
    assert participant_only.get(f"/participants/{enrolment.participant_id}/").status_code == 302


def test_a_staff_session_is_no_visit(coach, client_of, today):
    client = client_of(coach)
    client.cookies[visit.COOKIE] = client.cookies["sessionid"].value
    assert client.get("/o/").status_code == 410


@pytest.mark.parametrize(
    ("reading", "language", "text"),
    [("sv", "sv", "Hej"), ("en", "en", "Hello"), ("plain", "fi", "Tämä sivu on sinun"), ("fi", "fi", "Hei")],
)
def test_the_reader_chooses_the_language(participant, today, reading, language, text):
    client = go_in(participant)
    assert client.post("/o/reading/", {"reading": reading, "next": "/o/"})["Location"] == "/o/"
    page = client.get("/o/").content.decode()
    assert f'<html lang="{language}">' in page
    assert text in page


def test_every_way_of_reading_is_offered_on_the_page(participant, today):
    client = go_in(participant)
    for chosen in ("fi", "plain", "sv", "en"):
        client.post("/o/reading/", {"reading": chosen, "next": "/o/"})
        page = client.get("/o/").content.decode()
        offered = re.findall(r'name="reading" value="(\w+)"[^>]*?(aria-current="true")?>', page)
        assert [code for code, _mark in offered] == ["fi", "plain", "sv", "en"]
        assert [code for code, mark in offered if mark] == [chosen]


@pytest.mark.parametrize("asked", OTHER_SITES)
def test_the_language_switch_leads_only_to_own_pages(participant, today, asked):
    client = go_in(participant)
    location = client.post("/o/reading/", {"reading": "en", "next": asked})["Location"]
    assert location == "/o/"


def test_the_first_page_costs_few_queries(enrolment, today, count_queries):
    client = go_in(enrolment.participant)
    with count_queries() as queries:
        client.get("/o/")
    assert len(queries) <= 4 + 2 * len(link_pages)


# --- the staff's side -------------------------------------------------------------------------------
def test_the_coach_sends_a_link_and_sees_its_state(enrolment, coach, client_of, today):
    client, person = client_of(coach), enrolment.participant
    assert client.post(f"/participants/{person.pk}/link/send/").status_code == 302
    page = client.get(f"/participants/{person.pk}/link/")
    assert page.context["live"].link.channel == "email"
    assert "ei vielä avattu" in page.content.decode()
    assert "Ei vielä avattu" in client.get(f"/participants/{person.pk}/").content.decode()


def test_the_printed_page_holds_the_address_and_a_code(enrolment, coach, client_of, today):
    response = client_of(coach).post(f"/participants/{enrolment.participant_id}/link/print/")
    page = response.content.decode()
    assert response["Cache-Control"] == "no-store, private"
    assert "/o/l/" in page
    assert "data:image/svg+xml" in page
    assert enrolment.participant.last_name not in page


def test_a_missing_date_of_birth_is_said_to_staff(enrolment, coach, client_of, today):
    Participant.objects.filter(pk=enrolment.participant_id).update(birth_date=None)
    client = client_of(coach)
    page = client.get(f"/participants/{enrolment.participant_id}/link/").content.decode()
    assert f"/participants/{enrolment.participant_id}/edit/" in page
    assert client.post(f"/participants/{enrolment.participant_id}/link/print/").status_code == 422


def test_a_protected_persons_file_opens_first(enrolment, coach, client_of, today):
    Participant.objects.filter(pk=enrolment.participant_id).update(is_restricted=True)
    response = client_of(coach).post(f"/participants/{enrolment.participant_id}/link/print/")
    assert response["Location"] == f"/participants/{enrolment.participant_id}/"
    assert not PersonalLink.objects.exists()


def test_before_a_month_whoever_works_on_the_referral_gives_it(referred, other_coordinator, client_of, today):
    assert client_of(other_coordinator).post(f"/participants/{referred.pk}/link/print/").status_code == 200


@pytest.mark.parametrize("state", ["waiting", "enrolled"])
def test_a_new_referral_does_not_open_what_a_month_wrote(
    enrolment, referral, coach, other_coach, other_coordinator, coordinator, client_of, today, state
):
    joined_on = enrolment.joined_on if state == "enrolled" else None
    type(enrolment).objects.filter(pk=enrolment.pk).update(state=state, joined_on=joined_on)
    address = f"/participants/{enrolment.participant_id}/link/"
    for stranger in (other_coach, other_coordinator, coordinator):
        for what in ("send/", "print/", "revoke/"):
            assert client_of(stranger).post(address + what).status_code == 403
    assert not PersonalLink.objects.exists()
    assert client_of(coach).post(address + "print/").status_code == 200


def test_the_coach_of_an_earlier_month_does_not_open_the_later_one(
    enrolment, coach, other_coach, client_of, today
):
    type(enrolment.month).objects.update(starts_on=dt.date(2026, 1, 5), ends_on=dt.date(2026, 1, 30))
    later_month = factories.MonthFactory(coach=other_coach)
    factories.EnrolmentFactory(month=later_month, participant=enrolment.participant)
    address = f"/participants/{enrolment.participant_id}/link/print/"
    assert client_of(coach).post(address).status_code == 403
    assert client_of(other_coach).post(address).status_code == 200


def test_all_four_readings_are_one_press_away_on_every_own_page(participant, today):
    text = go_in(participant).get("/o/").content.decode()
    for value in ("fi", "plain", "sv", "en"):
        assert f'name="reading" value="{value}"' in text, value


def test_who_waits_for_the_next_month_stays_with_the_running_one(
    enrolment, coach, other_coach, client_of, today
):
    next_month = factories.MonthFactory(coach=other_coach, starts_on=dt.date(2026, 3, 2))
    factories.EnrolmentFactory(
        month=next_month, participant=enrolment.participant, state="waiting", joined_on=None
    )
    address = f"/participants/{enrolment.participant_id}/link/print/"
    assert client_of(other_coach).post(address).status_code == 403
    assert client_of(coach).post(address).status_code == 200
    assert go_in(enrolment.participant).get("/o/steps/").status_code == 200


def test_a_mailed_link_ends_when_the_person_becomes_protected(enrolment, participant, coach, client, today):
    given = give(participant, channel="email", actor=coach)
    client.post(door_of(given), {"birth_date": as_typed(participant.birth_date)})
    assert client.get("/o/").status_code == 200
    Participant.objects.filter(pk=participant.pk).update(is_restricted=True)
    assert client.get("/o/").status_code == 410
    assert client.get(door_of(given)).status_code == 410
    participant.refresh_from_db()
    assert not links_of(participant, now=clock.now())[0].is_live
    assert go_in(participant).get("/o/").status_code == 200  # on paper
