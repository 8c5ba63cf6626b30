"""The plan of a visit day: its order, what is taken along, and what of it reaches the authority."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from core import clock
from employers.models import Visit
from tests.support.factories import ConsentFactory, PlacementFactory
from tests.support.queries import assert_queries_do_not_grow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = dt.date(2026, 2, 12)
PAGE = "?day=2026-02-12"


@pytest.fixture
def planned(visit):
    """Aino's visit on Thursday 12.2.2026 at 9.00, together with the officer."""
    visit.planned_on, visit.planned_at, visit.with_authority = DAY, dt.time(9), True
    visit.save()
    return visit


@pytest.fixture
def desk_client(coordinator, client_of):
    return client_of(coordinator)


def url(name="visit-day", query=PAGE):
    return reverse(f"employers:{name}") + query


def another(visit, **more):
    trial = PlacementFactory(month=visit.placement.month, state="ongoing")
    return Visit.objects.create(placement=trial, kind="weekly", planned_on=DAY, **more)


def names_in_order(client):
    html = client.get(url()).content.decode()
    trials = [visit.placement for visit in Visit.objects.select_related("placement__employer")]
    found = [(html.find(trial.employer.name), trial.employer.name) for trial in trials]
    return [name for place, name in sorted(found) if place >= 0]


def test_the_day_stands_in_the_order_of_time_and_can_be_reordered(planned, desk_client):
    later = another(planned, planned_at=dt.time(13))
    first, second = planned.placement.employer.name, later.placement.employer.name
    assert names_in_order(desk_client) == [first, second]
    data = {
        f"time-{planned.pk}": "9.00",
        f"order-{planned.pk}": "2",
        f"time-{later.pk}": "8.15",
        f"order-{later.pk}": "1",
    }
    assert desk_client.post(url(), data).status_code == 302
    assert names_in_order(desk_client) == [second, first]
    later.refresh_from_db()
    assert (later.planned_at, later.version) == (dt.time(8, 15), 2)
    desk_client.post(url(), {**data, f"time-{later.pk}": "14.00", "by_time": "1"})
    assert names_in_order(desk_client) == [first, second]


@pytest.mark.parametrize(
    ("time", "order"), [("25.99", "1"), ("9.00", "-3"), ("aamulla", "1"), ("9.00", "eka")]
)
def test_what_cannot_be_read_is_said_at_its_visit_and_kept(planned, desk_client, time, order):
    data = {f"time-{planned.pk}": time, f"order-{planned.pk}": order}
    answer = desk_client.post(url(), data)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert f'value="{time}"' in html
    assert f'id="error-{planned.pk}"' in html


def test_an_overdue_visit_is_taken_along(visit, desk_client):
    assert f'value="{visit.pk}"' in desk_client.get(url()).content.decode()
    assert desk_client.post(url(), {"add": visit.pk}).status_code == 302
    visit.refresh_from_db()
    assert (visit.planned_on, visit.is_day_chosen) == (DAY, True)


def test_a_strangers_visit_is_neither_shown_nor_taken_nor_timed(planned, other_coordinator, client_of):
    client = client_of(other_coordinator)
    assert planned.placement.employer.name not in client.get(url()).content.decode()
    assert client.post(url(), {"add": planned.pk}).status_code == 404
    client.post(url(), {f"time-{planned.pk}": "7.00"})
    planned.refresh_from_db()
    assert planned.planned_at == dt.time(9)


@pytest.mark.parametrize(
    "query", ["?day=", "?day=31.2.2026", "?day=9999-99-99", "?day=0001-01-01", "?day=%00"]
)
def test_a_day_that_cannot_be_read_is_today(planned, desk_client, query):
    answer = desk_client.get(url(query=query))
    assert answer.status_code == 200
    assert answer.context["day"] == clock.today()


def test_the_text_for_a_mail_has_times_and_places_but_no_names(planned, desk_client):
    text = desk_client.get(url()).context["mail_text"]
    assert "9.00" in text
    assert planned.placement.employer.name in text
    assert planned.placement.participant.last_name not in text


def test_the_officer_sees_the_name_only_with_the_consent(planned, officer, client_of):
    participant, employer = planned.placement.participant, planned.placement.employer
    client = client_of(officer)
    html = client.get(url("joint-visits", "")).content.decode()
    assert employer.name in html
    assert participant.last_name not in html
    assert not AuditEvent.objects.filter(action="visit.shown_to_authority").exists()
    for item in ("contact", "work_trial"):
        ConsentFactory(participant=participant, recipient="authority", item=item)
    assert participant.full_name in client.get(url("joint-visits", "")).content.decode()
    assert AuditEvent.objects.get(action="visit.shown_to_authority").participant_id == participant.pk


def test_only_joint_visits_of_the_own_authority_reach_an_officer(planned, officer, other_officer, client_of):
    name = planned.placement.employer.name
    assert name not in client_of(other_officer).get(url("joint-visits", "")).content.decode()
    planned.with_authority = False
    planned.save()
    assert name not in client_of(officer).get(url("joint-visits", "")).content.decode()


def test_a_protected_persons_place_stays_out_of_every_sheet_and_text(
    planned, officer, desk_client, client_of
):
    participant, employer = planned.placement.participant, planned.placement.employer
    participant.is_restricted = True
    participant.save()
    for item in ("contact", "work_trial"):
        ConsentFactory(participant=participant, recipient="authority", item=item)
    pages = [desk_client.get(url(name)) for name in ("visit-day", "visit-day-print", "visit-day-authority")]
    pages.append(client_of(officer).get(url("joint-visits", "")))
    for page in pages:
        # the field's hidden label may not tell it either
        assert employer.name not in page.content.decode()
    assert participant.last_name not in pages[-1].content.decode()


def test_the_sheets_for_paper(planned, desk_client):
    sheet = desk_client.get(url("visit-day-print")).content.decode()
    assert planned.placement.participant.full_name in sheet
    assert "9.00" in sheet
    shared = desk_client.get(url("visit-day-authority")).content.decode()
    assert planned.placement.participant.last_name not in shared
    assert planned.placement.employer.name in shared


def test_the_days_queries_do_not_grow(planned, desk_client):
    def grow():
        for _ in range(6):
            another(planned)

    assert_queries_do_not_grow(desk_client, url(), grow, at_most=8)


def test_another_day_is_chosen_without_words_in_the_address(desk_client):
    answer = desk_client.post(url(), {"goto": "16.2.2026"})
    assert answer.url.endswith("?day=2026-02-16")
