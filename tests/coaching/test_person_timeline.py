"""The timeline and the "now" of the person's page."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from coaching.enums import Area
from coaching.models import Barrier, IndividualTime, Interview, JobSearchAction, SkillAssessment
from coaching.pages.person_now import person_now
from coaching.pages.timeline import SHOWN, timeline
from participants.models import Certificate, CvCheck
from reports.models import SummaryVersion
from tests.support import factories
from tests.support.queries import assert_queries_do_not_grow

TODAY = dt.date(2026, 2, 10)
pytestmark = pytest.mark.django_db


def day(number):
    return dt.date(2026, 2, number)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def everything(enrolment, coach):
    """One of each that can stand on the timeline."""
    now = timezone.now()
    factories.GoalFactory(enrolment=enrolment, written_on=day(2))
    factories.GoalFactory(enrolment=enrolment, number=2, text="Varastoon", written_on=day(5))
    factories.DiscussionFactory(enrolment=enrolment, kind="other", topic="Raha", held_on=day(4))
    factories.StepForwardFactory(enrolment=enrolment, day=day(3), text="Tuli ajoissa", done_by="together")
    JobSearchAction.objects.create(enrolment=enrolment, day=day(6), kind="call", text="Saha", recorded_at=now)
    Interview.objects.create(enrolment=enrolment, kind="real", held_on=day(9), where="Kuismala")
    for area in Area.values[:3]:
        factories.AreaAssessmentFactory(enrolment=enrolment, area=area)
    SkillAssessment.objects.create(
        enrolment=enrolment, skill="time", moment="start", viewpoint="coach", level="good"
    )
    factories.ActionStepFactory(enrolment=enrolment, what="Vie paperin", done_on=day(9), result="Vei")
    factories.SubGoalFactory(enrolment=enrolment, state="reached", closed_on=day(10))
    Barrier.objects.create(enrolment=enrolment, text="x", help_kind="debt_advice", helped_on=day(8))
    Certificate.objects.create(participant=enrolment.participant, name="Hygieniapassi", issued_on=day(7))
    CvCheck.objects.create(participant=enrolment.participant, checked_on=day(7), checked_by=coach)


def texts_of(enrolment, user, **more):
    return [entry.text for entry in timeline(enrolment, user=user, today=TODAY, **more).entries]


def test_everything_dated_stands_in_it_newest_first(enrolment, everything, coach):
    found = timeline(enrolment, user=coach, today=TODAY, show_all=True)
    days = [entry.day for entry in found.entries if entry.day <= TODAY]
    assert days == sorted(days, reverse=True)
    texts = [entry.text for entry in found.entries]
    for text in (
        "The goal changed: Varastoon",
        "Other discussion: Raha",
        "Tuli ajoissa (together)",
        "Rang a workplace: Saha",
        "Job interview: Kuismala",
        "Vie paperin – Vei",
        "Reached: Nousen arkisin seitsemältä",
        "Advice on money and debt",
        "Hygieniapassi",
        "The CV was gone through",
        "First day in the group",
    ):
        assert text in texts


def test_assessments_of_one_day_are_one_line(enrolment, everything, coach):
    texts = texts_of(enrolment, coach, show_all=True)
    assert texts.count("Areas of employability, at the start") == 1


def test_two_equal_steps_of_one_day_stay_two(enrolment, coach):
    for _ in range(2):
        factories.StepForwardFactory(enrolment=enrolment, day=day(3), text="Sama")
    assert texts_of(enrolment, coach).count("Sama") == 2


def test_what_is_still_to_come_is_left_out(enrolment, coach):
    factories.DiscussionFactory(enrolment=enrolment, kind="final", held_on=day(26))
    factories.StepForwardFactory(enrolment=enrolment, day=day(20), text="Tuleva")
    assert texts_of(enrolment, coach) == ["First day in the group"]


def test_it_is_capped_and_shown_whole_on_request(client_of, enrolment, coach, today):
    for number in range(SHOWN + 5):
        factories.StepForwardFactory(enrolment=enrolment, day=day(3), text=f"Askel {number}")
    assert timeline(enrolment, user=coach, today=TODAY).has_more
    url = reverse("coaching:person", args=[enrolment.pk])
    assert "Askel 0" not in client_of(coach).get(url).content.decode()
    assert "Askel 0" in client_of(coach).get(f"{url}?all=1").content.decode()


def test_anothers_entries_never_stand_in_it(enrolment, everything, coach):
    other = factories.EnrolmentFactory(month=enrolment.month)
    assert texts_of(other, coach) == ["First day in the group"]


def test_the_work_trial_stands_in_it_for_the_coach_and_not_for_the_substitute(
    enrolment, placement, coach, substitute
):
    placement.state, placement.starts_on = "ongoing", day(3)
    placement.save()
    assert "Began: Rautakauppa Saha Oy" in texts_of(enrolment, coach, show_all=True)
    assert "Began: Rautakauppa Saha Oy" not in texts_of(enrolment, substitute, show_all=True)


def test_a_released_summary_stands_in_it(released, coach):
    version = SummaryVersion.objects.get(pk=released.pk)
    on = timezone.localdate(version.released_at)
    entries = timeline(version.enrolment, user=version.enrolment.month.coach, today=on).entries
    assert any(entry.text.startswith("Version 1 was released to") for entry in entries)


def test_the_page_makes_as_many_queries_with_a_full_timeline(client_of, enrolment, everything, coach, today):
    def grow():
        for number in range(20):
            factories.StepForwardFactory(enrolment=enrolment, day=day(3), text=f"Askel {number}")
            factories.SubGoalFactory(enrolment=enrolment, text=f"Tavoite {number}")
            factories.GoalAlternativeFactory(enrolment=enrolment, text=f"Vaihtoehto {number}")
            factories.ActionStepFactory(enrolment=enrolment, what=f"Tekee {number}")
            factories.DiscussionFactory(enrolment=enrolment, kind="other", topic=f"{number}", held_on=day(9))

    url = reverse("coaching:person", args=[enrolment.pk])
    assert_queries_do_not_grow(client_of(coach), f"{url}?all=1", grow)


# --- now --------------------------------------------------------------------------------------------
def test_now_tells_todays_mark_attendance_and_last_contact(enrolment, session, coach):
    session.state, session.logged_at = "logged", timezone.now()
    session.save()
    factories.MarkFactory(enrolment=enrolment, session=session)
    IndividualTime.objects.create(enrolment=enrolment, day=day(6), minutes=20, recorded_at=timezone.now())
    now = person_now(enrolment, user=coach, today=TODAY)
    assert now.state == "in the group"
    assert now.today_halves == [("Morning", "present")]
    assert (now.count.days_attended, now.count.days_arranged) == (1, 1)
    assert (now.last_alone, now.days_alone, now.last_seen) == (day(6), 4, TODAY)


def test_now_says_when_todays_session_has_no_mark_yet(enrolment, session, coach):
    assert person_now(enrolment, user=coach, today=TODAY).today_halves == [("Morning", "no mark yet")]


def test_now_names_what_needs_attention(enrolment, coach):
    assert [alert.kind for alert in person_now(enrolment, user=coach, today=TODAY).alerts] == [
        "individual_time"
    ]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"joined_on": day(16)}, "begins 16.2.2026"),
        ({"left_on": day(5), "exit_kind": "left_for_work"}, "left early for work"),
        ({"state": "waiting", "joined_on": None}, "on the waiting list"),
    ],
)
def test_now_says_where_the_person_stands(enrolment, coach, changes, state):
    for name, value in changes.items():
        setattr(enrolment, name, value)
    enrolment.save()
    assert person_now(enrolment, user=coach, today=TODAY).state == state


def test_an_overdue_step_is_marked_and_comes_first(client_of, enrolment, coach, today):
    factories.ActionStepFactory(enrolment=enrolment, what="Myöhemmin", due_on=day(20))
    factories.ActionStepFactory(enrolment=enrolment, what="Myöhässä", due_on=day(6))
    html = client_of(coach).get(reverse("coaching:person", args=[enrolment.pk])).content.decode()
    top = html[html.index('id="next-heading"') : html.index('id="now-heading"')]
    assert "Myöhässä" in top
    assert "tag-warning" in top
