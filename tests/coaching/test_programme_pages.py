"""Programmes on the pages: making, the frame, one week at a time, the month's own copy."""

import pytest
from django.urls import reverse

from coaching.models import Programme, ProgrammeWeek
from coaching.programme_content import Window, week_plans, windows_of
from tests.coaching.month_support import full_programme, made_month
from tests.support.queries import assert_queries_do_not_grow

pytestmark = pytest.mark.usefixtures("today")


def url(name, *args):
    return reverse(f"coaching:{name}", args=args)


def week_form(client, address) -> dict:
    """What the page of a week would send unchanged."""
    form = client.get(address).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_the_editor_of_a_week_saves_its_days_and_goes_on_to_the_next(client_of, manager):
    programme = full_programme()
    client = client_of(manager)
    address = url("programme-week", programme.pk, 1)
    values = week_form(client, address) | {
        "title_1": "Tutustuminen",
        "kind_2": "guest",
        "prompts": "Mikä oli hyvin?",
    }
    answer = client.post(address, values | {"next": "1"})
    assert answer.url == url("programme-week", programme.pk, 2)
    week = week_plans(Programme.objects.get(pk=programme.pk))[0]
    assert (week.days[0].title, week.days[1].kind, week.prompts) == (
        "Tutustuminen",
        "guest",
        "Mikä oli hyvin?",
    )
    assert week.days[2].title == "Päivä 1.3"


def test_editing_a_week_of_a_used_template_makes_version_two(client_of, manager, month):
    client = client_of(manager)
    address = url("programme-week", month.programme_id, 1)
    values = week_form(client, address) | {"theme": "Uusi", "valid_from": "1.3.2026"}
    assert client.post(address, values | {"valid_from": ""}).status_code == 422
    client.post(address, values)
    made = Programme.objects.get(version=2, name=month.programme.name)
    assert (made.weeks.get(number=1).theme, made.weeks.get(number=2).theme) == ("Uusi", "Teema 2")
    month.refresh_from_db()
    assert month.programme.version == 1


def test_a_stale_week_shows_what_was_saved_meanwhile_and_keeps_what_was_typed(client_of, manager):
    programme = full_programme()
    client = client_of(manager)
    address = url("programme-week", programme.pk, 2)
    values = week_form(client, address)
    client.post(address, values | {"theme": "Ensin"})
    page = client.post(address, values | {"theme": "Sitten"})
    assert page.status_code == 422
    assert ("Ensin" in page.content.decode(), "Sitten" in page.content.decode()) == (True, True)
    again = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    assert client.post(address, again).status_code == 302
    assert Programme.objects.get(pk=programme.pk).weeks.get(number=2).theme == "Sitten"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"theme": ""}, "theme"),
        ({"theme": "x" * 121}, "theme"),
        ({"title_2": "", "plan_2": "Suunnitelma ilman otsikkoa"}, "title_2"),
        ({"plan_3": "x" * 4001}, "plan_3"),
        ({"prompts": "a\x00b"}, "prompts"),
        ({"kind_4": "party"}, "kind_4"),
    ],
)
def test_wrong_words_of_a_week_are_named_at_the_field_and_kept(client_of, manager, changes, field):
    programme = full_programme()
    client = client_of(manager)
    address = url("programme-week", programme.pk, 1)
    page = client.post(address, week_form(client, address) | changes)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    (typed,) = [text for text in changes.values() if text] or [""]
    assert (
        page.context["form"][next(name for name, text in changes.items() if text == typed)].value() == typed
    )


def test_a_day_with_a_mistake_stands_open(client_of, manager):
    programme = full_programme()
    client = client_of(manager)
    address = url("programme-week", programme.pk, 1)
    page = client.post(address, week_form(client, address) | {"title_5": "", "plan_5": "Jotain"})
    assert [day["is_open"] for day in page.context["form"].day_fields] == [False] * 4 + [True]


@pytest.mark.parametrize("number", [0, 5, 99])
def test_a_programme_has_four_weeks_and_no_other_page(client_of, manager, unused_programme, number):
    assert client_of(manager).get(url("programme-week", unused_programme.pk, number)).status_code == 404


def test_the_discussions_days_are_set_and_taken_away(client_of, manager, unused_programme):
    client = client_of(manager)
    address = url("programme-edit", unused_programme.pk)
    seen = client.get(address).context["form"]["seen"].value()
    values = {"valid_from": "1.1.2026", "is_active": "on", "seen": seen, "mid_first": "8", "mid_last": "12"}
    assert client.post(address, values).status_code == 302
    assert windows_of(Programme.objects.get(pk=unused_programme.pk)) == [Window("mid", 8, 12)]
    page = client.post(address, values)
    assert page.status_code == 422  # the same page sent again is stale


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"mid_first": "8"}, "mid_last"),
        ({"mid_last": "8"}, "mid_first"),
        ({"final_first": "12", "final_last": "8"}, "final_last"),
        ({"mid_first": "0", "mid_last": "3"}, "mid_first"),
        ({"mid_first": "-3", "mid_last": "3"}, "mid_first"),
        ({"mid_first": "8", "mid_last": "41"}, "mid_last"),
        ({"mid_first": "kahdeksan", "mid_last": "9"}, "mid_first"),
        ({"valid_from": "31.2.2026"}, "valid_from"),
    ],
)
def test_impossible_discussion_days_are_named_at_the_field(
    client_of, manager, unused_programme, changes, field
):
    client = client_of(manager)
    address = url("programme-edit", unused_programme.pk)
    seen = client.get(address).context["form"]["seen"].value()
    page = client.post(address, {"valid_from": "1.1.2026", "is_active": "on", "seen": seen} | changes)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])


def test_a_programme_is_made_from_another(client_of, manager):
    source = full_programme(name="Malli")
    values = {"name": "Nuorten kuukausi", "valid_from": "1.3.2026", "source": source.pk}
    answer = client_of(manager).post(url("programme-create"), values)
    made = Programme.objects.get(name="Nuorten kuukausi")
    assert answer.url == url("programme-detail", made.pk)
    assert made.session_plans.count() == 20


def test_a_coach_copies_the_programme_and_edits_the_copy(client_of, coach, office):
    month = made_month(coach, office, programme=full_programme())
    client = client_of(coach)
    detail = client.post(url("programme-copy", month.pk)).url
    month.refresh_from_db()
    assert (month.programme.copied_for, detail) == (month, url("programme-detail", month.programme_id))
    address = url("programme-week", month.programme_id, 1)
    client.post(address, week_form(client, address) | {"theme": "Meidän viikko", "title_1": "Meidän aamu"})
    first = month.sessions.in_order().first()
    assert (first.theme, first.title) == ("Meidän viikko", "Meidän aamu")


def test_reading_a_programme_takes_as_many_queries_with_many_days_as_with_none(
    client_of, manager, unused_programme
):
    def grow():
        source = full_programme()
        unused_programme.session_plans.set(source.session_plans.all())
        ProgrammeWeek.objects.filter(programme=unused_programme).update(prompts="Mitä?\nMiksi?")

    assert_queries_do_not_grow(
        client_of(manager), url("programme-detail", unused_programme.pk), grow, at_most=10
    )
