"""Templates: versions, the default programme, and a month's own copy."""

import datetime as dt

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from coaching.models import CoachingMonth, Programme
from coaching.services import programmes
from coaching.services.programmes import fingerprint, weeks_of
from core.errors import AccessDenied, DomainError, StaleVersion
from tests.coaching.month_support import four_weeks, made_month
from tests.support import factories

pytestmark = pytest.mark.usefixtures("english")

SPRING = dt.date(2026, 3, 1)


def save(programme, actor, *, seen=None, valid_from=SPRING, is_active=True, weeks=None):
    return programmes.save_programme(
        actor=actor,
        programme=programme,
        seen=seen or fingerprint(programme, weeks_of(programme)),
        valid_from=valid_from,
        is_active=is_active,
        weeks=weeks or four_weeks("Uusi"),
    )


def themes(programme) -> list[str]:
    return [week.theme for week in weeks_of(Programme.objects.get(pk=programme.pk))]


def test_the_models_programme_comes_with_the_database(db):
    executor = MigrationExecutor(connection)
    assert ("coaching", "0004_default_programme") in executor.loader.applied_migrations
    from importlib import import_module

    from django.apps import apps

    Programme.objects.all().delete()
    import_module("coaching.migrations.0004_default_programme").add(apps, None)
    programme = Programme.objects.get()
    assert programme.name == "Työkykyisen pitkäaikaistyöttömän valmennuskuukausi"
    assert themes(programme)[1:3] == ["Piilotyöpaikat", "Työhaastattelut"]


def test_an_unused_template_is_edited_in_place(manager):
    programme = factories.ProgrammeFactory()
    assert save(programme, manager).pk == programme.pk
    assert themes(programme) == ["Uusi 1", "Uusi 2", "Uusi 3", "Uusi 4"]


def test_editing_a_template_in_use_makes_the_next_version_and_the_month_keeps_its_own(manager, month):
    old = month.programme
    new = save(old, manager)
    month.refresh_from_db()
    assert (new.name, new.version, new.valid_from) == (old.name, 2, SPRING)
    assert month.programme == old
    assert themes(old) == ["Teema 1", "Teema 2", "Teema 3", "Teema 4"]


def test_a_template_in_use_can_be_laid_aside_without_a_new_version(manager, month):
    programme = month.programme
    weeks = [programmes.WeekPlan(week.theme, week.description) for week in weeks_of(programme)]
    assert save(programme, manager, is_active=False, weeks=weeks).pk == programme.pk
    assert not Programme.objects.in_use(today=SPRING).filter(pk=programme.pk).exists()


def test_an_old_version_and_an_old_page_are_refused(manager, month):
    old = month.programme
    seen = fingerprint(old, weeks_of(old))
    new = save(old, manager)
    with pytest.raises(StaleVersion, match="newer version"):
        save(old, manager)
    save(new, manager, weeks=four_weeks("Toinen"))
    with pytest.raises(StaleVersion):
        save(new, manager, seen=seen)


def test_a_new_version_is_not_valid_before_the_one_it_follows(manager, month):
    with pytest.raises(DomainError) as refusal:
        save(month.programme, manager, valid_from=dt.date(2019, 1, 1))
    assert refusal.value.field == "valid_from"


def test_names_are_taken_once(administrator):
    programmes.create_programme(actor=administrator, name="Nuorten", valid_from=SPRING, weeks=four_weeks())
    with pytest.raises(DomainError) as refusal:
        programmes.create_programme(
            actor=administrator, name="nuorten", valid_from=SPRING, weeks=four_weeks()
        )
    assert refusal.value.field == "name"


@pytest.mark.parametrize("who", ["coach", "coordinator", "officer"])
def test_only_managers_and_administrators_edit_templates(who, request, db):
    with pytest.raises(AccessDenied):
        save(factories.ProgrammeFactory(), request.getfixturevalue(who))


def test_a_coach_edits_a_copy_for_the_own_month(coach, other_coach, office):
    month = made_month(coach, office)
    template = month.programme
    first = month.sessions.in_order().first()
    type(first).objects.filter(pk=first.pk).update(
        state="logged", logged_at=dt.datetime(2026, 2, 2, 12, tzinfo=dt.UTC)
    )
    copy = programmes.copy_programme_for_month(actor=coach, month=month)
    assert programmes.copy_programme_for_month(actor=coach, month=month) == copy
    with pytest.raises(AccessDenied):
        save(copy, other_coach)
    assert save(copy, coach).pk == copy.pk
    assert themes(template)[0] == "Teema 1"
    shown = list(month.sessions.in_order().values_list("theme", flat=True))
    assert (shown[0], shown[1], shown[-1]) == ("Teema 1", "Uusi 1", "Uusi 4")
    assert CoachingMonth.objects.get(pk=month.pk).programme == copy
    assert copy not in Programme.objects.templates()
