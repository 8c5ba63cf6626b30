"""One person in a month: goal, discussions, areas, next steps, proposal."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coaching.enums import SINGLE_DISCUSSIONS, DiscussionKind
from coaching.forms.person import ActionStepForm, DiscussionForm, GoalForm, ProposalForm
from coaching.models import ActionStep, Proposal
from coaching.pages.person import person_page
from coaching.services import person as services
from coaching.views.person_base import conflict_with, kept, load_person, person_context, saved
from core import clock
from core.errors import DomainError, StaleVersion
from core.forms import add_domain_error


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Now, next step, and everything that was written about one person in the month."""
    enrolment = load_person(request, pk)
    page = person_page(enrolment, user=request.user, today=clock.today())
    return render(request, "coaching/person.html", person_context(enrolment, page=page))


@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the goal, or its next version."""
    enrolment = load_person(request, pk)
    newest = enrolment.goals.select_related("recorded_by").order_by("-number").first()
    initial = {"text": newest.text if newest else "", "base_number": newest.number if newest else 0}
    form = GoalForm(request.POST or None, initial=initial)
    if newest is None:
        form.leave_out_the_reason()
    conflict = {}
    if request.method == "POST" and form.is_valid():
        try:
            services.write_goal(
                actor=request.user, enrolment_id=enrolment.pk, written_on=clock.today(), **form.cleaned_data
            )
        except StaleVersion as error:
            conflict = conflict_with(form, newest, ["text", "why_changed"])
            form = kept(form, base_number=newest.number)
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return saved(request, enrolment, _("The goal is saved."), "goal")
    status = 422 if request.method == "POST" else 200
    here = _("Change the goal") if newest else _("Write the goal")
    context = person_context(enrolment, form=form, newest=newest, here=here, **conflict)
    return render(request, "coaching/goal_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def discussion(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Plan or record the mid discussion, the final one, or the talk of three."""
    enrolment = load_person(request, pk)
    if kind not in SINGLE_DISCUSSIONS:
        raise Http404
    talk = enrolment.discussions.select_related("recorded_by").filter(kind=kind).first()
    form = DiscussionForm(
        request.POST or None, instance=talk, initial={"base_version": talk.version if talk else 0}
    )
    conflict = {}
    if request.method == "POST" and form.is_valid():
        try:
            services.save_discussion(
                actor=request.user,
                enrolment_id=enrolment.pk,
                kind=kind,
                base_version=form.cleaned_data["base_version"],
                today=clock.today(),
                **form.values(),
            )
        except StaleVersion as error:
            theirs = enrolment.discussions.select_related("recorded_by").get(kind=kind)
            conflict = conflict_with(form, theirs)
            form = kept(form, base_version=theirs.version)
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return saved(request, enrolment, _("The discussion is saved."), "discussions")
    page = person_page(enrolment, user=request.user, today=clock.today())
    label = DiscussionKind(kind).label
    context = person_context(
        enrolment, form=form, kind_label=label, here=capfirst(label), page=page, kind=kind, **conflict
    )
    return render(
        request, "coaching/discussion_form.html", context, status=422 if request.method == "POST" else 200
    )


@require_http_methods(["GET", "POST"])
def action_step(request: HttpRequest, pk: int, step_pk: int | None = None) -> HttpResponse:
    """Add a next step, or change one."""
    enrolment = load_person(request, pk)
    step = get_object_or_404(ActionStep, enrolment=enrolment, pk=step_pk) if step_pk else None
    form = ActionStepForm(request.POST or None, instance=step)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_action_step(
                actor=request.user, enrolment_id=enrolment.pk, step_id=step_pk, **form.cleaned_data
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return saved(request, enrolment, _("The next step is saved."), "next-steps")
    status = 422 if request.method == "POST" else 200
    here = _("Edit the next step") if step else _("Add a next step")
    context = person_context(enrolment, form=form, step=step, here=here)
    return render(request, "coaching/action_step_form.html", context, status=status)


@require_POST
def action_step_done(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """Mark a next step done, or open again."""
    enrolment = load_person(request, pk)
    get_object_or_404(ActionStep, enrolment=enrolment, pk=step_pk)
    step = services.complete_action_step(
        actor=request.user, enrolment_id=enrolment.pk, step_id=step_pk, today=clock.today()
    )
    sentence = _("Well done: the step is marked done.") if step.done_on else _("The step is open again.")
    return saved(request, enrolment, sentence, "next-steps")


@require_POST
def action_step_remove(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """Take away a next step that was written by mistake."""
    enrolment = load_person(request, pk)
    services.remove_action_step(actor=request.user, enrolment_id=enrolment.pk, step_id=step_pk)
    return saved(request, enrolment, _("The next step is removed."), "next-steps")


@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What is proposed to be decided in the discussion of three."""
    enrolment = load_person(request, pk)
    current = Proposal.objects.select_related("recorded_by").filter(enrolment=enrolment).first()
    form = ProposalForm(
        request.POST or None, instance=current, initial={"base_version": current.version if current else 0}
    )
    conflict = {}
    if request.method == "POST" and form.is_valid():
        try:
            services.save_proposal(
                actor=request.user,
                enrolment_id=enrolment.pk,
                base_version=form.cleaned_data["base_version"],
                **form.values(),
            )
        except StaleVersion as error:
            theirs = Proposal.objects.select_related("recorded_by").get(enrolment=enrolment)
            conflict = conflict_with(form, theirs)
            form = kept(form, base_version=theirs.version)
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return saved(request, enrolment, _("The proposal is saved."), "proposal")
    context = person_context(enrolment, form=form, here=_("Proposal for a decision"), **conflict)
    return render(
        request, "coaching/proposal_form.html", context, status=422 if request.method == "POST" else 200
    )
