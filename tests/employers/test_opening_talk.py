"""No start without an opening talk or a noted reason."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from employers.enums import PlacementState
from employers.models import Visit
from employers.placement_states import TRANSITIONS
from tests.support.signing import signed_by_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def obstacle(placement, today) -> str:
    (start,) = [
        t for t in TRANSITIONS if (t.source, t.target) == (PlacementState.PLANNED, PlacementState.ONGOING)
    ]
    placement.refresh_from_db()
    return start.obstacle(placement, today=today)


def test_the_start_waits_for_the_talk_or_the_reason(placement, coordinator, client_of, today):
    signed_by_all(placement)
    assert obstacle(placement, today) == ""
    Visit.objects.all().delete()
    assert "aloituskeskustelu" in obstacle(placement, today)
    address = reverse("employers:no-opening-talk", args=[placement.pk])
    assert client_of(coordinator).post(address, {"reason": "x" * 301}).status_code == 422
    assert client_of(coordinator).post(address, {"reason": "Esimies lomalla"}).status_code == 302
    assert obstacle(placement, today) == ""
    assert AuditEvent.objects.filter(action="visit.talk_left_out").count() == 1
    page = client_of(coordinator).get(reverse("employers:placement", args=[placement.pk])).content.decode()
    assert "Esimies lomalla" in page
