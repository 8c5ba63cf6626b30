"""The profile on paper: seen on the screen, made as a PDF by a job, downloaded."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import audit
from coaching.models import ProfileFile
from coaching.profile_paper import build_profile_paper, content_hash, profile_paper_html
from coaching.services.profile_file import CHANGED, request_profile_file
from coaching.views.person_base import load_person, person_context
from core import clock
from core.errors import DomainError
from core.work_rows import WorkState


@require_http_methods(["GET", "POST"])
def profile_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the paper on the screen and how its PDF stands. POST: have the PDF made."""
    enrolment = load_person(request, pk)
    today, refusal = clock.today(), ""
    if request.method == "POST":
        try:
            request_profile_file(actor=request.user, enrolment_id=enrolment.pk, now=clock.now(), today=today)
        except DomainError as error:
            refusal = str(error)
        if not refusal and not request.htmx:
            return redirect("coaching:profile-paper", pk=enrolment.pk)
    paper = build_profile_paper(enrolment, today=today)
    file = ProfileFile.objects.filter(
        enrolment=enrolment, content_hash=content_hash(profile_paper_html(paper))
    ).first()
    context = person_context(
        enrolment,
        paper=paper,
        file=file,
        failure=_failure(file),
        refusal=refusal,
        here=_("Profile on paper"),
        # our own template over a frozen dataclass, escaped there
        body=mark_safe(profile_paper_html(paper, template="coaching/pdf/_profile_body.html")),
    )
    template = "coaching/_profile_file.html" if request.htmx else "coaching/profile_paper.html"
    return render(request, template, context, status=422 if refusal else 200)


def _failure(file: ProfileFile | None) -> str:
    if file is None or file.state != WorkState.FAILED:
        return ""
    if file.error == CHANGED:
        return _("The profile was changed while the PDF was being made. Make it again.")
    return _("The PDF could not be made. Make it again.")


@require_GET
def profile_pdf(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Download one made profile. The file's name tells nothing of anybody."""
    enrolment = load_person(request, pk)
    row = get_object_or_404(ProfileFile, enrolment=enrolment, pk=file_pk)
    if row.state != WorkState.DONE or not default_storage.exists(row.file.name):
        raise Http404
    audit.record(
        actor=request.user,
        action="profile.paper_downloaded",
        obj=row,
        participant_id=enrolment.participant_id,
    )
    return FileResponse(
        default_storage.open(row.file.name),
        as_attachment=True,
        filename=f"{_('competence-profile')}-{row.pk}.pdf",
        content_type="application/pdf",
    )
