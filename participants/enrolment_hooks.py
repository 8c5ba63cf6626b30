"""How a referral follows its person into a month, onto the waiting list and back."""

from __future__ import annotations

import datetime as dt

from accounts import audit
from participants.enums import ReferralState
from participants.models import Participant, Referral
from participants.querysets import OPEN_REFERRAL_STATES


def has_officer(participant: Participant) -> bool:
    """The responsible officer is named, with or without an account (issue 2, section 3.2)."""
    return participant.officer_id is not None or bool(participant.officer_name.strip())


def move_referral(
    *, actor, participant_id: int, state: str, today: dt.date, reason: str = ""
) -> Referral | None:
    """Set the state of the person's newest referral as a month needs it; None when the person has none.

    Call it inside the transaction of the change that causes it. `state` is a ReferralState. Coming back from
    a month (`selected`, `withdrew`, `not_selected`) takes the newest referral that is in a month or open.
    """
    usable = [*OPEN_REFERRAL_STATES, ReferralState.ENROLLED]
    referral = (
        Referral.objects.select_for_update(of=("self",))
        .filter(participant_id=participant_id, state__in=usable)
        .order_by("-referred_on", "-id")
        .first()
    )
    if referral is None or referral.state == state:
        return referral
    if state in OPEN_REFERRAL_STATES and _another_is_open(referral):
        return referral
    referral.state = state
    referral.decided_on = today
    referral.reason = reason if state == ReferralState.NOT_SELECTED else ""
    referral.version += 1
    referral.save(update_fields=["state", "decided_on", "reason", "version"])
    audit.record(
        actor=actor,
        action="referral.moved",
        obj=referral,
        participant_id=participant_id,
        details={"state": str(state)},
    )
    return referral


def _another_is_open(referral: Referral) -> bool:
    """A person has one open referral at a time (participant_has_one_open_referral)."""
    return (
        Referral.objects.open()
        .filter(participant_id=referral.participant_id)
        .exclude(pk=referral.pk)
        .exists()
    )
