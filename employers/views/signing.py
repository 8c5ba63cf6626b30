"""The signing on the coordinator's side: sent out, asked again, shown, on paper, cancelled."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import audit
from core import clock
from core.errors import DomainError
from core.forms import add_domain_error
from employers import access
from employers.agreement import build_agreement, content_hash, load_for_agreement, signable_text
from employers.enums import BEGUN_STATES, Party
from employers.forms.signing import AskingForm, PaperForm, ReasonForm
from employers.models import Placement, Signature
from employers.pages.signing import first_askings, party_states, signatures_by_trial
from employers.services import signing as services
from employers.services import signing_links, signing_paper
from employers.services.unsigned_start import start_unsigned
from employers.views.placement import of_placement, require_editor
from participants.consent import ConsentMissing
from participants.restricted import is_locked


@require_GET
@of_placement
def signing(request: HttpRequest, found: Placement) -> HttpResponse:
    """How the signing stands, and everything that is done about it."""
    audit.record(
        actor=request.user, action="placement.viewed", obj=found, participant_id=found.participant_id
    )
    return _page(request, found)


def _page(request: HttpRequest, found: Placement, *, status: int = 200, **forms) -> HttpResponse:
    now, today = clock.now(), clock.today()
    signatures = signatures_by_trial([found]).get(found.pk, [])
    states = party_states(found, signatures, now=now)
    may_edit = access.can_edit_placement(request.user, found, today=today)
    missing = [state.party for state in states if not (state.signature and state.signature.signed_at)]
    content = build_agreement(found)
    can_be_sent = found.state in services.SIGNED_IN
    consent = ""
    try:
        services.require_consents(participant=found.participant, today=today)
    except ConsentMissing as refusal:
        consent = str(refusal)
    text_hash = signatures[0].agreement.text_hash if signatures else content_hash(signable_text(content))
    context = {
        "placement": found,
        "states": states,
        "agreement": content,
        "is_sent": bool(signatures),
        "is_signed": bool(signatures) and not missing,
        "opened": signatures[0].agreement if signatures else None,
        "cancelled": found.agreements.filter(cancelled_at__isnull=False).order_by("-cancelled_at")[:5],
        "may_edit": may_edit,
        "can_be_sent": can_be_sent,
        "consent": consent,
        "remindable": [state.signature.pk for state in states if state.remindable],
        "can_note_paper": missing and (can_be_sent or found.state in BEGUN_STATES),
        "send_forms": forms.get("send_forms") or _send_forms(found),
        "asked_form": forms.get("asked_form"),
        "paper_form": forms.get("paper_form")
        or PaperForm(
            missing=missing,
            today=today,
            initial={
                "text_hash": text_hash,
                "parties": missing,
                **{f"name_{block.party}": block.name for block in content.signatures},
            },
        ),
        "cancel_form": forms.get("cancel_form") or ReasonForm(auto_id="cancel_%s"),
        "start_form": forms.get("start_form")
        or ReasonForm(auto_id="start_%s", initial={"version": found.version}),
        "can_start_unsigned": may_edit
        and found.state == "planned"
        and bool(missing)
        and found.starts_on <= today,
        "problem": forms.get("problem", ""),
        "back_url": reverse("employers:placement", args=[found.pk]),
    }
    return render(request, "employers/signing/signing.html", context, status=status)


def _send_forms(found: Placement, data=None) -> list[AskingForm]:
    has_officer = signing_links.officer_of(found) is not None
    proposed = first_askings(found)
    return [
        AskingForm(
            data, party=party, placement=found, has_officer=has_officer, initial=proposed[Party(party)]
        )
        for party in Party.values
    ]


@require_POST
@of_placement
def signing_send(request: HttpRequest, found: Placement) -> HttpResponse:
    """Write the text down and ask all three for their signatures."""
    require_editor(request, found)
    forms = _send_forms(found, request.POST)
    checked = [form.is_valid() for form in forms]  # all of them, so that each shows what is wrong
    if not all(checked):
        return _page(request, found, send_forms=forms, status=422)
    try:
        signing_links.send_for_signing(
            actor=request.user,
            placement_id=found.pk,
            askings={form.party: form.asking() for form in forms},
            now=clock.now(),
            today=clock.today(),
        )
    except DomainError as refusal:
        at = next((form for form in forms if form.party == refusal.field), None)
        if at is not None:
            at.add_error("method", str(refusal))
            return _page(request, found, send_forms=forms, status=422)
        return _page(request, found, send_forms=forms, problem=str(refusal), status=422)
    messages.success(request, _("The agreement is out for signing."))
    return redirect("employers:signing", pk=found.pk)


@require_POST
@of_placement
def signing_paper_note(request: HttpRequest, found: Placement) -> HttpResponse:
    """Record the signatures of one scanned paper."""
    require_editor(request, found)
    signatures = signatures_by_trial([found]).get(found.pk, [])
    signed = {row.party for row in signatures if row.signed_at}
    missing = [party for party in Party.values if party not in signed]
    if not missing:
        messages.info(request, _("All have signed."))
        return redirect("employers:signing", pk=found.pk)
    form = PaperForm(request.POST, request.FILES, missing=missing, today=clock.today())
    if not form.is_valid():
        return _page(request, found, paper_form=form, status=422)
    values = form.cleaned_data
    try:
        noted = signing_paper.record_paper(
            actor=request.user,
            placement_id=found.pk,
            names=form.names(),
            signed_on=values["signed_on"],
            scan=values["scan"].read(),
            text_hash=values["text_hash"],
            now=clock.now(),
            today=clock.today(),
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _page(request, load_for_agreement(found.pk), paper_form=form, status=422)
    if noted:
        messages.success(request, _("The signatures are recorded."))
    return redirect("employers:signing", pk=found.pk)


@require_POST
@of_placement
def signing_cancel(request: HttpRequest, found: Placement) -> HttpResponse:
    """Take the agreement back with its signatures."""
    require_editor(request, found)
    form = ReasonForm(request.POST, auto_id="cancel_%s")
    if not form.is_valid():
        return _page(request, found, cancel_form=form, status=422)
    try:
        services.cancel_agreement(
            actor=request.user,
            placement_id=found.pk,
            reason=form.cleaned_data["reason"],
            now=clock.now(),
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _page(request, found, cancel_form=form, status=422)
    messages.success(request, _("The agreement is cancelled, and its signatures hold no more."))
    return redirect("employers:signing", pk=found.pk)


@require_POST
@of_placement
def signing_start(request: HttpRequest, found: Placement) -> HttpResponse:
    """Start the work trial although a signature is missing, with a reason."""
    require_editor(request, found)
    form = ReasonForm(request.POST, auto_id="start_%s")
    if not form.is_valid():
        return _page(request, found, start_form=form, status=422)
    try:
        start_unsigned(
            actor=request.user,
            placement_id=found.pk,
            version=form.cleaned_data["version"] or 0,
            reason=form.cleaned_data["reason"],
            today=clock.today(),
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _page(request, load_for_agreement(found.pk), start_form=form, status=422)
    messages.success(request, _("The work trial has started. It stays on the desk until all have signed."))
    return redirect("employers:placement", pk=found.pk)


def of_signature(view):
    """`view(request, signature, placement)` of a signature whose work trial the user may see."""

    def loaded(request: HttpRequest, pk: int) -> HttpResponse:
        visible = Signature.objects.visible_to(request.user, today=clock.today())
        signature = get_object_or_404(visible.select_related("agreement"), pk=pk)
        placement = load_for_agreement(signature.agreement.placement_id)
        if is_locked(request, placement.participant, now=clock.now()):
            return redirect("participants:participant-detail", pk=placement.participant_id)
        return view(request, signature, placement)

    loaded.__name__, loaded.__doc__ = view.__name__, view.__doc__
    return loaded


@require_http_methods(["GET", "POST"])
@of_signature
def signature_ask(request: HttpRequest, signature: Signature, placement: Placement) -> HttpResponse:
    """Ask one party again: somebody else, another address, on paper."""
    require_editor(request, placement)
    has_officer = signing_links.officer_of(placement) is not None
    initial = {
        "method": signature.asked_by,
        "contact_person": signature.contact_person_id,
        "name": signature.signer_name,
        "email": signature.email,
    }
    data = request.POST if request.method == "POST" else None
    form = AskingForm(
        data, party=signature.party, placement=placement, has_officer=has_officer, initial=initial
    )
    context = {
        "placement": placement,
        "signature": signature,
        "form": form,
        "label": Party(signature.party).label,
        "back_url": reverse("employers:signing", args=[placement.pk]),
    }
    if request.method == "GET":
        return render(request, "employers/signing/ask.html", context)
    if form.is_valid():
        try:
            signing_links.ask_otherwise(
                actor=request.user,
                signature_id=signature.pk,
                asking=form.asking(),
                now=clock.now(),
                today=clock.today(),
            )
        except DomainError as refusal:
            form.add_error("method" if refusal.field == signature.party else None, str(refusal))
        else:
            messages.success(request, _("Noted."))
            return redirect("employers:signing", pk=placement.pk)
    return render(request, "employers/signing/ask.html", context, status=422)


@require_POST
@of_signature
def signature_link(request: HttpRequest, signature: Signature, placement: Placement) -> HttpResponse:
    """A new link with its QR code, for the phone at a visit; shown this once."""
    require_editor(request, placement)
    try:
        given = signing_links.show_link(
            actor=request.user, signature_id=signature.pk, now=clock.now(), today=clock.today()
        )
    except DomainError as refusal:
        return _page(request, placement, problem=str(refusal), status=422)
    qr_code = segno.make(given.address, error="m", micro=False)
    context = {
        "address": given.address,
        "valid_until": given.link.token.expires_at,
        "qr_code": qr_code.svg_data_uri(scale=5, border=4, dark="#000", light="#fff"),
        "back_url": reverse("employers:signing", args=[placement.pk]),
    }
    with translation.override(given.link.language):
        response = render(request, "employers/signing/link_print.html", context)
    response["Referrer-Policy"] = "strict-origin"
    return response


@require_GET
@of_signature
def signature_scan(request: HttpRequest, signature: Signature, placement: Placement) -> HttpResponse:
    """Download the scan of a paper. The file's name tells nothing of anybody."""
    if not signature.scan or not default_storage.exists(signature.scan.name):
        raise Http404
    audit.record(
        actor=request.user,
        action="signature.scan_downloaded",
        obj=signature,
        participant_id=placement.participant_id,
        details={"placement": placement.pk},
    )
    ending = signature.scan.name.rpartition(".")[2]
    response = FileResponse(
        default_storage.open(signature.scan.name),
        as_attachment=True,
        filename=f"{_('signed-agreement')}-{placement.pk}.{ending}",
        content_type=signing_paper.CONTENT_TYPES.get(ending, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
