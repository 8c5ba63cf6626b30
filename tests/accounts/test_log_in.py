"""Logging in, out, and being locked out."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
from axes.models import AccessAttempt, AccessLog
from django.utils import timezone

from accounts.models import AuditEvent
from tests.support.factories import PASSWORD

LOG_IN = "/account/log-in/"


def log_in(client, email, password=PASSWORD, **more):
    return client.post(LOG_IN, {"username": email, "password": password, **more})


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


def test_a_stranger_is_sent_to_the_log_in_page_and_comes_back_to_where_they_were_going(client, coach):
    response = client.get("/")
    assert response.status_code == 302
    assert response["Location"] == f"{LOG_IN}?next=/"
    page = client.get(response["Location"])
    assert page.status_code == 200
    assert '<input type="hidden" name="next" value="/">' in page.content.decode()


def test_the_fields_can_be_filled_by_a_password_manager(client, db):
    html = client.get(LOG_IN).content.decode()
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html


def test_the_letter_case_of_the_address_does_not_matter(client, coach):
    response = log_in(client, coach.email.upper())
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(coach.pk)
    assert actions() == ["user.logged_in"]


@pytest.mark.parametrize(
    "next_page", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x", "a\x00b", "x"]
)
def test_nobody_is_sent_to_another_site_after_logging_in(client, coach, next_page):
    response = log_in(client, coach.email, next=next_page)
    assert response["Location"] == "/"


def test_wrong_password_and_unknown_address_get_the_same_answer(client, coach):
    wrong = log_in(client, coach.email, "wrong-wrong-wrong")
    unknown = log_in(client, "nobody@desk.example", "wrong-wrong-wrong")
    assert wrong.status_code == unknown.status_code == 422
    said = [answer.content.decode().split('<div class="error-summary"')[1] for answer in (wrong, unknown)]
    assert said[0].split("</ul>")[0] == said[1].split("</ul>")[0]
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_an_unknown_address_costs_as_many_queries_and_one_hashing_as_a_known_one(
    client, coach, count_queries, monkeypatch
):
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *args: hashed.append("x") or encode(self, *args)
    )
    counts = []
    for address in (coach.email, "nobody@desk.example"):
        hashed.clear()
        with count_queries() as queries:
            log_in(client, address, "wrong-wrong-wrong")
        counts.append((len(queries), len(hashed)))
    assert counts[0] == counts[1]


def test_a_deactivated_person_cannot_log_in_and_is_not_told_why(client, coach):
    coach.is_active = False
    coach.save(update_fields=["is_active"])
    response = log_in(client, coach.email)
    assert response.status_code == 422
    assert "_auth_user_id" not in client.session


def test_failed_tries_are_in_the_trail_without_what_was_typed(client, coach):
    log_in(client, coach.email, "wrong-wrong-wrong")
    log_in(client, "aino.koivuniemi@posti.example", "wrong-wrong-wrong")
    known, unknown = AuditEvent.objects.order_by("id")
    assert (known.action, known.object_id, known.actor) == ("user.log_in_failed", coach.pk, None)
    assert (unknown.action, unknown.object_id, unknown.details) == ("user.log_in_failed", None, {})


def test_five_failures_lock_and_say_when_to_try_again(client, coach, settings):
    for _attempt in range(4):
        assert log_in(client, coach.email, "wrong-wrong-wrong").status_code == 422
    locked = log_in(client, coach.email, "wrong-wrong-wrong")
    assert locked.status_code == 429
    assert 3500 <= int(locked["Retry-After"]) <= 3600
    again = timezone.localtime(timezone.now() + dt.timedelta(seconds=int(locked["Retry-After"])))
    assert f"{again:%H}".lstrip("0") + "." in locked.content.decode()
    assert log_in(client, coach.email).status_code == 429, "the right password does not open a locked account"
    assert "_auth_user_id" not in client.session
    assert actions() == ["user.log_in_failed"] * 4 + ["user.locked_out"]


def test_trying_in_a_locked_hour_does_not_make_it_longer(client, coach):
    for _attempt in range(5):
        log_in(client, coach.email, "wrong-wrong-wrong")
    before = AccessAttempt.objects.get().attempt_time
    log_in(client, coach.email)
    assert AccessAttempt.objects.get().attempt_time == before


def test_after_an_hour_the_lock_is_gone(client, coach):
    for _attempt in range(5):
        log_in(client, coach.email, "wrong-wrong-wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=61))
    assert log_in(client, coach.email).status_code == 302


def test_writing_the_address_differently_gives_no_further_tries(client, coach):
    spellings = [coach.email, coach.email.upper(), coach.email.title(), f" {coach.email}", coach.email]
    answers = [log_in(client, spelling, "wrong-wrong-wrong").status_code for spelling in spellings]
    assert answers[-1] == 429


def test_a_lock_holds_for_one_person_only(client, coach, coordinator):
    for _attempt in range(5):
        log_in(client, coach.email, "wrong-wrong-wrong")
    assert log_in(client, coordinator.email).status_code == 302


def test_nothing_that_names_a_person_is_kept_or_logged_by_the_counting(client, coach, caplog):
    with caplog.at_level(logging.DEBUG, logger="axes"):
        for _attempt in range(5):
            log_in(client, coach.email, "wrong-wrong-wrong", **{"kept:note": "Aino was tired"})
        log_in(client, coach.email)
    attempt = AccessAttempt.objects.get()
    stored = f"{attempt.username} {attempt.post_data} {attempt.get_data}"
    for typed in (coach.email, "wrong-wrong-wrong", "Aino"):
        assert typed not in stored
        assert typed not in caplog.text
    assert not AccessLog.objects.exists()


def test_logging_in_gives_a_new_session_and_forgets_the_failures(client, coach):
    log_in(client, coach.email, "wrong-wrong-wrong")
    before = client.session.session_key
    log_in(client, coach.email)
    assert client.session.session_key != before
    assert not AccessAttempt.objects.exists()


def test_the_first_log_in_takes_the_persons_own_language(client, coach):
    coach.language = "sv"
    coach.save(update_fields=["language"])
    response = log_in(client, coach.email)
    assert response.cookies["django_language"].value == "sv"


def test_a_language_that_was_chosen_stays(client, coach):
    client.cookies["django_language"] = "en"
    response = log_in(client, coach.email)
    assert "django_language" not in response.cookies


def test_logging_out_needs_a_post_and_is_in_the_trail(client_of, coach):
    client = client_of(coach)
    assert client.get("/account/log-out/").status_code == 405
    response = client.post("/account/log-out/")
    assert response["Location"] == LOG_IN
    assert "_auth_user_id" not in client.session
    assert actions() == ["user.logged_out"]


def test_who_is_logged_in_does_not_see_the_log_in_page(client_of, coach):
    assert client_of(coach).get(LOG_IN)["Location"] == "/"


def test_only_the_demo_lists_its_accounts_and_one_press_fills_in_the_address(client, coach, settings):
    coach.email = "valmentaja@demo.example"
    coach.save(update_fields=["email"])
    assert "valmentaja@demo.example" not in client.get(LOG_IN).content.decode()
    settings.IS_DEMO = True
    assert 'value="valmentaja@demo.example"' in client.get(LOG_IN).content.decode()
    chosen = client.post(LOG_IN, {"username": "", "password": "", "demo_account": "valmentaja@demo.example"})
    assert chosen.status_code == 200
    assert chosen.context["form"]["username"].value() == "valmentaja@demo.example"


def test_the_log_in_page_never_comes_from_a_cache(client, db):
    assert client.get(LOG_IN)["Cache-Control"] == "no-store, private"
