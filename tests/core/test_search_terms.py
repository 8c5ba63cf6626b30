"""Searching by name: the words are posted, and stand sealed in the address they lead to."""

from __future__ import annotations

import datetime as dt
import logging
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from core import clock, pagination
from core.crypto import seal, unseal
from core.search_terms import PURPOSE
from tests.support import factories

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 2, 9, 9, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
EXPIRED = "id_q_expired"
LISTS = ["participants:participant-list", "participants:referral-list", "employers:register", "reports:inbox"]


@pytest.fixture
def searcher(client_of, coach, officer):
    """The client of somebody who may search the list of that name."""
    return lambda name: client_of(officer if name == "reports:inbox" else coach)


@pytest.fixture
def people(office):
    """Thirty with an open referral and a name alike, one with another."""
    for number in range(30):
        person = factories.ParticipantFactory(authority=office, last_name=f"Koivuniemi{number:02}")
        factories.ReferralFactory(participant=person)
    other = factories.ParticipantFactory(authority=office, last_name="Saarelma")
    factories.ReferralFactory(participant=other)


def test_a_seal_opens_for_its_purpose_for_a_day():
    sealed = seal("Åkerström 🙂", purpose="a", now=NOW)
    assert unseal(sealed, purpose="a", lifetime=DAY, now=NOW + DAY) == "Åkerström 🙂"
    assert unseal(sealed, purpose="a", lifetime=DAY, now=NOW + DAY + dt.timedelta(seconds=1)) is None
    assert unseal(sealed, purpose="b", lifetime=DAY, now=NOW) is None


def test_a_seal_survives_the_change_of_the_secret(settings):
    sealed = seal("Saarelma", purpose="a", now=NOW)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10
    assert unseal(sealed, purpose="a", lifetime=DAY, now=NOW) == "Saarelma"
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(sealed, purpose="a", lifetime=DAY, now=NOW) is None


@pytest.mark.parametrize("name", LISTS)
def test_a_search_leads_to_the_list_without_the_name_and_shows_it_in_the_box(name, searcher):
    answer = searcher(name).post(reverse(name), {"q": "  Saarelma   Mikko "})
    assert answer.status_code == 302
    assert urlsplit(answer.url).path == reverse(name)
    assert "aarelma" not in answer.url
    page = searcher(name).get(answer.url)
    assert 'value="Saarelma Mikko"' in page.text
    assert EXPIRED not in page.text


@pytest.mark.parametrize("name", LISTS)
def test_a_search_that_no_longer_opens_shows_the_list_and_a_sentence(name, searcher, coach, monkeypatch):
    client = searcher(name)
    place = client.post(reverse(name), {"q": "Saarelma"}).url
    late = clock.now() + DAY + dt.timedelta(minutes=1)
    strangers = seal(f"{coach.pk + 1000}:Saarelma", purpose=PURPOSE, now=clock.now())
    for odd in ("x", "\x00", "ä" * 200, "a" * 3000, strangers):
        page = client.get(reverse(name), {"s": odd})
        assert page.status_code == 200
        assert EXPIRED in page.text
        assert "Saarelma" not in page.text
    monkeypatch.setattr(clock, "now", lambda: late)
    page = client.get(place)
    assert page.status_code == 200
    assert EXPIRED in page.text


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("typed", ["", "   ", "\x00"])
def test_searching_for_nothing_is_the_whole_list(name, typed, searcher):
    assert searcher(name).post(reverse(name), {"q": typed}).url == reverse(name)


def test_filters_stay_plain_and_other_fields_are_dropped(client_of, coach, office):
    url = reverse("participants:referral-list")
    sent = {"q": "Saarelma", "state": "all", "authority": office.pk, "page": "3", "note": "Saarelma"}
    query = parse_qs(urlsplit(client_of(coach).post(url, sent).url).query)
    assert set(query) == {"state", "authority", "s"}
    assert query["state"] == ["all"]


def test_a_search_goes_on_to_the_next_page_of_two_tabs(client_of, coach, people):
    client, url = client_of(coach), reverse("participants:participant-list")
    one = client.post(url, {"q": "koivuniemi"}).url
    two = client.post(url, {"q": "saarelma"}).url
    page = client.get(f"{one}&page=2")
    assert page.text.count('scope="row"') == 10
    assert "Saarelma" not in page.text
    assert f"{one.partition('?')[2]}&amp;page=1" in page.text
    assert client.get(two).text.count('scope="row"') == 1
    assert f'href="{url}">' in page.text  # clears the search


def test_neither_the_log_nor_the_audit_trail_learns_the_words(client_of, coach, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(lambda line: line.name != "django.db.backends")  # not ours: DEBUG is off
    client = client_of(coach)
    for name in LISTS:
        client.post(reverse(name), {"q": "Saarelma"}, follow=True)
    assert "aarelma" not in caplog.text
    assert not [event for event in AuditEvent.objects.all() if "aarelma" in str(event.__dict__)]


@pytest.mark.parametrize("name", ["participants:participant-list", "participants:referral-list"])
@pytest.mark.parametrize(("far_enough", "says_more"), [(30, True), (31, False)])
def test_a_long_list_is_counted_no_further_than_anybody_turns(
    name, far_enough, says_more, client_of, coach, people, monkeypatch
):
    monkeypatch.setattr(pagination, "FAR_ENOUGH", far_enough)
    page = client_of(coach).get(reverse(name), headers={"Accept-Language": "en"})
    assert ("of more than 30" in page.text) == says_more
    assert ("of 31" in page.text) != says_more
    assert client_of(coach).get(reverse(name), {"page": 99}).status_code == 200
