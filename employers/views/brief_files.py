"""The brief on paper: printed from the screen, made as a PDF by a job, downloaded."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import audit
from core import clock
from core.errors import DomainError
from core.work_rows import WorkState
from employers.brief_paper import build_brief_paper
from employers.models import BriefFile
from employers.pages.brief import BriefPlace, body_of
from employers.services.brief import require_brief
from employers.services.brief_file import request_brief_file
from employers.views.briefs import living_brief, of_brief, require_consent, show_brief


@require_GET
@of_brief
def brief_print(request: HttpRequest, place: BriefPlace) -> HttpResponse:
    """The brief on paper, with a line for the participant's signature."""
    found = living_brief(place)
    require_consent(place)
    audit.record(actor=request.user, action="brief.previewed", obj=found, participant_id=found.participant_id)
    paper = build_brief_paper(found)
    context = {"paper": paper, "body": body_of(paper), "brief": found, "back_url": place.url}
    return render(request, "employers/brief/print.html", context)


@require_POST
@of_brief
def brief_file(request: HttpRequest, place: BriefPlace) -> HttpResponse:
    """Have the PDF made."""
    found = living_brief(place)
    try:
        require_brief(brief=found, participant=place.participant, today=clock.today())
        request_brief_file(actor=request.user, brief_id=found.pk, now=clock.now())
    except DomainError as error:
        return show_brief(request, place, refusal=str(error), status=422)
    return redirect(f"{place.url}#paper")


@require_GET
@of_brief
def brief_pdf(request: HttpRequest, place: BriefPlace, file_pk: int) -> HttpResponse:
    """Download one made brief. The file's name tells nothing of anybody."""
    found = living_brief(place)
    row = get_object_or_404(BriefFile, brief=found, pk=file_pk)
    require_consent(place)
    if row.state != WorkState.DONE or not default_storage.exists(row.file.name):
        raise Http404
    audit.record(actor=request.user, action="brief.downloaded", obj=row, participant_id=found.participant_id)
    return FileResponse(
        default_storage.open(row.file.name),
        as_attachment=True,
        filename=f"{_('candidate-brief')}-{row.pk}.pdf",
        content_type="application/pdf",
    )
