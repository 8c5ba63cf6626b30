"""What the person wants: the goal, goals in areas, alternatives."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coaching.enums import SubGoalState
from coaching.forms.goal import AlternativeForm, GoalForm, SubGoalForm
from coaching.goal_prompts import goal_prompts
from coaching.models import SubGoal
from coaching.services import goal as services
from coaching.views.loading import posted
from coaching.views.person_base import (
    act,
    conflict_with,
    kept,
    load_person,
    person_context,
    saved,
    stale_form,
)
from core import clock
from core.errors import DomainError, StaleVersion
from core.forms import add_domain_error


@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the goal, or its next version. The button "look at the questions" saves nothing: it asks the
    friendly questions about what was typed so far."""
    enrolment = load_person(request, pk)
    newest = enrolment.goals.select_related("recorded_by").order_by("-number").first()
    initial = {"text": newest.text if newest else "", "base_number": newest.number if newest else 0}
    form = GoalForm(posted(request), initial=initial)
    if newest is None:
        form.leave_out_the_reason()
    only_asks = request.method == "POST" and "ask" in request.POST
    conflict = {}
    if request.method == "POST" and form.is_valid() and not only_asks:
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
    if only_asks:
        form = GoalForm(initial={name: request.POST.get(name, "") for name in form.fields})
        if newest is None:
            form.leave_out_the_reason()
    text = request.POST.get("text", "") if request.method == "POST" else initial["text"]
    context = person_context(
        enrolment,
        form=form,
        newest=newest,
        here=_("Change the goal") if newest else _("Write the goal"),
        prompts=goal_prompts(text),
        is_unsaved=only_asks,
        **conflict,
    )
    status = 422 if request.method == "POST" and not only_asks else 200
    return render(request, "coaching/goal_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def sub_goal(request: HttpRequest, pk: int, sub_goal_pk: int | None = None) -> HttpResponse:
    """Add a goal in one of the five areas, or change one."""
    enrolment = load_person(request, pk)
    row = get_object_or_404(SubGoal, enrolment=enrolment, pk=sub_goal_pk) if sub_goal_pk else None
    area = request.GET.get("area", "")
    initial = {"base_version": row.version} if row else {"base_version": 0, "area": area}
    form = SubGoalForm(posted(request), instance=row, initial=initial)
    conflict = {}
    if request.method == "POST" and form.is_valid():
        try:
            services.save_sub_goal(
                actor=request.user,
                enrolment_id=enrolment.pk,
                sub_goal_id=sub_goal_pk,
                today=clock.today(),
                **form.cleaned_data,
            )
        except StaleVersion as error:
            theirs = SubGoal.objects.select_related("recorded_by").filter(pk=sub_goal_pk).first()
            form, conflict = stale_form(form, theirs, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return saved(request, enrolment, _("The goal of the area is saved."), "sub-goals")
    here = _("Edit a goal of an area") if row else _("Add a goal of an area")
    context = person_context(enrolment, form=form, here=here, **conflict)
    status = 422 if request.method == "POST" else 200
    return render(request, "coaching/person_simple_form.html", context, status=status)


@require_POST
def sub_goal_move(request: HttpRequest, pk: int, sub_goal_pk: int) -> HttpResponse:
    """A goal of an area is reached, set aside, or taken up again."""
    enrolment = load_person(request, pk)
    get_object_or_404(SubGoal, enrolment=enrolment, pk=sub_goal_pk)

    def move() -> str:
        row = services.move_sub_goal(
            actor=request.user,
            enrolment_id=enrolment.pk,
            sub_goal_id=sub_goal_pk,
            state=request.POST.get("state", ""),
            today=clock.today(),
        )
        return {
            SubGoalState.REACHED: _("Well done: the goal is reached."),
            SubGoalState.SET_ASIDE: _("The goal is set aside. It is kept here."),
            SubGoalState.OPEN: _("The goal is under way again."),
        }[SubGoalState(row.state)]

    return act(request, enrolment, move, "sub-goals")


@require_http_methods(["GET", "POST"])
def alternative_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep another way in mind beside the goal."""
    enrolment = load_person(request, pk)
    form = AlternativeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.add_alternative(
                actor=request.user, enrolment_id=enrolment.pk, text=form.cleaned_data["text"]
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return saved(request, enrolment, _("The alternative is kept in mind."), "goal")
    context = person_context(enrolment, form=form, here=_("Add an alternative"))
    status = 422 if request.method == "POST" else 200
    return render(request, "coaching/person_simple_form.html", context, status=status)


@require_POST
def alternative_move(request: HttpRequest, pk: int, alternative_pk: int) -> HttpResponse:
    """Put an alternative aside, or bring it back."""
    enrolment = load_person(request, pk)
    get_object_or_404(enrolment.goal_alternatives, pk=alternative_pk)

    def move() -> str:
        row = services.move_alternative(
            actor=request.user,
            enrolment_id=enrolment.pk,
            alternative_id=alternative_pk,
            is_aside=request.POST.get("aside") == "1",
            today=clock.today(),
        )
        return _("The alternative is put aside.") if row.set_aside_on else _("The alternative is back.")

    return act(request, enrolment, move, "goal")
