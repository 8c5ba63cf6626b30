"""Strict headers on every answer. `check --deploy` is tested with the deployment."""

from __future__ import annotations

import pytest

from config.settings import base

CSP = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def policy(response) -> dict[str, str]:
    directives = response["Content-Security-Policy"].split("; ")
    return dict(directive.split(" ", 1) for directive in directives)


@pytest.mark.parametrize(
    "address", ["/account/log-in/", "/", "/nowhere/", "/account/password/" + "x" * 43 + "/"]
)
def test_every_answer_is_strict_whatever_its_status(client, db, address):
    response = client.get(address)
    assert policy(response) == CSP
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    holds_secret = address.startswith("/account/password/")
    assert response["Referrer-Policy"] == ("strict-origin" if holds_secret else "same-origin")
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert len(response["X-Request-ID"]) == 12


def test_what_a_signed_in_person_saw_comes_from_no_cache(client_of, coach):
    client = client_of(coach)
    for address in ("/account/password/", "/account/users/", "/nowhere/"):
        assert client.get(address)["Cache-Control"] == "no-store, private", address


def test_cookies_cannot_be_read_by_scripts_or_sent_from_elsewhere(client, coach):
    from tests.support.factories import PASSWORD

    response = client.post("/account/log-in/", {"username": coach.email, "password": PASSWORD})
    session = response.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"


def test_production_speaks_https_only(settings, client, db):
    """The values of config/settings/production.py, read in a process of its own."""
    from tests.support.production_settings import run_manage

    names = [
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
    ]
    code = f"from django.conf import settings; print([getattr(settings, name) for name in {names}])"
    result = run_manage("shell", "--no-imports", "--command", code)
    assert result.stdout.strip() == "[True, 31536000, True, True, True]", result.stderr
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    secure = type(client)().get("/account/log-in/", secure=True)
    assert secure["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_no_setting_loosens_the_policy():
    assert "unsafe" not in base.CONTENT_SECURITY_POLICY
    assert "*" not in base.CONTENT_SECURITY_POLICY


@pytest.mark.parametrize(
    "asked", ["home", "a\x00b", "x", "https://elsewhere.example/", "//elsewhere.example/"]
)
def test_changing_the_language_goes_to_an_own_path_or_back(client, db, asked):
    answer = client.post("/language/", {"language": "sv", "next": asked})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    from_page = {"Referer": "http://testserver/v/abc/?a=1"}
    answer = client.post("/language/", {"language": "sv", "next": asked}, headers=from_page)
    assert answer["Location"] == "/v/abc/?a=1"
