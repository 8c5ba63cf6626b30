"""The TE officer's inbox: what was released to the own office, read without typing anything."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import Role
from core import clock
from core.errors import AccessDenied
from core.pagination import page_of
from core.search_terms import lead_to_list, search_of
from employers.pages.officer import agreements_to_sign
from reports.enums import SummaryState
from reports.models import Aftercare, SummaryVersion
from reports.pages.deliveries import months_of_inbox
from reports.services.delivery_files import ask_for_zip, readable
from reports.services.release import note_downloaded, note_opened, note_text_copied, require_reading
from reports.summary.changes import changes_between
from reports.summary.present import present
from reports.views.office import json_response


@require_http_methods(["GET", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """Released summaries of the own office, newest first, by name or month when asked."""
    _require_officer(request)
    if request.method == "POST":
        return lead_to_list(request, filters=("month",))
    search, month_id = search_of(request), request.GET.get("month", "")
    released = SummaryVersion.objects.visible_to(request.user).inbox().consented_on(clock.today())
    months = months_of_inbox(released)
    month = next((row for row in months if str(row["pk"]) == month_id), None)
    rows = released.named(search.words)
    if month is not None:
        rows = rows.filter(enrolment__month=month["pk"])
    rows = rows.select_related("enrolment__participant", "enrolment__month", "released_by")
    context = {
        "page": page_of(rows.defer("data", "texts"), request),
        "search": search,
        "months": months,
        "month": month,
        "to_approve": Aftercare.objects.visible_to(request.user)
        .waiting_for_office(request.user.authority_id, today=clock.today())
        .select_related("enrolment__participant"),
        "to_sign": len(agreements_to_sign(request.user, today=clock.today())),
    }
    return render(request, "reports/inbox.html", context)


@require_GET
def read(request: HttpRequest, summary_id: int) -> HttpResponse:
    """The summary in the browser; opening it leaves a receipt."""
    found = summary_of_own_office(request, summary_id)
    note_opened(actor=request.user, summary=found)
    context = {"summary": found, "page": present(found), "newer": found.superseded_by()}
    earlier = SummaryVersion.objects.visible_to(request.user).filter(enrolment=found.enrolment_id)
    context["has_earlier"] = earlier.filter(number__lt=found.number).exists()
    return render(request, "reports/inbox_read.html", context)


@require_POST
def copied(request: HttpRequest, summary_id: int) -> HttpResponse:
    """The receipt of the copy button; the page sends it after the text is on the clipboard."""
    found = summary_of_own_office(request, summary_id)
    note_text_copied(actor=request.user, summary=found)
    return HttpResponse(status=204)


@require_GET
def changes(request: HttpRequest, summary_id: int) -> HttpResponse:
    """What this version says otherwise than the one that the office had before."""
    new = summary_of_own_office(request, summary_id)
    earlier = SummaryVersion.objects.visible_to(request.user).with_person()
    old = earlier.filter(enrolment=new.enrolment_id, number__lt=new.number).order_by("number").last()
    if old is None:
        raise Http404
    require_reading(summary=old, today=clock.today())
    note_opened(actor=request.user, summary=new)
    context = {
        "old": old,
        "new": new,
        "changes": changes_between(old, new, for_office=True),
        "list_label": _("Inbox"),
        "list_url": reverse("reports:inbox"),
        "back_url": reverse("reports:inbox-read", args=[new.pk]),
    }
    return render(request, "reports/summary_changes.html", context)


@require_GET
def data(request: HttpRequest, summary_id: int) -> HttpResponse:
    """The same as data, valid against the published schema; a receipt as for the PDF."""
    found = summary_of_own_office(request, summary_id)
    note_downloaded(actor=request.user, summary=found)
    return json_response(found)


@require_POST
def all_of_month(request: HttpRequest, month_id: int) -> HttpResponse:
    """Ask for a ZIP of what was released of one month."""
    _require_officer(request)
    released = SummaryVersion.objects.visible_to(request.user).filter(
        enrolment__month=month_id, state=SummaryState.RELEASED
    )
    summaries = readable(released.with_person(), today=clock.today())
    if not summaries:
        raise Http404
    job = ask_for_zip(summaries=summaries, actor=request.user)
    return redirect("reports:file-job", job.pk)


def _require_officer(request: HttpRequest) -> None:
    if request.user.role != Role.TE_OFFICER:
        raise AccessDenied(_("The inbox is the TE officers' page."))


def summary_of_own_office(request: HttpRequest, summary_id: int) -> SummaryVersion:
    """A version released to the officer's office: another office gets 404, a withdrawn consent 403."""
    found = get_object_or_404(SummaryVersion.objects.visible_to(request.user).with_person(), pk=summary_id)
    _require_officer(request)
    require_reading(summary=found, today=clock.today())
    return found
