"""A person's own export holds all that the month knows of them; forgetting leaves figures without words."""

import pytest
from django.apps import apps
from django.db import models

from coaching.models import AreaAssessment, Barrier, CompetenceProfile, Enrolment, GoalVersion, SharedTip
from coaching.person_data import KEPT, forget_month, praise_section, section_of
from core import clock
from core.registry import anonymisers, person_sections
from participants.models import Certificate, CvCheck
from tests.support import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SECRET = "Salaisuus sanoin"
NOT_ABOUT_ONE = {"Enrolment", "DailyLogDraft", "ProfileFile"}


@pytest.fixture
def written(enrolment, session, coach):
    """Something of the person in the tables that hold most words."""
    factories.GoalFactory(enrolment=enrolment, text=SECRET)
    factories.DiscussionFactory(enrolment=enrolment, participant_view=SECRET)
    factories.AreaAssessmentFactory(enrolment=enrolment, sentence=SECRET)
    factories.ActionStepFactory(enrolment=enrolment, what=SECRET)
    factories.StepForwardFactory(enrolment=enrolment, text=SECRET)
    factories.ProposalFactory(enrolment=enrolment, reason=SECRET)
    Barrier.objects.create(enrolment=enrolment, text=SECRET)
    CompetenceProfile.objects.create(enrolment=enrolment, strengths=SECRET)
    Certificate.objects.create(participant=enrolment.participant, name=SECRET)
    CvCheck.objects.create(
        participant=enrolment.participant, checked_on=clock.today(), checked_by=coach, note=SECRET
    )
    SharedTip.objects.create(
        session=session, position=1, text=SECRET, given_to=enrolment, recorded_at=clock.now()
    )
    return enrolment


def test_every_table_about_a_person_is_in_the_export():
    about = {
        model
        for model in apps.get_app_config("coaching").get_models()
        if any(field.name == "enrolment" for field in model._meta.fields)
    }
    kept = {item.model for item in KEPT}
    assert {model.__name__ for model in about - kept} - NOT_ABOUT_ONE == set()
    assert Enrolment in kept


def test_every_text_of_a_kept_table_is_stripped_or_goes():
    left = []
    for kept in KEPT:
        for field in kept.model._meta.fields:
            is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
            if is_text and not kept.goes and field.name not in kept.words + kept.empty:
                left.append(f"{kept.model.__name__}.{field.name}")
    assert left == []


def test_the_export_shows_the_words_and_says_choices_in_words(written):
    sections = [build(written.participant) for build in person_sections]
    assert str(sections).count(SECRET) == 11
    goals = section_of(next(kept for kept in KEPT if kept.model is AreaAssessment), written.participant)[1]
    assert "developing" not in str(goals)
    assert praise_section(written.participant)[1]


def test_another_persons_words_are_not_in_it(written, month):
    neighbour = factories.EnrolmentFactory(month=month)
    assert SECRET not in str([build(neighbour.participant) for build in person_sections])


def test_forgetting_leaves_no_words_and_keeps_the_figures(written):
    assert sum(forget(written.participant) for forget in anonymisers) > 10
    sections = [build(written.participant) for build in person_sections]
    assert SECRET not in str(sections)
    assert GoalVersion.objects.count() == 1
    assert AreaAssessment.objects.get().level == "developing"
    assert not Barrier.objects.exists()


def test_forgetting_twice_and_forgetting_a_neighbour_leave_the_rest(written, month):
    neighbour = factories.EnrolmentFactory(month=month)
    factories.GoalFactory(enrolment=neighbour, text="Naapurin tavoite")
    for _ in range(2):
        forget_month(written.participant)
    assert neighbour.goals.get().text == "Naapurin tavoite"
