"""The participant's own copy: the same data in plain words, nothing more, nothing of what is left out."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from reports.models import SummaryVersion
from reports.services.versions import give_to_participant
from reports.summary.plain import plain_copy
from tests.support.own_pages import go_in
from tests.support.summaries import give_consents, make_summary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def words_of(version) -> str:
    parts = plain_copy(SummaryVersion.objects.with_person().get(pk=version.pk))
    return " ".join(f"{part.title} {' '.join(part.sentences)}" for part in parts)


def test_it_says_the_main_things_in_short_sentences(draft):
    words = words_of(draft)
    assert "Olit paikalla 20 päivänä." in words
    assert "Olit työkokeilussa: Rautakauppa Saha Oy" in words
    assert "Soitit työpaikoille 2 kertaa." in words
    for part in plain_copy(draft):
        for sentence in part.sentences:
            assert "→" not in sentence
            assert "_" not in sentence, "a code is no plain word"


@pytest.mark.parametrize(("who", "words"), [("Aino", "sinä"), ("osallistuja", "sinä"), ("Sanna", "Sanna")])
def test_who_reads_is_spoken_to_also_in_the_plan(draft, who, words):
    draft.data["plan"]["steps"][0]["who"] = who
    assert f"Kuka tekee: {words}." in " ".join(" ".join(part.sentences) for part in plain_copy(draft))


@pytest.mark.parametrize(("language", "words"), [("sv", "Du"), ("en", "You came on 20 days.")])
def test_it_speaks_the_summarys_language(draft, language, words):
    draft.language = language
    with translation.override("fi"):
        said = " ".join(" ".join(part.sentences) for part in plain_copy(draft))
    assert words in said


def test_what_is_left_out_or_withheld_is_not_in_it(draft, enrolment):
    draft.data["aftercare"] |= {
        "answer": "accepted",
        "starts_on": "2026-03-02",
        "ends_on": "2026-07-01",
        "carer": "Outi Tukija",
    }
    assert "Outi Tukija" in " ".join(" ".join(part.sentences) for part in plain_copy(draft))
    draft.left_out = ["aftercare"]
    assert "Outi Tukija" not in " ".join(" ".join(part.sentences) for part in plain_copy(draft))


def test_a_running_month_is_told_as_running_and_as_provisional(draft):
    draft.data["basics"]["left_on"] = "2099-01-01"
    draft.is_provisional = True
    said = " ".join(" ".join(part.sentences) for part in plain_copy(draft))
    assert "Kuukausi on vielä kesken." in said
    assert "Tämä kopio on alustava." in said
    assert "Olet ollut paikalla 20 päivänä." in said
    assert "Olit valmennuskuukaudessa" not in said
    assert "Olit työkokeilussa" not in said


def test_an_empty_month_has_only_what_there_is(enrolment):
    give_consents(enrolment.participant)
    parts = plain_copy(make_summary(enrolment))
    assert all(part.sentences for part in parts)


def test_the_participant_and_the_coach_open_it(draft, coach, client_of, today):
    given = give_to_participant(actor=coach, summary_id=draft.pk, version=draft.version)
    inside = go_in(given.enrolment.participant)
    assert reverse("own_summary:plain") in inside.get(reverse("own_summary:summary")).content.decode()
    assert "Olit paikalla" in inside.get(reverse("own_summary:plain")).content.decode()
    page = client_of(coach).get(reverse("reports:summary-plain", args=[given.pk])).content.decode()
    assert "Olit paikalla" in page


def test_a_draft_that_was_not_given_is_not_there(draft, today):
    assert go_in(draft.enrolment.participant).get(reverse("own_summary:plain")).status_code == 404


def test_a_protected_persons_places_are_not_shown_behind_the_link(draft, coach, today):
    given = give_to_participant(actor=coach, summary_id=draft.pk, version=draft.version)
    given.enrolment.participant.is_restricted = True
    given.enrolment.participant.save()
    page = go_in(given.enrolment.participant).get(reverse("own_summary:plain")).content.decode()
    assert "Rautakauppa" not in page


def test_it_asks_no_database(draft, django_assert_num_queries):
    draft = SummaryVersion.objects.with_person().get(pk=draft.pk)
    with django_assert_num_queries(0):
        plain_copy(draft)
