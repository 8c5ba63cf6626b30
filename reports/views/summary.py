"""One version of a summary for its coach: what it says, what is missing, what comes next."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.audit import record_view
from accounts.enums import Role
from core import clock
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error
from participants.restricted import require_opened
from reports.access import can_write_summaries
from reports.forms.summary import ApprovalForm, SummaryTextsForm
from reports.models import SummaryVersion
from reports.readings import summary_page
from reports.services.release import note_downloaded, require_reading
from reports.services.versions import edit_texts
from reports.summary.changes import changes_between
from reports.summary.plain import plain_copy


@require_GET
def summary(request: HttpRequest, summary_id: int) -> HttpResponse:
    """Preview, checklist, steps and receipts."""
    found = own_summary(request, summary_id)
    if not request.htmx:
        record_view(actor=request.user, participant=found.enrolment.participant, page="reports:summary")
    return show_summary(request, found)


def show_summary(
    request: HttpRequest,
    found: SummaryVersion,
    *,
    status: int = 200,
    error: str = "",
    approval_form: ApprovalForm | None = None,
) -> HttpResponse:
    """The page of a version, also with a refusal on it."""
    today = clock.today()
    form = approval_form or ApprovalForm(
        initial={
            "version": found.version,
            "signed_on": today,
            "method": "meeting",
            "left_out": found.left_out,
        },
        summary=found,
    )
    context = {**summary_page(found, today=today), "approval_form": form, "error": error}
    context["section"] = "summaries"
    return render(request, "reports/summary.html", context, status=status)


@require_http_methods(["GET", "POST"])
def texts(request: HttpRequest, summary_id: int) -> HttpResponse:
    """Edit the free texts; a version that the participant approved makes way for a new one."""
    found = own_summary(request, summary_id)
    if not found.is_in_work:
        raise AccessDenied(_("A released version never changes. Make a new version of it."))
    if request.method == "GET":
        record_view(actor=request.user, participant=found.enrolment.participant, page="reports:summary-texts")
    form = SummaryTextsForm(request.POST) if request.method == "POST" else SummaryTextsForm.of(found)
    if request.method == "POST" and form.is_valid():
        try:
            saved = edit_texts(
                actor=request.user,
                summary_id=found.pk,
                texts=form.texts(),
                comment=form.cleaned_data["comment"],
                version=form.cleaned_data["version"],
                now=clock.now(),
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("reports:summary", saved.pk)
    context = {"summary": found, "form": form, "generated": found.data.get("plan_text", "")}
    context["section"] = "summaries"
    return render(request, "reports/summary_texts.html", context, status=422 if form.errors else 200)


@require_GET
def changes(request: HttpRequest, summary_id: int) -> HttpResponse:
    """What this version says otherwise than the one before it, in words."""
    new = own_summary(request, summary_id)
    old = new.enrolment.summary_versions.filter(number__lt=new.number).with_person().order_by("number").last()
    if old is None:
        raise Http404
    record_view(actor=request.user, participant=new.enrolment.participant, page="reports:summary-changes")
    context = {
        "old": old,
        "new": new,
        "changes": changes_between(old, new),
        "list_label": new.enrolment.month.name,
        "list_url": reverse("reports:month", args=[new.enrolment.month_id]),
        "back_url": reverse("reports:summary", args=[new.pk]),
        "section": "summaries",
    }
    return render(request, "reports/summary_changes.html", context)


@require_GET
def plain(request: HttpRequest, summary_id: int) -> HttpResponse:
    """The participant's copy in plain words, to be printed."""
    found = own_summary(request, summary_id)
    record_view(actor=request.user, participant=found.enrolment.participant, page="reports:summary-plain")
    context = {"summary": found, "parts": plain_copy(found), "section": "summaries"}
    return render(request, "reports/summary_plain.html", context)


@require_GET
def pdf(request: HttpRequest, summary_id: int) -> FileResponse:
    """The PDF of a version, under a name without personal data; an officer's download leaves a receipt."""
    found = get_object_or_404(SummaryVersion.objects.visible_to(request.user).with_person(), pk=summary_id)
    if request.user.role == Role.TE_OFFICER:
        require_reading(summary=found, today=clock.today())
    else:
        require_opened(request, found.enrolment.participant, now=clock.now())
    if not found.pdf or not default_storage.exists(found.pdf.name):
        raise Http404
    if request.user.role == Role.TE_OFFICER:
        note_downloaded(actor=request.user, summary=found)
    else:
        record_view(actor=request.user, participant=found.enrolment.participant, page="reports:summary-pdf")
    return FileResponse(
        default_storage.open(found.pdf.name),
        as_attachment=True,
        filename=f"yhteenveto-{found.enrolment_id}-v{found.number}.pdf",
        content_type="application/pdf",
    )


def own_summary(request: HttpRequest, summary_id: int) -> SummaryVersion:
    """The version, for the month's own coach: a stranger gets 404, an officer is told where to read. A
    protected person's opens like the file: with a reason, given on the person's page."""
    found = get_object_or_404(
        SummaryVersion.objects.visible_to(request.user).with_person().select_related("pdf_job"), pk=summary_id
    )
    if not can_write_summaries(request.user, found.enrolment.month):
        raise AccessDenied(_("The summaries are written by the month's own coach."))
    require_opened(request, found.enrolment.participant, now=clock.now())
    return found
