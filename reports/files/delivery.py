"""The ZIP of all summaries of a release: each PDF and its data, and a list that says whose is which."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.tables import csv_lines
from reports.enums import FileKind
from reports.files import Progress, guards, makes
from reports.models import SummaryVersion
from reports.services.delivery_files import require_zip
from reports.summary.document import document_json


@guards(FileKind.DELIVERY_ZIP)
def delivery_zip_gate(job, user, today: dt.date) -> None:
    """Every summary in it may still be read by this office."""
    require_zip(job, today=today)


@makes(FileKind.DELIVERY_ZIP)
def delivery_zip(job, target: BinaryIO, progress: Progress) -> None:
    """What the asker may read at this moment; an earlier wish does not outlive a withdrawn consent."""
    kept = require_zip(job, today=clock.today())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, summary in enumerate(kept, start=1):
            name = file_name(summary)
            with default_storage.open(summary.pdf.name) as pdf:
                archive.writestr(f"{name}.pdf", pdf.read())
            archive.writestr(f"{name}.json", json_bytes(summary))
            progress(done, len(kept))
        archive.writestr(_("contents") + ".csv", _contents(kept, _language(job)))


def file_name(summary: SummaryVersion) -> str:
    """Ids and version only: a name of a file is seen by whoever looks over a shoulder."""
    return f"yhteenveto-{summary.enrolment_id}-v{summary.number}"


def json_bytes(summary: SummaryVersion) -> bytes:
    """The document's data as the PDF carries it."""
    return json.dumps(document_json(summary), ensure_ascii=False, indent=2).encode()


def _language(job) -> str:
    return job.delivery.authority.language if job.delivery else job.requested_by.language


def _contents(summaries: list[SummaryVersion], language: str) -> bytes:
    with translation.override(language):
        headers = [_("File"), _("Participant"), _("Month"), _("Version"), _("Hash")]
        rows = [
            [
                f"{file_name(row)}.pdf",
                row.enrolment.participant.full_name,
                row.enrolment.month.name,
                row.number,
                row.content_hash,
            ]
            for row in summaries
        ]
        return "".join(csv_lines(headers, rows)).encode()
