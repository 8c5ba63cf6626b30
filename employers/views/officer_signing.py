"""The TE officer signs for the authority with the own account."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import audit
from accounts.enums import Role
from core import clock
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error
from employers.enums import SigningMethod
from employers.forms.signing import ReasonForm, SigningForm
from employers.models import Signature
from employers.pages.officer import agreements_to_sign as waiting_for
from employers.pages.sign import sign_page
from employers.services.signing import require_consents, sign
from participants.consent import ConsentMissing
from participants.restricted import is_locked, unlock


def _require_officer(request: HttpRequest) -> None:
    if request.user.role != Role.TE_OFFICER:
        raise AccessDenied(_("Agreements are signed here by the authority's officers."))


@require_GET
def agreements_to_sign(request: HttpRequest) -> HttpResponse:
    """The agreements that wait for this officer, and those signed lately."""
    _require_officer(request)
    waiting = waiting_for(request.user, today=clock.today())
    signed = Signature.objects.for_officer(request.user).with_trial().filter(signed_at__isnull=False)
    context = {"waiting": waiting, "signed": list(signed.order_by("-signed_at", "-id")[:20])}
    return render(request, "employers/signing/to_sign.html", context)


@require_http_methods(["GET", "POST"])
def officer_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The exact text, and one press that signs it. A protected person's opens with a reason."""
    found = Signature.objects.for_officer(request.user).with_trial()
    signature = get_object_or_404(found, pk=pk)
    placement = signature.agreement.placement
    try:
        require_consents(participant=placement.participant, today=clock.today())
    except ConsentMissing as missing:
        raise AccessDenied(
            _("This agreement cannot be shown now: %(why)s") % {"why": str(missing)}
        ) from missing
    if is_locked(request, placement.participant, now=clock.now()):
        return _ask_why(request, signature)
    if request.method == "GET":
        _note_opening(request, signature, reason="")
        initial = {"signer_name": request.user.full_name, "signer_title": request.user.title}
        return _page(request, signature, _hidden_name(SigningForm(initial=initial)))
    form = SigningForm({**request.POST.dict(), "signer_name": request.user.full_name})
    if not form.is_valid():
        return _page(request, signature, _hidden_name(form), status=422)
    try:
        sign(
            signature_id=pk,
            **form.cleaned_data,
            method=SigningMethod.ACCOUNT,
            actor=request.user,
            now=clock.now(),
            today=clock.today(),
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _page(request, signature, _hidden_name(form), status=422)
    messages.success(request, _("You have signed the agreement."))
    return redirect("employers:agreements-to-sign")


def _hidden_name(form: SigningForm) -> SigningForm:
    """The officer signs as the account says."""
    form.fields["signer_name"].widget = forms.HiddenInput()
    return form


def _ask_why(request: HttpRequest, signature: Signature) -> HttpResponse:
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if form.is_bound and form.is_valid():
        unlock(request, signature.agreement.placement.participant, now=clock.now())
        _note_opening(request, signature, reason=form.cleaned_data["reason"])
        return redirect("employers:officer-sign", pk=signature.pk)
    status = 200 if request.method == "GET" else 422
    return render(request, "employers/signing/officer_locked.html", {"form": form}, status=status)


def _note_opening(request: HttpRequest, signature: Signature, *, reason: str) -> None:
    audit.record(
        actor=request.user,
        action="signature.page_opened",
        obj=signature,
        participant_id=signature.agreement.placement.participant_id,
        reason=reason,
    )


def _page(request: HttpRequest, signature: Signature, form, *, status: int = 200) -> HttpResponse:
    context = {**sign_page(signature), "form": form}
    return render(request, "employers/signing/officer_sign.html", context, status=status)
