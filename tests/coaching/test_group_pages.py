"""The group on the pages: enrolling, the waiting list, closing."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.models import CoachingMonth, Enrolment, Session
from tests.coaching.month_support import NOW, referred
from tests.support import factories
from tests.support.queries import assert_queries_do_not_grow

pytestmark = pytest.mark.usefixtures("today")


def url(name, *args):
    return reverse(f"coaching:{name}", args=args)


# --- enrolling ---------------------------------------------------------------------------------
def test_candidates_are_people_with_an_open_referral_who_are_not_in_the_month(
    client_of, coach, office, month, enrolment
):
    free = referred(office, last_name="Vapaa")
    inside = referred(office, last_name="Sisällä")
    factories.EnrolmentFactory(month=month, participant=inside)
    factories.ParticipantFactory(last_name="Lähetteetön")
    page = client_of(coach).get(url("enrol", month.pk)).context["page"]
    assert [candidate.person for candidate in page.candidates] == [free]


def test_the_search_finds_by_the_beginning_of_both_names(client_of, coach, office, month):
    wanted = referred(office, first_name="Maija", last_name="Niemi")
    referred(office, first_name="Maija", last_name="Salo")
    page = client_of(coach).post(url("enrol", month.pk), {"q": "nie mai"}, follow=True).context["page"]
    assert [candidate.person for candidate in page.candidates] == [wanted]


def test_a_person_is_taken_in_and_a_second_click_is_a_sentence(client_of, coach, office, month):
    person = referred(office)
    client = client_of(coach)
    values = {"participant": person.pk, "joined_on": "10.2.2026"}
    assert client.post(url("enrol", month.pk), values).status_code == 302
    again = client.post(url("enrol", month.pk), values)
    assert (again.status_code, Enrolment.objects.count()) == (422, 1)
    assert person.full_name in again.content.decode()


def test_the_eleventh_is_told_to_wait(client_of, coach, office, month):
    for _ in range(10):
        factories.EnrolmentFactory(month=month)
    person = referred(office)
    answer = client_of(coach).post(url("enrol", month.pk), {"participant": person.pk}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
    assert Enrolment.objects.get(participant=person).state == "waiting"


def test_without_an_officer_the_way_to_add_one_is_shown(client_of, coach, office, month):
    person = referred(office, officer_name="")
    page = client_of(coach).post(url("enrol", month.pk), {"participant": person.pk})
    assert (page.status_code, page.context["refusal"]["needs_officer"]) == (422, True)


def test_a_stranger_cannot_be_enrolled_by_id(client_of, coach, month):
    stranger = factories.ParticipantFactory()
    assert client_of(coach).post(url("enrol", month.pk), {"participant": stranger.pk}).status_code == 404


def test_enrolling_makes_as_many_queries_for_many_candidates(client_of, coach, office, month):
    referred(office)

    def grow():
        for _ in range(12):
            referred(office)

    assert_queries_do_not_grow(client_of(coach), url("enrol", month.pk), grow, at_most=11)


def test_the_free_place_goes_to_the_first_with_one_click(client_of, coach, month):
    waiting = factories.EnrolmentFactory(month=month, state="waiting", joined_on=None)
    client_of(coach).post(url("enrolment-move-in", month.pk, waiting.pk))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.joined_on) == ("enrolled", dt.date(2026, 2, 10))


def test_a_person_of_another_group_is_404_under_this_month(client_of, coach, month):
    stranger = factories.EnrolmentFactory()
    for name in ("enrolment-remove", "enrolment-first-day"):
        assert client_of(coach).get(url(name, month.pk, stranger.pk)).status_code == 404


# --- closing -----------------------------------------------------------------------------------
def rows(*people, **changes) -> dict:
    values = {"version": 1, "exit_kind": "completed", "onward_path": "study", "onward_detail": "Kurssi"}
    return {
        f"p{person.pk}-{name}": value for person in people for name, value in {**values, **changes}.items()
    }


def test_the_closing_page_saves_what_is_known(client_of, coach, month, enrolment):
    other = factories.EnrolmentFactory(month=month)
    data = rows(enrolment) | rows(other, exit_kind="", onward_path="", onward_detail="")
    assert client_of(coach).post(url("month-close", month.pk), data).status_code == 302
    enrolment.refresh_from_db()
    assert (enrolment.onward_path, CoachingMonth.objects.get().state) == ("study", "open")


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"onward_starts_on": "31.2.2026"}, "onward_starts_on"),
        ({"onward_path": "lottery"}, "onward_path"),
        ({"onward_detail": "x" * 201}, "onward_detail"),
        ({"exit_kind": "dropped_out", "left_on": "9.2.2026"}, "exit_reason"),
        ({"exit_kind": "left_for_work", "left_on": "1.1.2026"}, "left_on"),
    ],
)
def test_a_wrong_row_answers_422_with_everything_typed(client_of, coach, month, enrolment, changes, wrong):
    page = client_of(coach).post(url("month-close", month.pk), rows(enrolment, **changes))
    assert page.status_code == 422
    assert list(page.context["rows"][0].errors) == [wrong]
    assert all(page.context["rows"][0].typed[name] == value for name, value in changes.items())


def test_a_row_changed_meanwhile_shows_both(client_of, coach, month, enrolment):
    client = client_of(coach)
    client.post(url("month-close", month.pk), rows(enrolment, onward_path="paid_work"))
    page = client.post(url("month-close", month.pk), rows(enrolment))
    row = page.context["rows"][0]
    assert (page.status_code, row.version, row.typed["onward_path"]) == (422, 2, "study")
    assert row.theirs
    assert client.post(url("month-close", month.pk), rows(enrolment, version=2)).status_code == 302


def test_another_groups_person_in_the_post_is_refused(client_of, coach, month, enrolment):
    stranger = factories.EnrolmentFactory()
    page = client_of(coach).post(url("month-close", month.pk), rows(enrolment, stranger))
    assert page.status_code == 422
    assert not Enrolment.objects.exclude(onward_path="").exists()


def test_unlogged_sessions_are_listed_and_need_a_tick(client_of, coach, month, enrolment, session):
    client = client_of(coach)
    data = {**rows(enrolment), "close": "1"}
    page = client.post(url("month-close", month.pk), data)
    assert page.status_code == 422
    assert url("daily-log", session.pk) in page.content.decode()
    assert client.post(url("month-close", month.pk), {**data, "accept_unlogged": "1"}).status_code == 302
    assert CoachingMonth.objects.get().state == "closed"


def test_a_closed_month_is_not_saved_but_opened_again_with_a_reason(client_of, coach, month, enrolment):
    client = client_of(coach)
    client.post(url("month-close", month.pk), {**rows(enrolment), "close": "1"})
    assert client.post(url("month-close", month.pk), rows(enrolment, version=2)).status_code == 422
    client.post(url("month-reopen", month.pk), {"reason": "Korjaus"})
    assert CoachingMonth.objects.get().state == "open"
    assert AuditEvent.objects.get(action="month.reopened").reason == "Korjaus"


def test_who_stayed_is_suggested_once_the_last_session_is_over(client_of, coach, month, enrolment, session):
    page = client_of(coach).get(url("month-close", month.pk))
    assert page.context["rows"][0].typed["exit_kind"] == "completed"
    Session.objects.update(held_on=dt.date(2026, 2, 20))
    page = client_of(coach).get(url("month-close", month.pk))
    assert page.context["rows"][0].typed["exit_kind"] == ""


def test_the_closing_page_makes_as_many_queries_for_many_people(client_of, coach, month, enrolment):
    def grow():
        for _ in range(9):
            factories.EnrolmentFactory(month=month)

    assert_queries_do_not_grow(client_of(coach), url("month-close", month.pk), grow, at_most=10)


def test_a_month_is_called_off_with_a_reason(client_of, coach, month, enrolment):
    client = client_of(coach)
    assert client.post(url("month-cancel", month.pk), {"reason": ""}).status_code == 422
    client.post(url("month-cancel", month.pk), {"reason": "Liian vähän lähtijöitä"})
    assert CoachingMonth.objects.get().state == "cancelled"


def test_closed_months_say_when(client_of, coach, month):
    CoachingMonth.objects.update(state="closed", closed_at=NOW, closed_by=coach)
    assert b"27.2.2026" in client_of(coach).get(url("month-detail", month.pk)).content
