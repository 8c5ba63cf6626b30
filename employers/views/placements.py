"""Work trials: the list, and choosing the workplace or the person of a new one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.enums import Role
from coaching.models import Enrolment
from core import clock
from core.errors import AccessDenied
from core.pagination import page_of
from core.search_terms import lead_to_list, search_of
from employers import access
from employers.enums import PlacementState
from employers.forms import RegisterFilter
from employers.models import Employer, Placement
from employers.pages.desk import people_without_place, placeable_people
from employers.pages.placement_form import ORIGINS, origin_query
from employers.pages.register import register_rows


def require_coordinator(request: HttpRequest) -> None:
    if request.user.role != Role.COORDINATOR:
        if request.user.role == Role.COACH:
            raise AccessDenied(_("The month's coordinator makes and changes its work trials."))
        raise Http404


def placeable(request: HttpRequest, enrolment_pk: int) -> Enrolment:
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
        "page": page_of(found.what_needs_doing_first(), request, is_capped=True),
        "state": state,
        "states": PlacementState.choices,
        "without_place": list(people_without_place(request.user, today=today)) if is_coordinator else [],
        "is_coordinator": is_coordinator,
    }
    return render(request, "employers/placements.html", context)


@require_http_methods(["GET", "POST"])
def choose_employer(request: HttpRequest, enrolment_pk: int) -> HttpResponse:
    """For somebody in the group: find the employer of the work trial."""
    enrolment = placeable(request, enrolment_pk)
    if request.method == "POST":
        return lead_to_list(request, filters=(*RegisterFilter.base_fields, *ORIGINS))
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
        "origin_query": origin_query(request.GET),
        "kept": [(name, request.GET[name]) for name in ORIGINS if name in request.GET],
    }
    return render(request, "employers/choose_employer.html", context)


@require_GET
def choose_person(request: HttpRequest, pk: int) -> HttpResponse:
    """From an employer's page: for whom is the work trial?"""
    require_coordinator(request)
    employer = get_object_or_404(Employer.objects.visible_to(request.user), pk=pk)
    people = list(placeable_people(request.user, today=clock.today()))
    context = {"employer": employer, "people": people, "origin_query": origin_query(request.GET)}
    return render(request, "employers/choose_person.html", context)
