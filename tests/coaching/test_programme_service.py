"""Templates: versions carry everything, the default programme, and a month's own copy."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError

from coaching.models import CoachingMonth, Programme, SessionPlan
from coaching.programme_content import (
    DayPlan,
    WeekPlan,
    Window,
    frame_fingerprint,
    week_fingerprint,
    week_plans,
    windows_of,
)
from coaching.services import programmes
from core.errors import AccessDenied, DomainError, StaleVersion
from tests.coaching.month_support import full_programme, made_month
from tests.support import factories

pytestmark = pytest.mark.usefixtures("english")

SPRING = dt.date(2026, 3, 1)
FRIENDLY = DayPlan("Vieras kylässä", "Kahvit ja kysymykset", "guest")


def fresh(programme) -> Programme:
    return Programme.objects.get(pk=programme.pk)


def save_week(programme, actor, *, number=1, seen=None, valid_from=SPRING, **changes):
    week = replace(week_plans(fresh(programme))[number - 1], **(changes or {"theme": "Uusi"}))
    return programmes.save_programme_week(
        actor=actor,
        programme=programme,
        number=number,
        seen=seen or week_fingerprint(fresh(programme), number),
        week=week,
        valid_from=valid_from,
    )


def save_frame(programme, actor, *, seen=None, valid_from=SPRING, is_active=True, windows=None):
    return programmes.save_programme_frame(
        actor=actor,
        programme=programme,
        seen=seen or frame_fingerprint(fresh(programme)),
        valid_from=valid_from,
        is_active=is_active,
        windows=windows_of(fresh(programme)) if windows is None else windows,
    )


def themes(programme) -> list[str]:
    return [week.theme for week in week_plans(fresh(programme))]


def test_a_session_plan_without_a_title_is_refused_by_the_database(db):
    with pytest.raises(IntegrityError, match="session_plan_has_a_title"):
        SessionPlan.objects.create(programme=factories.ProgrammeFactory(), week=1, weekday=1, title="")


def test_an_unused_template_is_edited_in_place(manager):
    programme = full_programme()
    days = (FRIENDLY, *week_plans(fresh(programme))[0].days[1:])
    assert (
        save_week(programme, manager, theme="Alku", prompts="Mikä ilahdutti?", days=days).pk == programme.pk
    )
    week = week_plans(fresh(programme))[0]
    assert (week.theme, week.prompts, week.days[0]) == ("Alku", "Mikä ilahdutti?", FRIENDLY)
    assert week.days[1].title == "Päivä 1.2"


def test_a_day_that_is_emptied_has_no_plan_any_more(manager):
    programme = full_programme()
    save_week(programme, manager, days=())
    assert not programme.session_plans.filter(week=1).exists()
    assert programme.session_plans.filter(week=2).count() == 5


def test_the_next_version_holds_everything_that_the_old_one_held(manager, coach, office):
    old = full_programme()
    month = made_month(coach, office, programme=old)
    new = save_week(old, manager, number=2, theme="Piilotyöpaikat")
    month.refresh_from_db()
    assert (new.name, new.version, new.valid_from, month.programme_id) == (old.name, 2, SPRING, old.pk)
    before, after = week_plans(fresh(old)), week_plans(fresh(new))
    assert after[1] == replace(before[1], theme="Piilotyöpaikat")
    assert [after[0], *after[2:]] == [before[0], *before[2:]]
    assert windows_of(fresh(new)) == windows_of(fresh(old)) == [Window("mid", 8, 12)]
    assert [row.texts for row in new.pre_assignment_templates.all()] == [{"fi": {"title": "Oma tarinani"}}]


def test_a_week_saved_as_it_stood_makes_no_version(manager, month):
    programme = month.programme
    same = save_week(programme, manager, theme=themes(programme)[0])
    assert (same.pk, Programme.objects.filter(name=programme.name).count()) == (programme.pk, 1)


def test_other_windows_make_the_next_version_of_a_template_in_use(manager, month):
    new = save_frame(month.programme, manager, windows=[Window("final", 18, 20)])
    assert (new.version, windows_of(fresh(new)), windows_of(fresh(month.programme))) == (
        2,
        [Window("final", 18, 20)],
        [],
    )


def test_a_template_in_use_can_be_laid_aside_without_a_new_version(manager, month):
    programme = month.programme
    assert save_frame(programme, manager, is_active=False).pk == programme.pk
    assert not Programme.objects.in_use(today=SPRING).filter(pk=programme.pk).exists()


def test_opening_another_part_for_editing_gives_the_version_to_write_on(manager, month, unused_programme):
    assert programmes.open_for_editing(actor=manager, programme=unused_programme) == unused_programme
    with pytest.raises(DomainError) as refusal:
        programmes.open_for_editing(actor=manager, programme=month.programme)
    assert refusal.value.field == "valid_from"
    new = programmes.open_for_editing(actor=manager, programme=month.programme, valid_from=SPRING)
    assert (new.version, themes(new)) == (2, themes(month.programme))


def test_an_old_version_and_an_old_page_are_refused(manager, month):
    old = month.programme
    seen = week_fingerprint(fresh(old), 1)
    new = save_week(old, manager)
    with pytest.raises(StaleVersion, match="newer version"):
        save_week(old, manager)
    with pytest.raises(StaleVersion, match="newer version"):
        save_frame(old, manager)
    save_week(new, manager, theme="Toinen")
    with pytest.raises(StaleVersion, match="Somebody else"):
        save_week(new, manager, seen=seen, theme="Kolmas")


def test_two_people_editing_different_weeks_do_not_meet(manager, administrator):
    programme = full_programme()
    seen = week_fingerprint(fresh(programme), 3)
    save_week(programme, manager, number=1, theme="Ensin")
    save_week(programme, administrator, number=3, seen=seen, theme="Sitten")
    assert themes(programme) == ["Ensin", "Teema 2", "Sitten", "Teema 4"]


def test_a_new_version_is_not_valid_before_the_one_it_follows(manager, month):
    for save in (save_week, lambda *args, **more: save_frame(*args, windows=[Window("mid", 1, 2)], **more)):
        with pytest.raises(DomainError) as refusal:
            save(month.programme, manager, valid_from=dt.date(2019, 1, 1))
        assert refusal.value.field == "valid_from"


def test_names_are_taken_once(administrator):
    programmes.create_programme(actor=administrator, name="Nuorten", valid_from=SPRING)
    with pytest.raises(DomainError) as refusal:
        programmes.create_programme(actor=administrator, name="nuorten", valid_from=SPRING)
    assert refusal.value.field == "name"


def test_a_new_programme_begins_from_another_or_from_four_empty_weeks(manager):
    source = full_programme()
    copy = programmes.create_programme(actor=manager, name="Kopio", valid_from=SPRING, source=source)
    assert (copy.version, week_plans(fresh(copy))) == (1, week_plans(fresh(source)))
    assert copy.pre_assignment_templates.count() == 1
    empty = programmes.create_programme(actor=manager, name="Tyhjä", valid_from=SPRING)
    assert week_plans(fresh(empty)) == [WeekPlan(f"Week {number}") for number in (1, 2, 3, 4)]


@pytest.mark.parametrize("who", ["coach", "coordinator", "officer"])
def test_only_managers_and_administrators_edit_templates(who, request, db):
    user = request.getfixturevalue(who)
    for save in (save_week, save_frame):
        with pytest.raises(AccessDenied):
            save(factories.ProgrammeFactory(), user)
    with pytest.raises(AccessDenied):
        programmes.create_programme(actor=user, name="Oma", valid_from=SPRING)


# --- sessions and the month's own copy --------------------------------------------------------------
def test_a_months_sessions_take_their_words_from_the_programme(coach, office):
    month = made_month(coach, office, programme=full_programme())
    shown = list(month.sessions.in_order().values_list("title", "plan", "kind", "theme"))
    assert shown[0] == ("Päivä 1.1", "Tehdään 1.1", "coaching", "Teema 1")
    assert shown[16] == ("Päivä 4.2", "Tehdään 4.2", "visit", "Teema 4")


def test_a_holiday_takes_its_days_plan_away_and_moves_no_other(coach, office):
    month = made_month(coach, office, starts_on=dt.date(2026, 3, 30), programme=full_programme())
    titles = list(month.sessions.in_order().values_list("title", flat=True))
    assert "Päivä 1.5" not in titles
    assert "Päivä 2.1" not in titles
    assert titles[4] == "Päivä 2.2"


def test_made_up_days_have_the_last_theme_and_no_plan(coach, office):
    month = made_month(
        coach, office, starts_on=dt.date(2026, 3, 30), programme=full_programme(), make_up_lost_days=True
    )
    last = month.sessions.in_order().last()
    assert (last.week, last.theme, last.title) == (5, "Teema 4", "")


def test_a_coach_edits_a_copy_for_the_own_month(coach, other_coach, office):
    template = full_programme()
    month = made_month(coach, office, programme=template)
    copy = programmes.copy_programme_for_month(actor=coach, month=month)
    assert programmes.copy_programme_for_month(actor=coach, month=month) == copy
    assert (week_plans(fresh(copy)), windows_of(fresh(copy))) == (
        week_plans(fresh(template)),
        windows_of(fresh(template)),
    )
    assert copy.pre_assignment_templates.count() == 1
    with pytest.raises(AccessDenied):
        save_week(copy, other_coach)
    assert save_week(copy, coach, valid_from=None).pk == copy.pk
    assert themes(template)[0] == "Teema 1"
    assert CoachingMonth.objects.get(pk=month.pk).programme == copy
    assert copy not in Programme.objects.templates()


def test_sessions_take_the_copys_new_words_unless_they_are_logged_or_the_coachs_own(coach, office):
    month = made_month(coach, office, programme=full_programme())
    sessions = list(month.sessions.in_order())
    logged, own, moved, ordinary = sessions[0], sessions[1], sessions[2], sessions[3]
    for session, changes in (
        (logged, {"state": "logged", "logged_at": dt.datetime(2026, 2, 2, 12, tzinfo=dt.UTC)}),
        (own, {"title": "Omat sanat", "theme": "Oma teema"}),
        (moved, {"held_on": dt.date(2026, 3, 4), "week": 5}),
    ):
        type(session).objects.filter(pk=session.pk).update(**changes)
    copy = programmes.copy_programme_for_month(actor=coach, month=month)
    days = tuple(DayPlan(f"Uusi {n}", "Uudella tavalla", "guest") for n in range(1, 6))
    save_week(copy, coach, theme="Uusi teema", days=days)
    for session in (logged, own, moved, ordinary):
        session.refresh_from_db()
    assert (logged.title, logged.theme) == ("Päivä 1.1", "Teema 1")
    assert (own.title, own.theme) == ("Omat sanat", "Oma teema")
    assert (moved.title, moved.theme, moved.kind) == ("Uusi 3", "Uusi teema", "guest")
    assert (ordinary.title, ordinary.plan, ordinary.version) == ("Uusi 4", "Uudella tavalla", 2)
    assert sessions[5].title == month.sessions.get(pk=sessions[5].pk).title
