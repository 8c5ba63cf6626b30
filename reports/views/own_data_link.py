"""The own data behind the personal link: ask, wait, fetch."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from participants.own.visit import OwnVisit, own_page
from participants.pages.own import contact_of
from reports.enums import RequestAnswer, RequestChannel
from reports.models import OwnDataRequest
from reports.pages.own_data import fetchable_files_of
from reports.services.own_data import FORMATS, ask_own_data, note_fetched

NAMES = {"pdf": "omat-tiedot.pdf", "json": "omat-tiedot.json"}


@require_http_methods(["GET", "POST"])
@own_page
def own_data(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """What it is, asking, how far it is, and the files."""
    if request.method == "POST":
        today = clock.today()
        ask_own_data(
            participant_id=visit.participant.pk, channel=RequestChannel.LINK, asked_on=today, today=today
        )
        return redirect("own_data:own-data")
    found = _newest(visit)
    context = {
        "found": found,
        "files": fetchable_files_of(found),
        "is_open": found is not None and found.answer == RequestAnswer.OPEN,
        "is_refused": found is not None and found.answer == RequestAnswer.REFUSED,
        "is_by_hand": visit.participant.is_restricted,
        "contact": contact_of(visit.link),
    }
    template = "reports/own_data/_own_state.html" if request.htmx else "reports/own_data/own.html"
    return render(request, template, context)


@require_POST
@own_page
def own_data_file(request: HttpRequest, visit: OwnVisit, format: str) -> FileResponse:
    """One of the files. Fetching answers the request, so it is a press and no link. A protected person's are
    handed over by the coach."""
    found = _newest(visit)
    state = fetchable_files_of(found)
    if format not in FORMATS or visit.participant.is_restricted or state["state"] != "ready":
        raise Http404
    job = state[format]
    if not default_storage.exists(job.file.name):
        raise Http404
    note_fetched(request_id=found.pk, format=format, now=clock.now(), today=clock.today())
    return FileResponse(default_storage.open(job.file.name), as_attachment=True, filename=NAMES[format])


def _newest(visit: OwnVisit) -> OwnDataRequest | None:
    rows = OwnDataRequest.objects.filter(participant=visit.participant)
    return rows.select_related("pdf_job", "json_job").order_by("-id").first()
