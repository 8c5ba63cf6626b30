"""The handover page, and what the coach writes to the substitute."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import audit
from coaching.access import can_coach_month, can_edit_month
from coaching.forms.months import SubstitutionForm
from coaching.pages.handover import handover_page
from coaching.services import substitutions as services
from coaching.views.loading import load_month, posted
from core import clock
from core.errors import DomainError
from core.forms import add_domain_error


@require_GET
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """For the coach, and for the substitute on the days of the substitution."""
    today = clock.today()
    month = load_month(request, pk, lambda user, month: can_coach_month(user, month, today=today))
    audit.record(actor=request.user, action="month.handover_viewed", obj=month)
    page = handover_page(month, today=today)
    context = {"month": month, "page": page, "may_edit": can_edit_month(request.user, month)}
    return render(request, "coaching/handover.html", context)


@require_http_methods(["GET", "POST"])
def substitution_edit(request: HttpRequest, pk: int, substitution_pk: int) -> HttpResponse:
    """The days of a substitution and the words to the substitute."""
    month = load_month(request, pk, can_edit_month)
    substitution = get_object_or_404(month.substitutions.select_related("user"), pk=substitution_pk)
    form = SubstitutionForm(posted(request), month=month, instance=substitution)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_substitution(actor=request.user, substitution=substitution, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The substitution is saved."))
            return redirect("coaching:month-detail", pk=pk)
    context = {"month": month, "form": form, "here": _("Edit the substitution")}
    return render(request, "coaching/substitution_edit.html", context, status=422 if form.is_bound else 200)
