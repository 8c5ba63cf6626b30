"""The signing of a work trial's agreement: opened, signed, cancelled (product.md E6).

Whoever writes here locks the work trial first, so that an edit and a signature never pass each other. The
mails and links stand in `signing_links.py`, paper in `signing_paper.py`, the start in `unsigned_start.py`.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from core import clock
from core.errors import DomainError
from employers.agreement import build_agreement, content_hash, load_for_agreement, signable_text, terms_hash
from employers.enums import Party, PlacementState, SigningMethod, WorkplacePurpose
from employers.errors import SigningOver, TextChanged
from employers.models import Agreement, Placement, Signature
from employers.services.agreement import WAY_OUT
from employers.services.workplace_links import revoke_workplace_links
from participants.consent import require_way_out

WAY_OUT_AUTHORITY = "placement.agreement_authority"
SIGNED_IN = (PlacementState.PLANNED, PlacementState.ONGOING)  # a proposal is not agreed yet
MAX_NAME = 160


def require_consents(*, participant, today: dt.date) -> None:
    """The agreement goes to the workplace and to the authority: both were allowed. Raises ConsentMissing."""
    require_way_out(code=WAY_OUT, participant=participant, today=today)
    require_way_out(code=WAY_OUT_AUTHORITY, participant=participant, today=today)


def lock_placement(placement_id: int) -> Placement:
    """The work trial, locked for this transaction, with everything that the text names."""
    Placement.objects.select_for_update().get(pk=placement_id)
    return load_for_agreement(placement_id)


def open_agreement(*, actor, placement: Placement, now: dt.datetime) -> Agreement:
    """Write the text of a locked work trial down as the one to be signed, with a place for each party.

    Raises SigningOver for a trial that is neither planned nor going on, DomainError when one is out already.
    """
    if placement.state not in SIGNED_IN:
        raise SigningOver(
            _("An agreement is signed for a work trial that is planned or going on. See its state first.")
        )
    if Agreement.objects.standing().filter(placement=placement.pk).exists():
        raise DomainError(_("The agreement is out for signing already."))
    content = build_agreement(placement)
    text = signable_text(content)
    agreement = Agreement.objects.create(
        placement=placement,
        text=text,
        language=content.language,
        text_hash=content_hash(text),
        terms_hash=terms_hash(placement),
        placement_version=placement.version,
        opened_at=now,
        opened_by=actor,
    )
    Signature.objects.bulk_create(
        Signature(agreement=agreement, party=block.party, signer_name=block.name[:MAX_NAME])
        for block in content.signatures
    )
    return agreement


@transaction.atomic
def sign(
    *,
    signature_id: int,
    text_hash: str,
    method: str,
    signer_name: str,
    now: dt.datetime,
    today: dt.date,
    signer_title: str = "",
    actor=None,
    actor_label: str = "",
) -> Signature:
    """One party signs the text with this hash, by link or signed in. A second press changes nothing.

    `actor` None with `actor_label` is somebody behind a link. Raises TextChanged when the text that was read
    is not the one that is out for signing now, SigningOver for a trial that has ended, DomainError without a
    name.
    """
    placement_id = Signature.objects.values_list("agreement__placement", flat=True).get(pk=signature_id)
    placement = lock_placement(placement_id)
    signature = (
        Signature.objects.select_for_update(of=("self", "agreement"))
        .select_related("agreement")
        .get(pk=signature_id)
    )
    agreement = signature.agreement
    if agreement.cancelled_at or text_hash != agreement.text_hash:
        raise TextChanged(
            _("The text has changed since you opened it, so nothing was signed. Read it again and then sign.")
        )
    if signature.signed_at:
        return signature
    if not placement.is_open:
        raise SigningOver(_("The work trial is over, so the agreement is not signed any more."))
    name = " ".join(signer_name.split())
    if not name:
        raise DomainError(_("Write your name."), field="signer_name")
    signature.signer_name, signature.signer_title = name[:MAX_NAME], signer_title.strip()[:120]
    signature.method, signature.signed_by_user = method, actor
    give(signature, signed_on=today, now=now)
    record(
        actor=actor,
        actor_label=actor_label,
        action="signature.given",
        obj=signature,
        participant_id=placement.participant_id,
        details={"agreement": agreement.pk, "party": signature.party, "method": method},
    )
    return signature


def give(signature: Signature, *, signed_on: dt.date, now: dt.datetime) -> None:
    """Put a signature into its place in a locked agreement, and close the agreement with the last one."""
    agreement = signature.agreement
    signature.signed_on, signature.signed_at = signed_on, now
    signature.text_hash = agreement.text_hash
    signature.save()
    if not agreement.signatures.filter(signed_at__isnull=True).exists():
        agreement.signed_at = now
        agreement.save(update_fields=["signed_at"])


@transaction.atomic
def cancel_agreement(*, actor, placement_id: int, reason: str, now: dt.datetime) -> Agreement:
    """Take an agreement back by hand, with its signatures. Raises DomainError without a reason, and when none
    is out."""
    lock_placement(placement_id)
    agreement = Agreement.objects.standing().select_for_update().filter(placement=placement_id).first()
    if agreement is None:
        raise DomainError(_("No agreement is out for signing. Reload the page to see how it stands."))
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    return cancel(actor=actor, agreement=agreement, reason=reason.strip()[:300], now=now)


@transaction.atomic
def cancel_if_changed(
    *, actor, placement: Placement, now: dt.datetime | None = None, reason: str = ""
) -> Agreement | None:
    """After an edit of a locked, saved work trial: its agreement falls with its signatures when the text
    would now say something else. `reason` says what changed when it was no edit of the terms. The cancelled
    agreement, None when nothing fell."""
    agreement = Agreement.objects.standing().select_for_update().filter(placement=placement.pk).first()
    if agreement is None or agreement.terms_hash == terms_hash(placement):
        return None
    reason = reason or _("The terms of the work trial were changed.")
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


METHODS_OF = {
    Party.PARTICIPANT: (SigningMethod.LINK, SigningMethod.PAPER),
    Party.EMPLOYER: (SigningMethod.LINK, SigningMethod.PAPER),
    Party.AUTHORITY: (SigningMethod.ACCOUNT, SigningMethod.LINK, SigningMethod.PAPER),
}
