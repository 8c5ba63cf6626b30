"""Discussions: what happened since the last one, any topic, a planned day, and what is refused."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import AuditEvent
from coaching.models import Discussion, Interview, JobSearchAction
from coaching.pages.since_last import present_by_default, since_last
from coaching.services import discussions
from core.errors import DomainError, StaleVersion
from tests.support import factories

TODAY = dt.date(2026, 2, 10)
HELD = {
    "held_on": "10.2.2026",
    "present": "Aino, Sanna",
    "participant_view": "Sujuu.",
    "coach_view": "Rohkeutta on tullut lisää.",
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(client_of, coach, today):
    return client_of(coach)


def day(number):
    return dt.date(2026, 2, number)


@pytest.fixture
def a_week(enrolment, coach):
    """Three logged days, a call, an interview, a step, and a talk on the 4th that asked for help."""
    for number, mark in ((3, "present"), (5, "own_illness"), (9, "present")):
        session = factories.SessionFactory(
            month=enrolment.month, held_on=day(number), state="logged", logged_at=timezone.now()
        )
        factories.MarkFactory(enrolment=enrolment, session=session, mark=mark)
    for number, text in ((3, "Ennen keskustelua"), (9, "Soitti itse varastoon")):
        factories.StepForwardFactory(enrolment=enrolment, day=day(number), text=text)
    for number in (3, 6):
        JobSearchAction.objects.create(
            enrolment=enrolment, day=day(number), kind="call", recorded_at=timezone.now()
        )
    Interview.objects.create(enrolment=enrolment, kind="practice", held_on=day(6), where="Ryhmä")
    factories.ActionStepFactory(enrolment=enrolment, what="Vie hakemuksen", due_on=day(6))
    factories.ActionStepFactory(enrolment=enrolment, what="Tehty jo", done_on=day(9), result="Sai ajan")
    return factories.DiscussionFactory(
        enrolment=enrolment,
        kind="other",
        topic="Alku",
        held_on=day(4),
        help_wanted="Harjoitellaan soittamista",
        help_answer="Tiistaisin yhdessä",
        agreed="Soitto joka päivä",
    )


# --- what happened since the last one ---------------------------------------------------------------
def test_it_counts_only_what_came_after_the_last_discussion(enrolment, a_week):
    since = since_last(enrolment, None, today=TODAY)
    assert (since.since, since.last) == (day(4), a_week)
    assert (since.attended, since.arranged) == (1, 2)
    assert [step.text for step in since.steps_forward] == ["Soitti itse varastoon"]
    assert since.job_search_count == 1
    assert [interview.where for interview in since.interviews] == ["Ryhmä"]
    assert [step.what for step in since.steps_done] == ["Tehty jo"]
    assert {step.pk for step in since.steps_open} == since.overdue


def test_a_held_discussion_shows_nothing_that_came_after_it(enrolment, a_week):
    since = since_last(enrolment, a_week, today=TODAY)
    assert (since.since, since.until) == (None, day(4))
    assert [step.text for step in since.steps_forward] == ["Ennen keskustelua"]


def test_the_form_shows_the_help_wanted_last_time_and_its_answer(pages, enrolment, a_week):
    html = pages.get(reverse("coaching:discussion", args=[enrolment.pk, "mid"])).content.decode()
    for text in (
        "Harjoitellaan soittamista",
        "Tiistaisin yhdessä",
        "Soitto joka päivä",
        "Soitti itse varastoon",
    ):
        assert text in html
    assert "Ennen keskustelua" not in html


def test_taking_it_as_a_start_keeps_what_was_typed_and_saves_nothing(pages, enrolment, a_week):
    response = pages.post(
        reverse("coaching:discussion", args=[enrolment.pk, "mid"]),
        {"start": "1", "base_version": 0, "coach_view": "Oma alku", "held_on": "31.2."},
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert "Oma alku" in html
    assert "Soitti itse varastoon" in html
    assert 'value="31.2."' in html
    assert not Discussion.objects.filter(kind="mid").exists()


def test_the_query_count_does_not_grow_with_the_week(enrolment, a_week, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        since_last(enrolment, None, today=TODAY)
        few = len(connection.queries)
    for number in range(5, 10):
        factories.StepForwardFactory(enrolment=enrolment, day=day(number), text=f"Askel {number}")
        factories.ActionStepFactory(enrolment=enrolment, what=f"Tekee {number}")
    with django_assert_max_num_queries(12):
        since_last(enrolment, None, today=TODAY)
        assert len(connection.queries) <= few * 2


def test_the_starting_text_tells_it_in_a_few_lines(enrolment, a_week):
    with translation.override("en"):
        lines = since_last(enrolment, None, today=TODAY).in_words().splitlines()
    assert "Present on 1 of 2 days." in lines
    assert "Done: Tehty jo – Sai ajan" in lines
    assert "Still to do: Vie hakemuksen (Aino)" in lines


def test_the_usual_people_are_filled_in(enrolment, coach):
    assert present_by_default(enrolment, "mid", coach) == "Aino Koivuniemi, Sanna Valmentaja"
    assert present_by_default(enrolment, "three_party", coach).endswith("Olli Virkailija")


# --- any other discussion ---------------------------------------------------------------------------
def test_several_other_discussions_stand_side_by_side(pages, enrolment):
    url = reverse("coaching:other-discussion-new", args=[enrolment.pk])
    for topic in ("Opinnot", "Raha"):
        for _ in range(2):  # sent twice, kept once
            assert pages.post(url, {**HELD, "topic": topic, "base_version": 0}).status_code == 302
    assert set(Discussion.objects.values_list("topic", flat=True)) == {"Opinnot", "Raha"}
    assert AuditEvent.objects.filter(action="discussion.recorded").count() == 2
    html = pages.get(reverse("coaching:person", args=[enrolment.pk])).content.decode()
    assert "Opinnot" in html
    assert "Raha" in html


def test_an_other_discussion_says_what_it_is_about(pages, enrolment):
    url = reverse("coaching:other-discussion-new", args=[enrolment.pk])
    response = pages.post(url, {**HELD, "topic": "  ", "base_version": 0})
    assert response.status_code == 422
    assert HELD["coach_view"] in response.content.decode()


def test_another_persons_discussion_is_404(pages, enrolment):
    other = factories.DiscussionFactory(kind="other", topic="Muiden")
    assert pages.get(reverse("coaching:other-discussion", args=[enrolment.pk, other.pk])).status_code == 404
    pages.post(reverse("coaching:discussion-remove", args=[enrolment.pk, other.pk]), {"version": "1"})
    assert Discussion.objects.filter(pk=other.pk).exists()


def test_two_people_editing_an_other_discussion_see_both(pages, enrolment, other_talk, substitute):
    url = reverse("coaching:other-discussion", args=[enrolment.pk, other_talk.pk])
    discussions.save_discussion(
        actor=substitute,
        enrolment_id=enrolment.pk,
        kind="other",
        discussion_id=other_talk.pk,
        base_version=1,
        today=TODAY,
        planned_on=day(13),
        held_on=None,
        topic="Sijaisen aihe",
        present="",
        participant_view="",
        coach_view="",
        help_wanted="",
        help_answer="",
        agreed="",
    )
    response = pages.post(url, {**HELD, "topic": "Oma aihe", "base_version": 1})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Sijaisen aihe" in html
    assert "Oma aihe" in html
    assert 'name="base_version" value="2"' in html
    assert pages.post(url, {**HELD, "topic": "Oma aihe", "base_version": 2}).status_code == 302


# --- planning a day ---------------------------------------------------------------------------------
def test_a_day_is_planned_with_one_field_and_texts_stay(pages, enrolment):
    url = reverse("coaching:discussion-plan", args=[enrolment.pk, "mid"])
    assert pages.post(url, {"planned_on": "12.2.2026", "base_version": 0}).status_code == 302
    talk = Discussion.objects.get()
    assert (talk.planned_on, talk.held_on, talk.version) == (day(12), None, 1)
    assert pages.post(url, {"planned_on": "13.2.2026", "base_version": 1}).status_code == 302
    talk.refresh_from_db()
    assert talk.planned_on == day(13)


@pytest.mark.parametrize("planned_on", ["9.2.2026", "1.1.2099", "30.2.2026", "huomenna", ""])
def test_a_day_that_cannot_be_is_answered_at_the_field(pages, enrolment, planned_on):
    url = reverse("coaching:discussion-plan", args=[enrolment.pk, "mid"])
    response = pages.post(url, {"planned_on": planned_on, "base_version": 0})
    assert response.status_code == 422
    assert f'value="{planned_on}"' in response.content.decode() or not planned_on
    assert not Discussion.objects.exists()


def test_a_held_discussion_cannot_be_planned_again(enrolment, coach):
    factories.DiscussionFactory(enrolment=enrolment, kind="mid", held_on=day(9))
    with pytest.raises(DomainError):
        discussions.plan_discussion(
            actor=coach,
            enrolment_id=enrolment.pk,
            kind="mid",
            planned_on=day(12),
            base_version=1,
            today=TODAY,
        )


def test_a_planned_discussion_is_removed_and_a_held_one_stays(pages, enrolment, other_talk):
    held = factories.DiscussionFactory(enrolment=enrolment, kind="mid", held_on=day(9))
    for talk in (other_talk, held):
        url = reverse("coaching:discussion-remove", args=[enrolment.pk, talk.pk])
        assert pages.post(url, {"version": "1"}).status_code == 302
    assert list(Discussion.objects.all()) == [held]
    assert AuditEvent.objects.filter(action="discussion.removed").count() == 1


def test_removing_a_discussion_that_moved_on_is_refused(enrolment, coach, other_talk):
    with pytest.raises(StaleVersion):
        discussions.remove_discussion(
            actor=coach, enrolment_id=enrolment.pk, discussion_id=other_talk.pk, base_version=7
        )


def test_discussions_stay_open_after_the_month_was_closed(pages, enrolment):
    month = enrolment.month
    month.state, month.closed_at, month.closed_by = "closed", timezone.now(), month.coach
    month.save()
    url = reverse("coaching:discussion", args=[enrolment.pk, "three_party"])
    assert pages.post(url, {**HELD, "base_version": 0}).status_code == 302
    assert Discussion.objects.get().kind == "three_party"
