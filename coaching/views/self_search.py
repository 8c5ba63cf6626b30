"""Until when the people of a month look for a place themselves: one date."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coaching.access import can_set_self_search
from coaching.forms.self_search import SelfSearchForm
from coaching.self_search import self_search_deadline
from coaching.services.self_search import set_self_search
from coaching.views.loading import load_month, posted
from core import clock
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error


@require_http_methods(["GET", "POST"])
def self_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the last day of the own search, by the month's coaches and its coordinator."""
    month, today = load_month(request, pk), clock.today()
    if not can_set_self_search(request.user, month, today=today):
        raise AccessDenied(_("The month's coaches and its coordinator set this day."))
    form = SelfSearchForm(posted(request), month=month)
    if request.method == "POST" and form.is_valid():
        try:
            set_self_search(actor=request.user, month=month, today=today, **form.cleaned_data)
        except DomainError as refusal:
            add_domain_error(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("coaching:month-detail", pk=pk)
    context = {"form": form, "month": month, "here": _("Own search for a place")}
    context["deadline"] = self_search_deadline(month)
    status = 422 if request.method == "POST" else 200
    return render(request, "coaching/self_search.html", context, status=status)
