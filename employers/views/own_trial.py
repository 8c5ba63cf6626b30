"""The work trial behind the participant's personal link: telling of a concern, answering the feedback."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.errors import DomainError
from core.forms import add_domain_error
from employers.enums import ConcernSource
from employers.forms.guide import OwnConcernForm
from employers.models import EmployerFeedback, Placement
from employers.pages.own_trial import HIDDEN, own_form, own_trials
from employers.services.concerns import raise_concern
from employers.services.feedback import answer_feedback
from participants.own.visit import OwnVisit, own_page
from participants.services.personal_links import BY_LINK


@require_GET
@own_page
def trial(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """The own work trials."""
    return _page(request, visit)


@require_POST
@own_page
def concern(request: HttpRequest, visit: OwnVisit, pk: int) -> HttpResponse:
    """Tell of a concern: the coach and the coordinator get it at once."""
    placement = _own_placement(visit, pk)
    form = OwnConcernForm(request.POST, prefix=f"concern-{pk}")
    if not form.is_valid():
        return _page(request, visit, concern_form=form, status=422)
    try:
        raise_concern(
            actor=None,
            actor_label=BY_LINK,
            placement_id=placement.pk,
            source=ConcernSource.PARTICIPANT,
            raised_by_name=visit.participant.full_name,
            now=clock.now(),
            **form.cleaned_data,
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _page(request, visit, concern_form=form, status=422)
    messages.success(request, _("Thank you for telling. Your coach and the coordinator got it just now."))
    return redirect("own_trial:trial")


@require_POST
@own_page
def feedback_answer(request: HttpRequest, visit: OwnVisit, pk: int, feedback_pk: int) -> HttpResponse:
    """Agree with the workplace's feedback or not."""
    placement = _own_placement(visit, pk)
    feedback = get_object_or_404(EmployerFeedback.objects.given(), placement=placement, pk=feedback_pk)
    form = own_form(feedback, request.POST)
    if not form.is_valid():
        return _page(request, visit, feedback_form=form, status=422)
    try:
        answer_feedback(
            participant_id=visit.participant.pk,
            feedback_id=feedback.pk,
            actor_label=BY_LINK,
            now=clock.now(),
            **form.cleaned_data,
        )
    except DomainError as refusal:
        data = request.POST.copy()
        data[form.add_prefix("version")] = str(EmployerFeedback.objects.get(pk=feedback.pk).version)
        form = own_form(feedback, data)
        form.is_valid()
        add_domain_error(form, refusal)
        return _page(request, visit, feedback_form=form, status=422)
    messages.success(request, _("Thank you. Your answer is saved."))
    return redirect("own_trial:trial")


def _own_placement(visit: OwnVisit, pk: int) -> Placement:
    own = Placement.objects.filter(participant=visit.participant).exclude(state__in=HIDDEN)
    return get_object_or_404(own, pk=pk)


def _page(
    request: HttpRequest, visit: OwnVisit, *, concern_form=None, feedback_form=None, status: int = 200
) -> HttpResponse:
    """All own work trials, with the one form that was refused and everything typed in it."""
    trials = own_trials(visit.participant)
    for own in trials:
        if concern_form is not None and own.concern_form.prefix == concern_form.prefix:
            own.concern_form = concern_form
        for given in own.feedbacks:
            if feedback_form is not None and given.form.prefix == feedback_form.prefix:
                given.form = feedback_form
    return render(request, "employers/own/trial.html", {"trials": trials}, status=status)
