"""Agreements out for signing, and signed."""

from __future__ import annotations

import datetime as dt

from employers.agreement import load_for_agreement, terms_hash
from employers.enums import Party
from employers.models import Agreement, Signature, Visit

SENT = dt.datetime(2026, 1, 30, 10, 0, tzinfo=dt.UTC)
NAMES = {"participant": "Aino Koivuniemi", "employer": "Eero Esimies", "authority": "Olli Virkailija"}


def sent_agreement(placement, *, signed=(), method="link", at=SENT) -> Agreement:
    """An agreement of the work trial as it stands; the parties in `signed` have signed."""
    everybody = set(signed) == set(Party.values)
    agreement = Agreement.objects.create(
        placement=placement,
        text="<p>Sopimus</p>",
        text_hash="a" * 64,
        terms_hash=terms_hash(load_for_agreement(placement.pk)),
        placement_version=placement.version,
        opened_at=at,
        signed_at=at if everybody else None,
    )
    for party in Party.values:
        signature = Signature(
            agreement=agreement, party=party, signer_name=NAMES[party], asked_by="link", asked_at=at
        )
        if party in signed:
            signature.signed_at, signature.signed_on = at, at.date()
            signature.method, signature.text_hash = method, agreement.text_hash
        signature.save()
    return agreement


def signed_by_all(placement) -> Agreement:
    """All three have signed, and the opening talk was held: nothing keeps it from starting."""
    Visit.objects.update_or_create(
        placement=placement,
        kind="opening",
        defaults={"state": "done", "planned_on": placement.starts_on, "held_on": placement.starts_on},
    )
    return sent_agreement(placement, signed=Party.values)
