"""The index of reports, and the attendance of a month."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import audit
from coaching.access import can_read_attendance
from coaching.models import CoachingMonth
from coaching.views.loading import load_month
from core import clock
from core.errors import AccessDenied, DomainError
from core.pagination import page_of
from core.tables import table_response
from reports.access import can_send_attendance, has_reports
from reports.files.names import attendance_name
from reports.forms.tables import FORMATS, AttendanceFileForm
from reports.services.table_files import ask_for_attendance, ask_for_office_list
from reports.tables.attendance import attendance_headers, attendance_report, attendance_rows, offices_of
from reports.tables.index import report_cards


@require_GET
def report_index(request: HttpRequest) -> HttpResponse:
    """What each report is for, and the months whose attendance can be read."""
    if not has_reports(request.user):
        raise AccessDenied(_("The reports belong to coaches, coordinators and managers."))
    months = CoachingMonth.objects.visible_to(request.user, today=clock.today()).newest_first()
    context = {"cards": report_cards(request.user), "page": page_of(months, request)}
    return render(request, "reports/tables/index.html", context)


@require_GET
def attendance(request: HttpRequest, month_id: int) -> HttpResponse:
    """Each person's figures and days. Opening is audited, as the grid is."""
    month = load_month(request, month_id, can_read_attendance)
    return _attendance_page(request, month)


def _attendance_page(
    request: HttpRequest, month: CoachingMonth, *, error: str = "", status: int = 200
) -> HttpResponse:
    report = attendance_report(month, today=clock.today())
    audit.record(
        actor=request.user,
        action="report.attendance_opened",
        obj=month,
        details={"enrolments": report.enrolment_ids},
    )
    context = {
        "month": month,
        "report": report,
        "formats": FORMATS,
        "offices": offices_of(month) if can_send_attendance(request.user, month) else [],
        "error": error,
    }
    return render(request, "reports/tables/attendance.html", context, status=status)


@require_POST
def attendance_file(request: HttpRequest, month_id: int) -> HttpResponseBase:
    """The same as a file: tables for the house at once, a PDF and the list for an office as a job."""
    month = load_month(request, month_id, can_read_attendance)
    form = AttendanceFileForm(request.POST, offices=offices_of(month))
    if not form.is_valid():
        return _attendance_page(request, month, error=_("Choose which file you want."), status=422)
    format, office = form.cleaned_data["format"], form.cleaned_data["office"]
    today = clock.today()
    if office is not None:
        try:
            job = ask_for_office_list(
                actor=request.user, month=month, office=office, format=format, today=today
            )
        except AccessDenied:
            raise
        except DomainError as refusal:
            return _attendance_page(request, month, error=str(refusal), status=422)
        return redirect("reports:file-job", job.pk)
    if format == "pdf":
        job = ask_for_attendance(actor=request.user, month=month, format=format, today=today)
        return redirect("reports:file-job", job.pk)
    report = attendance_report(month, today=today)
    audit.record(
        actor=request.user,
        action="report.exported",
        obj=month,
        details={"kind": "attendance", "format": format, "enrolments": report.enrolment_ids},
    )
    return table_response(
        kind=format,
        name=attendance_name(month),
        title=_("Attendance"),
        headers=attendance_headers(report),
        rows=attendance_rows(report),
    )
