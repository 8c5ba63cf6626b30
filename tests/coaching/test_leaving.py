"""Leaving a month early, for work, for study or by dropping out, and coming back."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from coaching.counting import count_attendance
from coaching.errors import AlreadyInAMonth, MonthAlreadyClosed
from coaching.services import leaving
from core.errors import DomainError, StaleVersion
from tests.support import factories

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 2, 10)
NOW = dt.datetime(2026, 2, 10, 9, tzinfo=dt.UTC)
TO_WORK = {
    "onward_path": "paid_work",
    "onward_detail": "Rautakauppa Saha, myyjä",
    "onward_starts_on": "16.2.2026",
    "left_on": "12.2.2026",
    "version": 1,
}
DROP_OUT = {
    "left_on": "10.2.2026",
    "ended_by": "participant",
    "exit_reason": "Muutti toiselle paikkakunnalle",
    "support_after": "Vastuuvirkailija soittaa perjantaina",
    "version": 1,
}


def address(name, enrolment):
    return reverse(f"coaching:{name}", args=[enrolment.pk])


@pytest.fixture
def pages(client_of, coach, today):
    return client_of(coach)


def leave(coach, enrolment, **changes):
    values = {
        "version": 1,
        "exit_kind": "left_for_work",
        "left_on": dt.date(2026, 2, 9),
        "onward_path": "paid_work",
        "onward_detail": "Saha",
        "now": NOW,
    }
    return leaving.end_early(actor=coach, enrolment=enrolment, **{**values, **changes})


def drop_out(coach, enrolment, **changes):
    values = {
        "exit_kind": "dropped_out",
        "onward_path": "",
        "onward_detail": "",
        "exit_reason": "Muutti",
        "ended_by": "together",
        "support_after": "Sosiaaliohjaaja",
    }
    return leave(coach, enrolment, **{**values, **changes})


# --- to work or to study ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("paid_work", "left_for_work"),
        ("subsidised_work", "left_for_work"),
        ("apprenticeship", "left_for_work"),
        ("study", "left_for_study"),
    ],
)
def test_one_form_fills_the_onward_path_and_how_the_month_ended(pages, enrolment, path, kind):
    response = pages.post(address("left-for-work", enrolment), {**TO_WORK, "onward_path": path})
    assert response["Location"] == address("celebration", enrolment)
    enrolment.refresh_from_db()
    assert (enrolment.exit_kind, enrolment.onward_path) == (kind, path)
    assert (enrolment.left_on, enrolment.onward_starts_on) == (dt.date(2026, 2, 12), dt.date(2026, 2, 16))
    assert AuditEvent.objects.filter(action="enrolment.ended_early").count() == 1


def test_it_is_celebrated_and_the_free_place_is_offered(pages, enrolment):
    waiting = factories.EnrolmentFactory(month=enrolment.month, state="waiting", joined_on=None)
    enrolment.month.capacity = 8
    enrolment.month.save()
    factories.StepForwardFactory(enrolment=enrolment)
    html = pages.post(address("left-for-work", enrolment), TO_WORK, follow=True).content.decode()
    assert "Rautakauppa Saha, myyjä" in html
    assert waiting.participant.full_name in html
    assert reverse("coaching:discussion", args=[enrolment.pk, "final"]) in html


def test_nothing_is_celebrated_of_somebody_who_stays_or_dropped_out(pages, enrolment, coach):
    for _ in range(2):
        assert pages.get(address("celebration", enrolment))["Location"] == address("person", enrolment)
        drop_out(coach, enrolment)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"left_on": "31.2.2026"}, "left_on"),
        ({"left_on": "1.2.2026"}, "left_on"),
        ({"left_on": "1.3.2026"}, "left_on"),
        ({"onward_starts_on": "1.1.2026"}, "onward_starts_on"),
        ({"onward_starts_on": "16.2.2126"}, "onward_starts_on"),
        ({"onward_path": "none_yet"}, "onward_path"),
        ({"onward_detail": "x" * 10_000}, "onward_detail"),
        ({"onward_detail": "a\x00b"}, "onward_detail"),
        ({"version": "abc"}, "version"),
    ],
)
def test_what_cannot_be_is_answered_at_its_field_and_all_is_kept(pages, enrolment, changes, field):
    response = pages.post(address("left-for-work", enrolment), {**TO_WORK, **changes})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    kept = {**TO_WORK, **changes}["onward_detail"]
    assert response.context["form"]["onward_detail"].value() == kept
    enrolment.refresh_from_db()
    assert enrolment.left_on is None


def test_sent_twice_is_saved_once(pages, enrolment):
    for _ in range(2):
        assert pages.post(address("left-for-work", enrolment), TO_WORK).status_code == 302
    enrolment.refresh_from_db()
    assert enrolment.version == 2
    assert AuditEvent.objects.filter(action="enrolment.ended_early").count() == 1


def test_an_old_page_shows_what_was_saved_meanwhile_and_keeps_what_was_typed(pages, enrolment, coach):
    leave(coach, enrolment, onward_detail="Ensin tallennettu")
    response = pages.post(address("left-for-work", enrolment), TO_WORK)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Ensin tallennettu" in html
    assert "Rautakauppa Saha, myyjä" in html
    assert 'name="version" value="2"' in html


# --- dropping out -------------------------------------------------------------------------------------
def test_dropping_out_says_who_ended_it_and_which_support_takes_over(pages, enrolment):
    response = pages.post(address("dropped-out", enrolment), DROP_OUT, follow=True)
    enrolment.refresh_from_db()
    assert (enrolment.exit_kind, enrolment.ended_by) == ("dropped_out", "participant")
    html = response.content.decode()
    assert "Muutti toiselle paikkakunnalle" in html
    assert "Vastuuvirkailija soittaa perjantaina" in html


@pytest.mark.parametrize("missing", ["ended_by", "exit_reason", "support_after", "left_on"])
def test_dropping_out_asks_for_what_is_missing(pages, enrolment, missing):
    response = pages.post(address("dropped-out", enrolment), {**DROP_OUT, missing: ""})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [missing]


def test_a_drop_out_takes_no_onward_path_along(coach, enrolment):
    leave(coach, enrolment)
    ended = drop_out(coach, enrolment, version=2)
    assert (ended.onward_path, ended.onward_recorded_at) == ("", None)


# --- nothing is lost ----------------------------------------------------------------------------------
def test_the_person_stays_readable_and_can_be_written_about(pages, coach, enrolment):
    factories.GoalFactory(enrolment=enrolment)
    drop_out(coach, enrolment)
    html = pages.get(address("person", enrolment)).content.decode()
    assert "jossa jaksan" in html
    url = reverse("coaching:goal", args=[enrolment.pk])
    assert pages.post(url, {"text": "Uusi suunta", "base_number": 1}).status_code == 302


def test_days_after_the_last_one_neither_count_nor_are_asked_for(coach, enrolment):
    for number in (9, 11):
        factories.SessionFactory(
            month=enrolment.month, held_on=dt.date(2026, 2, number), state="logged", logged_at=timezone.now()
        )
    assert count_attendance([enrolment.pk])[enrolment.pk].days_unmarked == 2
    leave(coach, enrolment)
    count = count_attendance([enrolment.pk])[enrolment.pk]
    assert (count.days_arranged, count.days_unmarked) == (1, 1)


def test_discussions_that_come_after_the_last_day_are_not_asked_for(client_of, coach, enrolment, today):
    leave(coach, enrolment, left_on=dt.date(2026, 2, 6))
    response = client_of(coach).get(address("person", enrolment))
    assert {talk.state for talk in response.context["page"].talks} == {""}


# --- coming back --------------------------------------------------------------------------------------
def test_somebody_comes_back_with_a_reason_and_counts_again(pages, coach, enrolment):
    leave(coach, enrolment)
    page = pages.get(address("came-back", enrolment))
    assert page.status_code == 200
    pages.post(address("came-back", enrolment), {"reason": "Työ peruuntui", "version": 2})
    enrolment.refresh_from_db()
    assert (enrolment.left_on, enrolment.exit_kind, enrolment.onward_path) == (None, "", "")
    assert AuditEvent.objects.get(action="enrolment.brought_back").reason == "Työ peruuntui"


def test_coming_back_twice_changes_nothing(coach, enrolment):
    leave(coach, enrolment)
    for _ in range(2):
        leaving.bring_back(actor=coach, enrolment=enrolment, version=2, reason="Peruuntui", today=TODAY)
    assert AuditEvent.objects.filter(action="enrolment.brought_back").count() == 1


def test_a_place_that_was_given_away_is_not_taken_back(coach, enrolment):
    month = enrolment.month
    month.capacity = 8
    month.save()
    leave(coach, enrolment)
    for _ in range(8):
        factories.EnrolmentFactory(month=month)
    with pytest.raises(DomainError):
        leaving.bring_back(actor=coach, enrolment=enrolment, version=2, reason="Peruuntui", today=TODAY)


def test_somebody_who_is_in_another_group_does_not_come_back(coach, enrolment):
    leave(coach, enrolment)
    factories.EnrolmentFactory(participant=enrolment.participant, month__starts_on=dt.date(2026, 2, 9))
    with pytest.raises(AlreadyInAMonth):
        leaving.bring_back(actor=coach, enrolment=enrolment, version=2, reason="Peruuntui", today=TODAY)


def test_coming_back_needs_a_reason_and_the_newest_page(coach, enrolment):
    leave(coach, enrolment)
    with pytest.raises(DomainError) as refusal:
        leaving.bring_back(actor=coach, enrolment=enrolment, version=2, reason=" ", today=TODAY)
    assert refusal.value.field == "reason"
    with pytest.raises(StaleVersion):
        leaving.bring_back(actor=coach, enrolment=enrolment, version=1, reason="x", today=TODAY)


def test_a_closed_month_stays_as_it_was(pages, coach, enrolment):
    leave(coach, enrolment)
    month = enrolment.month
    month.state, month.closed_at, month.closed_by = "closed", NOW, coach
    month.save()
    with pytest.raises(MonthAlreadyClosed):
        leaving.bring_back(actor=coach, enrolment=enrolment, version=2, reason="x", today=TODAY)
    response = pages.post(address("dropped-out", enrolment), {**DROP_OUT, "version": 2})
    assert response.status_code == 422
    assert "Muutti toiselle paikkakunnalle" in response.content.decode()


def test_the_closing_page_keeps_who_ended_it_and_the_support(pages, coach, enrolment):
    drop_out(coach, enrolment)
    p = f"p{enrolment.pk}"
    html = pages.get(reverse("coaching:month-close", args=[enrolment.month_id])).content.decode()
    assert "Sosiaaliohjaaja" in html
    pages.post(
        reverse("coaching:month-close", args=[enrolment.month_id]),
        {
            f"{p}-version": 2,
            f"{p}-exit_kind": "dropped_out",
            f"{p}-left_on": "9.2.2026",
            f"{p}-exit_reason": "Muutti",
            f"{p}-ended_by": "together",
            f"{p}-support_after": "Sosiaaliohjaaja",
            f"{p}-onward_path": "none_yet",
        },
    )
    enrolment.refresh_from_db()
    assert (enrolment.ended_by, enrolment.support_after, enrolment.onward_path) == (
        "together",
        "Sosiaaliohjaaja",
        "none_yet",
    )
