"""Everything of one person as PDF or as data."""

from __future__ import annotations

import datetime as dt
import json
from typing import BinaryIO

from django.template.loader import render_to_string
from django.utils import translation

from core import clock
from core.pdf import render_pdf
from reports.enums import FileKind, RequestAnswer
from reports.files import Progress, guards, makes, no_longer
from reports.models import OwnDataRequest
from reports.own_data import own_data_json, own_data_paper
from reports.services.own_data import can_answer_own_data


@guards(FileKind.OWN_DATA)
def own_data_gate(job, user, today: dt.date) -> None:
    """The person's own coach, as long as the request was not refused."""
    refused = OwnDataRequest.objects.filter(pk=job.params["request"], answer=RequestAnswer.REFUSED)
    if not can_answer_own_data(user, job.participant, today=today) or refused.exists():
        raise no_longer()


@makes(FileKind.OWN_DATA)
def own_data_file(job, target: BinaryIO, progress: Progress) -> None:
    """In the person's language; what is held at the moment when it is made. Reasons for opening the file go
    to the participant alone, so not into one that a coach asked for and hands over."""
    person, today, is_fetched = job.participant, clock.today(), job.requested_by_id is None
    if job.format == "json":
        data = own_data_json(person, today=today, with_reasons=is_fetched)
        target.write(json.dumps(data, ensure_ascii=False, indent=1).encode())
    else:
        context = own_data_paper(person, today=today, with_reasons=is_fetched)
        with translation.override(person.language):
            target.write(render_pdf(render_to_string("reports/pdf/own_data.html", context)))
    progress(1, 1)
