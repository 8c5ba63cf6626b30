"""Visits: how one went, its day, cancelling it, one more."""

from __future__ import annotations

import functools

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import audit
from core import clock
from core.conflicts import conflict_rows
from core.errors import AccessDenied, DomainError, StaleVersion
from core.forms import add_domain_error
from employers.access import can_log_visit
from employers.agreement import load_for_agreement
from employers.enums import VisitKind, VisitState
from employers.forms.visit import CancelVisitForm, VisitDayForm, VisitForm
from employers.models import Placement, Visit
from employers.pages.visit import visit_page
from employers.services import visit as services
from employers.views.placement import of_placement
from employers.views.register import _with_version
from participants.restricted import require_opened


def of_visit(view):
    """`view(request, visit, …)` of a visit that the user may see: 404 for strangers. A protected person's
    visit opens with a reason, as the person's file does."""

    @functools.wraps(view)
    def loaded(request: HttpRequest, pk: int, **kwargs) -> HttpResponse:
        visit = _visible(request, pk)
        require_opened(request, visit.placement.participant, now=clock.now())
        return view(request, visit, **kwargs)

    return loaded


def _visible(request: HttpRequest, pk: int) -> Visit:
    found = Visit.objects.visible_to(request.user, today=clock.today()).filter(pk=pk)
    visit = found.select_related("responsible", "recorded_by").first()
    if visit is None:
        raise Http404
    visit.placement = load_for_agreement(visit.placement_id)
    return visit


def _require_logger(request: HttpRequest, placement: Placement) -> None:
    if not can_log_visit(request.user, placement, today=clock.today()):
        raise AccessDenied(_("The month's coaches and its coordinator note the visits."))


def _back(placement: Placement) -> HttpResponse:
    return redirect(f"{reverse('employers:placement', args=[placement.pk])}#visits")


@require_GET
@of_visit
def visit(request: HttpRequest, found: Visit) -> HttpResponse:
    """One visit as it stands. Opening it is opening a person's file."""
    placement = found.placement
    audit.record(
        actor=request.user, action="visit.viewed", obj=found, participant_id=placement.participant_id
    )
    return render(
        request, "employers/visit/visit.html", visit_page(found, user=request.user, today=clock.today())
    )


@require_http_methods(["GET", "POST"])
@of_visit
def visit_record(request: HttpRequest, found: Visit) -> HttpResponse:
    """Note how a visit went, or correct it; when somebody noted it first, both versions are shown."""
    _require_logger(request, found.placement)
    if found.state == VisitState.CANCELLED:
        return redirect("employers:visit-move", pk=found.pk)
    if request.method == "GET":
        audit.record(
            actor=request.user,
            action="visit.viewed",
            obj=found,
            participant_id=found.placement.participant_id,
        )
        return _record_page(request, found, _form(request, found))
    form = _form(request, found, data=request.POST)
    if not form.is_valid():
        return _record_page(request, _visible(request, found.pk), form, status=422)
    try:
        services.record_visit(
            actor=request.user,
            visit_id=found.pk,
            version=form.cleaned_data["version"] or 0,
            **_values(form),
        )
    except StaleVersion as stale:
        theirs = _visible(request, found.pk)
        rows = conflict_rows(form, theirs) if theirs.state == VisitState.DONE else []
        form = _form(request, found, data=_with_version(request, theirs.version))
        form.is_valid()
        form.add_error(None, str(stale))
        return _record_page(request, theirs, form, status=422, conflict=rows)
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _record_page(request, _visible(request, found.pk), form, status=422)
    messages.success(request, _("The visit is noted."))
    return _back(found.placement)


@require_http_methods(["GET", "POST"])
@of_placement
def visit_extra(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Note a visit that nobody had planned."""
    _require_logger(request, placement)
    extra = Visit(placement=placement, kind=VisitKind.EXTRA, planned_on=clock.today())
    if request.method == "GET":
        return _record_page(request, extra, _form(request, extra))
    form = _form(request, extra, data=request.POST)
    if form.is_valid():
        try:
            services.record_extra_visit(actor=request.user, placement_id=placement.pk, **_values(form))
        except DomainError as refusal:
            add_domain_error(form, refusal)
    if form.errors:
        return _record_page(request, extra, form, status=422)
    messages.success(request, _("The visit is noted."))
    return _back(placement)


def _values(form: VisitForm) -> dict:
    return {
        "fields": form.model_values(),
        "actions": form.actions(),
        "next_on": form.cleaned_data["next_on"],
        "today": clock.today(),
        "now": clock.now(),
    }


def _form(request: HttpRequest, found: Visit, *, data=None) -> VisitForm:
    """The form over a copy: what is typed must not reach the visit that the page shows."""
    placement = found.placement
    copy = Visit(**{field.attname: getattr(found, field.attname) for field in Visit._meta.concrete_fields})
    initial = {"version": found.version}
    if found.state != VisitState.DONE:
        person = placement.guide or placement.supervisor
        initial |= {"held_on": clock.today(), "met": person.name if person else ""}
    return VisitForm(data, instance=copy, initial=initial, placement=placement, user=request.user)


def _record_page(
    request: HttpRequest, found: Visit, form: VisitForm, *, status: int = 200, conflict=()
) -> HttpResponse:
    context = visit_page(found, user=request.user, today=clock.today())
    context |= {"form": form, "conflict": conflict}
    return render(request, "employers/visit/record.html", context, status=status)


@require_http_methods(["GET", "POST"])
@of_visit
def visit_move(request: HttpRequest, found: Visit) -> HttpResponse:
    """Another day or time, who goes, or a cancelled visit planned again."""
    placement = found.placement
    _require_logger(request, placement)
    initial = {
        "planned_on": found.planned_on,
        "planned_at": found.planned_at,
        "responsible": found.responsible_id,
        "with_authority": found.with_authority,
        "version": found.version,
    }
    if request.method == "GET":
        return _day_page(request, found, VisitDayForm(initial=initial, placement=placement, visit=found))
    form = VisitDayForm(request.POST, placement=placement, visit=found)
    if not form.is_valid():
        return _day_page(request, found, form, status=422)
    try:
        services.move_visit(
            actor=request.user,
            visit_id=found.pk,
            version=form.cleaned_data["version"] or 0,
            today=clock.today(),
            **form.values(),
        )
    except StaleVersion as stale:
        theirs = _visible(request, found.pk)
        rows = conflict_rows(form, theirs, ("planned_on", "planned_at", "responsible", "with_authority"))
        form = VisitDayForm(_with_version(request, theirs.version), placement=placement, visit=theirs)
        form.is_valid()
        form.add_error(None, str(stale))
        return _day_page(request, theirs, form, status=422, conflict=rows)
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _day_page(request, found, form, status=422)
    messages.success(request, _("The visit is planned."))
    return _back(placement)


@require_http_methods(["GET", "POST"])
@of_placement
def visit_plan(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Put one more visit into the plan."""
    _require_logger(request, placement)
    extra = Visit(placement=placement, kind=VisitKind.EXTRA)
    if request.method == "GET":
        return _day_page(request, extra, VisitDayForm(placement=placement))
    form = VisitDayForm(request.POST, placement=placement)
    if form.is_valid():
        try:
            services.plan_extra_visit(
                actor=request.user, placement_id=placement.pk, today=clock.today(), **form.values()
            )
        except DomainError as refusal:
            add_domain_error(form, refusal)
    if form.errors:
        return _day_page(request, extra, form, status=422)
    messages.success(request, _("The visit is planned."))
    return _back(placement)


def _day_page(
    request: HttpRequest, found: Visit, form: VisitDayForm, *, status: int = 200, conflict=()
) -> HttpResponse:
    context = {"visit": found, "placement": found.placement, "form": form, "conflict": conflict}
    return render(request, "employers/visit/day.html", context, status=status)


@require_http_methods(["GET", "POST"])
@of_visit
def visit_cancel(request: HttpRequest, found: Visit) -> HttpResponse:
    """Note that a planned visit is not held, with the reason."""
    _require_logger(request, found.placement)
    if request.method == "GET":
        form = CancelVisitForm(initial={"version": found.version})
        return _cancel_page(request, found, form)
    form = CancelVisitForm(request.POST)
    if form.is_valid():
        try:
            services.cancel_visit(
                actor=request.user,
                visit_id=found.pk,
                version=form.cleaned_data["version"] or 0,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
        except DomainError as refusal:
            add_domain_error(form, refusal)
    if form.errors:
        return _cancel_page(request, found, form, status=422)
    messages.success(request, _("The visit is cancelled."))
    return _back(found.placement)


def _cancel_page(
    request: HttpRequest, found: Visit, form: CancelVisitForm, *, status: int = 200
) -> HttpResponse:
    context = {"visit": found, "placement": found.placement, "form": form}
    return render(request, "employers/visit/cancel.html", context, status=status)
