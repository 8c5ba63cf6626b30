"""The demo's mailbox: what it would have sent. Routed only when settings.IS_DEMO."""

from __future__ import annotations

import ipaddress

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.models import DemoMail
from core.pagination import page_of


@login_not_required
@require_GET
def demo_mailbox(request: HttpRequest) -> HttpResponse:
    """Mail newest first, for whoever sits at this machine; from elsewhere the page does not exist."""
    if not _is_this_machine(request.META.get("REMOTE_ADDR", "")):
        raise Http404
    page = page_of(DemoMail.objects.order_by("-id"), request)
    response = render(request, "demo/mailbox.html", {"page": page})
    response["Cache-Control"] = "no-store, private"
    return response


def _is_this_machine(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:  # a unix socket has no address: a proxy on this machine
        return False
