"""The TE officer's inbox: what was released to the own office, read without typing anything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import Role
from core import clock
from core.errors import AccessDenied
from core.pagination import page_of
from core.search_terms import lead_to_list, search_of
from employers.pages.officer import agreements_to_sign
from reports.models import SummaryVersion
from reports.services.release import note_opened, note_text_copied, require_reading
from reports.summary.present import present


@require_http_methods(["GET", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """Released summaries of the own office, newest first, by name when asked."""
    _require_officer(request)
    if request.method == "POST":
        return lead_to_list(request)
    search = search_of(request)
    rows = (
        SummaryVersion.objects.visible_to(request.user)
        .inbox()
        .consented_on(clock.today())
        .named(search.words)
        .select_related("enrolment__participant", "enrolment__month", "released_by")
        .defer("data", "texts")
    )
    context = {
        "page": page_of(rows, request),
        "search": search,
        "to_sign": len(agreements_to_sign(request.user, today=clock.today())),
    }
    return render(request, "reports/inbox.html", context)


@require_GET
def read(request: HttpRequest, summary_id: int) -> HttpResponse:
    """The summary in the browser; opening it leaves a receipt."""
    found = summary_of_own_office(request, summary_id)
    note_opened(actor=request.user, summary=found)
    context = {"summary": found, "page": present(found), "newer": found.superseded_by()}
    return render(request, "reports/inbox_read.html", context)


@require_POST
def copied(request: HttpRequest, summary_id: int) -> HttpResponse:
    """The receipt of the copy button; the page sends it after the text is on the clipboard."""
    found = summary_of_own_office(request, summary_id)
    note_text_copied(actor=request.user, summary=found)
    return HttpResponse(status=204)


def _require_officer(request: HttpRequest) -> None:
    if request.user.role != Role.TE_OFFICER:
        raise AccessDenied(_("The inbox is the TE officers' page."))


def summary_of_own_office(request: HttpRequest, summary_id: int) -> SummaryVersion:
    """A version released to the officer's office: another office gets 404, a withdrawn consent 403."""
    found = get_object_or_404(SummaryVersion.objects.visible_to(request.user).with_person(), pk=summary_id)
    _require_officer(request)
    require_reading(summary=found, today=clock.today())
    return found
