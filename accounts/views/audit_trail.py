"""The reader of the audit trail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts import access
from accounts.audit_reader import lines_for
from accounts.forms.audit_trail import AuditFilterForm
from accounts.models import AuditEvent
from core import clock
from core.errors import AccessDenied
from core.pagination import page_of


@require_GET
def audit_list(request: HttpRequest) -> HttpResponse:
    """Events newest first, 20 a page, by day, action, user and participant."""
    if not access.can_read_audit_trail(request.user):
        raise AccessDenied(_("Managers and administrators read the audit trail."))
    filters = AuditFilterForm.asked(request.GET, today=clock.today())
    events = AuditEvent.objects.visible_to(request.user)
    events = events.matching(**filters.limits()) if filters.is_valid() else events.none()
    page = page_of(events.newest_first(), request)
    context = {"filters": filters, "page": page, "lines": lines_for(request.user, list(page))}
    return render(request, "accounts/audit_list.html", context, status=200 if filters.is_valid() else 422)
