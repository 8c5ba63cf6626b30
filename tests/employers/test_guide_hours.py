"""The days at work through the guide's link: what it saves, what it never shows or overwrites."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.models import AttendanceMark
from coaching.services.work_trial_half import HalfDay, HalfDayChange, save_work_trial_half
from core import clock
from core.errors import DomainError, LinkGone, StaleVersion
from core.models import OutgoingMail
from employers.models import WorkplaceLink
from employers.services.guide_hours import (
    give_hours_link,
    remind_of_hours,
    revoke_hours_link,
    save_guide_hours,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
MONDAY, TUESDAY, LAST_MONDAY = dt.date(2026, 2, 9), dt.date(2026, 2, 10), dt.date(2026, 2, 2)
HERE = HalfDay("present", Decimal("4"))


def marks(placement) -> dict:
    rows = AttendanceMark.objects.filter(half=placement.half).values_list("day", "mark", "hours")
    return {day: (mark, hours) for day, mark, hours in rows}


def by_staff(actor, enrolment, day, wanted=HERE, seen=":"):
    change = HalfDayChange(day=day, wanted=wanted, seen=seen)
    save_work_trial_half(
        actor=actor,
        enrolment_id=enrolment.pk,
        half="afternoon",
        changes=[change],
        today=clock.today(),
        now=clock.now(),
    )


def seen(*days) -> dict:
    return {f"seen-{day}": ":" for day in days}


# --- saving -----------------------------------------------------------------------------------------
def test_one_tap_marks_one_day_as_agreed(client, hours_link, begun_trial, enrolment):
    data = {**seen(MONDAY, TUESDAY), "as_agreed": str(MONDAY)}
    assert client.post(hours_link.path, data).status_code == 302
    assert marks(begun_trial) == {MONDAY: ("present", Decimal("4.00"))}
    mark = AttendanceMark.objects.get()
    assert mark.recorded_by is None
    event = AuditEvent.objects.get(action="work_trial_half.saved")
    assert (event.actor, event.actor_label) == (None, "workplace link")


def test_one_tap_marks_the_agreed_days_of_the_week_and_leaves_what_was_chosen(
    client, hours_link, begun_trial
):
    begun_trial.weekdays = "12"
    begun_trial.save(update_fields=["weekdays"])
    days = [LAST_MONDAY + dt.timedelta(days=n) for n in range(5)]
    data = {**seen(*days), "all_done": "1", f"choice-{days[0]}": "ill"}
    client.post(f"{hours_link.path}?week={LAST_MONDAY}", data)
    assert marks(begun_trial) == {days[0]: ("own_illness", None), days[1]: ("present", Decimal("4.00"))}


@pytest.mark.parametrize(
    ("choice", "mark"),
    [
        ("ill", "own_illness"),
        ("no_show", "unauthorised"),
        ("day_off", "agreed_swap"),
        ("other", "other_accepted"),
        ("not_agreed", "not_arranged"),
    ],
)
def test_each_plain_reason_becomes_a_mark_of_the_grid(client, hours_link, begun_trial, choice, mark):
    client.post(hours_link.path, {**seen(MONDAY), f"choice-{MONDAY}": choice})
    assert marks(begun_trial) == {MONDAY: (mark, None)}
    assert f'value="{choice}" selected' in client.get(hours_link.path).content.decode()


def test_hours_alone_mean_that_the_person_was_there(client, hours_link, begun_trial):
    client.post(hours_link.path, {**seen(MONDAY), f"hours-{MONDAY}": "3,5"})
    assert marks(begun_trial) == {MONDAY: ("present", Decimal("3.50"))}


@pytest.mark.parametrize("hours", ["-1", "13", "kolme", "0", "1e9", "9" * 50, "4\x00"])
def test_impossible_hours_are_told_at_the_day_and_everything_typed_stays(
    client, hours_link, begun_trial, hours
):
    data = {**seen(MONDAY, TUESDAY), f"hours-{MONDAY}": hours, f"choice-{TUESDAY}": "ill"}
    response = client.post(hours_link.path, data)
    html = response.content.decode()
    assert response.status_code == 422
    assert f'id="wrong-{MONDAY}"' in html
    assert 'value="ill" selected' in html
    assert marks(begun_trial) == {}


def test_a_day_ahead_a_weekend_and_a_day_outside_the_trial_are_not_saved(client, hours_link, begun_trial):
    ahead, saturday, outside = TUESDAY + dt.timedelta(days=1), dt.date(2026, 2, 7), dt.date(2026, 1, 30)
    data = {**seen(ahead, saturday, outside)} | {
        f"choice-{day}": "present" for day in (ahead, saturday, outside)
    }
    client.post(hours_link.path, data)
    assert marks(begun_trial) == {}
    change = HalfDayChange(day=outside, wanted=HERE, seen=":")
    with pytest.raises(DomainError):
        _save(hours_link, change)


def _save(held, *changes):
    return save_guide_hours(
        link=held.link,
        changes=changes,
        today=clock.today(),
        now=clock.now(),
        actor_label="workplace link",
    )


def test_pressing_twice_saves_once(hours_link):
    change = HalfDayChange(day=MONDAY, wanted=HERE, seen=":")
    assert _save(hours_link, change) == 1
    assert _save(hours_link, change) == 0


def test_the_guide_corrects_an_own_mark(client, hours_link, begun_trial):
    client.post(hours_link.path, {**seen(MONDAY), f"choice-{MONDAY}": "ill"})
    html = client.get(hours_link.path).content.decode()
    stamp = re.search(rf'name="seen-{MONDAY}" value="([^"]*)"', html).group(1)
    client.post(hours_link.path, {f"seen-{MONDAY}": stamp, f"choice-{MONDAY}": "present"})
    assert marks(begun_trial) == {MONDAY: ("present", Decimal("4.00"))}


# --- what staff wrote -------------------------------------------------------------------------------
def test_what_staff_marked_meanwhile_is_kept_and_both_are_shown(
    client, hours_link, begun_trial, enrolment, coordinator
):
    by_staff(coordinator, enrolment, MONDAY, HalfDay("job_interview"))
    data = {**seen(MONDAY, TUESDAY), f"choice-{MONDAY}": "no_show", f"hours-{TUESDAY}": "2"}
    response = client.post(hours_link.path, data)
    html = response.content.decode()
    assert response.status_code == 422
    assert marks(begun_trial) == {MONDAY: ("job_interview", None)}
    assert 'value="2"' in html
    assert "Valitsit" in html
    assert f'name="seen-{MONDAY}"' not in html
    client.post(hours_link.path, {**seen(TUESDAY), f"hours-{TUESDAY}": "2"})
    assert marks(begun_trial)[TUESDAY] == ("present", Decimal("2.00"))


def test_a_forged_stamp_does_not_overwrite_what_staff_marked(hours_link, enrolment, coordinator, begun_trial):
    by_staff(coordinator, enrolment, MONDAY)
    change = HalfDayChange(day=MONDAY, wanted=HalfDay("unauthorised"), seen=HERE.token)
    with pytest.raises(StaleVersion):
        _save(hours_link, change)
    assert marks(begun_trial)[MONDAY] == ("present", Decimal("4.00"))


@pytest.mark.parametrize(
    "mark", ["own_illness", "child_illness", "job_interview", "public_duty", "unauthorised"]
)
def test_the_guide_does_not_read_a_reason_that_staff_wrote(client, hours_link, enrolment, coordinator, mark):
    by_staff(coordinator, enrolment, MONDAY, HalfDay(mark))
    html = client.get(hours_link.path).content.decode()
    assert mark not in html.replace('value="ill"', "")
    assert f'name="seen-{MONDAY}"' not in html
    assert "Poissa" in html


def test_the_page_says_nothing_but_the_name_and_the_days(client, hours_link, participant, begun_trial):
    html = client.get(hours_link.path).content.decode()
    assert participant.full_name in html
    for secret in (participant.phone, participant.email, begun_trial.tasks, "17.5.1980"):
        assert secret not in html


def test_of_a_protected_person_only_the_first_name_is_shown(client, hours_link, participant):
    participant.is_restricted = True
    participant.save(update_fields=["is_restricted"])
    html = client.get(hours_link.path).content.decode()
    assert "Aino" in html
    assert "Koivuniemi" not in html


# --- closed -----------------------------------------------------------------------------------------
def test_a_closed_month_is_read_only_and_says_whom_to_ring(
    client, hours_link, month, coordinator, begun_trial
):
    coordinator.phone = "040 012 0003"
    coordinator.save(update_fields=["phone"])
    month.state, month.closed_at, month.closed_by = "closed", clock.now(), month.coach
    month.save(update_fields=["state", "closed_at", "closed_by"])
    html = client.get(hours_link.path).content.decode()
    assert 'name="all_done"' not in html
    assert "040 012 0003" in html
    response = client.post(hours_link.path, {**seen(MONDAY), f"choice-{MONDAY}": "ill"})
    assert response.status_code == 422
    assert marks(begun_trial) == {}


def test_after_the_release_of_the_summary_the_guide_is_told_whom_to_ring(
    hours_link, begun_trial, monkeypatch, enrolment
):
    monkeypatch.setattr("coaching.services.corrections.left_the_house", [lambda ids: set(ids)])
    with pytest.raises(DomainError) as refusal:
        _save(hours_link, HalfDayChange(day=MONDAY, wanted=HERE, seen=":"))
    assert "soita" in str(refusal.value)
    assert marks(begun_trial) == {}


def test_before_the_start_there_are_no_days(client, hours_link, begun_trial):
    begun_trial.state = "planned"
    begun_trial.save(update_fields=["state"])
    assert 'name="all_done"' not in client.get(hours_link.path).content.decode()
    assert client.post(hours_link.path, seen(MONDAY)).status_code in (200, 422)
    assert marks(begun_trial) == {}


# --- the link ---------------------------------------------------------------------------------------
def test_a_get_changes_nothing_and_leaves_no_trace_in_the_address(client, hours_link):
    response = client.get(hours_link.path)
    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]
    assert WorkplaceLink.objects.get(pk=hours_link.link.pk).last_opened_at is None


def test_a_link_that_was_taken_back_answers_410_with_what_was_typed(
    client, hours_link, coordinator, begun_trial
):
    revoke_hours_link(actor=coordinator, placement_id=begun_trial.pk, now=clock.now())
    response = client.post(f"{hours_link.path}concern/", {"text": "Olemme huolissamme jaksamisesta."})
    assert response.status_code == 410
    assert "Olemme huolissamme jaksamisesta." in response.content.decode()
    assert client.get(hours_link.path).status_code == 410
    with pytest.raises(LinkGone):
        _save(hours_link, HalfDayChange(day=MONDAY, wanted=HERE, seen=":"))


def test_an_expired_link_is_over(client, hours_link, monkeypatch):
    later = clock.now() + dt.timedelta(days=90)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get(hours_link.path).status_code == 410


def test_too_many_knocks_wait_five_minutes(client, hours_link):
    statuses = {client.get("/w/hours/wrong/").status_code for _ in range(70)}
    assert statuses == {410, 429}


# --- giving it --------------------------------------------------------------------------------------
def test_the_link_goes_by_mail_without_a_name(coordinator, begun_trial, participant):
    give_hours_link(actor=coordinator, placement_id=begun_trial.pk, by_mail=True, now=clock.now())
    mail = OutgoingMail.objects.get()
    assert mail.recipient == "ossi@saha.example"
    for word in ("Aino", "Koivuniemi", "Saha"):
        assert word not in mail.subject + mail.body
    assert "/w/hours/" in mail.body


def test_a_protected_persons_link_is_never_mailed(coordinator, begun_trial, participant):
    participant.is_restricted = True
    participant.save(update_fields=["is_restricted"])
    with pytest.raises(DomainError):
        give_hours_link(actor=coordinator, placement_id=begun_trial.pk, by_mail=True, now=clock.now())
    given = give_hours_link(actor=coordinator, placement_id=begun_trial.pk, by_mail=False, now=clock.now())
    assert "/w/hours/" in given.address
    assert not OutgoingMail.objects.exists()


def test_a_reminder_goes_once_in_24_hours_and_only_when_days_wait(coordinator, begun_trial):
    common = {"actor": coordinator, "placement_id": begun_trial.pk}
    with pytest.raises(DomainError):
        remind_of_hours(unmarked=0, now=clock.now(), **common)
    remind_of_hours(unmarked=2, now=clock.now(), **common)
    with pytest.raises(DomainError):
        remind_of_hours(unmarked=2, now=clock.now() + dt.timedelta(hours=23), **common)
    night = dt.datetime(2026, 2, 12, 23, tzinfo=dt.UTC)
    with pytest.raises(DomainError):
        remind_of_hours(unmarked=2, now=night, **common)
    remind_of_hours(unmarked=2, now=clock.now() + dt.timedelta(hours=25), **common)
    assert OutgoingMail.objects.filter(kind="guide_hours_reminder").count() == 2
    assert WorkplaceLink.objects.filter(is_reminder=True).count() == 2


def test_staff_show_the_link_once_with_its_code(client_of, coach, begun_trial, client):
    response = client_of(coach).post(reverse("employers:guide-link", args=[begun_trial.pk]), {"do": "show"})
    html = response.content.decode()
    secret = re.search(r"/w/hours/([\w-]+)/", html).group(1)
    assert "data:image/svg" in html
    assert client.get(f"/w/hours/{secret}/").status_code == 200


def test_the_grid_says_that_the_mark_came_by_link(client, client_of, coach, hours_link, month, session):
    client.post(hours_link.path, {**seen(MONDAY), f"choice-{MONDAY}": "present"})
    html = client_of(coach).get(reverse("coaching:month-grid", args=[month.pk])).content.decode()
    assert "työpaikan linkillä" in html
