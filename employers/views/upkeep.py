"""Keeping in touch with employers: two lists, mine or somebody's who is away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core import clock
from core.pagination import page_of
from employers import access
from employers.forms.upkeep import WhoseForm
from employers.pages.upkeep import due_of, due_rows, quiet_of, quiet_since


def _whose(request: HttpRequest) -> WhoseForm:
    if not access.can_read_register(request.user):
        raise Http404
    return WhoseForm(request.GET, user=request.user)


def _tabs(request: HttpRequest, whose: WhoseForm) -> list[tuple]:
    tail = f"?whose={whose.chosen}" if whose.chosen else ""
    addresses = [(_("Due"), reverse("employers:due")), (_("Quiet employers"), reverse("employers:quiet"))]
    return [(label, f"{url}{tail}", request.path == url) for label, url in addresses]


@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """Calls and promises whose day has come."""
    whose, today = _whose(request), clock.today()
    page = page_of(due_of(whose.user_id(), today=today), request)
    rows = due_rows(page.object_list, today=today)
    context = {"whose": whose, "page": page, "rows": rows, "tabs": _tabs(request, whose), "today": today}
    return render(request, "employers/contacts/due.html", context)


@require_GET
def quiet(request: HttpRequest) -> HttpResponse:
    """Employers who worked with us and have not heard of us for months."""
    whose, today = _whose(request), clock.today()
    page = page_of(quiet_of(whose.user_id(), today=today), request, is_capped=True)
    context = {
        "whose": whose,
        "page": page,
        "tabs": _tabs(request, whose),
        "today": today,
        "since": quiet_since(today),
    }
    return render(request, "employers/contacts/quiet.html", context)
