"""Months: the list, one month, making, editing, handing over, calling off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.enums import Role
from coaching.access import can_create_month, can_edit_month, can_hand_over_month
from coaching.errors import MonthAlreadyExists
from coaching.forms.months import HandOverForm, MonthEditForm, MonthForm, ReasonForm
from coaching.models import CoachingMonth
from coaching.pages.month import month_list_page, month_page, overlapping_months
from coaching.services import months as services
from coaching.services.closing import cancel_month
from coaching.views.loading import load_month, posted
from core import clock
from core.conflicts import conflict_rows
from core.errors import AccessDenied, DomainError, StaleVersion
from core.forms import add_domain_error


@require_GET
def month_list(request: HttpRequest) -> HttpResponse:
    """Running, upcoming and past months; the manager's first page."""
    if request.user.role == Role.ADMIN:
        raise AccessDenied(_("Months are for those who work with people."))
    return render(
        request, "coaching/month_list.html", {"page": month_list_page(request, today=clock.today())}
    )


@require_GET
def month_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The group's page; a TE sponsor sees dates and kick-off only."""
    month = load_month(request, pk)
    page = month_page(month, request.user, today=clock.today())
    return render(request, "coaching/month_detail.html", {"page": page, "month": month})


@require_http_methods(["GET", "POST"])
def month_create(request: HttpRequest) -> HttpResponse:
    """First the dates are shown, then the month is made."""
    if not can_create_month(request.user):
        raise AccessDenied(_("Coaches, coordinators and managers make months."))
    form = MonthForm(posted(request), actor=request.user, today=clock.today())
    if request.method == "POST" and form.is_valid() and _dates_were_seen(request, form):
        try:
            month = services.create_month(
                actor=request.user,
                frame=form.frame(),
                people=form.people(form.cleaned_data["coach"]),
                programme=form.cleaned_data["programme"],
                starts_on=form.cleaned_data["starts_on"],
                coaching_half=form.cleaned_data["coaching_half"],
                make_up_lost_days=form.cleaned_data["make_up_lost_days"],
            )
        except MonthAlreadyExists as error:
            messages.info(request, str(error))
            return redirect("coaching:month-detail", pk=error.month_id)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The month is made. Next, choose its people."))
            return redirect("coaching:month-detail", pk=month.pk)
    return _month_form(request, form)


def _dates_were_seen(request: HttpRequest, form: MonthForm) -> bool:
    """The button that makes the month was pressed with these very dates on the page."""
    return "save" in request.POST and request.POST.get("previewed") == form.preview_key()


def _month_form(request: HttpRequest, form: MonthForm) -> HttpResponse:
    plan = form.plan()
    is_ready = form.is_bound and form.is_valid()
    context = {
        "form": form,
        "plan": plan,
        "is_ready": is_ready,
        "previewed": form.preview_key() if is_ready else "",
        "starts_in_the_past": plan is not None and plan.starts_on < clock.today(),
        "overlapping": [],
    }
    if is_ready:
        context["overlapping"] = overlapping_months(
            coach=form.cleaned_data["coach"],
            half=form.cleaned_data["coaching_half"],
            first=plan.starts_on,
            last=plan.ends_on,
        )
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "coaching/month_create.html", context, status=status)


COMPARED = (
    "name",
    "session_starts_at",
    "session_ends_at",
    "room",
    "capacity",
    "second_coach",
    "coordinator",
    "authority",
    "te_sponsor",
    "kick_off_at",
)


@require_http_methods(["GET", "POST"])
def month_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, times, room, places and people; logged sessions stay as they are."""
    month = load_month(request, pk, can_edit_month)
    form = MonthEditForm(posted(request), month=month)
    conflict: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.update_month(
                actor=request.user,
                month=month,
                version=form.cleaned_data["version"],
                frame=form.frame(),
                people=form.people(month.coach),
            )
        except StaleVersion as error:
            conflict = conflict_rows(form, month, COMPARED)
            form = _with_version(form, month)
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The month is saved."))
            return redirect("coaching:month-detail", pk=pk)
    context = {
        "month": month,
        "form": form,
        "conflict": conflict,
        "conflict_who": "",
        "here": _("Edit the month"),
    }
    return render(request, "coaching/month_edit.html", context, status=422 if form.is_bound else 200)


def _with_version(form: MonthEditForm, month: CoachingMonth) -> MonthEditForm:
    """Everything typed, on top of what is saved now: saving again is a decision."""
    data = form.data.copy()
    data["version"] = str(month.version)
    kept = MonthEditForm(data, month=month)
    kept.is_valid()
    return kept


@require_http_methods(["GET", "POST"])
def month_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """A manager gives the month to another coach or coordinator."""
    month = load_month(request, pk, can_hand_over_month)
    form = HandOverForm(posted(request), month=month)
    if request.method == "POST" and form.is_valid():
        try:
            services.hand_over_month(actor=request.user, month=month, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The month has been handed over."))
            return redirect("coaching:month-detail", pk=pk)
    context = {"month": month, "form": form, "here": _("Hand the month over")}
    return render(request, "coaching/month_hand_over.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def month_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the month off before anything has been logged."""
    month = load_month(request, pk, can_edit_month)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            cancel_month(
                actor=request.user, month=month, reason=form.cleaned_data["reason"], today=clock.today()
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(
                request, _("The month has been called off. Its people may come to another month.")
            )
            return redirect("coaching:month-list")
    context = {"month": month, "form": form, "here": _("Call the month off")}
    return render(request, "coaching/month_cancel.html", context, status=422 if form.is_bound else 200)
