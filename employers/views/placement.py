"""Work trials: list, making one, its page, its moves, its weeks of marks."""

from __future__ import annotations

import datetime as dt
import functools

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import audit
from accounts.enums import Role
from coaching.enums import Mark
from coaching.models import Enrolment
from coaching.services import work_trial_half
from coaching.services.corrections import CorrectionNeedsReason
from core import clock
from core.conflicts import conflict_rows
from core.errors import AccessDenied, DomainError, StaleVersion
from core.forms import add_domain_error
from core.pagination import page_of
from core.search_terms import lead_to_list, search_of
from employers import access
from employers.agreement import load_for_agreement
from employers.enums import PlacementState
from employers.errors import PlacementOverlaps
from employers.forms import MarksWeekForm, MoveForm, PlacementForm, RegisterFilter
from employers.models import Employer, Placement
from employers.pages.desk import people_without_place, placeable_people
from employers.pages.lead import lead_of_trial, placement_initial
from employers.pages.placement import MarkWeek, mark_totals, mark_weeks, placement_page
from employers.pages.register import register_rows
from employers.pages.signing import signatures_at_stake
from employers.placement_warnings import placement_warnings
from employers.services import placement as services
from employers.services.lead_match import note_planned_trial
from employers.views.register import _with_version
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


def _require_editor(request: HttpRequest, placement: Placement) -> None:
    if not access.can_edit_placement(request.user, placement, today=clock.today()):
        raise AccessDenied(_("The month's coordinator makes and changes its work trials."))


def _require_coordinator(request: HttpRequest) -> None:
    if request.user.role != Role.COORDINATOR:
        if request.user.role == Role.COACH:
            raise AccessDenied(_("The month's coordinator makes and changes its work trials."))
        raise Http404


def _placeable(request: HttpRequest, enrolment_pk: int) -> Enrolment:
    """Somebody of the coordinator's own months; strangers are 404."""
    today = clock.today()
    enrolment = get_object_or_404(
        Enrolment.objects.visible_to(request.user, today=today).select_related("participant", "month"),
        pk=enrolment_pk,
    )
    if not access.can_place_in_month(request.user, enrolment.month, today=today):
        raise AccessDenied(_("The month's coordinator makes and changes its work trials."))
    return enrolment


@require_GET
def placements(request: HttpRequest) -> HttpResponse:
    """The work trials of own months; for the coordinator the people without a place come first."""
    if request.user.role not in (Role.COACH, Role.COORDINATOR):
        raise Http404
    today = clock.today()
    state = request.GET.get("state", "")
    state = state if state in PlacementState.values else ""
    found = Placement.objects.visible_to(request.user, today=today).with_names()
    found = found.filter(state=state) if state else found
    is_coordinator = request.user.role == Role.COORDINATOR
    context = {
        "page": page_of(found.what_needs_doing_first(), request),
        "state": state,
        "states": PlacementState.choices,
        "without_place": list(people_without_place(request.user, today=today)) if is_coordinator else [],
        "is_coordinator": is_coordinator,
    }
    return render(request, "employers/placements.html", context)


@require_http_methods(["GET", "POST"])
def choose_employer(request: HttpRequest, enrolment_pk: int) -> HttpResponse:
    """For somebody in the group: find the employer of the work trial."""
    enrolment = _placeable(request, enrolment_pk)
    if request.method == "POST":
        return lead_to_list(request, filters=RegisterFilter.base_fields)
    filters, search = RegisterFilter(request.GET), search_of(request)
    employers = Employer.objects.visible_to(request.user).standing().select_related("own_contact")
    employers = filters.filtered(employers, words=search.words, today=clock.today())
    page = page_of(employers.by_name(), request, is_capped=True)
    rows = register_rows(list(page.object_list), today=clock.today())
    context = {
        "enrolment": enrolment,
        "filters": filters,
        "search": search,
        "is_filtered": bool(search.words or any(request.GET.get(name) for name in filters.fields)),
        "page": page,
        "rows": rows,
    }
    return render(request, "employers/choose_employer.html", context)


@require_GET
def choose_person(request: HttpRequest, pk: int) -> HttpResponse:
    """From an employer's page: for whom is the work trial?"""
    _require_coordinator(request)
    employer = get_object_or_404(Employer.objects.visible_to(request.user), pk=pk)
    people = list(placeable_people(request.user, today=clock.today()))
    return render(request, "employers/choose_person.html", {"employer": employer, "people": people})


@require_http_methods(["GET", "POST"])
def placement_new(request: HttpRequest, pk: int, enrolment_pk: int) -> HttpResponse:
    """Plan a work trial, prefilled with the month's dates and the work trial's half."""
    _require_coordinator(request)
    employer = get_object_or_404(Employer.objects.visible_to(request.user), pk=pk)
    enrolment = _placeable(request, enrolment_pk)
    goal = services.newest_goal(enrolment_id=enrolment.pk)
    month = enrolment.month
    empty = Placement(
        employer=employer,
        month=month,
        participant=enrolment.participant,
        starts_on=max(month.starts_on, enrolment.joined_on or month.starts_on),
        ends_on=month.ends_on,
        half=month.work_trial_half,
    )
    context = {"employer": employer, "enrolment": enrolment, "goal": goal, "conflict": (), "placement": None}
    context["at_stake"] = []
    context["warnings"] = placement_warnings(empty, enrolment=enrolment, today=clock.today())
    lead = lead_of_trial(request.GET.get("lead", ""), user=request.user, employer_id=pk)
    if request.method == "GET":
        initial = placement_initial(lead)
        form = PlacementForm(instance=empty, initial=initial, employer_id=pk, goal=goal)
        return render(request, "employers/placement_form.html", {**context, "form": form})
    form = PlacementForm(request.POST, instance=empty, employer_id=pk, goal=goal)
    if not form.is_valid():
        return render(request, "employers/placement_form.html", {**context, "form": form}, status=422)
    try:
        made = services.create_placement(
            actor=request.user,
            enrolment_id=enrolment.pk,
            employer_id=pk,
            fields=form.model_values(),
            shows_goal=bool(form.cleaned_data.get("shows_goal")),
        )
    except DomainError as refusal:
        return _refused_placement(request, form, refusal, context)
    note_planned_trial(actor=request.user, lead_id=lead.pk if lead else None, enrolment=enrolment)
    messages.success(request, _("The work trial is planned."))
    return redirect("employers:placement", pk=made.pk)


def _refused_placement(request: HttpRequest, form, refusal: DomainError, context: dict) -> HttpResponse:
    add_domain_error(form, refusal)
    other = refusal.placement_id if isinstance(refusal, PlacementOverlaps) else None
    context = {**context, "form": form, "overlaps_with": other}
    return render(request, "employers/placement_form.html", context, status=422)


@require_http_methods(["GET", "POST"])
@of_placement
def placement_edit(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Change the terms; when somebody saved first, both versions are shown."""
    pk = placement.pk
    _require_editor(request, placement)
    enrolment = Enrolment.objects.filter(
        month=placement.month_id, participant=placement.participant_id
    ).first()
    newest = services.newest_goal(enrolment_id=enrolment.pk) if enrolment else None
    goal = newest or placement.goal
    context = {
        "employer": placement.employer,
        "enrolment": enrolment,
        "placement": placement,
        "goal": goal,
        "conflict": (),
        "warnings": [],
        "at_stake": signatures_at_stake(placement),
    }
    if request.method == "GET":
        initial = {"version": placement.version, "shows_goal": placement.goal_id is not None}
        form = PlacementForm(
            instance=placement, initial=initial, employer_id=placement.employer_id, goal=goal
        )
        return render(request, "employers/placement_form.html", {**context, "form": form})
    form = _bound(request.POST, pk, goal)
    if not form.is_valid():
        return render(request, "employers/placement_form.html", {**context, "form": form}, status=422)
    shows_goal = form.cleaned_data.get("shows_goal")
    try:
        services.change_placement(
            actor=request.user,
            placement_id=pk,
            version=form.cleaned_data["version"] or 0,
            fields=form.model_values(),
            goal_id=goal.pk if goal and shows_goal else None,
        )
    except StaleVersion as stale:
        theirs = load_for_agreement(pk)
        rows = conflict_rows(form, theirs)
        form = _bound(_with_version(request, theirs.version), pk, goal)
        form.is_valid()
        form.add_error(None, str(stale))
        context = {**context, "form": form, "conflict": rows, "placement": theirs}
        return render(request, "employers/placement_form.html", context, status=422)
    except DomainError as refusal:
        return _refused_placement(request, form, refusal, context)
    messages.success(request, _("Saved."))
    if context["at_stake"] and not signatures_at_stake(placement):
        messages.warning(
            request, _("The terms changed: the signatures are cancelled. Send the agreement out again.")
        )
    return redirect("employers:placement", pk=pk)


def _bound(data, pk: int, goal) -> PlacementForm:
    """A form over a copy of its own: what is typed must not reach the object that the page shows."""
    instance = load_for_agreement(pk)
    return PlacementForm(data, instance=instance, employer_id=instance.employer_id, goal=goal)


@require_GET
@of_placement
def placement(request: HttpRequest, found: Placement) -> HttpResponse:
    """One work trial. Opening it is opening a person's file: it is on the audit trail."""
    audit.record(
        actor=request.user, action="placement.viewed", obj=found, participant_id=found.participant_id
    )
    return _show_placement(request, found)


def _show_placement(request: HttpRequest, found: Placement, *, status: int = 200, **more) -> HttpResponse:
    context = placement_page(
        found, user=request.user, today=clock.today(), open_week=_monday(request.GET.get("week", ""))
    )
    context = {**context, "move_form": None, **more}
    return render(request, "employers/placement.html", context, status=status)


def _monday(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.weekday() == 0 else None


@require_POST
@of_placement
def placement_move(request: HttpRequest, found: Placement) -> HttpResponse:
    """Move the work trial to another state."""
    pk = found.pk
    _require_editor(request, found)
    form = MoveForm(request.POST, auto_id=f"move_{request.POST.get('target', '')[:20]}_%s")
    if not form.is_valid():
        return _show_placement(request, found, move_form=form, status=422)
    values = form.cleaned_data
    try:
        services.move_placement(
            actor=request.user,
            placement_id=pk,
            target=values["target"],
            version=values["version"],
            reason=values["reason"],
            last_day=values["last_day"],
            today=clock.today(),
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _show_placement(request, found, move_form=form, status=422)
    messages.success(request, _("Noted."))
    return redirect("employers:placement", pk=pk)


@require_POST
@of_placement
def marks_week(request: HttpRequest, found: Placement, monday: str) -> HttpResponse:
    """Save one week of the work trial's half, or fill its open days in one press."""
    today = clock.today()
    if not access.can_mark_placement(request.user, found, today=today):
        raise AccessDenied(_("The month's coach and its coordinator mark the work trial's half."))
    first = _monday(monday)
    enrolment = get_object_or_404(Enrolment, month=found.month_id, participant=found.participant_id)
    weeks = {week.monday: week for week in mark_weeks(found, enrolment, today=today, open_week=first)}
    week = weeks.get(first)
    if week is None:
        raise Http404
    common = {"actor": request.user, "enrolment_id": enrolment.pk, "half": found.half}
    common |= {"today": today, "now": clock.now(), "reason": request.POST.get("correction_reason", "")}
    days = [day.day for day in week.days if day.is_agreed]
    form = MarksWeekForm(
        request.POST,
        days=[day.day for day in week.days if day.is_open],
        usual_hours=found.hours_per_day,
    )
    try:
        if request.POST.get("all_done"):
            work_trial_half.mark_unmarked_present(days=days, hours=found.hours_per_day, **common)
        elif not form.is_valid():
            return _week_again(request, found, weeks, week, form)
        else:
            work_trial_half.save_work_trial_half(changes=form.changes, **common)
    except DomainError as refusal:
        week.error = str(refusal)
        week.asks_reason = isinstance(refusal, CorrectionNeedsReason)
        week.reason = common["reason"]
        return _week_again(request, found, weeks, week, form)
    messages.success(request, _("The week is saved."))
    if not request.htmx:
        return redirect(f"{reverse('employers:placement', args=[found.pk])}#marks-week-{first}")
    weeks = {week.monday: week for week in mark_weeks(found, enrolment, today=today, open_week=first)}
    return _week_fragment(request, found, weeks, first)


def _week_again(
    request: HttpRequest, found: Placement, weeks: dict, week: MarkWeek, form: MarksWeekForm
) -> HttpResponse:
    """The same week with everything typed still in it. What stands now was read afresh, so that a second
    press after a conflict decides knowingly."""
    totals = mark_totals(list(weeks.values()))
    for day in week.days:
        if day.day in form.typed:
            day.mark, day.hours = form.typed[day.day]
        day.error = str(form.errors.get(day.day, ""))
    if request.htmx:
        return _week_fragment(request, found, weeks, week.monday, totals=totals, status=422)
    context = placement_page(found, user=request.user, today=clock.today(), open_week=week.monday)
    context["weeks"] = [week if other.monday == week.monday else other for other in context["weeks"]]
    return render(request, "employers/placement.html", {**context, "move_form": None}, status=422)


def _week_fragment(
    request: HttpRequest, found: Placement, weeks: dict, monday: dt.date, *, totals=None, status: int = 200
) -> HttpResponse:
    context = {
        "placement": found,
        "week": weeks[monday],
        "totals": totals or mark_totals(list(weeks.values())),
        "may_mark": True,
        "mark_choices": Mark.choices,
        "is_fragment": True,
    }
    return render(request, "employers/_marks_week.html", context, status=status)
