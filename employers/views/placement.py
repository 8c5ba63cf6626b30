"""A work trial's page and its moves."""

from __future__ import annotations

import datetime as dt
import functools

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import audit
from core import clock
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error
from employers import access
from employers.agreement import load_for_agreement
from employers.forms import MoveForm
from employers.models import Placement
from employers.pages.placement import placement_page
from employers.placement_states import transition_for
from employers.services.placement_moves import move_placement
from participants.restricted import is_locked


def of_placement(view):
    """`view(request, found, …)` of a work trial that the user may see: 404 for strangers. A protected
    person's work trial opens like the person's file, with a reason given on the person's page."""

    @functools.wraps(view)
    def loaded(request: HttpRequest, pk: int, **kwargs) -> HttpResponse:
        visible = Placement.objects.visible_to(request.user, today=clock.today())
        if not visible.filter(pk=pk).exists():
            raise Http404
        found = load_for_agreement(pk)
        if is_locked(request, found.participant, now=clock.now()):
            return redirect("participants:participant-detail", pk=found.participant_id)
        return view(request, found, **kwargs)

    return loaded


def require_editor(request: HttpRequest, placement: Placement) -> None:
    """Raises AccessDenied for who reads only."""
    if not access.can_edit_placement(request.user, placement, today=clock.today()):
        raise AccessDenied(_("The month's coordinator makes and changes its work trials."))


@require_GET
@of_placement
def placement(request: HttpRequest, found: Placement) -> HttpResponse:
    """One work trial. Opening it is opening a person's file: it is on the audit trail."""
    audit.record(
        actor=request.user, action="placement.viewed", obj=found, participant_id=found.participant_id
    )
    return show_placement(request, found)


def show_placement(request: HttpRequest, found: Placement, *, status: int = 200, **more) -> HttpResponse:
    """The page of a work trial; `more` are forms that came back with what was typed."""
    week = monday_in(request.GET.get("week", ""))
    context = placement_page(found, user=request.user, today=clock.today(), open_week=week, **more)
    return render(request, "employers/placement.html", context, status=status)


def monday_in(text: str) -> dt.date | None:
    """The Monday that an address names."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.weekday() == 0 else None


@require_POST
@of_placement
def placement_move(request: HttpRequest, found: Placement) -> HttpResponse:
    """Move the work trial to another state."""
    require_editor(request, found)
    target = request.POST.get("target", "")[:20]
    transition = transition_for(found.state, target, role=request.user.role)
    form = MoveForm(request.POST, transition=transition, auto_id=f"move_{target}_%s")
    if not form.is_valid():
        return show_placement(request, found, move_form=form, status=422)
    values = form.cleaned_data
    try:
        move_placement(
            actor=request.user,
            placement_id=found.pk,
            target=values["target"],
            version=values["version"],
            reason=values["reason"],
            last_day=values["last_day"],
            cause=values["end_cause"],
            decision=values["end_decision"],
            today=clock.today(),
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return show_placement(request, found, move_form=form, status=422)
    messages.success(request, _("Noted."))
    return redirect("employers:placement", pk=found.pk)
