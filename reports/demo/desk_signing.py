"""The demo's agreements: most signed by all, one on paper, one that waits, one that began unsigned."""

from __future__ import annotations

import datetime as dt
import io
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from core import clock
from employers.agreement import build_agreement, content_hash, load_for_agreement, signable_text, terms_hash
from employers.enums import Party
from employers.models import Agreement, Placement, Signature
from participants.models import Consent

WAYS = (
    {"participant": "link", "employer": "link", "authority": "account"},
    {"participant": "paper", "employer": "paper", "authority": "paper"},
    {"participant": "link", "employer": "link", "authority": "link"},
)
WHY = "Esimies oli matkoilla ja sopi puhelimessa: allekirjoittaa palattuaan."


def build_agreements(month, *, cast, today: dt.date) -> None:
    """Agreements of the month's open work trials; the first one waits, the second one started unsigned."""
    trials = list(Placement.objects.filter(month=month, state__in=("planned", "ongoing")).order_by("id"))
    _allow(trials, today)
    for number, trial in enumerate(trials):
        ways = WAYS[number % 3]
        if trial.state == "planned" or number == 2:
            _agreement(trial, ways, cast, signed=("participant",))
        elif number == 1:
            Placement.objects.filter(pk=trial.pk).update(
                unsigned_start_reason=WHY, unsigned_start_by=cast.coordinator
            )
            _agreement(trial, WAYS[0], cast, signed=("participant", "authority"))
        else:
            _agreement(trial, WAYS[1] if number == 3 else ways, cast, signed=Party.values)


def _allow(trials: list[Placement], today: dt.date) -> None:
    """Everybody of them has allowed the workplace and the authority to get the agreement."""
    people = [trial.participant_id for trial in trials]
    wanted = (("employer", "contact"), ("authority", "contact"), ("authority", "work_trial"))
    standing = Consent.objects.filter(
        participant__in=people, revoked_at__isnull=True, recipient_id__isnull=True
    )
    given = set(standing.values_list("participant_id", "recipient", "item"))
    Consent.objects.bulk_create(
        Consent(participant_id=pk, recipient=recipient, item=item, granted_on=today, method="paper")
        for pk in people
        for recipient, item in wanted
        if (pk, recipient, item) not in given
    )


def _agreement(trial: Placement, ways: dict, cast, *, signed) -> None:
    placement = load_for_agreement(trial.pk)
    content = build_agreement(placement)
    text = signable_text(content)
    at = clock.now() - dt.timedelta(days=min(9, 2 + trial.pk % 5))
    agreement = Agreement.objects.create(
        placement=trial,
        text=text,
        language=content.language,
        text_hash=content_hash(text),
        terms_hash=terms_hash(placement),
        placement_version=placement.version,
        opened_at=at,
        opened_by=cast.coordinator,
        signed_at=at + dt.timedelta(days=1) if set(signed) == set(Party.values) else None,
    )
    scan = _scan() if "paper" in ways.values() and agreement.signed_at else ""
    for block in content.signatures:
        row = Signature(
            agreement=agreement,
            party=block.party,
            signer_name=block.name or placement.participant.authority.name,
            asked_by=ways[block.party],
            asked_at=at,
        )
        if block.party == Party.EMPLOYER:
            row.contact_person = placement.supervisor
            row.email = placement.supervisor.email if placement.supervisor else ""
        if block.party in signed:
            row.signed_at, row.signed_on = at + dt.timedelta(days=1), (at + dt.timedelta(days=1)).date()
            row.method, row.text_hash = ways[block.party], agreement.text_hash
            if row.method == "paper":
                row.checked_by, row.scan = cast.coordinator, scan
            elif row.method == "account":
                row.signed_by_user = placement.participant.officer
        elif block.party == Party.EMPLOYER:
            row.reminded_at = clock.now() - dt.timedelta(days=1, hours=2)
        row.save()


def _scan() -> str:
    """A sheet that stands for a scanned paper."""
    sheet = Image.new("L", (620, 877), 250)
    ImageDraw.Draw(sheet).text((60, 60), "Skannattu sopimus (demo)", fill=30)
    content = io.BytesIO()
    sheet.save(content, format="PNG")
    return default_storage.save(f"signatures/{secrets.token_hex(16)}.png", ContentFile(content.getvalue()))
