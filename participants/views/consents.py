"""Consents of one participant: the table, recording, taking back, and the sheet on paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.audit import record_view
from core import clock
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error
from participants.access import Standing, can_record_preparations, consent_recipients
from participants.consent_texts import consent_table, named_groups, named_recipients_of
from participants.enums import CONSENT_CHOICES
from participants.forms.consent import ConsentForm
from participants.forms.record import PreparationForm
from participants.models import Participant
from participants.services import consents as services
from participants.services.participants import RecordMoved, record_preparations
from participants.views.participants import gate, load_person


@require_http_methods(["GET", "POST"])
def participant_consents(request: HttpRequest, pk: int) -> HttpResponse:
    """Recipient by item; several are recorded at once."""
    person, standing = load_person(request, pk)
    if locked := gate(request, person):
        return locked
    recipients, today = consent_recipients(standing), clock.today()
    named = named_recipients_of(person, today=today)
    if request.method == "GET":
        record_view(actor=request.user, participant=person, page="participants:participant-consents")
        form = ConsentForm(recipients=recipients, today=today, named=named, initial={"granted_on": today})
        return _page(request, person, standing, form, named)
    if not recipients:
        raise AccessDenied(_("Consents are recorded by the person's own coach or coordinator."))
    form = ConsentForm(request.POST, recipients=recipients, today=today, named=named)
    if form.is_valid():
        try:
            given = services.record_ticks(
                actor=request.user,
                participant=person,
                ticks=form.ticks(),
                granted_on=form.cleaned_data["granted_on"],
                method=form.cleaned_data["method"],
                expires_on=form.cleaned_data["expires_on"],
                today=today,
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Consents recorded.") if given else _("They were on record already."))
            return redirect("participants:participant-consents", pk=pk)
    return _page(request, person, standing, form, named, status=422)


def _page(
    request: HttpRequest,
    person: Participant,
    standing: Standing,
    form: ConsentForm,
    named: list,
    *,
    preparation: PreparationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    valid = list(person.consents.valid_on(clock.today()).select_related("recorded_by"))
    recipients = consent_recipients(standing)
    context = {
        "person": person,
        "groups": consent_table(valid, recipients=recipients),
        "named": named_groups(named, valid, recipients=recipients),
        "form": form,
        "ticked": form.data.getlist("items") if form.is_bound and hasattr(form.data, "getlist") else [],
        "history": _history(person, named),
        "may_record": bool(recipients),
        "may_prepare": can_record_preparations(standing),
        "preparation": preparation or PreparationForm(initial=_dates_of(person), prefix="preparation"),
    }
    return render(request, "participants/consents.html", context, status=status)


def _history(person: Participant, named: list) -> list:
    """Every consent ever given, each saying to whom."""
    names = {one.pk: one.name for one in named}
    rows = list(person.consents.history())
    for row in rows:
        row.to_whom = names.get(row.recipient_id) or row.get_recipient_display()
    return rows


def _dates_of(person: Participant) -> dict:
    return {
        "information_confirmed_on": person.information_confirmed_on,
        "agreement_signed_on": person.agreement_signed_on,
        "version": person.version,
    }


@require_POST
def consent_revoke(request: HttpRequest, pk: int, consent_pk: int) -> HttpResponse:
    """Take one consent back; it holds from this moment."""
    person, standing = load_person(request, pk)
    if locked := gate(request, person):
        return locked
    consent = get_object_or_404(person.consents.all(), pk=consent_pk)
    if consent.recipient not in consent_recipients(standing):
        raise AccessDenied(_("This consent is recorded by the person's own coach."))
    services.revoke_consent(actor=request.user, consent=consent)
    messages.success(request, _("The consent is taken back. It holds at once."))
    return redirect("participants:participant-consents", pk=pk)


@require_POST
def participant_preparation(request: HttpRequest, pk: int) -> HttpResponse:
    """The dates of the information sheet and the agreement."""
    person, standing = load_person(request, pk)
    if locked := gate(request, person):
        return locked
    if not can_record_preparations(standing):
        raise AccessDenied(_("These dates are noted by the person's own coach or coordinator."))
    form, today = PreparationForm(request.POST, prefix="preparation"), clock.today()
    if form.is_valid():
        try:
            record_preparations(
                actor=request.user, participant_id=person.pk, today=today, **form.cleaned_data
            )
        except RecordMoved as error:
            person.refresh_from_db()
            form = PreparationForm(_with_version(request, error.current.version), prefix="preparation")
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The dates are saved."))
            return redirect("participants:participant-consents", pk=pk)
    named = named_recipients_of(person, today=today)
    fresh = ConsentForm(
        recipients=consent_recipients(standing), today=today, named=named, initial={"granted_on": today}
    )
    return _page(request, person, standing, fresh, named, preparation=form, status=422)


def _with_version(request: HttpRequest, version: int):
    data = request.POST.copy()
    data["preparation-version"] = str(version)
    return data


@require_GET
def consent_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet to go through together and sign on paper."""
    person, _standing = load_person(request, pk)
    if locked := gate(request, person):
        return locked
    record_view(actor=request.user, participant=person, page="participants:consent-sheet")
    context = {
        "person": person,
        "groups": consent_table([], recipients=tuple(CONSENT_CHOICES))
        + [
            group
            for group in named_groups(named_recipients_of(person, today=clock.today()), [], recipients=())
            if group.is_open
        ],
        "back_url": reverse("participants:participant-consents", args=[pk]),
    }
    return render(request, "participants/consent_sheet.html", context)
