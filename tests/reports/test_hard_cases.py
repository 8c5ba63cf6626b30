"""Hard months and hard lives: each gives a correct document or a clear refusal (issue 5, "Hard cases")."""

from __future__ import annotations

import datetime as dt
import json
import logging
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import default_storage

from coaching.models import GoalVersion
from coaching.services.leaving import end_early
from core.errors import DomainError
from core.files import save_whole
from reports.errors import ReleaseRefused
from reports.services.release import release_summary
from reports.services.versions import approve_summary, make_draft, record_approval
from reports.summary.build import build_summaries
from reports.summary.canonical import as_json
from reports.summary.holes import blocking, find_holes
from reports.summary.present import present
from tests.support.archive import assert_whole_document, pages_of, render, words_of
from tests.support.hard_cases import (
    NAME_OF_60,
    NAME_OF_120,
    NOTES_OF_8000,
    dated_month,
    person_in,
    tell_everything,
    work_trial,
)
from tests.support.summaries import make_summary

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")
D = dt.date


@pytest.fixture
def cast(coach, officer, office):
    return {"coach": coach, "officer": officer, "office": office}


@pytest.fixture
def february(cast):
    return dated_month(D(2026, 2, 2), **cast)


@pytest.fixture(autouse=True)
def no_complaint(caplog):
    """WeasyPrint has nothing to say about any of these documents."""
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        yield
    assert [row.getMessage() for row in caplog.records if row.name.startswith("weasyprint")] == []


def summed_up(enrolment, *, today=None):
    """The draft on the day after the month, or on `today`."""
    return make_summary(enrolment, today=today or enrolment.month.ends_on + dt.timedelta(days=3))


def happened(summary) -> dict:
    return summary.data["happened"]


def drawn_days(summary) -> list[str]:
    """The days of the strip on paper: those that were no holiday."""
    return [day["day"] for day in happened(summary)["strip"] if day["verdict"] not in ("holiday", "nothing")]


# --- months --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("starts_on", "ends_on", "arranged", "off"),
    [
        pytest.param(D(2026, 3, 16), D(2026, 4, 10), 18, [D(2026, 4, 3), D(2026, 4, 6)], id="easter"),
        pytest.param(D(2026, 6, 1), D(2026, 6, 26), 19, [D(2026, 6, 19)], id="midsummer"),
        pytest.param(D(2025, 3, 10), D(2025, 4, 4), 20, [], id="summer time begins"),
        pytest.param(D(2026, 10, 12), D(2026, 11, 6), 20, [], id="winter time begins"),
        pytest.param(
            D(2026, 12, 14),
            D(2027, 1, 8),
            16,
            [D(2026, 12, 24), D(2026, 12, 25), D(2027, 1, 1), D(2027, 1, 6)],
            id="the year's end",
        ),
    ],
)
def test_a_month_over_days_off_or_a_change_of_the_clock_counts_its_days(
    cast, starts_on, ends_on, arranged, off
):
    month = dated_month(starts_on, **cast)
    summary = summed_up(person_in(month))
    block, shown = happened(summary), present(summary)
    assert month.ends_on == ends_on
    assert (block["days_arranged"], block["days_attended"]) == (arranged, arranged)
    assert (block["days_unmarked"], block["sessions_unlogged"]) == (0, 0)
    assert [day["day"] for day in block["strip"] if day["verdict"] == "holiday"] == [
        day.isoformat() for day in off
    ]
    assert len(drawn_days(summary)) == arranged
    assert len(set(drawn_days(summary))) == arranged
    assert not summary.is_provisional
    assert f"{arranged} / {arranged} päivää" in shown["blocks"]["happened"]["strip"]["alt"]
    content = render(summary)
    assert_whole_document(content, summary)
    text = words_of(content)
    assert f"{arranged} / {arranged}" in text
    span = "–".join(f"{day.day}.{day.month}.{day.year}" for day in (starts_on, ends_on))
    assert span in text


@pytest.mark.parametrize(
    ("made_at", "day"),
    [
        (dt.datetime(2026, 3, 29, 0, 30, tzinfo=HELSINKI), "29.3.2026"),  # still the 28th in UTC
        (dt.datetime(2026, 10, 25, 0, 30, tzinfo=HELSINKI), "25.10.2026"),
        (
            dt.datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI, fold=1),
            "25.10.2026",
        ),  # the hour that comes twice
        (dt.datetime(2026, 12, 31, 23, 59, tzinfo=HELSINKI), "31.12.2026"),
    ],
)
def test_the_day_on_paper_is_the_day_in_finland(february, made_at, day):
    enrolment = person_in(february)
    summary = make_draft(actor=february.coach, enrolment_id=enrolment.pk, now=made_at, today=made_at.date())
    assert present(summary)["made_on"] == day
    content = render(summary)
    data = assert_whole_document(content, summary)
    assert data["made_on"] == made_at.date().isoformat()
    assert day in words_of(content)


def test_a_month_with_no_logged_session_says_so_and_is_not_released(cast, own_files):
    month = dated_month(D(2026, 2, 2), logged=False, **cast)
    summary = summed_up(person_in(month, placements=0))
    block = happened(summary)
    assert (block["days_arranged"], block["sessions_unlogged"]) == (0, 20)
    assert block["missing"] == "no_session_logged"
    assert summary.is_provisional
    content = render(summary)
    assert_whole_document(content, summary)
    text = words_of(content)
    assert "ALUSTAVA" in text
    assert "20 tapaamista on kirjaamatta tai vielä edessä" in text
    assert "0 / 0" not in text
    with pytest.raises(ReleaseRefused) as refusal:
        release(approved_by_all(summary))
    assert "kirja" in str(refusal.value)


def approved_by_all(summary):
    """Through the services: the participant's approval, the coach's, and a PDF."""
    coach, now = summary.enrolment.month.coach, summary.created_at + dt.timedelta(hours=1)
    signed = record_approval(
        actor=coach,
        summary_id=summary.pk,
        signed_on=now.date(),
        method="meeting",
        version=summary.version,
        now=now,
        today=now.date(),
    )
    done = approve_summary(actor=coach, summary_id=signed.pk, version=signed.version, now=now)
    done.pdf.name = save_whole(default_storage, f"summaries/hard-{done.pk}.pdf", render(done))
    done.pdf_content_hash = "f" * 64
    done.save()
    return done


def release(summary):
    now = summary.approved_at + dt.timedelta(hours=1)
    return release_summary(
        actor=summary.enrolment.month.coach,
        summary_id=summary.pk,
        version=summary.version,
        now=now,
        today=now.date(),
    )


# --- people --------------------------------------------------------------------------------------
def test_who_leaves_for_work_on_day_six_is_counted_to_that_day(february, own_files):
    last = february.sessions.in_order()[5].held_on
    enrolment = person_in(february, placements=0, until=last)
    end_early(
        actor=february.coach,
        enrolment=enrolment,
        version=enrolment.version,
        exit_kind="left_for_work",
        left_on=last,
        now=dt.datetime.combine(last, dt.time(15), tzinfo=HELSINKI),
        onward_path="paid_work",
        onward_detail="Rautakauppa Vasara, myyjä",
        onward_starts_on=last + dt.timedelta(days=1),
    )
    summary = summed_up(enrolment)
    block = happened(summary)
    assert (block["days_arranged"], block["days_attended"], len(drawn_days(summary))) == (6, 6, 6)
    assert block["sessions_unlogged"] == 0
    content = render(summary)
    assert_whole_document(content, summary)
    text = words_of(content)
    assert "2.2.2026–9.2.2026" in text
    assert "6 / 6" in text
    assert "Rautakauppa Vasara, myyjä" in text
    assert "10.2.2026" in text
    assert not summary.is_provisional
    assert release(approved_by_all(summary)).state == "released"


def test_who_joins_on_day_three_is_counted_from_that_day(february):
    summary = summed_up(person_in(february, placements=0, joined_on=D(2026, 2, 4)))
    block = happened(summary)
    assert (block["days_arranged"], block["days_attended"], len(drawn_days(summary))) == (18, 18, 18)
    assert drawn_days(summary)[0] == "2026-02-04"
    content = render(summary)
    assert_whole_document(content, summary)
    assert "4.2.2026–27.2.2026" in words_of(content)
    assert not summary.is_provisional


def test_without_a_work_trial_the_document_says_so(february):
    summary = summed_up(person_in(february, placements=0))
    assert happened(summary)["work_trials"] == []
    content = render(summary)
    assert_whole_document(content, summary)
    first, second = pages_of(content)
    assert "Jaksolla ei ollut työkokeilua" in first
    assert "Jaksolla ei ollut työkokeilua" in second  # the workplace's view
    assert "Työkokeilu: " not in summary.plan_text


def test_three_work_trials_stand_each_with_its_days(february):
    summary = summed_up(person_in(february, placements=3))
    trials = happened(summary)["work_trials"]
    assert [trial["days_attended"] for trial in trials] == [2, 2, 2]
    assert [trial["hours_logged"] for trial in trials] == [8.0, 8.0, 8.0]
    content = render(summary)
    assert_whole_document(content, summary)
    first, second = pages_of(content)
    places = [first.index(f"Rautakauppa Saha {number} Oy") for number in (1, 2, 3)]
    assert places == sorted(places)
    for number in (1, 2, 3):
        assert f"Rautakauppa Saha {number} Oy" in second


def test_a_restricted_address_names_no_workplace_anywhere(february):
    enrolment = person_in(february, is_restricted=True)
    type(enrolment.participant).objects.update(street_address="Salainen polku 3")
    enrolment.interviews.update(where="Salainen Konepaja")
    enrolment.job_search_actions.update(text="Soitin Salaiseen Konepajaan")
    summary = summed_up(enrolment)
    content = render(summary)
    data = assert_whole_document(content, summary)
    for place in (json.dumps(data, ensure_ascii=False), words_of(content)):
        assert "Rautakauppa Saha" not in place
        assert "Salai" not in place
    assert "työpaikan nimeä ei näytetä" in words_of(content).lower()


def test_without_any_consent_nothing_personal_is_written_and_nothing_leaves(february):
    enrolment = person_in(february, items=(), last_name="Koivuniemi")
    summary = summed_up(enrolment)
    content = render(summary)
    data = assert_whole_document(content, summary, pages=None)
    blocks = {"basics", "start", "happened", "change", "opinions", "plan", "proposal", "final", "health"}
    assert not blocks & set(data)
    assert data["items"] == []
    for place in (json.dumps(data, ensure_ascii=False), words_of(content)):
        for word in ("Koivuniemi", "Rautakauppa", "varastokurssille", "rohkeutta"):
            assert word not in place
    assert len(pages_of(content)) == 1
    assert "ALUSTAVA" in words_of(content)
    codes = [hole.code for hole in blocking(find_holes(summary, today=D(2026, 3, 2)))]
    assert codes.count("consent_missing") == 4
    with pytest.raises(DomainError):
        release_summary(
            actor=february.coach,
            summary_id=summary.pk,
            version=summary.version,
            now=summary.created_at,
            today=D(2026, 3, 2),
        )


@pytest.mark.parametrize("name", [NAME_OF_60, NAME_OF_120], ids=["60 characters", "120 characters"])
def test_a_long_name_with_hard_letters_stands_whole(february, name):
    first, last = name
    summary = summed_up(person_in(february, first_name=first, last_name=last))
    content = render(summary)
    data = assert_whole_document(content, summary)
    assert (data["basics"]["first_name"], data["basics"]["last_name"]) == name
    together = words_of(content).replace(" ", "")
    assert f"{first}{last}".replace(" ", "") in together
    assert "&#x27;" not in together


def test_notes_of_eight_thousand_characters_follow_on_further_pages_and_lose_nothing(february):
    enrolment = person_in(february)
    enrolment.discussions.update(participant_view=NOTES_OF_8000, coach_view=NOTES_OF_8000)
    GoalVersion.objects.filter(enrolment=enrolment).update(text=NOTES_OF_8000[:2000])
    summary = summed_up(enrolment)
    content = render(summary)
    data = assert_whole_document(content, summary, pages=None)
    assert data["opinions"]["participant"]["text"] == NOTES_OF_8000
    pages = pages_of(content)
    assert 4 <= len(pages) <= 6
    text = " ".join(pages)
    assert [text.count(f"Päivä {n} kassalla") for n in (10, 30, 100, 200)] == [3, 3, 2, 2]
    assert all(len(page) > 600 for page in pages[:-1])  # no page is left half empty
    assert f"{len(pages)}/{len(pages)}" in pages[-1]
    assert len(summary.plan_text) <= 800


@pytest.mark.parametrize("size", [1, 12])
def test_a_group_of_one_and_of_twelve(february, size, count_queries):
    people = [person_in(february, placements=1 if n == 0 else 0) for n in range(size)]
    with count_queries() as queries:
        made = build_summaries([person.pk for person in people], today=D(2026, 3, 2))
    assert len(queries) <= 12
    data = [as_json(summary) for summary in made]
    assert {one["basics"]["group_size"] for one in data} == {size}
    assert {one["happened"]["days_arranged"] for one in data} == {20}
    names = [one["basics"]["last_name"] for one in data]
    assert names == [person.participant.last_name for person in people]
    summary = summed_up(people[-1])
    content = render(summary)
    assert_whole_document(content, summary)
    words = words_of(content)
    assert f"{size} hengen ryhmä" in words
    for person in people[:-1]:
        assert person.participant.last_name not in words.split()


def test_with_all_twelve_blocks_page_one_still_holds_what_the_decision_needs(february):
    enrolment = person_in(february)
    tell_everything(enrolment)
    summary = summed_up(enrolment)
    content = render(summary)
    assert_whole_document(content, summary)
    first, second = pages_of(content)
    for words in ("Omaehtoinen opiskelu", "Hämeen ammattiopisto", "Tätä halusin.", "Hakee varastokurssille"):
        assert words in first, words
    for words in ("Ossi Ohjaaja", "Juuri näin", "1,5", "28.2.2026", "Työttömien terveystarkastus"):
        assert words in second, words


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_hard_month_is_a_whole_document_in_each_language(cast, language):
    month = dated_month(D(2026, 12, 14), **cast)
    enrolment = person_in(month, placements=3, first_name=NAME_OF_60[0], last_name=NAME_OF_60[1])
    type(enrolment.participant).objects.update(language=language)
    work_trial(enrolment, 3)
    summary = summed_up(enrolment)
    assert_whole_document(render(summary), summary, pages=None)
