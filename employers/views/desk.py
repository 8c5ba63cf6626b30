"""The coordinator's first page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import clock
from employers.pages.desk import desk_page, is_coordinator


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What needs doing today and this week."""
    if not is_coordinator(request.user):
        raise Http404
    return render(request, "employers/desk.html", desk_page(request.user, today=clock.today()))
