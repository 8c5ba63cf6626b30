"""The programme that comes with the database: complete, and never over somebody's own words."""

from importlib import import_module

import pytest
from django.apps import apps

from coaching.forms.pre_assignment_templates import TemplateForm
from coaching.models import Programme
from coaching.pre_assignment_words import READINGS
from coaching.programme_content import Window, week_plans, windows_of
from tests.support import factories
from tests.support.pre_assignments import templates

NAME = "Työkykyisen pitkäaikaistyöttömän valmennuskuukausi"
first_migration = import_module("coaching.migrations.0004_default_programme")
migration = import_module("coaching.migrations.0006_default_programme_in_full")

pytestmark = pytest.mark.django_db


@pytest.fixture
def newly_installed():
    Programme.objects.all().delete()
    first_migration.add(apps, None)
    return Programme.objects.get()


def test_the_default_programme_is_complete(newly_installed):
    migration.complete(apps, None)
    programme = Programme.objects.get()
    weeks = week_plans(programme)
    assert (programme.name, programme.version) == (NAME, 1)
    assert [week.theme for week in weeks][1:3] == ["Piilotyöpaikat", "Työhaastattelut"]
    assert all(day.title and day.plan for week in weeks for day in week.days)
    assert [day.kind for week in weeks for day in week.days if day.kind != "coaching"] == [
        "guest",
        "visit",
        "visit",
    ]
    assert all(len(week.prompts.splitlines()) >= 4 for week in weeks)
    assert windows_of(programme) == [
        Window("mid", 8, 12),
        Window("final", 18, 20),
        Window("three_party", 18, 20),
    ]
    for row in (*programme.weeks.all(), *programme.session_plans.all(), *programme.discussion_windows.all()):
        row.full_clean()


def test_a_version_that_months_use_is_followed_by_the_next(newly_installed):
    month = factories.MonthFactory(programme=newly_installed)
    migration.complete(apps, None)
    newest = Programme.objects.get(version=2)
    month.refresh_from_db()
    assert (month.programme, newly_installed.session_plans.count()) == (newly_installed, 0)
    assert (newest.session_plans.count(), newest.valid_from) == (20, newly_installed.valid_from)
    assert [week.theme for week in week_plans(newest)] == [week.theme for week in week_plans(newly_installed)]


def test_own_words_are_left_alone_and_running_it_again_changes_nothing(newly_installed):
    newly_installed.weeks.filter(number=1).update(prompts="Omat kysymykset?")
    newly_installed.session_plans.create(week=1, weekday=1, title="Oma alku")
    migration.complete(apps, None)
    assert newly_installed.session_plans.get().title == "Oma alku"
    newly_installed.session_plans.all().delete()
    migration.complete(apps, None)
    migration.complete(apps, None)
    programme = Programme.objects.get()
    assert programme.session_plans.count() == 20
    assert programme.weeks.get(number=1).prompts == "Omat kysymykset?"


# --- its pre-assignments --------------------------------------------------------------------------
tasks_migration = import_module("coaching.migrations.0010_default_pre_assignments")


def test_the_default_programme_asks_three_things_in_four_languages(newly_installed):
    tasks_migration.add(apps, None)
    tasks_migration.add(apps, None)
    rows = list(newly_installed.pre_assignment_templates.order_by("position"))
    assert [(row.position, row.holds_goal) for row in rows] == [(1, False), (2, False), (3, True)]
    for row in rows:
        row.full_clean()
        counts = {len(row.texts[reading]["questions"]) for reading in READINGS}
        assert len(counts) == 1
        assert counts <= {3, 4, 5}


def test_its_pre_assignments_pass_their_own_form(newly_installed, today):
    tasks_migration.add(apps, None)
    for row in newly_installed.pre_assignment_templates.all():
        given = {"template": row, "count": 3, "is_in_use": False, "today": today}
        form = TemplateForm(TemplateForm(**given).initial, **given)
        assert form.is_valid(), form.errors
        assert form.content().texts == row.texts


def test_pre_assignments_that_somebody_wrote_are_left_alone(newly_installed):
    templates(newly_installed, count=1)
    tasks_migration.add(apps, None)
    assert newly_installed.pre_assignment_templates.count() == 1
