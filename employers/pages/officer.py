"""What a TE officer sees of agreements: those that wait for the own signature."""

from __future__ import annotations

import datetime as dt

from employers.models import Signature
from employers.services.signing import WAY_OUT_AUTHORITY
from participants.consent import allowed_through


def agreements_to_sign(user, *, today: dt.date) -> list[Signature]:
    """The authority's places that wait for this officer, of people who have allowed it; two queries."""
    rows = list(
        Signature.objects.for_officer(user)
        .waiting()
        .with_trial()
        .order_by("agreement__placement__starts_on", "id")[:200]
    )
    people = [row.agreement.placement.participant_id for row in rows]
    allowed = allowed_through(code=WAY_OUT_AUTHORITY, participant_ids=people, today=today)
    return [row for row in rows if row.agreement.placement.participant_id in allowed]
