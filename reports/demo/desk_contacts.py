"""The demo's promises: what waits on the coordinator's desk today and what is coming."""

from __future__ import annotations

import datetime as dt

from employers.models import Employer
from employers.services.tasks import add_task

# kind, what, days from today
PROMISES = (
    ("our_promise", "Lähetä esite työkokeilusta", 0),
    ("their_promise", "Kertoo kesän työvuoroista", -2),
    ("our_promise", "Käy tutustumassa varastoon", 6),
)


def add_promises(*, coordinator, today: dt.date) -> None:
    """A promise to each of the first employers, one of them late."""
    for employer, (kind, text, days) in zip(Employer.objects.order_by("pk")[:3], PROMISES, strict=False):
        add_task(
            actor=coordinator,
            kind=kind,
            text=text,
            due_on=today + dt.timedelta(days=days),
            employer_id=employer.pk,
            responsible_id=coordinator.pk,
        )
