"""Areas and work-life skills: words from two viewpoints at three moments, neither touching the other."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.enums import Area, Level, Moment, Viewpoint, WorkLifeSkill
from coaching.models import AreaAssessment, SkillAssessment
from coaching.pages.assessments import area_chart, skill_chart
from coaching.services.assessments import (
    Answer,
    digest,
    save_area_view,
    save_assessments,
    save_skill_view,
)
from core.errors import DomainError, StaleVersion
from tests.support import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = dt.date(2026, 2, 10)
TIME, PLAN = WorkLifeSkill.TIME.value, WorkLifeSkill.PLANNING.value
MINE, COACHS = Viewpoint.PARTICIPANT.value, Viewpoint.COACH.value


def say(enrolment, *answers, actor=None, moment="start", subject="skills"):
    return save_assessments(
        actor=actor, enrolment_id=enrolment.pk, subject=subject, moment=moment, answers=answers
    )


@pytest.fixture
def pages(client_of, coach):
    return client_of(coach)


def test_the_participants_view_never_touches_the_coachs(coach, enrolment):
    say(enrolment, Answer(TIME, COACHS, "good", "Tulee ajoissa."), actor=coach)
    answers = [Answer(TIME, MINE, "developing", "Aamut ovat vaikeita.")]
    saved = save_skill_view(
        actor=None, enrolment_id=enrolment.pk, moment="start", viewpoint=MINE, answers=answers
    )
    assert saved == 1
    rows = {row.viewpoint: (row.level, row.recorded_by) for row in SkillAssessment.objects.all()}
    assert rows == {COACHS: ("good", coach), MINE: ("developing", None)}


def test_the_link_cannot_write_the_coachs_view(enrolment):
    answers = [Answer("plan", COACHS, "good", "Suunta on selvä.")]
    for viewpoint in Viewpoint.values:
        with pytest.raises(DomainError):
            save_area_view(
                actor=None, enrolment_id=enrolment.pk, moment="start", viewpoint=viewpoint, answers=answers
            )
    assert not AreaAssessment.objects.exists()


def test_the_participant_by_the_link_is_named_in_the_trail(enrolment):
    answers = [Answer(TIME, MINE, "good", "")]
    save_skill_view(actor=None, enrolment_id=enrolment.pk, moment="mid", viewpoint=MINE, answers=answers)
    event = AuditEvent.objects.get(action="skills.assessed")
    assert (event.actor, event.actor_label, event.participant_id) == (
        None,
        "participant link",
        enrolment.participant_id,
    )
    assert "good" not in str(event.details)


def test_the_same_answers_twice_change_nothing(coach, enrolment):
    answers = [
        Answer(skill, viewpoint, "good", "") for skill in WorkLifeSkill.values for viewpoint in (MINE,)
    ]
    assert say(enrolment, *answers, actor=coach) == 11
    assert say(enrolment, *answers, actor=coach) == 0
    assert AuditEvent.objects.filter(action="skills.assessed").count() == 1


def test_what_nobody_touched_is_left_as_another_wrote_it(coach, substitute, enrolment):
    say(enrolment, Answer(TIME, COACHS, "developing", ""), actor=coach)
    seen = digest(SkillAssessment.objects.get())
    say(enrolment, Answer(TIME, COACHS, "good", "", seen), actor=substitute)
    changed = say(
        enrolment,
        Answer(TIME, COACHS, "developing", "", seen),  # untouched in the older page
        Answer(PLAN, COACHS, "strength", ""),
        actor=coach,
    )
    assert changed == 1
    assert SkillAssessment.objects.get(skill=TIME).level == "good"


def test_other_words_in_the_same_place_conflict_and_save_nothing(coach, substitute, enrolment):
    say(enrolment, Answer(TIME, COACHS, "developing", ""), actor=coach)
    seen = digest(SkillAssessment.objects.get())
    say(enrolment, Answer(TIME, COACHS, "good", "", seen), actor=substitute)
    with pytest.raises(StaleVersion):
        say(
            enrolment,
            Answer(PLAN, COACHS, "strength", ""),
            Answer(TIME, COACHS, "needs_support", "", seen),
            actor=coach,
        )
    assert [row.level for row in SkillAssessment.objects.all()] == ["good"]


def test_an_answer_that_is_emptied_goes_away(coach, enrolment):
    say(enrolment, Answer(TIME, COACHS, "developing", ""), actor=coach)
    seen = digest(SkillAssessment.objects.get())
    assert say(enrolment, Answer(TIME, COACHS, "", "", seen), actor=coach) == 1
    assert not SkillAssessment.objects.exists()


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        ("skills", Answer("juggling", MINE, "good", "")),
        ("skills", Answer(TIME, "employer", "good", "")),
        ("skills", Answer(TIME, MINE, "7", "")),
        ("skills", Answer(TIME, MINE, "good", "a" * 301)),
        ("skills", Answer(TIME, MINE, "", "Sana ilman tasoa.")),
        ("skills", Answer(TIME, MINE, "good", "nolla\x00merkki")),
        ("areas", Answer("plan", MINE, "good", "")),
        ("areas", Answer("plan", MINE, "not_assessed", "")),
        ("areas", Answer("plan", MINE, "good", "a" * 401)),
    ],
)
def test_what_cannot_be_saved_is_refused(coach, enrolment, subject, answer):
    with pytest.raises(DomainError):
        say(enrolment, answer, actor=coach, subject=subject)


def test_a_skill_may_be_not_assessed_without_a_reason(coach, enrolment):
    assert say(enrolment, Answer(TIME, COACHS, "not_assessed", ""), actor=coach) == 1


def test_an_unknown_moment_is_refused(coach, enrolment):
    with pytest.raises(DomainError):
        say(enrolment, Answer(TIME, COACHS, "good", ""), actor=coach, moment="later")


def test_the_picture_places_words_and_leaves_out_what_was_not_assessed(enrolment):
    for moment, level in (("start", "needs_support"), ("end", "strength"), ("mid", "not_assessed")):
        SkillAssessment.objects.create(
            enrolment=enrolment, skill=TIME, moment=moment, viewpoint=MINE, level=level
        )
    chart = skill_chart(enrolment, today=TODAY)
    lane = next(row for row in chart.rows if row.item == TIME).lanes[0]
    assert [cell.level for cell in lane.cells] == ["needs_support", "not_assessed", "strength"]
    assert [point.x for point in lane.points] == [chart.scale[0][0], chart.scale[3][0]]
    assert lane.line == (chart.scale[0][0], chart.scale[3][0], lane.points[0].y)


def test_the_page_asks_for_the_moment_whose_time_has_come(enrolment):
    factories.AreaAssessmentFactory(enrolment=enrolment)
    chart = area_chart(enrolment, today=TODAY)
    assert [(moment.code, moment.is_written, moment.is_due) for moment in chart.moments] == [
        ("start", True, True),
        ("mid", False, True),
        ("end", False, False),
    ]
    assert chart.next_moment.code == "mid"


def test_areas_ask_for_a_sentence_and_keep_the_rest(pages, enrolment):
    response = pages.post(
        reverse("coaching:areas", args=[enrolment.pk, "start"]),
        {
            "skills-coach-level": "good",
            "skills-coach-sentence": "",
            "plan-coach-level": "good",
            "plan-coach-sentence": "Suunta on selvä.",
        },
    )
    assert response.status_code == 422
    assert "Suunta on selvä." in response.content.decode()
    assert not AreaAssessment.objects.exists()


@pytest.mark.parametrize("moment", Moment.values)
def test_all_areas_and_skills_are_saved_from_the_page(pages, enrolment, moment):
    for name, items in (("areas", Area.values), ("skills", WorkLifeSkill.values)):
        data = {}
        for item in items:
            for viewpoint in Viewpoint.values:
                data[f"{item}-{viewpoint}-level"] = "developing"
                data[f"{item}-{viewpoint}-sentence"] = "Kertoo esimerkein."
        url = reverse(f"coaching:{name}", args=[enrolment.pk, moment])
        assert pages.post(url, data).status_code == 302
        page = pages.get(url).content.decode()
        assert page.count("Kertoo esimerkein.") == len(items) * 2
    assert AreaAssessment.objects.filter(moment=moment).count() == 12
    assert SkillAssessment.objects.filter(moment=moment).count() == 22


def test_a_conflict_shows_both_and_saving_again_makes_ones_own_the_newest(pages, enrolment, substitute):
    url = reverse("coaching:skills", args=[enrolment.pk, "start"])
    base = pages.get(url).context["form"].base
    say(enrolment, Answer(TIME, COACHS, "good", "Sijaisen sana."), actor=substitute)
    data = {"base": base, "time-coach-level": "strength", "time-coach-sentence": "Oma sana."}
    response = pages.post(url, data)
    page = response.content.decode()
    assert response.status_code == 422
    assert [text for text in ("Sijaisen sana.", "Oma sana.", substitute.full_name) if text not in page] == []
    pages.post(url, {**data, "base": response.context["form"].base})
    assert SkillAssessment.objects.get().sentence == "Oma sana."


def test_the_page_shows_both_views_in_words_beside_the_picture(pages, enrolment):
    say(enrolment, Answer(TIME, MINE, "developing", "<script>alert(1)</script>"))
    say(enrolment, Answer(TIME, MINE, "strength", "Heräsin joka aamu."), moment="end")
    page = pages.get(reverse("coaching:assessments", args=[enrolment.pk])).content.decode()
    assert str(Level.STRENGTH.label) in page
    assert str(Level.DEVELOPING.label) in page
    assert "<script>alert" not in page
    assert page.count("<circle") > 5


def test_the_page_counts_the_same_queries_with_everything_written(pages, enrolment, count_queries):
    url = reverse("coaching:assessments", args=[enrolment.pk])
    with count_queries() as empty:
        pages.get(url)
    for moment in Moment.values:
        say(
            enrolment,
            *(
                Answer(skill, viewpoint, "good", "x")
                for skill in WorkLifeSkill.values
                for viewpoint in (MINE, COACHS)
            ),
            moment=moment,
        )
    with count_queries() as full:
        pages.get(url)
    assert len(full) == len(empty)
