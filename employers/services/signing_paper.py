"""Signatures on paper: the scan is looked at, kept privately, and recorded with who checked it (E6)."""

from __future__ import annotations

import datetime as dt
import io
import secrets
import warnings
from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from accounts.audit import record
from core.errors import DomainError
from employers.agreement import build_agreement, content_hash, signable_text
from employers.enums import BEGUN_STATES, Party, SigningMethod, WorkplacePurpose
from employers.errors import ScanUnreadable, SigningOver, TextChanged
from employers.models import Agreement, Placement, Signature
from employers.services.signing import MAX_NAME, SIGNED_IN, give, lock_placement, open_agreement
from employers.services.workplace_links import revoke_workplace_links

REMOVED = "–"
MAX_SCAN = 10 * 1024 * 1024
MAX_PIXELS = 60_000_000
LONG_AGO = dt.timedelta(days=366)
KINDS = {"JPEG": "jpg", "PNG": "png"}
CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


def check_scan(content: bytes) -> str:
    """The ending of a scan's file name ("pdf", "jpg", "png"), told by what it is and not by its name.

    Raises ScanUnreadable with a sentence.
    """
    if not content:
        raise ScanUnreadable(_("The file is empty."), field="scan")
    if len(content) > MAX_SCAN:
        raise ScanUnreadable(_("The file is larger than 10 MB. Scan it in a smaller size."), field="scan")
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise ScanUnreadable(_("The PDF is not whole. Scan it again."), field="scan")
        return "pdf"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=tuple(KINDS)) as image:
                kind, size = image.format, image.size[0] * image.size[1]
                image.verify()
    except Exception as error:  # whatever an image library says of a broken file, it is not a scan
        raise ScanUnreadable(_("Choose a PDF, JPEG or PNG file that opens."), field="scan") from error
    if size > MAX_PIXELS:
        raise ScanUnreadable(_("The picture is too large. Scan it in a smaller size."), field="scan")
    return KINDS[kind]


@transaction.atomic
def record_paper(
    *,
    actor,
    placement_id: int,
    names: Mapping[str, str],
    signed_on: dt.date,
    scan: bytes,
    text_hash: str,
    now: dt.datetime,
    today: dt.date,
) -> list[Signature]:
    """Record signatures that stand on one scanned paper, all three at once or one by one.

    `names` has the name of each Party that has signed the paper. `text_hash` is of the text with which the
    actor has compared it; an agreement that was never sent out is opened here. A party that has signed
    already is left as it is, so a second press changes nothing. Raises TextChanged, SigningOver,
    ScanUnreadable, DomainError at a field.
    """
    placement = lock_placement(placement_id)
    if not names:
        raise DomainError(_("Choose who has signed the paper."), field="parties")
    if signed_on > today or signed_on < today - LONG_AGO:
        raise DomainError(
            _("The paper was signed at the latest today and within the last year."), field="signed_on"
        )
    if placement.state not in (*SIGNED_IN, *BEGUN_STATES):
        raise SigningOver(_("The work trial did not start, so no signature is recorded for it."))
    agreement = _agreement_on_paper(placement, actor=actor, text_hash=text_hash, now=now)
    missing = [row for row in agreement.signatures.order_by("id") if row.party in names and not row.signed_at]
    if not missing:
        return []
    ending = check_scan(scan)
    name = default_storage.save(f"signatures/{secrets.token_hex(16)}.{ending}", ContentFile(scan))
    try:
        for signature in missing:
            _note(signature, names[signature.party], name, actor=actor, signed_on=signed_on, now=now)
    except Exception:
        default_storage.delete(name)
        raise
    return missing


def _agreement_on_paper(placement: Placement, *, actor, text_hash: str, now: dt.datetime) -> Agreement:
    """The standing agreement, or a new one when the paper was printed before anything was sent out."""
    standing = Agreement.objects.standing().select_for_update().filter(placement=placement.pk).first()
    if standing is None:
        if content_hash(signable_text(build_agreement(placement))) != text_hash:
            raise TextChanged(_changed())
        return open_agreement(actor=actor, placement=placement, now=now)
    if standing.text_hash != text_hash:
        raise TextChanged(_changed())
    return standing


def _changed() -> str:
    return _(
        "The text has changed since this page was opened, so nothing was recorded. Compare the paper with "
        "the text as it is now: its check mark must be the same."
    )


def _note(signature: Signature, name: str, scan: str, *, actor, signed_on: dt.date, now: dt.datetime) -> None:
    name = " ".join(name.split())
    if not name:
        raise DomainError(_("Write the name that stands on the paper."), field=f"name_{signature.party}")
    placement = signature.agreement.placement
    signature.signer_name = name[:MAX_NAME]
    signature.method, signature.checked_by = SigningMethod.PAPER, actor
    signature.scan = scan
    give(signature, signed_on=signed_on, now=now)
    if signature.party != Party.PARTICIPANT:
        revoke_workplace_links(
            actor=actor,
            purpose=WorkplacePurpose.SIGN,
            subject_id=signature.pk,
            now=now,
            participant_id=placement.participant_id,
        )
    record(
        actor=actor,
        action="signature.noted",
        obj=signature,
        participant_id=placement.participant_id,
        details={"agreement": signature.agreement_id, "party": signature.party},
    )


def anonymise_signatures(participant) -> int:
    """Take the texts, names and scans out of the person's agreements; hashes, days and ways stay. How many
    rows."""
    agreements = Agreement.objects.filter(placement__participant=participant)
    signatures = Signature.objects.filter(agreement__in=agreements)
    for name in set(signatures.exclude(scan="").values_list("scan", flat=True)):
        default_storage.delete(name)
    stripped = signatures.update(signer_name=REMOVED, signer_title="", email="", scan="", mail=None)
    texts = agreements.exclude(text="").update(text="", cancelled_reason="")
    reasons = Placement.objects.filter(participant=participant).exclude(unsigned_start_reason="")
    return stripped + texts + reasons.update(unsigned_start_reason=REMOVED)
