"""What came after a work trial, and the earlier ones that the person told of."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.errors import DomainError
from core.forms import add_domain_error
from employers.forms import ContinuationForm, EarlierTrialForm
from employers.models import EarlierTrial, Placement
from employers.services.continuation import record_continuation
from employers.services.earlier_trials import (
    FIELDS,
    add_earlier_trial,
    change_earlier_trial,
    remove_earlier_trial,
)
from employers.views.placement import of_placement, require_editor, show_placement


@require_POST
@of_placement
def continuation(request: HttpRequest, found: Placement) -> HttpResponse:
    """Note what came after the work trial."""
    require_editor(request, found)
    form = ContinuationForm(request.POST, auto_id="continuation_%s")
    if not form.is_valid():
        return show_placement(request, found, continuation_form=form, status=422)
    values = form.cleaned_data
    try:
        record_continuation(
            actor=request.user,
            placement_id=found.pk,
            version=values["version"],
            continuation=values["continuation"],
            starts_on=values["continuation_starts_on"],
            trial_period_ends_on=values["trial_period_ends_on"],
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return show_placement(request, found, continuation_form=form, status=422)
    messages.success(request, _("Noted."))
    return redirect("employers:placement", pk=found.pk)


@require_POST
@of_placement
def earlier_add(request: HttpRequest, found: Placement) -> HttpResponse:
    """Note an earlier work trial that the person told of."""
    require_editor(request, found)
    form = EarlierTrialForm(request.POST, auto_id="earlier_%s")
    if not form.is_valid():
        return show_placement(request, found, earlier_form=form, status=422)
    try:
        add_earlier_trial(
            actor=request.user,
            participant_id=found.participant_id,
            fields=form.cleaned_data,
            today=clock.today(),
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return show_placement(request, found, earlier_form=form, status=422)
    messages.success(request, _("Saved."))
    return redirect("employers:placement", pk=found.pk)


def _earlier_of(found: Placement, trial_pk: int) -> EarlierTrial:
    trial = EarlierTrial.objects.filter(pk=trial_pk, participant=found.participant_id).first()
    if trial is None:
        raise Http404
    return trial


@require_http_methods(["GET", "POST"])
@of_placement
def earlier_edit(request: HttpRequest, found: Placement, trial_pk: int) -> HttpResponse:
    """Correct what the person told."""
    require_editor(request, found)
    trial = _earlier_of(found, trial_pk)
    if request.method == "GET":
        form = EarlierTrialForm(initial={name: getattr(trial, name) for name in FIELDS})
        return _earlier_page(request, found, trial, form)
    form = EarlierTrialForm(request.POST)
    if not form.is_valid():
        return _earlier_page(request, found, trial, form, status=422)
    try:
        change_earlier_trial(
            actor=request.user, trial_id=trial.pk, fields=form.cleaned_data, today=clock.today()
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _earlier_page(request, found, trial, form, status=422)
    messages.success(request, _("Saved."))
    return redirect("employers:placement", pk=found.pk)


def _earlier_page(request: HttpRequest, found: Placement, trial: EarlierTrial, form, *, status: int = 200):
    context = {"placement": found, "trial": trial, "form": form}
    return render(request, "employers/trial/earlier_form.html", context, status=status)


@require_POST
@of_placement
def earlier_remove(request: HttpRequest, found: Placement, trial_pk: int) -> HttpResponse:
    """Remove one that was noted wrongly; pressing twice is harmless."""
    require_editor(request, found)
    trial = EarlierTrial.objects.filter(pk=trial_pk).first()
    if trial is not None and trial.participant_id != found.participant_id:
        raise Http404
    remove_earlier_trial(actor=request.user, trial_id=trial_pk)
    messages.success(request, _("Removed."))
    return redirect("employers:placement", pk=found.pk)
