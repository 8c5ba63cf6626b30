"""What the office sees behind the link and code (reports/office.py)."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.unsent_form import holds_back
from core.work_rows import WorkState
from reports.files.delivery import file_name, json_bytes
from reports.forms.delivery import CodeForm
from reports.models import FileJob, SummaryVersion
from reports.office import (
    BY_OFFICE_LINK,
    OfficeVisit,
    ask_code,
    begin_visit,
    end_visit,
    office_door,
    office_page,
)
from reports.pages.deliveries import office_list
from reports.querysets import SummaryVersionQuerySet
from reports.readings import cause_in_words
from reports.services.deliveries import open_with_code
from reports.services.delivery_files import ask_for_zip, note_zip_downloaded, readable
from reports.services.release import note_downloaded, note_opened, note_text_copied, require_reading
from reports.summary.present import present


@holds_back("code")
@office_door
@require_http_methods(["GET", "POST"])
def delivery(request: HttpRequest, visit: OfficeVisit) -> HttpResponse:
    """The door, and inside the list of what was released."""
    if request.method == "GET":
        if not visit.is_open:
            return ask_code(request, visit)
        context = office_list(visit.delivery, today=clock.today())
        return render(request, "reports/office/list.html", {"visit": visit, **context})
    form = CodeForm(request.POST)
    if form.is_valid():
        opening = open_with_code(
            secret=visit.secret,
            code=form.cleaned_data["code"],
            now=clock.now(),
            actor_label=BY_OFFICE_LINK,
        )
        if opening.delivery is not None:
            response = redirect(request.path)
            begin_visit(response, request, opening.delivery)
            return response
        form.add_error("code", _wrong(opening.tries_left))
    return ask_code(request, visit, form=form, status=422)


def _wrong(tries_left: int) -> str:
    if not tries_left:
        return _("That was the fifth wrong code. The link is locked; ask the sender for a new one.")
    return _("The code is not right. Tries left: %(n)s.") % {"n": tries_left}


@office_page
@require_GET
def read(request: HttpRequest, visit: OfficeVisit, item_id: int) -> HttpResponse:
    """One summary in the browser; opening it leaves a receipt."""
    found = _summary(visit, item_id)
    note_opened(actor=None, actor_label=BY_OFFICE_LINK, summary=found)
    context = {
        "visit": visit,
        "item_id": item_id,
        "summary": found,
        "page": present(found),
        "is_superseded": found.superseded_by() is not None,
    }
    return render(request, "reports/office/read.html", context)


@office_page
@require_GET
def pdf(request: HttpRequest, visit: OfficeVisit, item_id: int) -> FileResponse:
    """The PDF, under a name without personal data."""
    found = _summary(visit, item_id)
    if not found.pdf or not default_storage.exists(found.pdf.name):
        raise Http404
    note_downloaded(actor=None, actor_label=BY_OFFICE_LINK, summary=found)
    return FileResponse(
        default_storage.open(found.pdf.name),
        as_attachment=True,
        filename=f"{file_name(found)}.pdf",
        content_type="application/pdf",
    )


@office_page
@require_GET
def data(request: HttpRequest, visit: OfficeVisit, item_id: int) -> HttpResponse:
    """The same as data, valid against the published schema."""
    found = _summary(visit, item_id)
    note_downloaded(actor=None, actor_label=BY_OFFICE_LINK, summary=found)
    return json_response(found)


def json_response(summary: SummaryVersion) -> HttpResponse:
    """A summary's data as a file."""
    response = HttpResponse(json_bytes(summary), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{file_name(summary)}.json"'
    return response


@office_page
@require_POST
def copied(request: HttpRequest, visit: OfficeVisit, item_id: int) -> HttpResponse:
    """The receipt of the copy button."""
    note_text_copied(actor=None, actor_label=BY_OFFICE_LINK, summary=_summary(visit, item_id))
    return HttpResponse(status=204)


@office_page
@require_POST
def all_files(request: HttpRequest, visit: OfficeVisit) -> HttpResponse:
    """Ask for a ZIP of everything that may be read today."""
    summaries = readable(_released(visit), today=clock.today())
    if not summaries:
        raise Http404
    job = ask_for_zip(summaries=summaries, actor_label=BY_OFFICE_LINK, delivery=visit.delivery)
    return redirect("office:all-progress", visit.secret, job.pk)


@office_page
@require_GET
def all_progress(request: HttpRequest, visit: OfficeVisit, job_id: int) -> HttpResponse:
    """How far the ZIP is; htmx asks each second."""
    job = _job(visit, job_id)
    cause = cause_in_words(job.error) if job.state == WorkState.FAILED else ""
    template = "reports/office/_zip.html" if request.htmx else "reports/office/zip.html"
    return render(request, template, {"visit": visit, "job": job, "cause": cause})


@office_page
@require_GET
def all_download(request: HttpRequest, visit: OfficeVisit, job_id: int) -> FileResponse:
    """The finished ZIP; each summary in it gets its receipt."""
    job = _job(visit, job_id)
    if not job.is_kept(clock.now()) or not default_storage.exists(job.file.name):
        raise Http404
    note_zip_downloaded(job=job, today=clock.today(), actor_label=BY_OFFICE_LINK)
    return FileResponse(
        default_storage.open(job.file.name), as_attachment=True, filename=f"yhteenvedot-{job.pk}.zip"
    )


@office_page
@require_POST
def close(request: HttpRequest, visit: OfficeVisit) -> HttpResponse:
    """End the visit in this browser."""
    response = redirect("office:delivery", visit.secret)
    end_visit(response, request)
    return response


def _summary(visit: OfficeVisit, item_id: int) -> SummaryVersion:
    """A summary of this delivery that may still be read; another's id is 404."""
    found = get_object_or_404(_released(visit, delivery_items__pk=item_id))
    require_reading(summary=found, today=clock.today())
    return found


def _released(visit: OfficeVisit, **chosen) -> SummaryVersionQuerySet:
    """What the delivery carries and was released to its office, and to no other."""
    rows = SummaryVersion.objects.filter(delivery_items__delivery=visit.delivery, **chosen)
    return rows.filter(recipient=visit.delivery.authority_id).with_person()


def _job(visit: OfficeVisit, job_id: int) -> FileJob:
    return get_object_or_404(FileJob.objects.filter(delivery=visit.delivery), pk=job_id)
