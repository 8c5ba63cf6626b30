"""A start before all have signed: a person's decision with a reason, on the trail until it is mended (E5)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from core.errors import DomainError
from employers.enums import PlacementState
from employers.models import Placement
from employers.services.placement_moves import move_placement


@transaction.atomic
def start_unsigned(*, actor, placement_id: int, version: int, reason: str, today: dt.date) -> Placement:
    """Start a planned work trial although a signature is missing.

    Raises DomainError without a reason, and what `move_placement` raises: the other conditions of the start
    hold as always. A second press changes nothing.
    """
    placement = Placement.objects.select_for_update().get(pk=placement_id)
    if placement.state == PlacementState.ONGOING:
        return placement
    if not reason.strip():
        raise DomainError(_("Say why the work trial must start before all have signed."), field="reason")
    if len(reason.strip()) > 300:
        raise DomainError(_("Write the reason with at most 300 characters."), field="reason")
    Placement.objects.filter(pk=placement_id).update(
        unsigned_start_reason=reason.strip(), unsigned_start_by=actor
    )
    moved = move_placement(
        actor=actor, placement_id=placement_id, target=PlacementState.ONGOING, version=version, today=today
    )
    record(
        actor=actor,
        action="placement.unsigned_start_allowed",
        obj=moved,
        participant_id=moved.participant_id,
    )
    return moved
