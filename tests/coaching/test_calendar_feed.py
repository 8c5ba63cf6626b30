"""The calendar feed: times and rooms behind a secret address, never a name (issue 3, product.md C12)."""

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from accounts.enums import Role
from accounts.models import AuditEvent
from coaching.enums import MonthState, SessionKind, SessionState
from coaching.services import calendar_feed as services
from core import clock
from core.errors import LinkGone
from core.models import LinkToken
from core.registry import calendar_days
from tests.support import factories

pytestmark = pytest.mark.django_db


def address_of(user) -> str:
    return reverse("coaching:calendar-file", args=[services.make_staff_feed(actor=user, now=clock.now())])


def entries(client, address) -> list:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_feed_shows_time_and_room_in_helsinki_time(client, coach, month, session, today):
    month.sessions.update(room="Koivusali")
    (entry,) = entries(client, address_of(coach))
    assert entry["SUMMARY"] == "Ryhmävalmennus"
    assert entry["LOCATION"] == "Koivusali"
    assert entry.start == dt.datetime(2026, 2, 10, 7, tzinfo=dt.UTC)  # 9.00 in Helsinki in winter


@pytest.mark.parametrize(
    ("day", "hour"), [(dt.date(2026, 3, 27), 7), (dt.date(2026, 3, 30), 6), (dt.date(2026, 10, 26), 7)]
)
def test_both_changes_of_the_clock_are_right(client, coach, month, today, day, hour):
    month.ends_on = day
    month.save(update_fields=["ends_on"])
    factories.SessionFactory(month=month, held_on=day, week=8)
    (entry,) = entries(client, address_of(coach))
    assert entry.start == dt.datetime.combine(day, dt.time(hour), dt.UTC)


def test_no_name_of_anybody_leaves_with_the_feed(client, coach, month, session, enrolment, today):
    session.kind = SessionKind.VISIT
    session.destination = "Rautakauppa Saha Oy"
    session.group_note = "Aino kertoi"
    session.save()
    factories.DiscussionFactory(
        enrolment=enrolment, kind="mid", planned_on=dt.date(2026, 2, 12), held_on=None
    )
    text = client.get(address_of(coach)).content.decode()
    for word in ("Aino", "Koivuniemi", "Saha", "Sanna", "Helmikuu", "kertoi"):
        assert word not in text, word
    assert "1 keskustelu" in text


def test_a_session_called_off_is_cancelled_in_the_calendar(client, coach, month, session, today):
    session.state = SessionState.NOT_ARRANGED
    session.logged_at, session.logged_by = clock.now(), coach
    session.save()
    (entry,) = entries(client, address_of(coach))
    assert entry["STATUS"] == "CANCELLED"


def test_a_substitute_sees_the_days_of_the_substitution_also_before_them(client, substitute, month, today):
    for day in (9, 10, 11, 12):
        factories.SessionFactory(month=month, held_on=dt.date(2026, 2, day), week=2)
    days = {entry.start.date().day for entry in entries(client, address_of(substitute))}
    assert days == {10, 11}


def test_the_sponsor_gets_dates_and_kick_off(client, officer, month, session, today):
    month.kick_off_at = dt.datetime(2026, 2, 2, 8, tzinfo=dt.UTC)
    month.save(update_fields=["kick_off_at"])
    titles = {str(entry["SUMMARY"]) for entry in entries(client, address_of(officer))}
    assert titles == {"Ryhmävalmennus", "Aloituspalaveri TE-asiantuntijan kanssa"}


def test_another_coach_gets_nothing_of_the_month(client, other_coach, month, session, today):
    assert entries(client, address_of(other_coach)) == []


def test_a_called_off_month_leaves_the_calendar(client, coach, month, session, today):
    month.state = MonthState.CANCELLED
    month.save(update_fields=["state"])
    assert entries(client, address_of(coach)) == []


def test_a_new_address_ends_the_one_before(client, coach, today):
    first = address_of(coach)
    second = address_of(coach)
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_revoking_works_at_once_and_stands_on_the_trail(client, coach, client_of, today):
    address = address_of(coach)
    assert client_of(coach).post(reverse("coaching:calendar-feed-revoke")).status_code == 302
    assert client.get(address).status_code == 410
    actions = set(AuditEvent.objects.filter(actor=coach).values_list("action", flat=True))
    assert {"calendar_feed.made", "calendar_feed.revoked"} <= actions


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.ADMIN}])
def test_the_feed_ends_with_the_account_and_with_the_role(client, coach, month, session, today, change):
    address = address_of(coach)
    for name, value in change.items():
        setattr(coach, name, value)
    coach.save()
    assert client.get(address).status_code == 410


def test_an_expired_address_is_gone(coach, today):
    secret = services.make_staff_feed(actor=coach, now=clock.now())
    later = clock.now() + dt.timedelta(days=401)
    with pytest.raises(LinkGone):
        services.owner_of_feed(secret=secret, now=later)


def test_a_secret_of_another_purpose_opens_no_calendar(client, coach, today):
    address = address_of(coach)
    LinkToken.objects.update(purpose="account.password")
    assert client.get(address).status_code == 410


def test_a_participants_feed_shows_own_days_only(client, month, enrolment, today):
    for day in (2, 10, 20):
        factories.SessionFactory(month=month, held_on=dt.date(2026, 2, day), week=1)
    enrolment.joined_on, enrolment.left_on = dt.date(2026, 2, 3), dt.date(2026, 2, 12)
    enrolment.exit_kind, enrolment.exit_reason = "dropped_out", "muutto"
    enrolment.save()
    secret = services.make_participant_feed(enrolment=enrolment, now=clock.now())
    days = [
        entry.start.date().day for entry in entries(client, reverse("coaching:calendar-file", args=[secret]))
    ]
    assert days == [10]


def test_somebody_taken_off_the_group_has_no_feed_any_more(client, enrolment, today):
    secret = services.make_participant_feed(enrolment=enrolment, now=clock.now())
    enrolment.state = "cancelled"
    enrolment.save(update_fields=["state"])
    assert client.get(reverse("coaching:calendar-file", args=[secret])).status_code == 410


def test_the_feed_of_a_protected_person_ends(client, enrolment, participant, today):
    secret = services.make_participant_feed(enrolment=enrolment, now=clock.now())
    address = reverse("coaching:calendar-file", args=[secret])
    assert client.get(address).status_code == 200
    type(participant).objects.filter(pk=participant.pk).update(is_restricted=True)
    assert client.get(address).status_code == 410


def test_the_page_shows_the_address_once(client_of, coach, today):
    page = client_of(coach)
    shown = page.post(reverse("coaching:calendar-feed")).content.decode()
    assert "/calendar/" in shown
    again = page.get(reverse("coaching:calendar-feed")).content.decode()
    assert 'id="calendar-address"' not in again
    assert "Osoite on käytössä" in again


def test_the_queries_do_not_grow_with_the_months(coach, office, today, count_queries):
    from coaching.pages.calendar_feed import events_of_user

    def measure() -> int:
        with count_queries() as queries:
            events_of_user(coach, today=today)
        return len(queries)

    factories.SessionFactory(month=factories.MonthFactory(coach=coach, authority=office))
    few = measure()
    for number in range(6):
        month = factories.MonthFactory(coach=coach, authority=office, name=f"Ryhmä {number}")
        factories.SessionFactory(month=month)
    assert measure() == few <= 4 + len(calendar_days)
