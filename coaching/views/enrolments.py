"""The group: taking people in, the waiting list, not starting, leaving early."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coaching.access import can_choose_group
from coaching.enums import EnrolmentState
from coaching.errors import OfficerMissing
from coaching.forms.enrolments import EnrolForm, FirstDayForm, RemoveForm
from coaching.pages.enrolling import enrol_page
from coaching.services import enrolments as services
from coaching.views.loading import load_enrolment, load_month, posted
from core import clock
from core.errors import DomainError
from core.forms import add_domain_error
from core.search_terms import is_asked, lead_to_list
from participants.models import Participant


@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """Search the referred people and take them in one by one; the eleventh goes to the waiting list."""
    month = load_month(request, pk, can_choose_group)
    if is_asked(request):
        return lead_to_list(request)
    form = EnrolForm(posted(request))
    refusal: dict = {}
    if request.method == "POST" and form.is_valid():
        person = get_object_or_404(
            Participant.objects.visible_to(request.user, today=clock.today()),
            pk=form.cleaned_data["participant"],
        )
        try:
            enrolment = services.enrol_participant(
                actor=request.user,
                month=month,
                participant=person,
                today=clock.today(),
                joined_on=form.cleaned_data["joined_on"],
            )
        except DomainError as error:
            refusal = {
                "person": person,
                "sentence": str(error),
                "needs_officer": isinstance(error, OfficerMissing),
            }
        else:
            _say_where(request, enrolment, person)
            return redirect("coaching:enrol", pk=pk)
    elif request.method == "POST":
        refusal = {"sentence": _("The first day was not understood. Give it like 4.2.2026.")}
    page = enrol_page(request, month, today=clock.today())
    context = {"month": month, "page": page, "form": form, "refusal": refusal}
    return render(request, "coaching/enrol.html", context, status=422 if form.is_bound else 200)


def _say_where(request: HttpRequest, enrolment, person) -> None:
    if enrolment.state == EnrolmentState.WAITING:
        sentence = _("The group is full, so %(name)s is on the waiting list.")
        messages.warning(request, sentence % {"name": person.full_name})
    else:
        messages.success(request, _("%(name)s is in the group.") % {"name": person.full_name})


@require_POST
def enrolment_move_in(request: HttpRequest, pk: int, enrolment_pk: int) -> HttpResponse:
    """A free place goes to the first on the waiting list."""
    month = load_month(request, pk, can_choose_group)
    enrolment = load_enrolment(request, month, enrolment_pk)
    try:
        services.move_from_waiting_list(actor=request.user, enrolment=enrolment, today=clock.today())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        sentence = _("%(name)s is in the group.") % {"name": enrolment.participant.full_name}
        messages.success(request, sentence)
    return redirect("coaching:month-detail", pk=pk)


@require_http_methods(["GET", "POST"])
def enrolment_remove(request: HttpRequest, pk: int, enrolment_pk: int) -> HttpResponse:
    """The person does not start after all."""
    month = load_month(request, pk, can_choose_group)
    enrolment = load_enrolment(request, month, enrolment_pk)
    form = RemoveForm(posted(request), initial={"version": enrolment.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.remove_enrolment(
                actor=request.user, enrolment=enrolment, today=clock.today(), **form.cleaned_data
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The place is free again."))
            return redirect("coaching:month-detail", pk=pk)
    context = {"month": month, "enrolment": enrolment, "form": form, "here": _("Does not start after all")}
    return render(request, "coaching/enrolment_remove.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def enrolment_first_day(request: HttpRequest, pk: int, enrolment_pk: int) -> HttpResponse:
    """Correct the day on which somebody joined."""
    month = load_month(request, pk, can_choose_group)
    enrolment = load_enrolment(request, month, enrolment_pk)
    initial = {"joined_on": enrolment.joined_on, "version": enrolment.version}
    form = FirstDayForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_first_day(actor=request.user, enrolment=enrolment, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The first day is saved."))
            return redirect("coaching:month-detail", pk=pk)
    context = {"month": month, "enrolment": enrolment, "form": form, "here": _("Correct the first day")}
    return render(request, "coaching/enrolment_first_day.html", context, status=422 if form.is_bound else 200)
