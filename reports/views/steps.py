"""The steps of a summary, each a button: give, take back, approval, approve, release, make again."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error
from reports.forms.summary import ApprovalForm, StepForm
from reports.models import SummaryVersion
from reports.services.pdf_files import ask_for_pdf
from reports.services.versions import (
    approve_summary,
    give_to_participant,
    make_draft,
    record_approval,
    take_back_summary,
)
from reports.views.deliveries import release_chosen
from reports.views.summary import own_summary, show_summary


def _step(
    request: HttpRequest, summary_id: int, take: Callable[[SummaryVersion, int], SummaryVersion], done: str
):
    """Load, take the step at the version that the coach saw, and go to the version that holds now."""
    found = own_summary(request, summary_id)
    form = StepForm(request.POST)
    if not form.is_valid():
        return show_summary(request, found, status=422, error=_("Reload the page and try again."))
    try:
        result = take(found, form.cleaned_data["version"])
    except AccessDenied:
        raise
    except DomainError as error:
        fresh = own_summary(request, summary_id)
        return show_summary(request, fresh, status=422, error=str(error))
    messages.success(request, done)
    return redirect("reports:summary", result.pk)


@require_POST
def give(request: HttpRequest, summary_id: int) -> HttpResponse:
    """The participant reads it."""
    return _step(
        request,
        summary_id,
        lambda found, version: give_to_participant(actor=request.user, summary_id=found.pk, version=version),
        _("The summary is with the participant now."),
    )


@require_POST
def take_back(request: HttpRequest, summary_id: int) -> HttpResponse:
    """The participant wants changes."""
    return _step(
        request,
        summary_id,
        lambda found, version: take_back_summary(actor=request.user, summary_id=found.pk, version=version),
        _("The summary is a draft again."),
    )


@require_POST
def approval(request: HttpRequest, summary_id: int) -> HttpResponse:
    """The date and method of the participant's approval."""
    found = own_summary(request, summary_id)
    form = ApprovalForm(request.POST, summary=found)
    if not form.is_valid():
        return show_summary(request, found, status=422, approval_form=form)
    try:
        record_approval(
            actor=request.user,
            summary_id=found.pk,
            signed_on=form.cleaned_data["signed_on"],
            method=form.cleaned_data["method"],
            left_out=form.cleaned_data.get("left_out", ()),
            version=form.cleaned_data["version"],
            now=clock.now(),
            today=clock.today(),
        )
    except AccessDenied:
        raise
    except DomainError as error:
        add_domain_error(form, error)
        return show_summary(request, own_summary(request, summary_id), status=422, approval_form=form)
    messages.success(request, _("The participant's approval is recorded."))
    return redirect("reports:summary", found.pk)


@require_POST
def approve(request: HttpRequest, summary_id: int) -> HttpResponse:
    """The coach stands behind it."""
    return _step(
        request,
        summary_id,
        lambda found, version: approve_summary(
            actor=request.user, summary_id=found.pk, version=version, now=clock.now()
        ),
        _("The summary is approved."),
    )


@require_POST
def release(request: HttpRequest, summary_id: int) -> HttpResponse:
    """The office may read it from now on, by a link of its own; the page of the release shows the code."""
    found = own_summary(request, summary_id)
    form = StepForm(request.POST)
    if not form.is_valid():
        return show_summary(request, found, status=422, error=_("Reload the page and try again."))
    chosen = {found.pk: form.cleaned_data["version"]}
    try:
        return release_chosen(request, found.enrolment.month, chosen)
    except AccessDenied:
        raise
    except DomainError as error:
        return show_summary(request, own_summary(request, summary_id), status=422, error=str(error))


@require_POST
def make_again(request: HttpRequest, summary_id: int) -> HttpResponse:
    """Take in what is on record now; a released or approved version is followed by a new one."""
    return _step(
        request,
        summary_id,
        lambda found, _version: make_draft(
            actor=request.user,
            enrolment_id=found.enrolment_id,
            now=clock.now(),
            today=clock.today(),
            even_if_same=True,
            with_pdf=True,
        ),
        _("The summary now shows what is on record today."),
    )


@require_POST
def make_pdf(request: HttpRequest, summary_id: int) -> HttpResponse:
    """Ask for the PDF once more after it failed."""
    return _step(
        request,
        summary_id,
        lambda found, _version: ask_for_pdf(summary=found, now=clock.now()),
        _("The PDF is being made."),
    )
