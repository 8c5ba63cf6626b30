"""Writing the proposal for a decision. Like all that is written about a person it stays open after the month
was closed (see services/person_base.py)."""

from __future__ import annotations

from django.db import transaction

from accounts import audit
from coaching.models import Proposal
from coaching.services.person_base import locked_enrolment, put_values


@transaction.atomic
def save_proposal(*, actor, enrolment_id: int, base_version: int, **fields) -> Proposal:
    """Record what is proposed to be decided. `fields`: kind, where, starts_on, ends_on, reason.

    Raises StaleVersion when somebody else saved since `base_version` (0 for none).
    """
    enrolment = locked_enrolment(enrolment_id)
    proposal = Proposal.objects.select_for_update().filter(enrolment=enrolment).first()
    if proposal is None:
        proposal = Proposal(enrolment=enrolment, version=0)
    if put_values(proposal, fields, base_version=base_version, actor=actor):
        audit.record(
            actor=actor,
            action="proposal.recorded",
            obj=proposal,
            participant_id=enrolment.participant_id,
            details={"kind": proposal.kind},
        )
    return proposal
