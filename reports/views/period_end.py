"""The month's summaries: one button, the progress, and each person's result."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.enums import Role
from coaching.models import CoachingMonth
from core.errors import AccessDenied, DomainError
from core.pagination import page_of
from reports import readings
from reports.access import can_write_summaries
from reports.models import PeriodEnd, PeriodEndItem
from reports.services.period_end import cancel_period_end, run_item_again, start_period_end


@require_GET
def month_list(request: HttpRequest) -> HttpResponse:
    """The coach's own months with how far their summaries are."""
    if request.user.role != Role.COACH:
        raise AccessDenied(_("The summaries are written by the month's own coach."))
    page = page_of(readings.months_with_counts(request.user), request)
    return render(request, "reports/month_list.html", {"page": page})


@require_GET
def month(request: HttpRequest, month_id: int) -> HttpResponse:
    """The month's people, their newest summaries, and the period end under way; htmx asks each second."""
    found = _own_month(request, month_id)
    template = "reports/_period_end.html" if request.htmx else "reports/month.html"
    return render(request, template, readings.month_page(found))


@require_POST
def start(request: HttpRequest, month_id: int) -> HttpResponse:
    """Make the summaries of the whole group."""
    found = _own_month(request, month_id)
    try:
        start_period_end(actor=request.user, month_id=found.pk)
    except DomainError as error:
        context = {**readings.month_page(found), "error": str(error)}
        return render(request, "reports/month.html", context, status=422)
    messages.success(request, _("The summaries are being made. You may leave this page meanwhile."))
    return redirect("reports:month", found.pk)


@require_POST
def cancel(request: HttpRequest, period_end_id: int) -> HttpResponse:
    """Call off what is not made yet."""
    found = get_object_or_404(
        PeriodEnd.objects.visible_to(request.user).select_related("month"), pk=period_end_id
    )
    try:
        cancel_period_end(actor=request.user, period_end_id=found.pk)
    except DomainError as error:
        context = {**readings.month_page(found.month), "error": str(error)}
        return render(request, "reports/month.html", context, status=422)
    messages.success(request, _("The rest was called off. What was ready stays."))
    return redirect("reports:month", found.month_id)


@require_POST
def run_again(request: HttpRequest, item_id: int) -> HttpResponse:
    """One failed part once more."""
    item = get_object_or_404(
        PeriodEndItem.objects.filter(
            period_end__in=PeriodEnd.objects.visible_to(request.user)
        ).select_related("period_end__month"),
        pk=item_id,
    )
    try:
        run_item_again(actor=request.user, item_id=item.pk)
    except DomainError as error:
        context = {**readings.month_page(item.period_end.month), "error": str(error)}
        return render(request, "reports/month.html", context, status=422)
    return redirect("reports:month", item.period_end.month_id)


def _own_month(request: HttpRequest, month_id: int) -> CoachingMonth:
    found = get_object_or_404(
        CoachingMonth.objects.visible_to(request.user).select_related("coach"), pk=month_id
    )
    if not can_write_summaries(request.user, found):
        raise AccessDenied(_("The summaries are written by the month's own coach."))
    return found
