"""A test client that polices every page: what it refuses would reach a user."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

WRITES_ALLOWED_IN_A_GET = re.compile(
    r"^[\s(]*(SELECT|WITH|SAVEPOINT|RELEASE|ROLLBACK|SET|DECLARE|FETCH|CLOSE|"
    r'INSERT INTO "accounts_auditevent"|'
    r'(INSERT INTO|UPDATE|DELETE FROM) "django_session"|UPDATE "django_session")',
    re.IGNORECASE,
)
FIELDS = {"input", "select", "textarea"}


class _Police(HTMLParser):
    """Collects what no page may hold."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: dict[str, int] = {}
        self.labelled: set[str] = set()
        self.fields: list[tuple[str, dict]] = []
        self._label_depth = 0
        self._in_style_or_script = ""

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        for name in attributes:
            if name.startswith("on") or name in ("style", "hx-on"):
                self.faults.append(f"<{tag} {name}=…> is inline style or script")
        if tag == "script" and "src" not in attributes:
            self.faults.append("inline <script>")
        if tag == "style":
            self.faults.append("inline <style>")
        if "id" in attributes:
            self.ids[attributes["id"]] = self.ids.get(attributes["id"], 0) + 1
        if tag == "label":
            self._label_depth += 1
            if attributes.get("for"):
                self.labelled.add(attributes["for"])
        quiet = attributes.get("type") in ("hidden", "submit", "button", "image", "reset")
        if tag in FIELDS and not quiet and not self._label_depth:
            self.fields.append((tag, attributes))
        if tag == "html" and not attributes.get("lang"):
            self.faults.append("<html> without lang")

    def handle_endtag(self, tag):
        if tag == "label":
            self._label_depth = max(0, self._label_depth - 1)

    def verdict(self) -> list[str]:
        faults = list(self.faults)
        faults += [f"id {name!r} stands {count} times" for name, count in self.ids.items() if count > 1]
        for tag, attributes in self.fields:
            named = attributes.get("aria-label") or attributes.get("aria-labelledby")
            if not named and attributes.get("id") not in self.labelled:
                faults.append(f"<{tag} name={attributes.get('name')!r}> has no label")
        return faults


def faults_of(html: str) -> list[str]:
    """What a page or fragment does wrong: inline code, duplicate ids, unlabelled fields, stray braces."""
    police = _Police()
    police.feed(html)
    faults = police.verdict()
    if "{{" in html or "{%" in html:
        faults.append("template syntax reached the page")
    return faults


class PolicedClient(Client):
    """Refuses faulty HTML and any GET that writes anything but an audit event or the session."""

    def request(self, **request):
        if request.get("REQUEST_METHOD") == "GET":
            with CaptureQueriesContext(connection) as queries:
                response = super().request(**request)
            for query in queries:
                assert WRITES_ALLOWED_IN_A_GET.match(query["sql"]), f"a GET wrote: {query['sql'][:160]}"
        else:
            response = super().request(**request)
        kind = response.headers.get("Content-Type", "")
        if (
            kind.startswith("text/html")
            and not response.streaming
            and not request.get("PATH_INFO", "").startswith("/admin/")
        ):
            faults = faults_of(response.content.decode())
            assert not faults, f"{request.get('PATH_INFO')}: {faults}"
        return response
