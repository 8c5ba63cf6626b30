"""The PDF in its last two layers: HTML from the frozen version, bytes from the HTML."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from core.pdf import render_pdf
from participants.enums import ConsentItem
from reports.enums import Block
from reports.summary import charts
from reports.summary.build import ITEM_OF_BLOCK
from reports.summary.present import present, shown_data, shown_texts

ATTACHMENT = "summary.json"


def document_json(version) -> dict[str, Any]:
    """What the embedded summary.json holds; valid against the schema that the version's data names
    (docs/schemas). What the participant leaves out leaves no trace."""
    signed = None
    if version.signed_on:
        signed = {"on": version.signed_on.isoformat(), "method": str(version.signed_method)}
    return {
        **shown_data(version),
        "items": _items_shown(version),
        "number": version.number,
        "hash": version.content_hash,
        "made_on": timezone.localdate(version.created_at, timezone.get_default_timezone()).isoformat(),
        "signed": signed,
        "texts": shown_texts(version),
        "comment": version.participant_comment,
        "copy_text": version.plan_text,
    }


def _items_shown(version) -> list[str]:
    """The data items that what is shown rests on: one that only a left-out block needs would tell of it."""
    shown = shown_data(version)
    needed = {str(item) for block, item in ITEM_OF_BLOCK.items() if block.value in shown}
    if "work_trials" in shown.get(Block.HAPPENED.value, {}):
        needed.add(str(ConsentItem.WORK_TRIAL))
    of_blocks = set(map(str, ITEM_OF_BLOCK.values()))
    return [item for item in version.data["items"] if item in needed or item not in of_blocks]


def summary_html(version) -> tuple[str, str]:
    """(the HTML of the PDF, the text of its summary.json) of a SummaryVersion; no queries."""
    page = present(version)
    page["qr"] = charts.qr(page["verify_address"])
    with translation.override(version.language):
        html = render_to_string("reports/pdf/summary.html", page)
    embedded = json.dumps(document_json(version), ensure_ascii=False, indent=1, sort_keys=True)
    return html, embedded


def render_document(html: str, *, embedded: str, made_at: dt.datetime) -> bytes:
    """The PDF bytes; the same arguments give the same bytes."""
    from weasyprint import Attachment

    attachment = Attachment(
        string=embedded,
        name=ATTACHMENT,
        description="Data of this summary",
        created=made_at,
        modified=made_at,
        relationship="Data",
    )
    return render_pdf(html, attachments=[attachment])
