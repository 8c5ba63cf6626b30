"""The signing of a work trial's agreement: sent out, signed, cancelled (product.md E6).

Whoever writes here locks the work trial first, so that an edit and a signature never pass each other. The
mails and links stand in `signing_links.py`, paper in `signing_paper.py`.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from core import clock
from employers.agreement import terms_hash
from employers.enums import WorkplacePurpose
from employers.models import Agreement, Placement
from employers.services.workplace_links import revoke_workplace_links


@transaction.atomic
def cancel_if_changed(*, actor, placement: Placement, now: dt.datetime | None = None) -> Agreement | None:
    """After an edit of a locked, saved work trial: its agreement falls with its signatures when the text
    would now say something else. The cancelled agreement, None when nothing fell."""
    agreement = Agreement.objects.standing().select_for_update().filter(placement=placement.pk).first()
    if agreement is None or agreement.terms_hash == terms_hash(placement):
        return None
    reason = _("The terms of the work trial were changed.")
    return cancel(actor=actor, agreement=agreement, reason=reason, now=now or clock.now())


def cancel(*, actor, agreement: Agreement, reason: str, now: dt.datetime) -> Agreement:
    """Cancel one standing agreement: its signatures stay on record and hold no more, its links end."""
    agreement.cancelled_at, agreement.cancelled_by = now, actor
    agreement.cancelled_reason = reason
    agreement.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_reason"])
    participant_id = agreement.placement.participant_id
    signed = []
    for signature in agreement.signatures.order_by("id"):
        if signature.signed_at:
            signed.append(signature.party)
        revoke_workplace_links(
            actor=actor,
            purpose=WorkplacePurpose.SIGN,
            subject_id=signature.pk,
            now=now,
            participant_id=participant_id,
        )
    record(
        actor=actor,
        action="agreement.cancelled",
        obj=agreement,
        participant_id=participant_id,
        details={"placement": agreement.placement_id, "had_signed": signed},
    )
    return agreement
