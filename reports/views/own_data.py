"""Requests for own data as staff see them: the register, and one person's requests with their files."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.audit import record_view
from accounts.enums import Role
from core import clock
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error, as_people_write
from core.pagination import page_of
from participants.models import Participant
from participants.restricted import require_opened
from participants.views.participants import load_person
from reports.forms.own_data import AskedForm, HandedOverForm, RefusedForm
from reports.models import OwnDataRequest
from reports.pages.own_data import person_requests, register_rows
from reports.services import own_data as services

READERS = (Role.COACH, Role.MANAGER, Role.ADMIN)


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Who asked, when it is due, how it was answered; the open ones first."""
    if request.user.role not in READERS:
        raise AccessDenied(_("The register is read by coaches, managers and the administrator."))
    page = page_of(register_rows(request.user), request)
    context = {"page": page, "today": clock.today(), "sees_names": request.user.role != Role.ADMIN}
    return render(request, "reports/own_data/register.html", context)


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's requests; a new one that came by phone, by letter or in person."""
    found = _own_person(request, pk)
    if request.method == "GET":
        record_view(actor=request.user, participant=found, page="reports:own-data-person")
        return _page(request, found)
    form = AskedForm(request.POST)
    if form.is_valid():
        try:
            services.ask_own_data(
                actor=request.user, participant_id=found.pk, today=clock.today(), **form.cleaned_data
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The request stands in the register."))
            return redirect("reports:own-data-person", found.pk)
    return _page(request, found, asked_form=form, status=422)


@require_POST
def files(request: HttpRequest, request_id: int) -> HttpResponse:
    """Make the files that are handed over."""
    found = _own_request(request, request_id)
    try:
        services.make_own_data_files(actor=request.user, request_id=found.pk, today=clock.today())
    except DomainError as error:
        return _page(request, found.participant, error=str(error), status=422)
    return redirect("reports:own-data-person", found.participant_id)


@require_POST
def handed_over(request: HttpRequest, request_id: int) -> HttpResponse:
    """It was given on paper."""
    found, form = _own_request(request, request_id), HandedOverForm(request.POST)
    if form.is_valid():
        try:
            services.note_handed_over(
                actor=request.user, request_id=found.pk, today=clock.today(), **form.cleaned_data
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("reports:own-data-person", found.participant_id)
    return _page(request, found.participant, handed_form=form, status=422)


@require_POST
def refuse(request: HttpRequest, request_id: int) -> HttpResponse:
    """It is not given."""
    found, form = _own_request(request, request_id), RefusedForm(request.POST)
    if form.is_valid():
        try:
            services.refuse_own_data(
                actor=request.user,
                request_id=found.pk,
                reason=form.cleaned_data["refused_reason"],
                today=clock.today(),
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("reports:own-data-person", found.participant_id)
    return _page(request, found.participant, refused_form=form, status=422)


def _page(
    request: HttpRequest,
    found: Participant,
    *,
    asked_form: AskedForm | None = None,
    handed_form: HandedOverForm | None = None,
    refused_form: RefusedForm | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    today = as_people_write(clock.today())
    context = {
        **person_requests(found, today=clock.today()),
        "asked_form": asked_form or AskedForm(initial={"asked_on": today}),
        "handed_form": handed_form or HandedOverForm(initial={"answered_on": today}),
        "refused_form": refused_form or RefusedForm(),
        "error": error,
        "section": "participants",
    }
    return render(request, "reports/own_data/person.html", context, status=status)


def _own_person(request: HttpRequest, pk: int) -> Participant:
    found, _standing = load_person(request, pk)
    if not services.can_answer_own_data(request.user, found, today=clock.today()):
        raise AccessDenied(_("The own data is given by the person's own coach."))
    require_opened(request, found, now=clock.now())
    return found


def _own_request(request: HttpRequest, request_id: int) -> OwnDataRequest:
    rows = OwnDataRequest.objects.visible_to(request.user).select_related("participant")
    found = get_object_or_404(rows, pk=request_id)
    _own_person(request, found.participant_id)
    return found
