"""How the signing of a work trial's agreement stands: asked by the state table, the board and the desk.

Only reading. Writing is in `employers.services.signing`.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from employers.enums import Party
from employers.models import Agreement, Placement, Signature

ORDER = {Party.PARTICIPANT: 0, Party.EMPLOYER: 1, Party.AUTHORITY: 2}


def standing_agreement(placement: Placement) -> Agreement | None:
    """The agreement that is out for signing or signed; None before it was sent and after an edit."""
    return Agreement.objects.standing().filter(placement=placement.pk).first()


def standing_signatures(placement: Placement) -> list[Signature]:
    """The three places of the standing agreement, in the order of the paper; [] without one. One query."""
    rows = Signature.objects.filter(
        agreement__placement=placement.pk, agreement__cancelled_at__isnull=True
    ).select_related("agreement", "contact_person", "checked_by", "signed_by_user", "mail")
    return sorted(rows, key=lambda signature: ORDER[signature.party])


def all_signed(placement: Placement) -> bool:
    """Have all three parties signed the text that holds now?"""
    return Agreement.objects.standing().filter(placement=placement.pk, signed_at__isnull=False).exists()


def signed_by_all_or_allowed(placement: Placement, today: dt.date) -> str:
    """A work trial starts when all three have signed (issue 4). Starting without is a decision with a reason,
    made on the page of the signatures; it is on the audit trail and on the desk until all have signed."""
    if placement.unsigned_start_reason or all_signed(placement):
        return ""
    return _(
        "The work trial starts when all three have signed the agreement. See the signatures: there you also "
        "decide, with a reason, if it must start before."
    )
