"""A coach's own phrases: added, changed, removed, counted; nobody else's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.models import Phrase

pytestmark = pytest.mark.django_db
LIST = "coaching:phrase-list"


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def at(name, phrase):
    return reverse(f"coaching:phrase-{name}", args=[phrase.pk])


def test_a_phrase_is_kept_once_however_often_it_is_sent(coach, client_of, today):
    client = client_of(coach)
    for _ in range(2):
        answer = client.post(
            reverse(LIST), {"text": " Ryhmä   kannusti. "}, headers={"X-Requested-With": "fetch"}
        )
        assert answer.json()["text"] == "Ryhmä kannusti."
    assert Phrase.objects.get().user == coach
    assert AuditEvent.objects.filter(action="phrase.added").count() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Write the phrase"), ("\x00 ", "Write the phrase"), ("x" * 301, "at most 300")],
)
def test_what_cannot_be_kept_gets_a_sentence_and_stays_in_the_field(coach, client_of, today, text, sentence):
    answer = client_of(coach).post(reverse(LIST), {"text": text})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert text.strip("\x00 ") in html
    assert not Phrase.objects.exists()


def test_the_most_used_comes_first_and_only_ones_own_are_shown(coach, other_coach, client_of, today, phrase):
    other_coach.phrases.create(text="Toisen fraasi")
    often = coach.phrases.create(text="Usein käytetty")
    client = client_of(coach)
    assert client.post(at("used", often)).status_code == 204
    html = client.get(reverse(LIST)).content.decode()
    assert html.index("Usein käytetty") < html.index(phrase.text)
    assert "Toisen fraasi" not in html
    assert Phrase.objects.get(pk=often.pk).used_count == 1


def test_a_phrase_is_changed_and_removed(coach, client_of, today, phrase):
    client = client_of(coach)
    assert client.post(at("edit", phrase), {"text": "Uusi <b>lause</b>"}).status_code == 302
    phrase.refresh_from_db()
    assert phrase.text == "Uusi <b>lause</b>"
    assert "<b>lause" not in client.get(reverse(LIST)).content.decode()
    assert client.post(at("remove", phrase)).status_code == 302
    assert not Phrase.objects.exists()


def test_two_equal_phrases_are_refused_at_the_field(coach, client_of, today, phrase):
    other = coach.phrases.create(text="Toinen")
    answer = client_of(coach).post(at("edit", other), {"text": phrase.text})
    assert answer.status_code == 422
    assert "already have this phrase" in answer.content.decode()


@pytest.mark.parametrize("name", ["edit", "remove", "used"])
def test_anothers_phrase_does_not_exist(other_coach, client_of, today, phrase, name):
    assert client_of(other_coach).post(at(name, phrase), {"text": "Minun"}).status_code == 404
    phrase.refresh_from_db()
    assert phrase.used_count == 0
