"""The summary behind the personal link: read the exact text, comment, approve."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coaching.own.places import cover_for
from core import clock
from core.errors import DomainError, StaleVersion
from core.forms import add_domain_error
from participants.own.drafts import as_post, autosave, draft_of
from participants.own.visit import OwnVisit, own_page
from participants.pages.own import contact_of
from participants.services.personal_links import drop_draft
from reports.errors import WrongState
from reports.forms.summary import OwnSummaryForm
from reports.models import SummaryVersion
from reports.services.own_summary import approve_own_summary, comment_on_summary, own_summaries
from reports.summary.plain import plain_copy
from reports.summary.present import present
from reports.summary.protection import all_words


def _newest(visit: OwnVisit) -> SummaryVersion:
    found = own_summaries(visit.participant).first()
    if found is None:
        raise Http404
    return found


def _names_a_place(summary: SummaryVersion) -> bool:
    """Whether this version would tell a protected person's places to whoever reads over the shoulder. Its
    words cannot be changed here, for the approval is of exactly these words."""
    return cover_for(summary.enrolment).names_a_place(all_words(summary))


def _key(summary: SummaryVersion) -> str:
    return f"summary.{summary.pk}"


@require_http_methods(["GET", "POST"])
@own_page
def own_summary(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """What goes to the office, word for word, and the participant's answer to it."""
    summary = _newest(visit)
    if _names_a_place(summary):
        status = 200 if request.method == "GET" else 422
        context = {"contact": contact_of(visit.link)}
        return render(request, "reports/own_summary_withheld.html", context, status=status)
    if request.method == "GET":
        return _page(request, summary, _first_form(visit, summary))
    form = OwnSummaryForm(request.POST, summary=summary)
    if not form.is_valid():
        return _page(request, summary, form, status=422)
    approves = "approve" in request.POST
    values = {
        "participant_id": visit.participant.pk,
        "summary_id": form.cleaned_data["summary"],
        "comment": form.cleaned_data["comment"],
        "left_out": form.cleaned_data.get("left_out", ()),
        "version": form.cleaned_data["version"],
        "now": clock.now(),
    }
    try:
        if approves:
            approve_own_summary(**values, today=clock.today())
        else:
            comment_on_summary(**values)
    except (StaleVersion, WrongState) as error:
        summary = _newest(visit)
        form = OwnSummaryForm(_of_version(request, summary), summary=summary)
        add_domain_error(form, error)
        return _page(request, summary, form, status=422)
    except DomainError as error:
        add_domain_error(form, error)
        return _page(request, summary, form, status=422)
    drop_draft(participant_id=visit.participant.pk, key=_key(summary))
    messages.success(
        request, _("Thank you. You have approved the summary.") if approves else _("Your comment is saved.")
    )
    return redirect("own_summary:summary")


@require_GET
@own_page
def own_summary_plain(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """The same in plain words, to keep."""
    summary = _newest(visit)
    if _names_a_place(summary):
        context = {"contact": contact_of(visit.link)}
        return render(request, "reports/own_summary_withheld.html", context)
    context = {"summary": summary, "parts": plain_copy(summary)}
    return render(request, "reports/own_summary_plain.html", context)


@require_POST
@own_page
def own_summary_draft(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """Keep the comment that is being written."""
    return autosave(request, visit, key=_key(_newest(visit)), names=("comment",))


def _first_form(visit: OwnVisit, summary: SummaryVersion) -> forms.Form:
    draft = draft_of(visit, key=_key(summary))
    comment = as_post(draft).get("comment", "") if draft else summary.participant_comment
    initial = {
        "comment": comment,
        "left_out": summary.left_out,
        "summary": summary.pk,
        "version": summary.version,
    }
    form = OwnSummaryForm(initial=initial, summary=summary)
    form.saved_at = draft.saved_at if draft else None
    return form


def _of_version(request: HttpRequest, summary: SummaryVersion):
    """What was typed, for the version that is shown now."""
    data = request.POST.copy()
    data["summary"], data["version"] = str(summary.pk), str(summary.version)
    return data


def _page(request: HttpRequest, summary: SummaryVersion, form, *, status: int = 200) -> HttpResponse:
    context = {
        "summary": summary,
        "page": present(summary),
        "form": form,
        "waits": summary.state == "participant_review" and not summary.is_signed,
        "saved_at": getattr(form, "saved_at", None),
    }
    return render(request, "reports/own_summary.html", context, status=status)
