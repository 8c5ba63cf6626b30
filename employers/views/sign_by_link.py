"""Signing without an account: the workplace's and the authority's link, the participant's own pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from core.errors import DomainError, LinkGone
from core.forms import add_domain_error
from employers.enums import Party, SigningMethod, WorkplacePurpose
from employers.errors import SigningOver, TextChanged
from employers.forms.signing import SigningForm
from employers.links import BY_WORKPLACE_LINK, WorkplaceVisit, workplace_page
from employers.models import Signature
from employers.pages.sign import own_agreement_to_show, sign_page
from employers.services.signing import require_consents, sign
from employers.services.workplace_links import note_use
from participants.consent import ConsentMissing
from participants.own.visit import OwnVisit, own_page
from participants.services.personal_links import BY_LINK


@workplace_page(WorkplacePurpose.SIGN)
@require_http_methods(["GET", "POST"])
def sign_by_link(request: HttpRequest, visit: WorkplaceVisit) -> HttpResponse:
    """The exact text, and one press that signs it."""
    signature = _signature_of(visit)
    if request.method == "GET" or signature.signed_at:
        initial = {"signer_name": signature.signer_name, "text_hash": signature.agreement.text_hash}
        return _link_page(request, signature, SigningForm(initial=initial))
    form = SigningForm(request.POST)
    if not form.is_valid():
        return _link_page(request, signature, form, status=422)
    try:
        sign(
            signature_id=signature.pk,
            **form.cleaned_data,
            method=SigningMethod.LINK,
            actor_label=BY_WORKPLACE_LINK,
            now=clock.now(),
            today=clock.today(),
        )
    except SigningOver as over:
        raise LinkGone(str(over)) from over
    except DomainError as refusal:
        signature = _signature_of(visit)
        if isinstance(refusal, TextChanged):
            form = SigningForm({**request.POST.dict(), "text_hash": signature.agreement.text_hash})
            form.is_valid()
        add_domain_error(form, refusal)
        return _link_page(request, signature, form, status=422)
    note_use(link=visit.link, now=clock.now())
    return redirect(request.path)


def _signature_of(visit: WorkplaceVisit) -> Signature:
    """The place behind the link. What must not be shown any more is gone."""
    signature = Signature.objects.with_trial().filter(pk=visit.link.subject_id).first()
    placement = signature.agreement.placement if signature else None
    is_over = placement is None or signature.agreement.cancelled_at or not placement.is_open
    if is_over or (placement.participant.is_restricted and visit.link.email):
        raise LinkGone(
            _("This agreement is not out for signing any more. Ask the person who sent it how it stands.")
        )
    try:
        require_consents(participant=placement.participant, today=clock.today())
    except ConsentMissing as missing:
        raise LinkGone(
            _("This agreement cannot be shown now. Ask the person who sent it how it stands.")
        ) from missing
    return signature


def _link_page(request: HttpRequest, signature: Signature, form, *, status: int = 200) -> HttpResponse:
    context = {**sign_page(signature), "form": form}
    return render(request, "employers/workplace/sign.html", context, status=status)


@require_http_methods(["GET", "POST"])
@own_page
def own_agreement(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """The participant reads the exact text and signs it with one press."""
    if visit.participant.is_restricted:
        status = 200 if request.method == "GET" else 422
        return render(request, "employers/signing/own_withheld.html", status=status)
    signature = own_agreement_to_show(visit.participant)
    if signature is None:
        return render(request, "employers/signing/own_none.html")
    if request.method == "GET":
        return _own_page(request, signature)
    wanted = request.POST.get("signature", "")
    if wanted != str(signature.pk):
        problem = _(
            "The text has changed since you opened it, so nothing was signed. Read it again and then sign."
        )
        return _own_page(request, signature, problem=problem, status=422)
    try:
        sign(
            signature_id=signature.pk,
            text_hash=request.POST.get("text_hash", ""),
            method=SigningMethod.LINK,
            signer_name=visit.participant.full_name,
            actor_label=BY_LINK,
            now=clock.now(),
            today=clock.today(),
        )
    except DomainError as refusal:
        fresh = own_agreement_to_show(visit.participant) or signature
        return _own_page(request, fresh, problem=str(refusal), status=422)
    messages.success(request, _("Thank you. You have signed the agreement."))
    return redirect("own_agreement:agreement")


def _own_page(request: HttpRequest, signature: Signature, *, problem: str = "", status: int = 200):
    context = {**sign_page(signature), "problem": problem, "party": Party.PARTICIPANT}
    return render(request, "employers/signing/own_agreement.html", context, status=status)
