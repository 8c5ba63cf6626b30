"""The daily log's page: who sees what, what a POST answers, and that nothing typed is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.models import AttendanceMark, DailyLogDraft, StepForward
from tests.coaching.daily_log_support import everybody, make_group, opened_form
from tests.support import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def group(month):
    return make_group(month, 3)


def url(session, name="daily-log"):
    return reverse(f"coaching:{name}", args=[session.pk])


def page_of(response) -> str:
    return response.content.decode()


# --- opening ---------------------------------------------------------------------------------------
def test_the_coach_sees_the_group_and_the_opening_is_audited_with_ids(
    session, coach, group, client_of, today
):
    response = client_of(coach).get(url(session))
    assert response.status_code == 200
    html = page_of(response)
    assert [name for name in ("Pat Aalto", "Pat Berg", "Pat Eerola") if name in html] == [
        "Pat Aalto",
        "Pat Berg",
        "Pat Eerola",
    ]
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.object_id) == ("session.log_viewed", coach, session.pk)
    assert event.details == {"enrolments": [enrolment.pk for enrolment in group]}


@pytest.mark.parametrize("size", [1, 10, 12])
def test_opening_takes_the_same_few_queries_whatever_the_size(
    session, coach, month, client_of, today, count_queries, size
):
    make_group(month, size)
    client = client_of(coach)
    with count_queries() as queries:
        assert client.get(url(session)).status_code == 200
    assert len(queries) == 10, [query["sql"][:90] for query in queries]


@pytest.mark.parametrize("who", ["coordinator", "manager"])
def test_others_of_the_house_see_attendance_but_no_notes_and_no_steps(
    session, coach, who, group, client_of, request, today
):
    fields = opened_form(session) | everybody(group) | {"group_note": "Salainen muistio"}
    client_of(coach).post(url(session), fields | {f"step-{group[0].pk}": "Salainen askel"})
    response = client_of(request.getfixturevalue(who)).get(url(session))
    html = page_of(response)
    assert response.status_code == 200
    assert "Pat Aalto" in html
    assert "Present" in html
    assert "Salainen" not in html
    assert "<textarea" not in html


def test_a_te_sponsor_gets_a_sentence_instead_of_attendance(session, officer, group, client_of, today):
    response = client_of(officer).get(url(session))
    assert response.status_code == 403
    assert "Pat Aalto" not in page_of(response)


def test_a_coach_of_another_group_gets_404(session, other_coach, client_of, today):
    assert client_of(other_coach).get(url(session)).status_code == 404


def test_a_future_session_shows_the_group_but_no_form(coach, month, group, client_of, today):
    tomorrow = factories.SessionFactory(month=month, held_on=today + dt.timedelta(days=1))
    html = page_of(client_of(coach).get(url(tomorrow)))
    assert "from its own day on" in html
    assert "<textarea" not in html


def test_a_closed_month_is_shown_with_its_notes_to_its_coach(session, coach, month, group, client_of, today):
    fields = opened_form(session) | everybody(group) | {"group_note": "Hyvä kuukausi"}
    client_of(coach).post(url(session), fields)
    month.state, month.closed_at, month.closed_by = "closed", "2026-02-10T10:00Z", coach
    month.save()
    html = page_of(client_of(coach).get(url(session)))
    assert "has been closed" in html
    assert "Hyvä kuukausi" in html
    assert "<textarea" not in html


# --- saving ----------------------------------------------------------------------------------------
def test_a_normal_day_is_saved_and_the_page_says_so(session, coach, group, client_of, today):
    response = client_of(coach).post(url(session), opened_form(session) | everybody(group), follow=True)
    assert response.redirect_chain == [(url(session), 302)]
    assert "Saved. Everybody&#x27;s attendance is recorded." in page_of(response)


def test_saving_names_those_whose_information_is_missing(session, coach, group, client_of, today):
    fields = opened_form(session) | {f"mark-{group[0].pk}": "present"}
    html = page_of(client_of(coach).post(url(session), fields, follow=True))
    assert "The attendance of 2 people is missing: Pat Berg, Pat Eerola." in html


def test_a_whole_group_is_saved_within_twelve_queries(session, coach, month, client_of, today, count_queries):
    people = make_group(month, 10)
    fields = opened_form(session) | everybody(people) | {"group_note": "Hyvä päivä"}
    fields |= {f"mark-{people[3].pk}": "own_illness", f"step-{people[0].pk}": "Soitti kauppaan"}
    client = client_of(coach)
    client.post(url(session, "daily-log-draft"), fields)
    with count_queries() as queries:
        assert client.post(url(session), fields).status_code == 302
    assert len(queries) <= 12, [query["sql"][:90] for query in queries]


def test_the_substitute_saves_on_the_day(session, substitute, group, client_of, today):
    response = client_of(substitute).post(url(session), opened_form(session) | everybody(group))
    assert response.status_code == 302
    assert set(AttendanceMark.objects.values_list("recorded_by", flat=True)) == {substitute.pk}


@pytest.mark.parametrize("who", ["coordinator", "manager", "officer"])
@pytest.mark.parametrize("broken", [{}, {"group_note": "x" * 10_001}, {"all_present": "1"}])
def test_a_post_of_somebody_who_may_only_read_is_refused(
    session, who, broken, group, client_of, request, today
):
    client = client_of(request.getfixturevalue(who))
    assert client.post(url(session), opened_form(session) | broken).status_code == 403


@pytest.mark.parametrize("broken", [{}, {"group_note": "x" * 10_001}, {"all_present": "1"}])
def test_a_post_of_a_stranger_is_404(session, other_coach, broken, client_of, today):
    client = client_of(other_coach)
    assert client.post(url(session), opened_form(session) | broken).status_code == 404


def test_everybody_is_present_works_without_javascript_and_saves_nothing_yet(
    session, coach, group, client_of, today
):
    fields = opened_form(session) | {f"mark-{group[1].pk}": "own_illness", "all_present": "1"}
    response = client_of(coach).post(url(session), fields)
    html = page_of(response)
    assert response.status_code == 200
    assert html.count('value="present" selected') == 2
    assert html.count('value="own_illness" selected') == 1
    assert "Nothing has been saved yet" in html
    assert not AttendanceMark.objects.exists()


# --- what cannot be saved ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("group_note", "ä" * 10_001, "10001 characters long"),
        ("late-{}", "-5", "whole number from 0 to 480"),
        ("late-{}", "481", "whole number from 0 to 480"),
        ("early-{}", "kymmenen", "whole number from 0 to 480"),
        ("mark-{}", "ufo", "Choose a mark"),
        ("mark-{}", "not_arranged", "Choose a mark"),
        ("step-{}", "x" * 301, "at most 300 characters"),
        ("time-{}", "-5", "whole number from 0 to 480"),
        ("time-{}", "481", "whole number from 0 to 480"),
        ("calls-{}", "51", "whole number from 0 to 50"),
        ("calls-{}", "-1", "whole number from 0 to 50"),
        ("actkind-{}", "ufo", "Choose what was done"),
        ("actkind-{}", "other", "Write what was done"),
        ("acttext-{}", "Saha Oy", "Choose what was done"),
        ("actkind-{}", ["cv"] * 31, "at most 30 lines"),
        ("tiptext", "x" * 301, "at most 300 characters"),
        ("tiptext", ["vinkki"] * 31, "at most 30 lines"),
        ("trial_note", "ä" * 10_001, "10001 characters long"),
        ("trial_advice", "ä" * 10_001, "10001 characters long"),
        ("not_arranged", "1", "Say why the session was not arranged"),
        ("not_arranged_reason", "Sähkökatko", "Tick that the session was not arranged"),
    ],
)
def test_bad_input_gets_a_sentence_keeps_what_was_typed_and_saves_nothing(
    session, coach, group, client_of, today, field, value, sentence
):
    fields = opened_form(session) | everybody(group) | {f"step-{group[2].pk}": "Rohkea puhelu"}
    fields[field.format(group[0].pk)] = value
    response = client_of(coach).post(url(session), fields)
    html = page_of(response)
    assert response.status_code == 422
    assert sentence in html
    assert "Rohkea puhelu" in html
    assert (
        value in ("ufo", "other") or isinstance(value, list) or value in html
    )  # a list has no place for what is not in it
    assert not AttendanceMark.objects.exists()
    session.refresh_from_db()
    assert session.version == 1


def test_minutes_belong_to_somebody_who_was_present(session, coach, group, client_of, today):
    fields = opened_form(session) | {f"mark-{group[0].pk}": "own_illness", f"late-{group[0].pk}": "10"}
    response = client_of(coach).post(url(session), fields)
    assert response.status_code == 422
    assert "only for somebody who was present" in page_of(response)


def test_scripts_emoji_and_right_to_left_text_are_only_text(session, coach, group, client_of, today):
    note = "<script>alert('x')</script> 🎉 שלום \u202eabc\x00 </textarea>"
    fields = opened_form(session) | {"group_note": note, f"step-{group[0].pk}": '"><img src=x onerror=1> 🎉'}
    html = page_of(client_of(coach).post(url(session), fields, follow=True))
    assert "<script>alert" not in html
    assert "<img" not in html
    session.refresh_from_db()
    assert session.group_note == note.replace("\x00", "")
    assert StepForward.objects.get().text == '"><img src=x onerror=1> 🎉'


def test_line_breaks_of_a_browser_do_not_count_as_a_change(session, coach, group, client_of, today):
    fields = opened_form(session) | everybody(group) | {"group_note": "yksi\r\nkaksi"}
    client_of(coach).post(url(session), fields)
    client_of(coach).post(url(session), opened_form(session) | {"group_note": "yksi\r\nkaksi"})
    session.refresh_from_db()
    assert (session.group_note, session.version) == ("yksi\nkaksi", 2)


def test_not_arranged_asks_before_it_removes_marks(session, coach, group, client_of, today):
    client = client_of(coach)
    client.post(url(session), opened_form(session) | everybody(group))
    fields = opened_form(session) | {"not_arranged": "1", "not_arranged_reason": "Sähkökatko"}
    response = client.post(url(session), fields)
    assert response.status_code == 422
    assert "Yes, remove the attendance marks of 3 people" in page_of(response)
    assert client.post(url(session), fields | {"confirm_removal": "1"}).status_code == 302
    assert not AttendanceMark.objects.exists()


def test_the_form_of_another_session_is_refused(session, coach, month, group, client_of, today):
    other = factories.SessionFactory(month=month, held_on=today - dt.timedelta(days=1))
    response = client_of(coach).post(url(session), opened_form(other) | everybody(group))
    assert response.status_code == 422
    assert "another session" in page_of(response)
    assert not AttendanceMark.objects.exists()


def test_a_person_of_another_group_in_the_post_is_refused(session, coach, group, client_of, today):
    stranger = factories.EnrolmentFactory(participant__last_name="Salainen")
    response = client_of(coach).post(url(session), opened_form(session) | everybody([*group, stranger]))
    assert response.status_code == 422
    assert "Salainen" not in page_of(response)
    assert not AttendanceMark.objects.exists()


# --- two people --------------------------------------------------------------------------------------
@pytest.fixture
def conflict(session, coach, substitute, group, client_of, today):
    """The coach's refused POST: the substitute saved another note and another mark in between."""
    mine, theirs = opened_form(session), opened_form(session)
    first = group[0].pk
    client_of(substitute).post(
        url(session),
        theirs | {"group_note": "Sirpan muistio", f"mark-{first}": "present", f"late-{first}": "10"},
    )
    return client_of(coach).post(
        url(session), mine | {"group_note": "Sannan muistio", f"mark-{first}": "own_illness"}
    )


def test_a_true_conflict_shows_both_and_who_saved_the_other_when(session, conflict, group):
    html = page_of(conflict)
    assert conflict.status_code == 422
    assert "Sannan muistio" in html
    assert "Sirpan muistio" in html
    assert "Own illness" in html
    assert "Present, 10 min late" in html
    assert "Saved by Sirpa Sijainen at 9.30" in html
    session.refresh_from_db()
    assert session.group_note == "Sirpan muistio"


@pytest.mark.parametrize(
    ("choice", "note", "mark"),
    [("mine", "Sannan muistio", "own_illness"), ("theirs", "Sirpan muistio", "present")],
)
def test_the_choice_decides_and_the_rest_is_saved(
    session, conflict, coach, group, client_of, choice, note, mark
):
    first = group[0].pk
    fields = opened_form(session) | {"group_note": "Sannan muistio", f"mark-{first}": "own_illness"}
    fields |= {f"late-{first}": "", "conflict": ["note", f"attendance-{first}"]}
    fields |= {"choice-note": choice, f"choice-attendance-{first}": choice}
    assert client_of(coach).post(url(session), fields).status_code == 302
    session.refresh_from_db()
    assert session.group_note == note
    assert AttendanceMark.objects.get(enrolment=first).mark == mark


def test_a_conflict_must_be_decided(session, conflict, coach, group, client_of):
    fields = opened_form(session) | {"group_note": "Sannan muistio", "conflict": ["note"]}
    response = client_of(coach).post(url(session), fields)
    assert response.status_code == 422
    session.refresh_from_db()
    assert session.group_note == "Sirpan muistio"


# --- drafts ------------------------------------------------------------------------------------------
def test_a_draft_is_kept_and_comes_back_with_a_note(session, coach, group, client_of, today):
    client = client_of(coach)
    fields = opened_form(session) | {"group_note": "Kesken jäi", f"late-{group[0].pk}": "abc"}
    answer = client.post(url(session, "daily-log-draft"), fields)
    assert (answer.status_code, answer.json()) == (200, {"saved_at": "9.30"})
    html = page_of(client.get(url(session)))
    assert "Kesken jäi" in html
    assert 'value="abc"' in html
    assert "Your draft of 10.2.2026 9.30 is back on the page" in html
    session.refresh_from_db()
    assert session.group_note == ""


def test_a_draft_is_never_shown_to_anybody_else(session, coach, substitute, group, client_of, today):
    client_of(coach).post(
        url(session, "daily-log-draft"), opened_form(session) | {"group_note": "Sannan luonnos"}
    )
    assert "Sannan luonnos" not in page_of(client_of(substitute).get(url(session)))


def test_a_draft_meets_what_somebody_else_saved_meanwhile(
    session, coach, substitute, group, client_of, today
):
    client_of(coach).post(url(session, "daily-log-draft"), opened_form(session) | {"group_note": "Sannan"})
    client_of(substitute).post(url(session), opened_form(session) | {"group_note": "Sirpan"})
    html = page_of(client_of(coach).get(url(session)))
    assert 'name="choice-note"' in html
    assert "Sannan" in html
    assert "Sirpan" in html


def test_a_discarded_draft_is_gone(session, coach, group, client_of, today):
    client = client_of(coach)
    client.post(url(session, "daily-log-draft"), opened_form(session) | {"group_note": "Turha"})
    response = client.post(url(session, "daily-log-draft-discard"), follow=True)
    assert "The draft was discarded." in page_of(response)
    assert "Turha" not in page_of(response)
    assert not DailyLogDraft.objects.exists()


def test_autosave_without_a_session_gets_401_and_keeps_nothing(session, client, group, today):
    response = client.post(
        url(session, "daily-log-draft"), opened_form(session), headers={"X-Requested-With": "fetch"}
    )
    assert response.status_code == 401
    assert not DailyLogDraft.objects.exists()


def test_a_refused_draft_says_why(coach, month, client_of, today):
    tomorrow = factories.SessionFactory(month=month, held_on=today + dt.timedelta(days=1))
    response = client_of(coach).post(
        url(tomorrow, "daily-log-draft"), opened_form(tomorrow) | {"group_note": "Ennakkoon"}
    )
    assert response.status_code == 422
    assert "from its own day on" in response.json()["message"]


def test_an_illness_that_lasts_brings_the_hint_of_a_certificate(
    session, coach, group, month, client_of, today
):
    for days in (1, 4, 5):
        factories.MarkFactory(
            enrolment=group[0],
            session=factories.SessionFactory(month=month, held_on=today - dt.timedelta(days=days)),
            mark="own_illness",
        )
    html = page_of(client_of(coach).get(url(session)))
    assert html.count("data-hint-own_illness") == 1
    assert "Day 4 of illness: ask for a certificate." in html
