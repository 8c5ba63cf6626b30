"""Next steps: what, how, who, by when, and what came of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coaching.forms.action_steps import ActionStepForm, StepDoneForm
from coaching.models import ActionStep
from coaching.services import action_steps as services
from coaching.views.loading import posted
from coaching.views.person_base import (
    act,
    load_person,
    person_context,
    posted_version,
    saved,
    stale_form,
)
from core import clock
from core.errors import DomainError, StaleVersion
from core.forms import add_domain_error


@require_http_methods(["GET", "POST"])
def action_step(request: HttpRequest, pk: int, step_pk: int | None = None) -> HttpResponse:
    """Add a next step, or change one."""
    enrolment = load_person(request, pk)
    step = get_object_or_404(ActionStep, enrolment=enrolment, pk=step_pk) if step_pk else None
    form = ActionStepForm(
        posted(request), instance=step, initial={"base_version": step.version if step else 0}
    )
    conflict = {}
    if request.method == "POST" and form.is_valid():
        try:
            services.save_action_step(
                actor=request.user,
                enrolment_id=enrolment.pk,
                step_id=step_pk,
                base_version=form.cleaned_data["base_version"],
                **form.values(),
            )
        except StaleVersion as error:
            theirs = ActionStep.objects.select_related("recorded_by").filter(pk=step_pk).first()
            form, conflict = stale_form(form, theirs, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return saved(request, enrolment, _("The next step is saved."), "next-steps")
    status = 422 if request.method == "POST" else 200
    here = _("Edit the next step") if step else _("Add a next step")
    context = person_context(enrolment, form=form, step=step, here=here, **conflict)
    return render(request, "coaching/action_step_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def action_step_done(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """Mark a next step done, with what came of it."""
    enrolment = load_person(request, pk)
    step = get_object_or_404(ActionStep, enrolment=enrolment, pk=step_pk)
    initial = {"result": step.result, "done_on": step.done_on or clock.today()}
    form = StepDoneForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.complete_action_step(
                actor=request.user,
                enrolment_id=enrolment.pk,
                step_id=step_pk,
                today=clock.today(),
                **form.cleaned_data,
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return saved(request, enrolment, _("Well done: the step is marked done."), "next-steps")
    status = 422 if request.method == "POST" else 200
    context = person_context(enrolment, form=form, step=step, here=_("Mark the step done"))
    return render(request, "coaching/action_step_done.html", context, status=status)


@require_POST
def action_step_reopen(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """Open a step again that was marked done."""
    enrolment = load_person(request, pk)
    get_object_or_404(ActionStep, enrolment=enrolment, pk=step_pk)

    def reopen() -> str:
        services.reopen_action_step(actor=request.user, enrolment_id=enrolment.pk, step_id=step_pk)
        return _("The step is open again.")

    return act(request, enrolment, reopen, "next-steps")


@require_POST
def action_step_remove(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """Take away a next step that was written by mistake."""
    enrolment = load_person(request, pk)

    def remove() -> str:
        services.remove_action_step(
            actor=request.user,
            enrolment_id=enrolment.pk,
            step_id=step_pk,
            base_version=posted_version(request),
        )
        return _("The next step is removed.")

    return act(request, enrolment, remove, "next-steps")
