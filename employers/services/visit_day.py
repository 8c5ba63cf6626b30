"""Arranging a visit day: times and the order of the stops, an overdue visit taken along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from core.errors import AccessDenied
from employers.access import can_log_visit
from employers.enums import VisitState
from employers.models import Visit
from employers.services.visit import move_visit


@dataclass(frozen=True)
class Stop:
    """What one visit of the day gets: its time, and its place in the order (None: by the time)."""

    visit_id: int
    planned_at: dt.time | None
    order: int | None


@transaction.atomic
def arrange_day(*, actor, day: dt.date, stops: Sequence[Stop], today: dt.date) -> int:
    """Give the visits of `day` their times and order; how many changed.

    A visit that was held, cancelled or moved elsewhere meanwhile is left alone. Raises AccessDenied for
    visits that the actor may not plan.
    """
    wanted = {stop.visit_id: stop for stop in stops}
    own = Visit.objects.visible_to(actor, today=today).filter(pk__in=wanted)
    rows = (
        Visit.objects.select_for_update(of=("self",))
        .filter(pk__in=own.values("pk"), planned_on=day, state=VisitState.PLANNED)
        .select_related("placement__month")
    )
    changed = 0
    for visit in rows.order_by("pk"):
        stop = wanted[visit.pk]
        if (visit.planned_at, visit.day_order) == (stop.planned_at, stop.order):
            continue
        if not can_log_visit(actor, visit.placement, today=today):
            raise AccessDenied(_("The month's coaches and its coordinator note the visits."))
        visit.planned_at, visit.day_order = stop.planned_at, stop.order
        visit.version += 1
        visit.save(update_fields=["planned_at", "day_order", "version"])
        participant_id = visit.placement.participant_id
        record(actor=actor, action="visit.moved", obj=visit, participant_id=participant_id)
        changed += 1
    return changed


@transaction.atomic
def take_along(*, actor, visit: Visit, day: dt.date, today: dt.date) -> Visit:
    """Put an overdue visit onto `day` with what was agreed of it. Raises what `move_visit` raises."""
    if not can_log_visit(actor, visit.placement, today=today):
        raise AccessDenied(_("The month's coaches and its coordinator note the visits."))
    return move_visit(
        actor=actor,
        visit_id=visit.pk,
        version=visit.version,
        planned_on=day,
        planned_at=None,
        responsible_id=visit.responsible_id,
        with_authority=visit.with_authority,
        today=today,
    )
