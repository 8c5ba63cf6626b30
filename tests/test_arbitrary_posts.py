"""Whatever is posted to whichever address of the product gets an answer: never a 500, never half a save.

The role matrix knows every address and who may post there. The page that a form stands on tells the form's
fields; each is filled with something good, something bad, twice, or not at all. Seeded, so that a failure
comes back; ARBITRARY_POSTS=50 tries more by hand.
"""

from __future__ import annotations

import os
import random
import zlib
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from tests.support.client import PolicedClient
from tests.support.matrix import CAST, Row, all_rows
from tests.support.own_pages import go_in
from tests.test_url_matrix import _value

ROUNDS = int(os.environ.get("ARBITRARY_POSTS", "4"))
SHUT = {403, 404, 410}
NASTY = (
    "",
    " ",
    "-1",
    "0",
    "99999999999999999999",
    "1e9",
    "NaN",
    "25",
    "4,5",
    "31.2.2026",
    "1.1.0001",
    "31.12.9999",
    "2026-13-45",
    "28.2.2026",
    "10.2.2026",
    "24.00",
    "9.99",
    "on",
    "true",
    "x" * 10_000,
    "ä\u202eoikealta 👩‍👩‍👧 \u0000 nolla",
    "<script>alert(1)</script>",
    "'; DROP TABLE employers_employer; --",
    "=1+1",
    "\ud83d",
    "//evil.example/",
    "Ålön & O’Brien",
)


class _Fields(HTMLParser):
    """Names of the fields of a page's forms, with the values that each offers."""

    def __init__(self) -> None:
        super().__init__()
        self.offered: dict[str, list[str]] = {}
        self._select = ""

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "select":
            self._select = given.get("name", "")
            self.offered.setdefault(self._select, [])
        elif tag == "option" and self._select:
            self.offered[self._select].append(given.get("value", ""))
        elif tag in ("input", "textarea", "button") and given.get("name"):
            offered = self.offered.setdefault(given["name"], [])
            if given.get("value"):
                offered.append(given["value"])

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = ""


def fields_of(html: str) -> dict[str, list[str]]:
    parser = _Fields()
    parser.feed(html)
    parser.offered.pop("csrfmiddlewaretoken", None)
    parser.offered.pop("", None)
    return parser.offered


def filled(offered: dict[str, list[str]], chance: random.Random) -> dict[str, object]:
    """One way to fill the form."""
    data: dict[str, object] = {}
    for name, values in offered.items():
        luck = chance.random()
        if luck < 0.1:
            continue
        if values and luck < 0.6:
            data[name] = chance.choice(values)
        elif luck < 0.65:
            data[name] = [chance.choice(NASTY), chance.choice(values or NASTY)]
        elif "file" in name or "scan" in name:
            data[name] = SimpleUploadedFile("x.pdf", chance.choice([b"", b"%PDF-1.7\0", b"\xff" * 50]))
        else:
            data[name] = chance.choice(NASTY)
    return data


ROWS = all_rows()
GETS = {(row.url_name, str(row.kwargs)): row for row in ROWS if row.method == "get"}


def doer_of(row: Row) -> str | None:
    """Who of the cast may post there; None when nobody comes further than the door."""
    inside = [who for who in CAST if row.status_for(who) not in SHUT and who != "anonymous"]
    return inside[0] if inside else None


POSTS = [
    row for row in ROWS if row.method == "post" and doer_of(row) and not row.url_name.endswith("log-out")
]


@pytest.mark.parametrize("row", POSTS, ids=[str(row) for row in POSTS])
def test_no_post_breaks_an_address(row: Row, request, db, today):
    user = request.getfixturevalue(doer_of(row))
    for fixture in row.needs:
        request.getfixturevalue(fixture)
    address = reverse(row.url_name, kwargs={name: _value(request, raw) for name, raw in row.kwargs.items()})
    client = PolicedClient()
    client.force_login(user, backend="accounts.backends.EmailBackend")
    offered = {name: [str(_value(request, raw))] for name, raw in row.data.items()}
    if (row.url_name, str(row.kwargs)) in GETS:
        page = client.get(address)
        if not page.streaming:
            offered |= fields_of(page.content.decode(errors="replace"))
    offered = offered or {"version": ["1"], "text": [], "reason": [], "day": [], "next": []}
    _post_many(client, address, offered, seed=str(row))


def _post_many(client, address: str, offered: dict[str, list[str]], *, seed: str) -> None:
    for number in range(ROUNDS):
        cache.clear()  # the doors count knocks
        data = filled(offered, random.Random(zlib.crc32(seed.encode()) + number))
        with transaction.atomic():
            answer = client.post(address, _encodable(data))
            if answer.streaming:
                list(answer)
            transaction.set_rollback(True)
        assert answer.status_code < 500, (number, data)


def _encodable(data: dict) -> dict:
    """A lone surrogate cannot be sent as UTF-8; a browser sends the replacement sign instead."""

    def clean(value):
        return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value

    return {
        name: [clean(one) for one in value] if isinstance(value, list) else clean(value)
        for name, value in data.items()
    }


OWN = sorted({row.url_name for row in ROWS if row.method == "post" and row.url_name.startswith("own")})


@pytest.mark.parametrize("url_name", OWN)
def test_no_post_breaks_a_page_behind_the_personal_link(url_name, request, enrolment, today):
    row = next(row for row in ROWS if row.url_name == url_name and row.method == "post")
    for fixture in row.needs:
        request.getfixturevalue(fixture)
    address = reverse(url_name, kwargs={name: _value(request, raw) for name, raw in row.kwargs.items()})
    client = go_in(enrolment.participant)
    offered = {}
    if (url_name, str(row.kwargs)) in GETS:
        page = client.get(address)
        offered = {} if page.streaming else fields_of(page.content.decode(errors="replace"))
    offered = offered or {"text": [], "version": ["1"], "comment": [], "agrees": ["yes"], "approve": ["1"]}
    _post_many(client, address, offered, seed=url_name)
