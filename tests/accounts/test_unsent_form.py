"""What was typed outlives the session and the form's safety stamp, and stays in the page alone."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile

from core import unsent_form
from tests.accounts import desk_urls
from tests.support.client import PolicedClient
from tests.support.factories import PASSWORD

LOG_IN = "/account/log-in/"
OWN = {"HTTP_ORIGIN": "http://testserver"}
TYPED = {"note": 'Aino löysi kolme työpaikkaa\r\nja soitti "heti" <b>', "day": ["1", "2"], "mark": ""}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(settings):
    settings.ROOT_URLCONF = "tests.accounts.desk_urls"
    desk_urls.saved.clear()
    return desk_urls.saved


@pytest.fixture
def browser() -> PolicedClient:
    """A client that checks the form's stamp, as a browser meets it."""
    return PolicedClient(enforce_csrf_checks=True)


class _Forms(HTMLParser):
    """Every form of a page: its address and its fields, as a browser without JavaScript would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[tuple[str, str]]]] = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form":
            self.forms.append((attributes.get("action", ""), []))
        elif tag == "input" and self.forms and attributes.get("name"):
            self.forms[-1][1].append((attributes["name"], attributes.get("value") or ""))


def form_on(response, address: str) -> dict[str, list[str]]:
    """The fields of the form on this page that goes to `address`."""
    parser = _Forms()
    parser.feed(response.content.decode())
    fields: dict[str, list[str]] = {}
    for name, value in next(found for action, found in parser.forms if action == address):
        fields.setdefault(name, []).append(value)
    return fields


def log_in_on(browser, response, user):
    """Fill in the log-in form on this page and send it."""
    return browser.post(
        LOG_IN, {**form_on(response, LOG_IN), "username": user.email, "password": PASSWORD}, **OWN
    )


def stamp(browser) -> str:
    return form_on(browser.get(LOG_IN), LOG_IN)["csrfmiddlewaretoken"][0]


def send_note(browser, user, typed=TYPED, **more):
    typed = {**typed, "csrfmiddlewaretoken": stamp(browser)}
    return browser.post(f"/desk/{user.pk}/note/?week=2", typed, **OWN, **more)


def test_what_was_typed_goes_through_the_log_in_and_is_sent_with_one_press(browser, coach, desk):
    expired = send_note(browser, coach)
    assert expired.status_code == 401
    assert desk == []

    still_here = log_in_on(browser, expired, coach)
    assert still_here.status_code == 200
    address = f"/desk/{coach.pk}/note/?week=2"
    again = form_on(still_here, address)
    assert browser.post(address, again, **OWN).status_code == 200

    (saved_at, saved_fields), *others = desk
    assert not others
    assert saved_at == address
    assert saved_fields.pop("csrfmiddlewaretoken") != [""]
    assert saved_fields == {"note": [TYPED["note"]], "day": ["1", "2"], "mark": [""]}


def test_a_wrong_password_loses_nothing(browser, coach, desk):
    expired = send_note(browser, coach)
    fields = {**form_on(expired, LOG_IN), "username": coach.email, "password": "wrong-wrong-wrong"}
    wrong = browser.post(LOG_IN, fields, **OWN)
    assert wrong.status_code == 422
    assert form_on(wrong, LOG_IN)["kept:note"] == [TYPED["note"]]


def test_a_lockout_loses_nothing(browser, coach, settings):
    response = send_note(browser, coach)
    for _attempt in range(5):
        fields = {**form_on(response, LOG_IN), "username": coach.email, "password": "wrong-wrong-wrong"}
        response = browser.post(LOG_IN, fields, **OWN)
    assert response.status_code == 429
    assert form_on(response, LOG_IN)["kept:note"] == [TYPED["note"]]


def test_somebody_elses_text_cannot_be_sent_to_what_is_not_ones_own(browser, coach, other_coach, desk):
    still_here = log_in_on(browser, send_note(browser, coach), other_coach)
    address = f"/desk/{coach.pk}/note/?week=2"
    assert browser.post(address, form_on(still_here, address), **OWN).status_code == 404
    assert desk == []


def test_the_text_is_in_the_page_alone(browser, coach):
    expired = send_note(browser, coach)
    still_here = log_in_on(browser, expired, coach)
    for response in (expired, still_here):
        assert response["Cache-Control"] == "no-store, private"
        assert "Location" not in response.headers
        assert all("Aino" not in cookie.value for cookie in response.cookies.values())
    assert all("note" not in key for row in Session.objects.all() for key in row.get_decoded())


def test_stamps_and_passwords_are_not_taken_along(browser, coach):
    typed = {**TYPED, "password": "hush", "new_password1": "hush", "kept:x": "y", "kept-address": "/x"}
    html = send_note(browser, coach, typed).content.decode()
    assert "hush" not in html
    assert "kept:csrfmiddlewaretoken" not in html
    assert "kept:kept:x" not in html


@pytest.mark.parametrize("header", [{"HTTP_X_REQUESTED_WITH": "fetch"}, {"HTTP_HX_REQUEST": "true"}])
def test_a_script_gets_a_short_answer_and_keeps_its_page(browser, coach, header):
    response = send_note(browser, coach, **header)
    assert response.status_code == 401
    assert response["Content-Type"].startswith("text/plain")
    assert len(response.content) < 200
    assert b"Aino" not in response.content


def test_a_file_is_not_kept_and_the_page_says_so(browser, coach):
    typed = {**TYPED, "list": SimpleUploadedFile("list.csv", b"a;b")}
    response = send_note(browser, coach, typed, HTTP_REFERER=f"http://testserver/desk/{coach.pk}/")
    assert response.status_code == 401
    fields = form_on(response, LOG_IN)
    assert "kept:note" not in fields
    assert fields["next"] == [f"/desk/{coach.pk}/"]


@pytest.mark.parametrize(
    "typed",
    [
        {"note": "x" * (unsent_form.MAX_CHARACTERS + 1)},
        {f"note-{number}": "" for number in range(unsent_form.MAX_FIELDS + 1)},
    ],
    ids=["too long", "too many fields"],
)
def test_what_is_too_large_is_not_carried(browser, coach, typed):
    response = send_note(browser, coach, typed)
    assert response.status_code == 401
    assert len(response.content) < 20_000


def test_a_stale_stamp_offers_to_send_again(browser, coach, desk):
    browser.force_login(coach, backend="accounts.backends.EmailBackend")
    address = f"/desk/{coach.pk}/note/"
    stale = browser.post(address, {**TYPED, "csrfmiddlewaretoken": "x" * 64}, **OWN)
    assert stale.status_code == 403
    assert browser.post(address, form_on(stale, address), **OWN).status_code == 200
    assert desk[0][1]["note"] == [TYPED["note"]]


def test_a_stale_stamp_without_a_session_asks_to_log_in_first(browser, coach):
    address = f"/desk/{coach.pk}/note/"
    stale = browser.post(address, {**TYPED, "csrfmiddlewaretoken": "x" * 64}, **OWN)
    assert stale.status_code == 401
    assert form_on(stale, LOG_IN)["kept:note"] == [TYPED["note"]]


def test_a_stale_stamp_on_a_page_without_log_in_offers_to_send_again(browser, desk):
    stale = browser.post("/desk/link/", {**TYPED, "csrfmiddlewaretoken": "x" * 64}, **OWN)
    assert stale.status_code == 403
    assert browser.post("/desk/link/", form_on(stale, "/desk/link/"), **OWN).status_code == 200


@pytest.mark.parametrize("origin", [{"HTTP_ORIGIN": "https://other.example"}, {}], ids=["foreign", "none"])
@pytest.mark.parametrize("signed_in", [True, False])
def test_another_sites_form_is_never_offered(browser, coach, origin, signed_in):
    if signed_in:
        browser.force_login(coach, backend="accounts.backends.EmailBackend")
    response = browser.post(f"/desk/{coach.pk}/note/", TYPED, **origin)
    assert response.status_code == 403
    assert "Aino" not in response.content.decode()


def test_a_script_with_a_stale_stamp_gets_a_short_answer(browser, coach):
    browser.force_login(coach, backend="accounts.backends.EmailBackend")
    response = browser.post(f"/desk/{coach.pk}/note/", TYPED, HTTP_X_REQUESTED_WITH="fetch", **OWN)
    assert response.status_code == 403
    assert response["Content-Type"].startswith("text/plain")


def test_a_log_in_page_that_another_tab_overtook_still_carries_the_text(browser, coach, desk):
    first_tab = send_note(browser, coach)
    log_in_on(browser, browser.get(LOG_IN), coach)
    overtaken = log_in_on(browser, first_tab, coach)
    address = f"/desk/{coach.pk}/note/?week=2"
    assert browser.post(address, form_on(overtaken, address), **OWN).status_code == 200
    assert desk[0][1]["note"] == [TYPED["note"]]


def test_an_old_log_in_page_asks_once_more_and_takes_no_password_along(browser, coach):
    fields = {"username": coach.email, "password": PASSWORD, "csrfmiddlewaretoken": "x" * 64}
    response = browser.post(LOG_IN, fields, **OWN)
    assert response.status_code == 401
    assert PASSWORD not in response.content.decode()


@pytest.mark.parametrize("address", ["https://other.example/x", "//other.example/x", "javascript:x", ""])
def test_a_carried_form_goes_to_a_path_of_ours_only(browser, coach, address):
    fields = {"kept-address": address, "kept:note": "x", "username": coach.email, "password": PASSWORD}
    response = browser.post(LOG_IN, {**fields, "csrfmiddlewaretoken": stamp(browser)}, **OWN)
    assert response.status_code == 302
    assert response["Location"] == "/"
