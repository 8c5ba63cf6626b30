"""Starting a work trial without an opening talk: the reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error
from employers.access import can_edit_placement
from employers.forms.visit import NoOpeningTalkForm
from employers.models import Placement
from employers.services import visit as services
from employers.views.placement import of_placement


@require_http_methods(["GET", "POST"])
@of_placement
def no_opening_talk(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Note why the work trial starts without its opening talk."""
    if not can_edit_placement(request.user, placement, today=clock.today()):
        raise AccessDenied(_("The month's coordinator makes and changes its work trials."))
    if request.method == "GET":
        return _page(
            request, placement, NoOpeningTalkForm(initial={"reason": placement.no_opening_talk_reason})
        )
    form = NoOpeningTalkForm(request.POST)
    if form.is_valid():
        try:
            services.explain_missing_talk(
                actor=request.user, placement_id=placement.pk, reason=form.cleaned_data["reason"]
            )
        except DomainError as refusal:
            add_domain_error(form, refusal)
    if form.errors:
        return _page(request, placement, form, status=422)
    messages.success(request, _("Noted."))
    return redirect(f"{reverse('employers:placement', args=[placement.pk])}#visits")


def _page(request: HttpRequest, placement: Placement, form, *, status: int = 200) -> HttpResponse:
    context = {"placement": placement, "form": form}
    return render(request, "employers/visit/no_opening.html", context, status=status)
