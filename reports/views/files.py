"""A file that is being made: its progress, the download, calling it off, another try."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts import audit
from core import clock
from core.errors import DomainError
from core.work_rows import WorkState
from participants.restricted import require_opened
from reports.enums import FileKind
from reports.files import require_allowed
from reports.files.names import job_name
from reports.models import FileJob
from reports.pages.file_jobs import way_back
from reports.readings import cause_in_words
from reports.services.delivery_files import note_zip_downloaded
from reports.services.file_jobs import cancel_file_job, run_file_again

NOTED = ("month", "office", "enrolments", "digest", "summaries")  # whose file it was, for the trail


def _own_job(request: HttpRequest, job_id: int) -> FileJob:
    return get_object_or_404(FileJob.objects.visible_to(request.user), pk=job_id)


def _page(request: HttpRequest, job: FileJob, *, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        **way_back(job),
        "job": job,
        "is_over": job.state == WorkState.DONE and not job.is_kept(clock.now()),
        "cause": cause_in_words(job.error) if job.state == WorkState.FAILED else "",
        "error": error,
    }
    template = "reports/_file_job.html" if request.htmx else "reports/file_job.html"
    return render(request, template, context, status=status)


@require_GET
def file_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far the file is; htmx asks each second."""
    return _page(request, _own_job(request, job_id))


@require_GET
def download(request: HttpRequest, job_id: int) -> FileResponse:
    """The finished file, under a name without personal data."""
    job = _own_job(request, job_id)
    require_allowed(job, user=request.user, today=clock.today())
    if job.participant is not None:
        require_opened(request, job.participant, now=clock.now())
    if not job.is_kept(clock.now()) or not default_storage.exists(job.file.name):
        raise Http404
    if job.kind == FileKind.DELIVERY_ZIP:
        note_zip_downloaded(job=job, today=clock.today(), actor=request.user)
    audit.record(
        actor=request.user,
        action="file.downloaded",
        obj=job,
        participant_id=job.participant_id,
        details={"kind": job.kind} | {key: job.params[key] for key in NOTED if key in job.params},
    )
    name = f"{job_name(job)}.{job.format}"
    return FileResponse(default_storage.open(job.file.name), as_attachment=True, filename=name)


@require_POST
def cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    """Call it off."""
    return _after(request, job_id, cancel_file_job)


@require_POST
def again(request: HttpRequest, job_id: int) -> HttpResponse:
    """Another try."""
    return _after(request, job_id, run_file_again)


def _after(request: HttpRequest, job_id: int, service) -> HttpResponse:
    job = _own_job(request, job_id)
    try:
        service(actor=request.user, job_id=job.pk)
    except DomainError as error:
        job.refresh_from_db()
        return _page(request, job, error=str(error), status=422)
    return redirect("reports:file-job", job.pk)
