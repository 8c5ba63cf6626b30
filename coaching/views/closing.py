"""The end of a month: onward paths of the group, closing, opening again."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coaching.access import can_edit_month
from coaching.counting import onward_shares
from coaching.enums import EndedBy, ExitKind, MonthState, OnwardPath, SessionState
from coaching.errors import require_open
from coaching.forms import closing as forms
from coaching.forms.months import ReasonForm
from coaching.models import CoachingMonth
from coaching.services import closing as services
from coaching.services.closing import EndingsWrong
from coaching.views.loading import load_month, posted
from core import clock
from core.errors import DomainError
from core.forms import add_domain_error


@require_http_methods(["GET", "POST"])
def month_close(request: HttpRequest, pk: int) -> HttpResponse:
    """One page for the whole group: saved as far as it is known, closed when it is complete."""
    month = load_month(request, pk, can_edit_month)
    people = list(month.enrolments.enrolled().by_name())
    if request.method == "GET":
        return _page(request, month, forms.saved_rows(people, is_over=_is_over(month)))
    rows = forms.typed_rows(people, request.POST)
    try:
        if forms.unknown_people(people, request.POST):
            require_open(month)
            raise DomainError(_("The list of people has changed meanwhile. Check the rows and save again."))
        endings = forms.endings(rows)
        if any(row.errors for row in rows):
            raise DomainError(_("Some rows need a correction. Nothing was saved yet."))
        if "close" not in request.POST:
            services.save_endings(actor=request.user, month=month, endings=endings, now=clock.now())
            messages.success(request, _("Saved. You can go on later."))
            return redirect("coaching:month-close", pk=pk)
        services.close_month(
            actor=request.user,
            month=month,
            endings=endings,
            accept_unlogged="accept_unlogged" in request.POST,
            now=clock.now(),
            today=clock.today(),
        )
    except EndingsWrong as error:
        forms.put_errors(rows, error.rows)
        return _page(request, month, rows, refusal=error)
    except DomainError as error:
        return _page(request, month, rows, refusal=error)
    messages.success(request, _("The month is closed. Next, the summaries of the period."))
    return redirect("coaching:month-detail", pk=pk)


def _is_over(month: CoachingMonth) -> bool:
    """No session is still to come."""
    return not month.sessions.filter(state=SessionState.PLANNED, held_on__gt=clock.today()).exists()


def _page(
    request: HttpRequest, month: CoachingMonth, rows: list, *, refusal: DomainError | None = None
) -> HttpResponse:
    """The page; a refusal keeps everything typed and answers 422."""
    today = clock.today()
    planned = list(month.sessions.filter(state=SessionState.PLANNED).in_order())
    context = {
        "month": month,
        "rows": rows,
        "refusal": refusal,
        "is_closed": month.state != MonthState.OPEN,
        "unlogged": [session for session in planned if session.held_on <= today],
        "to_come": [session for session in planned if session.held_on > today],
        "accept_unlogged": "accept_unlogged" in request.POST,
        "share": onward_shares([month.pk])[month.pk],
        "target": settings.ONWARD_PATH_TARGET_PERCENT,
        "exit_kinds": ExitKind.choices,
        "paths": OnwardPath.choices,
        "enders": EndedBy.choices,
    }
    return render(request, "coaching/month_close.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "POST"])
def month_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed month again, with a reason that stands in the audit trail."""
    month = load_month(request, pk, can_edit_month)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.reopen_month(actor=request.user, month=month, reason=form.cleaned_data["reason"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The month is open again."))
            return redirect("coaching:month-detail", pk=pk)
    context = {"month": month, "form": form, "here": _("Open the month again")}
    return render(request, "coaching/month_reopen.html", context, status=422 if form.is_bound else 200)
