"""A list of employers: sent, looked at row by row, taken in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.audit import record
from core.errors import DomainError
from core.forms import add_domain_error
from employers.employer_list.columns import EXAMPLE, FIELD_LABELS
from employers.models import Employer, EmployerImport
from employers.services import employer_lists as services
from employers.views.register import require_editor
from participants.enums import ImportState, RowVerdict
from participants.forms.referral import ListFileForm
from participants.referral_list.failed_file import CONTENT_TYPES, failed_rows_file, table_file
from participants.referral_list.preview import PreviewRow, label_of
from participants.views.referral_lists import as_download, decisions_of


@require_http_methods(["GET", "POST"])
def employer_list_upload(request: HttpRequest) -> HttpResponse:
    """Send a list. What cannot be read says so at the field, and nothing is saved."""
    require_editor(request)
    if request.method == "GET":
        return _upload_page(request, ListFileForm())
    form = ListFileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            preview = services.upload_employer_list(actor=request.user, data=file.read(), file_name=file.name)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return redirect("employers:employer-list-preview", pk=preview.pk)
    return _upload_page(request, form, status=422)


def _upload_page(request: HttpRequest, form: ListFileForm, *, status: int = 200) -> HttpResponse:
    waiting = EmployerImport.objects.visible_to(request.user).being_checked()[:5]
    context = {"form": form, "waiting": waiting}
    return render(request, "employers/register/list_upload.html", context, status=status)


def _load(request: HttpRequest, pk: int) -> EmployerImport:
    require_editor(request)
    return get_object_or_404(EmployerImport.objects.visible_to(request.user), pk=pk)


@require_http_methods(["GET", "POST"])
def employer_list_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Each row with its verdict; taking in the good ones and those that were decided."""
    preview = _load(request, pk)
    if request.method == "GET":
        if preview.state != ImportState.PREVIEW:
            return render(request, "employers/register/list_taken_in.html", {"preview": preview})
        return _preview_page(request, preview)
    try:
        done = services.take_in_employer_list(
            actor=request.user, employer_import=preview, decisions=decisions_of(request)
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("employers:employer-list-upload")
    if done.again:
        messages.info(request, _("This list was taken in already. Nothing was added again."))
    else:
        count = done.employer_import.imported_count
        sentence = ngettext("%(count)d employer taken in.", "%(count)d employers taken in.", count)
        messages.success(request, sentence % {"count": count})
    return redirect("employers:employer-list-preview", pk=pk)


def _preview_page(request: HttpRequest, preview: EmployerImport) -> HttpResponse:
    rows = services.rows_waiting(preview)
    wanted = {pk for row in rows for pk in row.judgement.candidates}
    employers = Employer.objects.visible_to(request.user).in_bulk(wanted)
    of = {verdict: [row for row in rows if row.verdict == verdict] for verdict in RowVerdict}
    context = {
        "preview": preview,
        "columns": [
            (column["header"], FIELD_LABELS[column["field"]]) for column in preview.columns if column["field"]
        ],
        "unknown_columns": [
            column["header"] for column in preview.columns if column["header"] and not column["field"]
        ],
        "to_decide": [
            {
                "row": row,
                "employers": [employers[pk] for pk in row.judgement.candidates if pk in employers],
            }
            for row in of[RowVerdict.POSSIBLE]
        ],
        "to_mend": [{"row": row, "faults": _faults(row)} for row in of[RowVerdict.MEND]],
        "good": of[RowVerdict.GOOD],
        "known": of[RowVerdict.KNOWN],
    }
    return render(request, "employers/register/list_preview.html", context)


def _faults(row: PreviewRow) -> list[tuple[str, str]]:
    return [(label_of(fault, FIELD_LABELS), fault.sentence) for fault in row.row.faults]


@require_GET
def employer_list_failed_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows to mend as a file of the same kind, with the reasons."""
    preview = _load(request, pk)
    rows = [row for row in services.rows_waiting(preview) if row.verdict == RowVerdict.MEND]
    if not rows:
        raise Http404
    record(actor=request.user, action="employer_list.failed_rows_downloaded", obj=preview)
    headers = [column["header"] for column in preview.columns]
    data = failed_rows_file(
        kind=preview.file_kind, headers=headers, rows=rows, labels=FIELD_LABELS, title=_("Employers")
    )
    return as_download(data, kind=preview.file_kind, name="korjattavat-rivit")


@require_GET
def employer_list_example(request: HttpRequest, kind: str) -> HttpResponse:
    """A list with the headers and one invented row, to be filled in."""
    require_editor(request)
    if kind not in CONTENT_TYPES:
        raise Http404
    data = table_file(kind=kind, table=EXAMPLE, title=_("Employers"))
    return as_download(data, kind=kind, name="tyonantajalista-malli")


@require_POST
def employer_list_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop the preview with all its rows."""
    services.discard_employer_list(actor=request.user, employer_import=_load(request, pk))
    messages.info(request, _("The list was dropped. Nothing was taken in."))
    return redirect("employers:register")
