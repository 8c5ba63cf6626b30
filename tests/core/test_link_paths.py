"""What holds for every address of a link without an account, whole or broken: no cache, no Referer, no log,
and no code or date of birth on another page."""

from __future__ import annotations

import logging

import pytest
from django.core.cache import cache
from django.urls import URLPattern, URLResolver, get_resolver

from core.link_paths import BEFORE_SECRET, PAGES
from core.logs import HideLinkSecrets
from tests.support.client import PolicedClient
from tests.support.own_pages import as_typed, door_of, give

SECRET = "Qm3xT9vBz1LkWn7cRf5YdHs2Jp8Ug-4Ae6Xo_0ViKtM"
OWN = {"HTTP_ORIGIN": "http://testserver"}
BROKEN = [
    "/d/nothing/",
    "/d/nothing",
    f"/d/{SECRET}/nothing/",
    f"/d/{SECRET[:20]} {SECRET[20:]}/",
    f"/D/{SECRET}/",
    f"/d//{SECRET}/",
    f"/o/l/{SECRET}/nothing/",
    "/o/nothing/",
    f"/w/nothing/{SECRET}/",
    f"/w/feedback/{SECRET}/nothing/",
    f"/coaching/wall/{SECRET}/nothing/",
    f"/account/password/{SECRET}/",
]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


def addresses(patterns=None, before: str = "/"):
    """Every address of the product that has a secret in it, up to the secret."""
    for found in patterns or get_resolver().url_patterns:
        address = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from addresses(found.url_patterns, address)
        elif isinstance(found, URLPattern) and "secret>" in address:
            yield address[: address.index("<")]


def test_every_address_with_a_secret_is_known():
    found = set(addresses())
    assert len(found) >= 8
    for address in found:
        assert address.startswith(BEFORE_SECRET), address
        # a program takes a feed: it keeps it for a quarter of an hour, and follows no links
        assert address.startswith(PAGES) or address == "/coaching/calendar/", address


@pytest.mark.parametrize("method", ["get", "head", "post", "options", "delete"])
@pytest.mark.parametrize("address", BROKEN)
def test_no_refusal_is_kept_by_a_cache_or_sends_its_address_on(address, method):
    client = PolicedClient(raise_request_exception=False)
    answer = client.generic(method.upper(), address)
    assert answer.status_code != 200 or method == "options"
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] in ("strict-origin", "no-referrer")


# --- the log ------------------------------------------------------------------------------------------
def told(message: str, *args) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, args, None)
    assert HideLinkSecrets().filter(record)
    return record.getMessage()


@pytest.mark.parametrize("way", [*BEFORE_SECRET, "/w/feedback/", "/D/", "//o//L/", "/d//"])
@pytest.mark.parametrize("between", ["", " ", "%20", "\\n", "\n", "/", '"', "='"])
def test_a_secret_that_broke_in_two_stays_out_of_the_log(way, between):
    line = told("Not Found: %s", f"{way}{SECRET[:21]}{between}{SECRET[21:]}/read/")
    assert SECRET[:21] not in line
    assert SECRET[21:] not in line
    assert line.startswith("Not Found: /")


def test_a_request_line_keeps_what_stands_after_it():
    line = told('"%s %s HTTP/1.1" %s %s', "GET", f"/d/{SECRET[:21]} {SECRET[21:]}/", 404, 1234)
    assert line == '"GET /d/(secret)" 404 1234'


def test_a_secret_stays_out_of_the_log_wherever_it_stands():
    assert SECRET not in told("Not Found: %s", f"/x/{SECRET}")
    assert SECRET not in told("GET %s", f"/x?u={SECRET}")


@pytest.mark.parametrize(
    "message", ["Not Found: /coaching/months/3/", "mail 7 failed", "Not Found: /o/goal/"]
)
def test_other_lines_stay_as_they_are(message):
    assert told(message) == message


# --- a stale stamp ---------------------------------------------------------------------------------------
def test_a_stale_stamp_at_the_offices_door_repeats_no_code(sent):
    client = PolicedClient(enforce_csrf_checks=True)
    answer = client.post(sent.path, {"code": sent.code}, **OWN)
    assert answer.status_code == 403
    assert sent.code not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store, private"


def test_a_stale_stamp_at_the_participants_door_repeats_no_date_of_birth(participant, today):
    client = PolicedClient(enforce_csrf_checks=True)
    born = as_typed(participant.birth_date)
    for door in (door_of(give(participant)), "/o/again/"):
        answer = client.post(door, {"birth_date": born}, **OWN)
        assert answer.status_code == 403
        assert born not in answer.content.decode()


def test_a_stale_stamp_at_the_participants_door_keeps_the_text_that_waits(participant, today):
    client = PolicedClient(enforce_csrf_checks=True)
    typed = {"birth_date": "1.2.1980", "kept-address": "/o/goal/", "kept:text": "Haluan työn varastolta"}
    page = client.post(door_of(give(participant)), typed, **OWN).content.decode()
    assert "Haluan työn varastolta" in page
    assert 'action="/o/goal/"' in page
    assert "1.2.1980" not in page
