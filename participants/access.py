"""Who may do what with a participant's record (permissions.md). Policies are prose first."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from accounts.enums import Role
from participants.models import Referral
from participants.querysets import OPEN_REFERRAL_STATES


def referred_people(user, today: dt.date) -> Q | None:
    """Before a month, coaches and coordinators see everybody who has an open referral."""
    if user.role not in (Role.COACH, Role.COORDINATOR):
        return None
    return Q(Exists(Referral.objects.filter(participant=OuterRef("pk"), state__in=OPEN_REFERRAL_STATES)))
