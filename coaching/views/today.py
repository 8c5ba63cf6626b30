"""The coach's first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coaching.access import has_today_page
from coaching.pages.today import build_today_page
from core import clock
from core.errors import AccessDenied


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Everything on it is something to do."""
    if not has_today_page(request.user):
        raise AccessDenied(_("Today is the coaches' page."))
    page = build_today_page(user=request.user, today=clock.today(), now=clock.now())
    return render(request, "coaching/today.html", {"page": page})
