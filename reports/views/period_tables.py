"""The group report and the work-trial report: a period on a page, and as files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import audit
from accounts.enums import Role
from core import clock
from core.errors import AccessDenied
from core.pagination import page_of
from core.tables import table_response
from reports.access import can_read_groups, can_read_trial_report
from reports.enums import FileKind
from reports.files.names import period_name
from reports.forms.tables import FORMATS, FileForm, PeriodForm
from reports.services.table_files import (
    ask_for_groups,
    ask_for_trials,
    note_groups_taken,
    note_trials_taken,
)
from reports.tables.groups import (
    GroupTotal,
    group_headers,
    group_period,
    group_rows,
    group_table,
    months_of_report,
)
from reports.tables.placements import (
    trial_headers,
    trial_numbers,
    trial_period,
    trial_row,
    trial_table,
    trials_of_report,
    with_days,
)

BIG = 2_000  # rows of a file that nobody should wait for in a request


def _group_form(request: HttpRequest, data) -> PeriodForm:
    if not can_read_groups(request.user):
        raise AccessDenied(_("The group report is read by coaches and managers."))
    return PeriodForm(data, today=clock.today(), with_coach=request.user.role == Role.MANAGER)


@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """What each month came to, and all of them together."""
    return _groups_page(request, _group_form(request, request.GET))


def _groups_page(request: HttpRequest, form: PeriodForm, *, error: str = "") -> HttpResponse:
    total = GroupTotal()
    page = page_of(list(group_rows(request.user, group_period(form.asked()), total)), request)
    shown = [row.pk for row in page.object_list]
    audit.record(actor=request.user, action="report.groups_opened", details={"months": shown})
    context = {
        "form": form,
        "page": page,
        "total": total.row,
        "months": total.months,
        "formats": FORMATS,
        "hides": request.user.role == Role.MANAGER,
        "error": error,
    }
    return render(request, "reports/tables/groups.html", context, status=_status(form, error))


@require_POST
def groups_file(request: HttpRequest) -> HttpResponseBase:
    """The same as a file; the PDF and what is big are made by a worker."""
    form = _group_form(request, request.POST)
    format, asked = _format(request), form.asked()
    if not format or not form.is_valid():
        return _groups_page(request, form, error="" if format else _("Choose which file you want."))
    period = group_period(asked)
    if format == "pdf" or months_of_report(request.user, period).count() > BIG:
        job = ask_for_groups(actor=request.user, format=format, asked=asked)
        return redirect("reports:file-job", job.pk)
    note_groups_taken(actor=request.user, format=format, asked=asked)
    rows = group_table(request.user, period)
    return table_response(
        kind=format,
        name=period_name(FileKind.GROUPS, period),
        title=_("Group report"),
        headers=group_headers(),
        rows=rows,
    )


def _trial_form(request: HttpRequest, data) -> PeriodForm:
    if not can_read_trial_report(request.user):
        raise AccessDenied(_("The work-trial report is read by coordinators and managers."))
    return PeriodForm(data, today=clock.today())


@require_GET
def trials(request: HttpRequest) -> HttpResponse:
    """A coordinator's own work trials one by one, and their numbers; a manager's numbers."""
    return _trials_page(request, _trial_form(request, request.GET))


def _trials_page(request: HttpRequest, form: PeriodForm, *, error: str = "") -> HttpResponse:
    period, today = trial_period(form.asked()), clock.today()
    page = None
    if request.user.role == Role.COORDINATOR:
        found = with_days(trials_of_report(request.user, period, today=today), period)
        page = page_of(found.with_names().newest_first(), request)
        page.object_list = [trial_row(trial) for trial in page.object_list]
        shown = [row.pk for row in page.object_list]
        audit.record(actor=request.user, action="report.trials_opened", details={"placements": shown})
    context = {
        "form": form,
        "page": page,
        "tables": trial_numbers(request.user, period, today=today),
        "formats": FORMATS,
        "hides": request.user.role == Role.MANAGER,
        "error": error,
    }
    return render(request, "reports/tables/trials.html", context, status=_status(form, error))


@require_POST
def trials_file(request: HttpRequest) -> HttpResponseBase:
    """The same as a file; the PDF and what is big are made by a worker."""
    form = _trial_form(request, request.POST)
    format, asked = _format(request), form.asked()
    if not format or not form.is_valid():
        return _trials_page(request, form, error="" if format else _("Choose which file you want."))
    period, today = trial_period(asked), clock.today()
    if format == "pdf" or trials_of_report(request.user, period, today=today).count() > BIG:
        job = ask_for_trials(actor=request.user, format=format, asked=asked, today=today)
        return redirect("reports:file-job", job.pk)
    note_trials_taken(actor=request.user, format=format, asked=asked, today=today)
    rows = trial_table(request.user, period, today=today)
    headers = trial_headers(request.user)
    return table_response(
        kind=format,
        name=period_name(FileKind.PLACEMENTS, period),
        title=_("Work-trial report"),
        headers=headers,
        rows=rows,
    )


def _format(request: HttpRequest) -> str:
    form = FileForm(request.POST)
    return form.cleaned_data["format"] if form.is_valid() else ""


def _status(form: PeriodForm, error: str) -> int:
    return 200 if form.is_valid() and not error else 422
