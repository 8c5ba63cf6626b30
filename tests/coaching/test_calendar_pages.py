"""The calendar of a month on the pages: reading it, moving in it, adding, calling off, a new first day."""

import datetime as dt

import pytest
from django.urls import reverse

from coaching.models import CoachingMonth, Session
from coaching.pages.calendar import calendar_page
from tests.coaching.month_support import NOW, full_programme, made_month
from tests.support import factories
from tests.support.queries import assert_queries_do_not_grow

pytestmark = pytest.mark.usefixtures("today")

TODAY = dt.date(2026, 2, 10)


def url(name, *args):
    return reverse(f"coaching:{name}", args=args)


@pytest.fixture
def group(coach, office, officer):
    month = made_month(coach, office, programme=full_programme())
    CoachingMonth.objects.filter(pk=month.pk).update(te_sponsor=officer)
    return CoachingMonth.objects.get(pk=month.pk)


def feb(number: int) -> dt.date:
    return dt.date(2026, 2, number)


def on(month, day: dt.date, half: str = "morning") -> Session:
    return month.sessions.get(held_on=day, half=half)


def values_of(page) -> dict:
    """What the page's form would send unchanged."""
    form = page.context["form"]
    return {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}


def shown(month, user) -> list:
    return [day for week in calendar_page(month, user, today=TODAY).weeks for day in week.days]


# --- reading ------------------------------------------------------------------------------------------
def test_the_calendar_shows_four_weeks_of_five_days_with_two_halves(group, coach):
    page = calendar_page(group, coach, today=TODAY)
    assert [(week.number, len(week.days)) for week in page.weeks] == [(1, 5), (2, 5), (3, 5), (4, 5)]
    today = page.weeks[1].days[1]
    assert (today.is_today, today.halves[0].session.title, today.halves[1].is_trial) == (
        True,
        "Päivä 2.2",
        True,
    )
    assert [(talk.first, talk.last) for talk in page.talks][0] == (feb(11), feb(17))


def test_days_off_are_closed_with_their_name(coach, office, client_of):
    month = made_month(coach, office, starts_on=dt.date(2026, 3, 30))
    page = client_of(coach).get(url("month-calendar", month.pk)).content.decode()
    assert "Pitkäperjantai" in page
    friday = next(day for day in shown(month, coach) if day.day == dt.date(2026, 4, 3))
    assert not any(half.session or half.may_add for half in friday.halves)


def test_only_coming_unlogged_sessions_can_be_changed(group, coach):
    Session.objects.filter(pk=on(group, feb(12)).pk).update(state="logged", logged_at=NOW)
    days = {day.day: day.halves[0] for day in shown(group, coach)}
    changeable = {day for day, half in days.items() if half.may_change}
    assert changeable == {day for day in days if day >= TODAY and day != feb(12)}
    assert not days[feb(9)].may_add


def test_a_reader_changes_nothing(group, manager, coordinator, coach):
    CoachingMonth.objects.filter(pk=group.pk).update(coordinator=coordinator)
    for reader in (manager, coordinator):
        assert not any(half.may_change or half.may_add for day in shown(group, reader) for half in day.halves)
    CoachingMonth.objects.filter(pk=group.pk).update(state="closed", closed_at=NOW, closed_by=coach)
    group.refresh_from_db()
    assert not any(half.may_change or half.may_add for day in shown(group, coach) for half in day.halves)


def test_the_te_sponsor_sees_dates_and_no_words(client_of, group, officer):
    Session.objects.filter(pk=on(group, feb(12)).pk).update(
        state="not_arranged", logged_at=NOW, not_arranged_reason="Valmentaja sairaana", destination="Saha"
    )
    client = client_of(officer)
    page = client.get(url("month-calendar", group.pk)).content.decode()
    assert "9.00–12.00" in page
    assert page.count("ei järjestetty") == 1
    for word in ("Päivä 2.3", "Teema", "sairaana", "Saha", "Välikeskustelu"):
        assert word not in page
    assert "sairaana" not in client.get(url("month-detail", group.pk)).content.decode()


def test_the_calendar_takes_as_many_queries_with_forty_sessions_as_with_none(client_of, coach, month):
    def grow():
        for number in range(20):
            day = month.starts_on + dt.timedelta(weeks=number // 5, days=number % 5)
            for half in ("morning", "afternoon"):
                factories.SessionFactory(
                    month=month, held_on=day, half=half, week=number // 5 + 1, title="x" * 120
                )

    assert_queries_do_not_grow(client_of(coach), url("month-calendar", month.pk), grow, at_most=9)


# --- moving -------------------------------------------------------------------------------------------
def test_each_new_date_is_shown_before_anything_is_saved(client_of, coach, group):
    client = client_of(coach)
    address = url("session-move", on(group, feb(26)).pk)
    values = values_of(client.get(address)) | {"held_on": "27.2.2026"}
    page = client.post(address, values)
    text = page.content.decode()
    assert page.status_code == 200
    for word in ("Päivä 4.4", "pe 27.2.2026", "Päivä 4.5", "ma 2.3.2026"):
        assert word in text
    assert on(group, feb(26)).title == "Päivä 4.4"
    saved = client.post(address, values | {"previewed": page.context["plan"].seen, "save": "1"})
    assert saved.url == url("month-calendar", group.pk)
    assert on(group, dt.date(2026, 3, 2)).title == "Päivä 4.5"


def test_a_second_press_moves_nothing_twice(client_of, coach, group):
    client = client_of(coach)
    address = url("session-move", on(group, feb(17)).pk)
    values = values_of(client.get(address)) | {"held_on": "18.2.2026"}
    seen = client.post(address, values).context["plan"].seen
    assert client.post(address, values | {"previewed": seen, "save": "1"}).status_code == 302
    again = client.post(address, values | {"previewed": seen, "save": "1"})
    assert (again.status_code, on(group, feb(18)).title, on(group, feb(19)).title) == (
        422,
        "Päivä 3.2",
        "Päivä 3.3",
    )


def test_saving_without_having_looked_shows_the_dates_instead(client_of, coach, group):
    client = client_of(coach)
    address = url("session-move", on(group, feb(17)).pk)
    values = values_of(client.get(address)) | {"held_on": "18.2.2026", "save": "1"}
    page = client.post(address, values)
    assert (page.status_code, len(page.context["plan"].moves) > 1) == (422, True)
    assert on(group, feb(17)).title == "Päivä 3.2"


def test_a_new_time_alone_is_saved_at_once(client_of, coach, group):
    client = client_of(coach)
    address = url("session-move", on(group, feb(17)).pk)
    answer = client.post(address, values_of(client.get(address)) | {"begins_at": "10.00", "room": "Sali"})
    assert (answer.status_code, on(group, feb(17)).room) == (302, "Sali")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"held_on": "31.2.2026"}, "held_on"),
        ({"held_on": "14.2.2026"}, "held_on"),
        ({"held_on": "9.2.2026"}, "held_on"),
        ({"held_on": "3.4.2026"}, "held_on"),
        ({"held_on": "1.1.0001"}, "held_on"),
        ({"held_on": "31.12.9999"}, "held_on"),
        ({"begins_at": "12.00", "ends_at": "9.00"}, "ends_at"),
        ({"half": "afternoon"}, "begins_at"),
        ({"half": "night"}, "half"),
        ({"room": "x" * 81}, "room"),
        ({"scope": "nobody"}, "scope"),
    ],
)
def test_an_impossible_move_is_named_at_its_field_and_stays_typed(client_of, coach, group, changes, field):
    client = client_of(coach)
    address = url("session-move", on(group, feb(17)).pk)
    page = client.post(address, values_of(client.get(address)) | {"held_on": "18.2.2026"} | changes)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    name, typed = next(iter(changes.items()))
    assert page.context["form"][name].value() == typed


def test_somebody_who_stands_in_on_those_days_is_named(client_of, coach, group, other_coach):
    factories.SubstitutionFactory(month=group, user=other_coach, starts_on=feb(18), ends_on=feb(18))
    client = client_of(coach)
    address = url("session-move", on(group, feb(17)).pk)
    page = client.post(address, values_of(client.get(address)) | {"held_on": "18.2.2026"})
    assert [row.user for row in page.context["substitutions"]] == [other_coach]


def test_a_session_that_stands_leads_back_to_the_calendar(client_of, coach, group):
    answer = client_of(coach).get(url("session-move", on(group, feb(9)).pk))
    assert (answer.status_code, answer.url) == (302, url("month-calendar", group.pk))


# --- adding, editing, calling off ---------------------------------------------------------------------
def test_a_free_half_in_the_calendar_leads_to_adding_a_session_there(client_of, coach, group):
    client = client_of(coach)
    address = url("session-add", group.pk)
    assert (
        f"{address}?day=2026-02-12&amp;half=afternoon"
        in client.get(url("month-calendar", group.pk)).content.decode()
    )
    page = client.get(address, {"day": "2026-02-12", "half": "afternoon"})
    values = values_of(page) | {"kind": "visit", "destination": "Rautakauppa Saha", "title": "Vierailu"}
    values["held_on"] = "12.2.2026"
    assert client.post(address, values).status_code == 302
    added = on(group, feb(12), "afternoon")
    assert (added.kind, added.destination, added.begins_at) == ("visit", "Rautakauppa Saha", dt.time(12, 30))


@pytest.mark.parametrize("day", ["", "2026-13-45", "<script>", "\x00", "9" * 40])
def test_a_made_up_day_in_the_address_is_left_out(client_of, coach, group, day):
    page = client_of(coach).get(url("session-add", group.pk), {"day": day, "half": "night"})
    assert (page.status_code, page.context["form"]["held_on"].value()) == (200, None)


def test_a_session_becomes_a_guests_visit(client_of, coach, group):
    client = client_of(coach)
    address = url("session-edit", on(group, feb(12)).pk)
    values = values_of(client.get(address)) | {"kind": "guest", "destination": "Henkilöstöpäällikkö Saha"}
    assert client.post(address, values).status_code == 302
    assert on(group, feb(12)).destination == "Henkilöstöpäällikkö Saha"
    page = client.post(address, values | {"title": "Toinen"})
    assert page.status_code == 422
    assert any("Toinen" in row for row in page.context["conflict"])
    again = client.post(address, values_of(page))
    assert (again.status_code, on(group, feb(12)).title) == (302, "Toinen")


def test_a_coming_session_is_called_off_and_arranged_after_all(client_of, coach, group):
    client = client_of(coach)
    session = on(group, feb(12))
    page = client.post(url("session-cancel", session.pk), {"reason": "Sali on varattu", "version": "99"})
    assert page.status_code == 422
    assert client.post(url("session-cancel", session.pk), values_of(page)).status_code == 302
    assert on(group, feb(12)).state == "not_arranged"
    client.post(url("session-restore", session.pk))
    assert on(group, feb(12)).state == "planned"


# --- a new first day -------------------------------------------------------------------------------------
def test_a_coming_month_is_moved_after_its_dates_were_seen(client_of, coach, office):
    month = made_month(coach, office, starts_on=dt.date(2026, 3, 2), programme=full_programme())
    client = client_of(coach)
    address = url("month-move", month.pk)
    values = values_of(client.get(address)) | {"starts_on": "9.3.2026"}
    page = client.post(address, values)
    assert (page.status_code, "pe 20.3.2026" in page.content.decode()) == (200, True)
    month.refresh_from_db()
    assert month.starts_on == dt.date(2026, 3, 2)
    values |= {"previewed": page.context["plan"].seen, "save": "1"}
    assert client.post(address, values).status_code == 302
    month.refresh_from_db()
    # the fifth week that Good Friday would need is not there: it drops out
    assert (month.starts_on, month.ends_on) == (dt.date(2026, 3, 9), dt.date(2026, 4, 3))
    assert on(month, dt.date(2026, 3, 10)).title == "Päivä 1.2"
    assert client.post(address, values).status_code == 422


def test_a_month_that_has_begun_keeps_its_first_day(client_of, coach, group):
    assert client_of(coach).get(url("month-move", group.pk)).status_code == 302
    page = client_of(coach).post(url("month-move", group.pk), {"starts_on": "2.3.2026", "version": "1"})
    assert (page.status_code, page.context["plan"]) == (422, None)
