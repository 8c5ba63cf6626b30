"""Calling off a period end, and two people who press its buttons at once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from core.errors import AccessDenied
from core.work_rows import WorkState
from reports.errors import WrongState
from reports.models import PeriodEnd, PeriodEndItem, SummaryVersion
from reports.services import period_end as service
from tests.support import factories
from tests.support.races import at_once
from tests.support.summaries import make_whole


@pytest.fixture
def no_rendering(monkeypatch, own_files):
    made = []

    def fake(html, *, embedded, made_at):
        made.append(html)
        return b"%PDF-1.7 fake"

    monkeypatch.setattr("reports.summary.document.render_document", fake)
    return made


@pytest.fixture
def begun(month):
    """A period end of three people that no worker has begun."""
    for _n in range(3):
        make_whole(factories.EnrolmentFactory(month=month), days=2)
    return service.start_period_end(actor=month.coach, month_id=month.pk, tell_workers=False)


def states(period_end) -> list[str]:
    return sorted(period_end.items.values_list("state", flat=True))


@pytest.mark.django_db
def test_what_is_ready_stays_and_the_rest_is_called_off(begun, coach, no_rendering):
    first = begun.items.order_by("pk").first()
    service.run_item(item_id=first.pk)
    service.cancel_period_end(actor=coach, period_end_id=begun.pk)
    assert states(begun) == ["cancelled", "cancelled", "done"]
    begun.refresh_from_db()
    assert begun.finished_at is not None
    assert begun.cancelled_by == coach
    event = AuditEvent.objects.get(action="period_end.cancelled")
    assert event.details["parts"] == 2


@pytest.mark.django_db
def test_a_worker_that_comes_late_leaves_a_called_off_part_alone(begun, coach, no_rendering):
    service.cancel_period_end(actor=coach, period_end_id=begun.pk)
    for item in begun.items.all():
        assert service.run_item(item_id=item.pk) is None
    assert not SummaryVersion.objects.exists()
    assert not no_rendering


@pytest.mark.django_db
def test_a_part_called_off_while_a_worker_has_it_stays_called_off(begun, coach, no_rendering, monkeypatch):
    item = begun.items.order_by("pk").first()

    def called_off_meanwhile(**_values):
        service.cancel_period_end(actor=coach, period_end_id=begun.pk)
        return True

    monkeypatch.setattr(service, "ensure_pdf", called_off_meanwhile)
    service.run_item(item_id=item.pk)
    item.refresh_from_db()
    assert item.state == WorkState.CANCELLED


@pytest.mark.django_db
def test_a_called_off_part_can_be_run_again(begun, coach, no_rendering):
    service.cancel_period_end(actor=coach, period_end_id=begun.pk)
    item = begun.items.order_by("pk").first()
    service.run_item_again(actor=coach, item_id=item.pk)
    service.run_item(item_id=item.pk)
    assert states(begun) == ["cancelled", "cancelled", "done"]


@pytest.mark.django_db
def test_nothing_is_left_to_call_off_when_all_is_settled(begun, coach, no_rendering):
    for item in begun.items.all():
        service.run_item(item_id=item.pk)
    with pytest.raises(WrongState):
        service.cancel_period_end(actor=coach, period_end_id=begun.pk)
    assert states(begun) == ["done"] * 3


@pytest.mark.django_db
def test_only_the_own_coach_calls_off(begun, other_coach, coordinator):
    for stranger in (other_coach, coordinator):
        with pytest.raises(AccessDenied):
            service.cancel_period_end(actor=stranger, period_end_id=begun.pk)
    assert states(begun) == ["queued"] * 3


@pytest.mark.django_db
def test_the_page_calls_off_and_says_so(client_of, coach, begun):
    client = client_of(coach)
    page = reverse("reports:month", args=[begun.month_id])
    address = reverse("reports:period-end-cancel", args=[begun.pk])
    assert address in client.get(page).content.decode()
    assert client.post(address).status_code == 302
    shown = client.get(page).content.decode()
    assert address not in shown
    assert reverse("reports:period-end-again", args=[begun.items.first().pk]) in shown
    assert client.post(address).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_two_people_who_press_at_once_begin_once(month):
    for _n in range(2):
        make_whole(factories.EnrolmentFactory(month=month), days=2)

    def press():
        return service.start_period_end(actor=month.coach, month_id=month.pk, tell_workers=False).pk

    answers = at_once(*[press] * 4)
    assert len(set(answers)) == 1, answers
    assert PeriodEnd.objects.count() == 1
    assert PeriodEndItem.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_part_make_one_summary(begun, no_rendering):
    item = begun.items.order_by("pk").first()
    at_once(*[lambda: service.run_item(item_id=item.pk)] * 3)
    item.refresh_from_db()
    assert (item.state, item.attempts) == (WorkState.DONE, 1)
    assert SummaryVersion.objects.count() == 1
    assert len(no_rendering) == 1
