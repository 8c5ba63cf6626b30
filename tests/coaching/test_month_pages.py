"""The pages of months: list, one month, making, editing, sessions and substitutes."""

import datetime as dt

import pytest
from django.urls import reverse

from coaching.models import CoachingMonth, Session, Substitution
from tests.coaching.month_support import NOW, made_month
from tests.support import factories
from tests.support.queries import assert_queries_do_not_grow

pytestmark = pytest.mark.usefixtures("today")


def url(name, *args):
    return reverse(f"coaching:{name}", args=args)


def new_month(office, programme, coach, **changes):
    values = {
        "name": "Maaliskuu", "programme": programme.pk, "starts_on": "16.3.2026", "coaching_half": "morning",
        "capacity": "10", "coach": coach.pk, "authority": office.pk,
    }  # fmt: skip
    return {**values, **changes}


@pytest.fixture
def programme(db):
    return factories.ProgrammeFactory(name="Oma ohjelma")


# --- making ------------------------------------------------------------------------------------
def test_the_form_suggests_the_coming_monday_and_shows_its_dates(client_of, coach):
    page = client_of(coach).get(url("month-create"))
    assert page.context["form"].initial["starts_on"] == dt.date(2026, 2, 16)
    assert b"16.2.2026" in page.content


def test_the_dates_are_shown_before_anything_is_saved(client_of, coach, office, programme):
    page = client_of(coach).post(url("month-create"), new_month(office, programme, coach))
    assert page.status_code == 200
    assert "3.4.2026" in page.content.decode()
    assert "Pitkäperjantai" in page.content.decode()
    assert not CoachingMonth.objects.exists()


def test_the_month_is_made_after_its_dates_were_seen_and_only_once(client_of, coach, office, programme):
    client = client_of(coach)
    values = new_month(office, programme, coach)
    previewed = client.post(url("month-create"), values).context["previewed"]
    for _click in range(2):
        answer = client.post(url("month-create"), {**values, "previewed": previewed, "save": "1"})
    month = CoachingMonth.objects.get()
    assert answer.url == url("month-detail", month.pk)
    assert month.sessions.count() == 18


def test_other_dates_than_the_ones_seen_are_shown_again(client_of, coach, office, programme):
    client = client_of(coach)
    values = new_month(office, programme, coach)
    previewed = client.post(url("month-create"), values).context["previewed"]
    changed = {**values, "starts_on": "23.3.2026", "previewed": previewed, "save": "1"}
    assert client.post(url("month-create"), changed).status_code == 200
    assert not CoachingMonth.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": "31.2.2026"}, "starts_on"),
        ({"starts_on": "15.3.2026"}, "starts_on"),
        ({"starts_on": "16.3.2226"}, "starts_on"),
        ({"capacity": "13"}, "capacity"),
        ({"kick_off_on": "16.3.2026"}, "kick_off_time"),
        ({"session_starts_at": "9.00", "session_ends_at": "99"}, "session_ends_at"),
    ],
)
def test_impossible_input_answers_422_and_stays_typed(client_of, coach, office, programme, changes, field):
    page = client_of(coach).post(url("month-create"), new_month(office, programme, coach, **changes))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert all(value.encode() in page.content for value in changes.values())


def test_a_session_that_ends_before_it_begins_is_refused(client_of, coach, office, programme):
    client = client_of(coach)
    values = new_month(office, programme, coach, session_starts_at="11.00", session_ends_at="9.00")
    previewed = client.post(url("month-create"), values).context["previewed"]
    page = client.post(url("month-create"), {**values, "previewed": previewed, "save": "1"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["session_ends_at"])


def test_a_second_group_in_the_same_half_of_the_day_is_only_a_warning(
    client_of, coach, office, programme, month
):
    values = new_month(office, programme, coach, starts_on="16.2.2026")
    assert client_of(coach).post(url("month-create"), values).context["overlapping"] == [month]


# --- the list and the page ---------------------------------------------------------------------
def test_the_list_parts_running_upcoming_and_past(client_of, manager):
    running = factories.MonthFactory()
    upcoming = factories.MonthFactory(starts_on=dt.date(2026, 3, 2))
    past = factories.MonthFactory(
        starts_on=dt.date(2026, 1, 5), state="closed", closed_at=NOW, closed_by=running.coach
    )
    page = client_of(manager).get(url("month-list")).context["page"]
    shown = [[line.month for line in part] for part in (page.running, page.upcoming, page.past)]
    assert shown == [[running], [upcoming], [past]]


def test_the_manager_sees_the_share_of_closed_months_against_the_goal(client_of, manager, coach, month):
    for path in ("paid_work", "study", "none_yet"):
        factories.EnrolmentFactory(month=month, onward_path=path, onward_recorded_at=NOW)
    CoachingMonth.objects.update(state="closed", closed_at=NOW, closed_by=coach)
    total = client_of(manager).get(url("month-list")).context["page"].total
    assert (total.found, total.people, total.percent) == (2, 3, 67)


def test_a_te_sponsor_sees_dates_and_kick_off_but_no_names(client_of, officer, month, enrolment):
    CoachingMonth.objects.update(kick_off_at=dt.datetime(2026, 2, 2, 7, tzinfo=dt.UTC))
    text = client_of(officer).get(url("month-detail", month.pk)).content.decode()
    assert "2.2.2026 9.00" in text
    assert "Koivuniemi" not in text
    assert url("month-grid", month.pk) not in text


def test_who_lacks_an_officer_is_named_with_a_link(client_of, coach, month, enrolment):
    enrolment.participant.officer_name = ""
    enrolment.participant.save()
    page = client_of(coach).get(url("month-detail", month.pk))
    assert page.context["page"].without_officer == [enrolment]


def test_the_coach_gets_links_to_logs_and_people_and_the_manager_to_no_person(
    client_of, coach, manager, month, enrolment, session
):
    own = client_of(coach).get(url("month-detail", month.pk)).content.decode()
    read = client_of(manager).get(url("month-detail", month.pk)).content.decode()
    assert url("daily-log", session.pk) in own
    assert url("person", enrolment.pk) in own
    assert url("person", enrolment.pk) not in read


def test_days_off_stand_in_the_calendar_with_their_names(client_of, coach, office):
    month = made_month(coach, office, starts_on=dt.date(2026, 3, 16))
    text = client_of(coach).get(url("month-detail", month.pk)).content.decode()
    assert "Pitkäperjantai" in text
    assert "Toinen pääsiäispäivä" in text


def test_the_number_of_queries_does_not_grow(client_of, coach, manager, office):
    month = made_month(coach, office)

    def grow():
        for number in range(10):
            factories.EnrolmentFactory(month=month, state="waiting" if number % 2 else "enrolled")
            factories.MonthFactory(coach=coach)

    assert_queries_do_not_grow(client_of(manager), url("month-list"), grow, at_most=11)
    assert_queries_do_not_grow(client_of(coach), url("month-detail", month.pk), grow, at_most=11)
    assert_queries_do_not_grow(client_of(coach), url("month-grid", month.pk), grow, at_most=11)


# --- editing -----------------------------------------------------------------------------------
def edited(month, **changes):
    values = {
        "name": "Uusi nimi", "session_starts_at": "9.00", "session_ends_at": "12.00", "capacity": "10",
        "authority": month.authority_id, "version": month.version,
    }  # fmt: skip
    return {**values, **changes}


def test_a_stale_edit_shows_both_and_a_second_save_is_a_decision(client_of, coach, month):
    client = client_of(coach)
    client.post(url("month-edit", month.pk), edited(month, name="Ensin"))
    page = client.post(url("month-edit", month.pk), edited(month, name="Sitten"))
    assert page.status_code == 422
    assert ("Ensin" in page.content.decode(), "Sitten" in page.content.decode()) == (True, True)
    client.post(
        url("month-edit", month.pk),
        edited(month, name="Sitten", version=page.context["form"]["version"].value()),
    )
    month.refresh_from_db()
    assert month.name == "Sitten"


def test_a_closed_month_answers_an_edit_with_a_sentence(client_of, coach, month):
    CoachingMonth.objects.update(state="closed", closed_at=NOW, closed_by=coach)
    page = client_of(coach).post(url("month-edit", month.pk), edited(month))
    assert page.status_code == 422
    assert page.context["form"].non_field_errors()


def test_a_manager_hands_over_and_the_new_coach_sees_the_month(client_of, manager, coach, other_coach, month):
    client_of(manager).post(url("month-hand-over", month.pk), {"coach": other_coach.pk, "version": 1})
    assert client_of(other_coach).get(url("month-detail", month.pk)).status_code == 200
    assert client_of(coach).get(url("month-detail", month.pk)).status_code == 404


def test_a_session_is_called_off_and_taken_back(client_of, coach, session):
    client = client_of(coach)
    client.post(url("session-cancel", session.pk), {"reason": "Koulutus", "version": 1})
    assert Session.objects.get().state == "not_arranged"
    client.post(url("session-restore", session.pk))
    assert Session.objects.get().state == "planned"


def test_a_session_changed_meanwhile_is_not_overwritten(client_of, coach, session):
    Session.objects.update(version=2)
    values = {"begins_at": "10.00", "ends_at": "11.00", "version": 1}
    assert client_of(coach).post(url("session-edit", session.pk), values).status_code == 422
    assert Session.objects.get().begins_at == dt.time(9)


def test_a_substitution_ends_before_it_starts_is_refused_with_what_was_typed(
    client_of, coach, other_coach, month
):
    values = {"user": other_coach.pk, "starts_on": "11.2.2026", "ends_on": "10.2.2026"}
    page = client_of(coach).post(url("substitution-add", month.pk), values)
    assert page.status_code == 422
    assert b"11.2.2026" in page.content
    assert not Substitution.objects.exists()


def test_removing_a_substitution_of_another_month_changes_nothing(client_of, coach, month):
    stranger = factories.SubstitutionFactory()
    client_of(coach).post(url("substitution-remove", month.pk, stranger.pk))
    assert Substitution.objects.filter(pk=stranger.pk).exists()


# --- the grid ----------------------------------------------------------------------------------
def test_the_grid_tells_missing_from_absent_and_names_days_off(client_of, coach, office, monkeypatch):
    from core import clock

    month = made_month(coach, office, starts_on=dt.date(2026, 3, 16))
    person = factories.EnrolmentFactory(month=month)
    first, second, *_rest = month.sessions.in_order()
    factories.MarkFactory(enrolment=person, session=first, mark="own_illness")
    Session.objects.filter(pk=first.pk).update(state="logged", logged_at=NOW)
    Session.objects.filter(pk=second.pk).update(state="not_arranged", logged_at=NOW)
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 3, 20))
    grid = client_of(coach).get(url("month-grid", month.pk)).context["grid"]
    tones = [cell and cell.tone for cell in grid.rows[0].halves[0].cells]
    assert tones[:6] == [
        "health",
        "not-arranged",
        "missing",
        "missing",
        "missing",
        "coming",
    ]  # Friday is today
    assert [day.holiday for day in grid.days_off] == ["Pitkäperjantai", "Toinen pääsiäispäivä"]
    assert tones.count(None) == 2
    assert grid.rows[0].count.days_absent == 1


def test_an_afternoon_group_has_the_work_trial_on_top(client_of, coach):
    month = factories.MonthFactory(
        coach=coach, coaching_half="afternoon", session_starts_at=dt.time(12, 30), session_ends_at=dt.time(15)
    )
    person = factories.EnrolmentFactory(month=month)
    factories.MarkFactory(enrolment=person, session=None, day=month.starts_on, half="morning")
    first = client_of(coach).get(url("month-grid", month.pk)).context["grid"].rows[0]
    assert [half.cells[0].tone for half in first.halves] == ["present", "nothing"]
