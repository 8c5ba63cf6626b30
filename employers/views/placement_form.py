"""The form of a work trial: made new, copied, made longer, changed to another place; edited."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coaching.models import Enrolment
from core import clock
from core.conflicts import conflict_rows
from core.errors import DomainError, StaleVersion
from core.forms import add_domain_error
from employers.agreement import load_for_agreement
from employers.enums import PlacementState
from employers.errors import PlacementOverlaps, TermsMissing
from employers.forms import MoveForm, PlacementForm
from employers.models import Employer, Placement
from employers.pages.lead import lead_of_trial, placement_initial
from employers.pages.placement_form import Origin, goals_of, origin_of, prefilled
from employers.pages.signing import signatures_at_stake
from employers.placement_states import transition_for
from employers.placement_terms import missing_term_sentence
from employers.placement_warnings import placement_warnings
from employers.services import placement as services
from employers.services.lead_match import note_planned_trial
from employers.services.placement_moves import Ending, change_place
from employers.trial_history import history_of
from employers.views.placement import of_placement, require_editor
from employers.views.placements import placeable, require_coordinator
from employers.views.register import _with_version

PAGE = "employers/placement_form.html"


@require_http_methods(["GET", "POST"])
def placement_new(request: HttpRequest, pk: int, enrolment_pk: int) -> HttpResponse:
    """Propose or plan a work trial, prefilled with the month's dates or from another work trial."""
    require_coordinator(request)
    today = clock.today()
    employer = get_object_or_404(Employer.objects.visible_to(request.user), pk=pk)
    enrolment = placeable(request, enrolment_pk)
    origin = origin_of(request.GET, user=request.user, enrolment=enrolment, today=today)
    empty = prefilled(enrolment=enrolment, employer=employer, origin=origin, today=today)
    goals = goals_of(empty, enrolment)
    is_proposal = request.POST.get("state") == PlacementState.PROPOSED
    state = PlacementState.PROPOSED if is_proposal else PlacementState.PLANNED
    more = {"employer_id": pk, "goals": goals, "state": state, "instance": empty}
    context = {
        "employer": employer,
        "enrolment": enrolment,
        "goals": goals,
        "origin": origin,
        "placement": None,
        "warnings": placement_warnings(empty, enrolment=enrolment, today=today),
        "history": history_of(empty),
        "at_stake": [],
    }
    end_form = _end_form(request, origin)
    lead = lead_of_trial(request.GET.get("lead", ""), user=request.user, employer_id=pk)
    if request.method == "GET":
        form = PlacementForm(initial=placement_initial(lead), **more)
        return _page(request, form, context, end_form=end_form, status=200)
    form = PlacementForm(request.POST, **more)
    if not all([form.is_valid(), end_form is None or end_form.is_valid()]):
        return _page(request, form, context, end_form=end_form)
    try:
        made = _make(request, form, origin, end_form, enrolment=enrolment, employer=employer, state=state)
    except DomainError as refusal:
        return _refused(request, form, refusal, context, end_form=end_form)
    note_planned_trial(actor=request.user, lead_id=lead.pk if lead else None, enrolment=enrolment)
    words = _("The work trial is proposed.") if is_proposal else _("The work trial is planned.")
    messages.success(request, words)
    return redirect("employers:placement", pk=made.pk)


def _end_form(request: HttpRequest, origin: Origin) -> MoveForm | None:
    """What is asked of the place that is left; nothing of one that had not begun."""
    left = origin.placement
    if not origin.is_change or left is None or left.state != PlacementState.ONGOING:
        return None
    transition = transition_for(left.state, PlacementState.CHANGED_PLACE, role=request.user.role)
    given = {"target": PlacementState.CHANGED_PLACE, "version": left.version}
    if request.method == "GET":
        return MoveForm(initial={**given, "end_cause": "changed_place"}, transition=transition, prefix="left")
    return MoveForm(request.POST, transition=transition, prefix="left")


def _make(request: HttpRequest, form, origin: Origin, end_form, *, enrolment, employer, state) -> Placement:
    common = {"actor": request.user, "fields": form.model_values(), "state": state, "goal_id": form.goal_id}
    if not origin.is_change:
        return services.create_placement(
            enrolment_id=enrolment.pk, employer_id=employer.pk, follows_id=origin.follows_id, **common
        )
    told = end_form.cleaned_data if end_form is not None else {}
    return change_place(
        placement_id=origin.placement.pk,
        version=told.get("version") or origin.placement.version,
        today=clock.today(),
        ending=Ending(
            cause=told.get("end_cause", ""),
            decision=told.get("end_decision", ""),
            reason=told.get("reason", ""),
            last_day=told.get("last_day"),
        ),
        employer_id=employer.pk,
        **common,
    )


def _page(request: HttpRequest, form, context: dict, *, status: int = 422, **more) -> HttpResponse:
    return render(request, PAGE, {"conflict": (), **context, "form": form, **more}, status=status)


def _refused(request: HttpRequest, form, refusal: DomainError, context: dict, *, end_form=None):
    if isinstance(refusal, TermsMissing):
        for name in refusal.names:
            form.add_error(name, missing_term_sentence(name))
    elif end_form is not None and refusal.field in end_form.fields:
        add_domain_error(end_form, refusal)
    else:
        add_domain_error(form, refusal)
    other = refusal.placement_id if isinstance(refusal, PlacementOverlaps) else None
    return _page(request, form, {**context, "overlaps_with": other}, end_form=end_form)


@require_http_methods(["GET", "POST"])
@of_placement
def placement_edit(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Change the terms; when somebody saved first, both versions are shown field by field."""
    pk = placement.pk
    require_editor(request, placement)
    person = Enrolment.objects.filter(month=placement.month_id, participant=placement.participant_id)
    enrolment = person.select_related("month__coach", "participant").first()
    goals = goals_of(placement, enrolment)
    context = {
        "employer": placement.employer,
        "enrolment": enrolment,
        "placement": placement,
        "goals": goals,
        "origin": Origin(),
        "warnings": [],
        "history": None,
        "at_stake": signatures_at_stake(placement),
    }
    if request.method == "GET":
        return _page(request, _edit_form(None, placement, goals), context, status=200)
    form = _edit_form(request.POST, load_for_agreement(pk), goals)
    if not form.is_valid():
        return _page(request, form, context)
    try:
        services.change_placement(
            actor=request.user,
            placement_id=pk,
            version=form.cleaned_data["version"] or 0,
            fields=form.model_values(),
            goal_id=form.goal_id,
        )
    except StaleVersion as stale:
        theirs = load_for_agreement(pk)
        rows = conflict_rows(form, theirs, names=[*form._meta.fields, "goal"])
        form = _edit_form(_with_version(request, theirs.version), load_for_agreement(pk), goals)
        form.is_valid()
        form.add_error(None, str(stale))
        return _page(request, form, {**context, "conflict": rows, "placement": theirs})
    except DomainError as refusal:
        return _refused(request, form, refusal, context)
    messages.success(request, _("Saved."))
    if context["at_stake"] and not signatures_at_stake(placement):
        messages.warning(
            request, _("The terms changed: the signatures are cancelled. Send the agreement out again.")
        )
    return redirect("employers:placement", pk=pk)


def _edit_form(data, instance: Placement, goals) -> PlacementForm:
    """The form over a work trial; with data over a copy of its own, so that what is typed does not reach the
    object that the page shows."""
    return PlacementForm(
        data,
        instance=instance,
        initial={"version": instance.version},
        employer_id=instance.employer_id,
        goals=goals,
        state=instance.state,
    )
