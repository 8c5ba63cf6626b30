"""The agreement: having it made, seeing how it goes, previewing, downloading."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import audit
from core import clock
from core.errors import AccessDenied, DomainError
from core.work_rows import WorkState
from employers import access
from employers.agreement import agreement_html, build_agreement
from employers.models import AgreementFile, Placement
from employers.pages.placement import agreement_panel
from employers.services.agreement import WAY_OUT, request_agreement
from employers.views.placement import of_placement, require_editor
from participants.consent import ConsentMissing, require_way_out
from participants.restricted import is_locked


@require_http_methods(["GET", "POST"])
@of_placement
def agreement(request: HttpRequest, found: Placement) -> HttpResponse:
    """GET: how the agreement stands (the page asks again while it is being made). POST: have it made."""
    pk, refusal = found.pk, ""
    if request.method == "POST":
        require_editor(request, found)
        try:
            request_agreement(actor=request.user, placement_id=pk, now=clock.now(), today=clock.today())
        except DomainError as error:
            refusal = str(error)
    if not request.htmx:
        if refusal:
            messages.error(request, refusal)
        return redirect(f"{reverse('employers:placement', args=[pk])}#agreement")
    return _fragment(request, found, refusal=refusal)


def _fragment(request: HttpRequest, found: Placement, *, refusal: str) -> HttpResponse:
    today = clock.today()
    may_edit = access.can_edit_placement(request.user, found, today=today)
    context = {
        "placement": found,
        "may_edit": may_edit,
        "agreement": agreement_panel(found, may_edit=may_edit, today=today),
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render(request, "employers/_agreement.html", context, status=status)


def _require_consent(placement: Placement) -> None:
    try:
        require_way_out(code=WAY_OUT, participant=placement.participant, today=clock.today())
    except ConsentMissing as missing:
        raise AccessDenied(
            _("%(sentence)s Record the consent first, then the agreement can be shown.")
            % {"sentence": str(missing)}
        ) from missing


@require_GET
@of_placement
def agreement_preview(request: HttpRequest, found: Placement) -> HttpResponse:
    """The agreement on the screen, ready for the browser's own printing."""
    _require_consent(found)
    content = build_agreement(found)
    # our own template over a frozen dataclass, escaped there
    body = mark_safe(agreement_html(content, template="employers/pdf/_agreement_body.html"))
    audit.record(
        actor=request.user, action="agreement.previewed", obj=found, participant_id=found.participant_id
    )
    context = {
        "placement": found,
        "agreement": content,
        "body": body,
        "back_url": reverse("employers:placement", args=[found.pk]),
    }
    return render(request, "employers/agreement_preview.html", context)


@require_GET
def agreement_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Download one made agreement. The file's name tells nothing of anybody."""
    visible = AgreementFile.objects.visible_to(request.user, today=clock.today())
    row = get_object_or_404(visible.select_related("placement__participant"), pk=pk)
    if is_locked(request, row.placement.participant, now=clock.now()):
        return redirect("participants:participant-detail", pk=row.placement.participant_id)
    _require_consent(row.placement)
    if row.state != WorkState.DONE or not default_storage.exists(row.file.name):
        raise Http404
    audit.record(
        actor=request.user,
        action="agreement.downloaded",
        obj=row,
        participant_id=row.placement.participant_id,
        details={"placement": row.placement_id},
    )
    name = _("work-trial-agreement")
    return FileResponse(
        default_storage.open(row.file.name),
        as_attachment=True,
        filename=f"{name}-{row.placement_id}.pdf",
        content_type="application/pdf",
    )
