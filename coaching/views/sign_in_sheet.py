"""The sign-in sheet of a week, for paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import audit
from coaching.access import can_mark_work_trial_half
from coaching.pages.sign_in_sheet import sign_in_sheet
from coaching.views.loading import load_month
from core import clock


@require_GET
def month_sign_in_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Opening is audited: what is printed leaves the program."""
    today = clock.today()
    month = load_month(request, pk, lambda user, found: can_mark_work_trial_half(user, found, today=today))
    asked = request.GET.get("week", "")
    week = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else None
    sheet = sign_in_sheet(month, week=week, today=today)
    if sheet is None:
        raise Http404
    audit.record(
        actor=request.user,
        action="month.sign_in_sheet_opened",
        obj=month,
        details={"week": sheet.week, "enrolments": sheet.enrolment_ids},
    )
    context = {"sheet": sheet, "month": month, "back_url": reverse("coaching:month-detail", args=[pk])}
    return render(request, "coaching/sign_in_sheet.html", context)
