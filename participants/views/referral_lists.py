"""The TE-office's list: sent, looked at row by row, taken in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.audit import record
from core import clock
from core.errors import DomainError
from core.forms import add_domain_error
from participants.enums import ImportState, RowVerdict
from participants.forms.referral import UploadForm
from participants.models import Participant, ReferralImport
from participants.referral_list.columns import FIELD_LABELS
from participants.referral_list.failed_file import CONTENT_TYPES, EXAMPLE, failed_rows_file, table_file
from participants.referral_list.preview import PreviewRow, unseal
from participants.services import referral_lists as services
from participants.views.referrals import refuse_others


@require_http_methods(["GET", "POST"])
def referral_upload(request: HttpRequest) -> HttpResponse:
    """Send a list. What cannot be read says so at the field, and nothing is saved."""
    refuse_others(request.user)
    if request.method == "GET":
        return _upload_page(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            preview = services.upload_referral_list(
                actor=request.user,
                authority=form.cleaned_data["authority"],
                data=file.read(),
                file_name=file.name,
                today=clock.today(),
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return redirect("participants:referral-preview", pk=preview.pk)
    return _upload_page(request, form, status=422)


def _upload_page(request: HttpRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    waiting = ReferralImport.objects.visible_to(request.user).being_checked()[:5]
    return render(
        request, "participants/referral_upload.html", {"form": form, "waiting": waiting}, status=status
    )


def _load(request: HttpRequest, pk: int) -> ReferralImport:
    previews = ReferralImport.objects.visible_to(request.user).select_related("authority")
    return get_object_or_404(previews, pk=pk)


@require_http_methods(["GET", "POST"])
def referral_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Each row with its verdict; taking in the good ones and those that were decided."""
    preview = _load(request, pk)
    if request.method == "GET":
        if preview.state != ImportState.PREVIEW:
            return render(request, "participants/referral_imported.html", {"preview": preview})
        return _preview_page(request, preview)
    try:
        done = services.take_in_referral_list(
            actor=request.user,
            referral_import=preview,
            decisions=decisions_of(request),
            today=clock.today(),
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("participants:referral-upload")
    if done.again:
        messages.info(request, _("This list was taken in already. Nothing was added again."))
    else:
        count = done.referral_import.imported_count
        sentence = ngettext("%(count)s referral taken in.", "%(count)s referrals taken in.", count)
        messages.success(request, sentence % {"count": count})
    return redirect("participants:referral-preview", pk=pk)


def decisions_of(request: HttpRequest) -> dict[int, str]:
    """`row-12=new` -> {12: "new"}; anything else in the post is not ours."""
    return {
        int(number): value
        for name, value in request.POST.items()
        if (number := name.removeprefix("row-")) != name
        and number.isascii()
        and number.isdigit()
        and len(number) < 9
    }


def _preview_page(request: HttpRequest, preview: ReferralImport) -> HttpResponse:
    rows = unseal(preview.rows_encrypted)
    people = _people_on_record(request, rows)
    context = {
        "preview": preview,
        "columns": [
            (column["header"], FIELD_LABELS[column["field"]]) for column in preview.columns if column["field"]
        ],
        "unknown_columns": [
            column["header"] for column in preview.columns if column["header"] and not column["field"]
        ],
        "to_decide": [_choice(row, people) for row in rows if row.is_to_decide],
        "to_mend": [row for row in rows if row.verdict == RowVerdict.MEND],
        "good": [row for row in rows if row.verdict == RowVerdict.GOOD],
        "known": [row for row in rows if row.verdict == RowVerdict.KNOWN],
    }
    return render(request, "participants/referral_preview.html", context)


def _people_on_record(request: HttpRequest, rows: list[PreviewRow]) -> dict[int, Participant]:
    """Candidates of the doubtful rows whom this user may see."""
    wanted = {
        pk for row in rows if row.is_to_decide for pk in (row.judgement.match, *row.judgement.candidates)
    }
    if not (wanted := wanted - {None}):
        return {}
    visible = Participant.objects.visible_to(request.user, today=clock.today())
    return {person.pk: person for person in visible.filter(pk__in=wanted)}


def _choice(row: PreviewRow, people: dict[int, Participant]) -> dict:
    candidates = row.judgement.candidates
    return {
        "row": row,
        "is_returning": row.verdict == RowVerdict.RETURNING,
        "match": people.get(row.judgement.match),
        "candidates": [people[pk] for pk in candidates if pk in people],
        "hidden": sum(pk not in people for pk in candidates),
    }


@require_GET
def referral_failed_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows to mend as a file of the same kind, with the reasons."""
    preview = _load(request, pk)
    rows = [row for row in unseal(preview.rows_encrypted) if row.verdict == RowVerdict.MEND]
    if not rows:
        raise Http404
    record(actor=request.user, action="referral_list.failed_rows_downloaded", obj=preview)
    headers = [column["header"] for column in preview.columns]
    data = failed_rows_file(kind=preview.file_kind, headers=headers, rows=rows)
    return as_download(data, kind=preview.file_kind, name="korjattavat-rivit")


@require_GET
def referral_example(request: HttpRequest, kind: str) -> HttpResponse:
    """A list with the headers and one invented row, to be filled in."""
    refuse_others(request.user)
    if kind not in CONTENT_TYPES:
        raise Http404
    return as_download(table_file(kind=kind, table=EXAMPLE), kind=kind, name="lahetelista-malli")


def as_download(data: bytes, *, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=CONTENT_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{kind}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_POST
def referral_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop the preview with all its rows."""
    services.discard_referral_list(actor=request.user, referral_import=_load(request, pk))
    messages.info(request, _("The list was dropped. Nothing was taken in."))
    return redirect("participants:referral-list")
