"""What staff do with the guide's link and with concerns, from the work trial's page."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error
from employers import access
from employers.enums import ConcernSource
from employers.forms.guide import HandleConcernForm, StaffConcernForm
from employers.models import Concern, Placement
from employers.pages.concerns import concerns_section
from employers.pages.guide_link import unmarked_days
from employers.pages.placement import enrolment_of
from employers.services import guide_hours as services
from employers.services.concerns import handle_concern, raise_concern
from employers.services.workplace_links import GivenWorkplaceLink
from employers.views.placement import of_placement, show_placement


@require_POST
@of_placement
def guide_link(request: HttpRequest, found: Placement) -> HttpResponse:
    """Give, remind of or take back the guide's link: `do` is mail, show, remind or revoke."""
    today, now, do = clock.today(), clock.now(), request.POST.get("do", "")
    if not access.can_give_guide_link(request.user, found, today=today):
        raise AccessDenied(_("The month's coach and its coordinator give the guide's link."))
    common = {"actor": request.user, "placement_id": found.pk, "now": now}
    try:
        if do == "show":
            given = services.give_hours_link(by_mail=False, **common)
            return show_given_link(request, given, back=_section(found, "days"))
        if do == "mail":
            services.give_hours_link(by_mail=True, **common)
            messages.success(request, _("The link is on its way."))
        elif do == "remind":
            enrolment = enrolment_of(found)
            unmarked = unmarked_days(found, enrolment, today=today) if enrolment else 0
            services.remind_of_hours(unmarked=unmarked, **common)
            messages.success(request, _("The reminder is on its way."))
        elif do == "revoke":
            ended = services.revoke_hours_link(**common)
            messages.success(
                request, _("The link no longer works.") if ended else _("There was no link to take back.")
            )
        else:
            raise DomainError(_("Choose what to do with the link."))
    except DomainError as refusal:
        return show_placement(request, found, guide_problem=str(refusal), status=422)
    return redirect(_section(found, "days"))


def show_given_link(request: HttpRequest, given: GivenWorkplaceLink, *, back: str) -> HttpResponse:
    """A fresh link on a page for paper, with a QR code; shown this once."""
    code = segno.make(given.address, error="m", micro=False)
    context = {
        "link": given.link,
        "address": given.address,
        "valid_until": given.link.token.expires_at,
        "qr_code": code.svg_data_uri(scale=5, border=4, dark="#000", light="#fff"),
        "back_url": back,
    }
    with translation.override(given.link.language):
        response = render(request, "employers/workplace/link_print.html", context)
    response["Referrer-Policy"] = "strict-origin"
    return response


@require_POST
@of_placement
def concern_new(request: HttpRequest, found: Placement) -> HttpResponse:
    """One of us writes a concern down."""
    today = clock.today()
    if not access.can_handle_concern(request.user, found, today=today):
        raise AccessDenied(_("The month's coach and its coordinator write concerns down and answer them."))
    form = StaffConcernForm(request.POST)
    section = concerns_section(found, user=request.user, today=today)
    section.raise_form = form
    if not form.is_valid():
        return show_placement(request, found, concerns=section, status=422)
    try:
        raise_concern(
            actor=request.user,
            placement_id=found.pk,
            source=ConcernSource.STAFF,
            now=clock.now(),
            **form.cleaned_data,
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return show_placement(request, found, concerns=section, status=422)
    messages.success(request, _("The concern is noted, and the others responsible have been told."))
    return redirect(_section(found, "concerns"))


@require_POST
@of_placement
def concern_handle(request: HttpRequest, found: Placement, concern_pk: int) -> HttpResponse:
    """Answer a concern of this work trial."""
    today = clock.today()
    concern = get_object_or_404(Concern, placement=found, pk=concern_pk)
    if not access.can_handle_concern(request.user, found, today=today):
        raise AccessDenied(_("The month's coach and its coordinator write concerns down and answer them."))
    form = HandleConcernForm(request.POST, prefix=f"answer-{concern.pk}")
    section = concerns_section(found, user=request.user, today=today)
    section.answer_form, section.answered_id = form, concern.pk
    if not form.is_valid():
        return show_placement(request, found, concerns=section, status=422)
    try:
        handle_concern(actor=request.user, concern_id=concern.pk, now=clock.now(), **form.cleaned_data)
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return show_placement(request, found, concerns=section, status=422)
    messages.success(request, _("The answer is saved."))
    return redirect(_section(found, "concerns"))


def _section(placement: Placement, anchor: str) -> str:
    return f"{reverse('employers:placement', args=[placement.pk])}#{anchor}"
