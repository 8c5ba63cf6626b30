"""The reports as files: every PDF, and the tables that are too long to wait for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Authority
from coaching.access import can_read_attendance
from coaching.models import CoachingMonth
from core import clock
from core.errors import AccessDenied
from core.pdf import render_pdf
from core.tables import write_table
from reports.access import can_read_groups, can_read_trial_report, can_send_attendance
from reports.enums import FileKind
from reports.files import Progress, guards, makes, no_longer
from reports.models import FileJob
from reports.tables.attendance import attendance_headers, attendance_report, attendance_rows
from reports.tables.groups import (
    GroupTotal,
    group_headers,
    group_papers,
    group_period,
    group_rows,
    group_table,
)
from reports.tables.paper import Letterhead, attendance_html, tables_html
from reports.tables.placements import trial_headers, trial_papers, trial_period, trial_table

TELL_EVERY = 5_000


@makes(FileKind.ATTENDANCE)
def attendance_file(job, target: BinaryIO, progress: Progress) -> None:
    """A month's attendance. Who may read it, and who of it may leave, is asked again when it is made."""
    with translation.override(job.params.get("language")):
        today = clock.today()
        month, office = _month_and_office(job, job.requested_by, today)
        report = attendance_report(month, today=today, office=office)
        if office is not None:  # who is on the list after all: asked again when it is fetched
            params = {**job.params, "enrolments": report.enrolment_ids}
            FileJob.objects.filter(pk=job.pk).update(params=params)
        if job.format == "pdf":
            target.write(render_pdf(attendance_html(report, attendance_head(report))))
        else:
            write_table(
                target,
                kind=job.format,
                headers=attendance_headers(report),
                rows=attendance_rows(report),
                title=_("Attendance"),
            )
        progress(1, 1)


@guards(FileKind.ATTENDANCE)
def attendance_gate(job, user, today: dt.date) -> None:
    """Who may read the month; for an office's list also that everybody on it still allows it."""
    month, office = _month_and_office(job, user, today)
    if office is None or not job.file:
        return
    allowed = set(attendance_report(month, today=today, office=office).enrolment_ids)
    if not set(job.params.get("enrolments", ())) <= allowed:
        raise AccessDenied(_("Somebody on this list does not allow it any more. Make the list again."))


def _month_and_office(job, user, today: dt.date) -> tuple[CoachingMonth, Authority | None]:
    months = CoachingMonth.objects.visible_to(user, today=today).select_related("coach")
    month = months.filter(pk=job.params["month"]).first()
    office_id, office = job.params.get("office"), None
    if office_id:
        office = Authority.objects.filter(pk=office_id).first()
    may = can_send_attendance if office_id else can_read_attendance
    if month is None or not may(user, month) or (office_id and office is None):
        raise no_longer()
    return month, office


def attendance_head(report) -> Letterhead:
    """The letterhead of a month's attendance."""
    month = report.month
    days = f"{date_format(month.starts_on, 'j.n.Y')}–{date_format(month.ends_on, 'j.n.Y')}"
    parts = [month.name, days, _("coach %(name)s") % {"name": month.coach.get_full_name()}]
    if report.office is not None:
        parts.append(_("for %(office)s") % {"office": report.office.name})
    return Letterhead(_("Attendance"), ", ".join(parts), report.today)


@guards(FileKind.GROUPS)
def groups_gate(job, user, today: dt.date) -> None:
    """Coaches and managers; numbers of months, no names."""
    if not can_read_groups(user):
        raise no_longer()


@makes(FileKind.GROUPS)
def groups_file(job, target: BinaryIO, progress: Progress) -> None:
    """The group report of a period."""
    user, period = job.requested_by, group_period(job.params)
    with translation.override(job.params.get("language")):
        if job.format == "pdf":
            head = _period_head(_("Group report"), period)
            total = GroupTotal()
            rows = list(group_rows(user, period, total))
            notes = [few_words()] if user.role == Role.MANAGER else []
            target.write(render_pdf(tables_html(head, group_papers(rows, total), notes)))
        else:
            rows = _counted(group_table(user, period), progress)
            title = _("Group report")
            write_table(target, kind=job.format, headers=group_headers(), rows=rows, title=title)
        progress(1, 1)


@guards(FileKind.PLACEMENTS)
def trials_gate(job, user, today: dt.date) -> None:
    """Coordinators and managers."""
    if not can_read_trial_report(user):
        raise no_longer()


@makes(FileKind.PLACEMENTS)
def trials_file(job, target: BinaryIO, progress: Progress) -> None:
    """The work-trial report of a period."""
    user, period, today = job.requested_by, trial_period(job.params), clock.today()
    with translation.override(job.params.get("language")):
        if job.format == "pdf":
            head = _period_head(_("Work-trial report"), period)
            target.write(render_pdf(tables_html(head, trial_papers(user, period, today=today))))
        else:
            rows = _counted(trial_table(user, period, today=today), progress)
            title = _("Work-trial report")
            write_table(target, kind=job.format, headers=trial_headers(user), rows=rows, title=title)
        progress(1, 1)


def few_words() -> str:
    """What stands below a report for somebody who does not know the people."""
    return _(
        "A number of one or two people is not told, nor what it could be worked out from."
        " A total adds up what is told."
    )


def _counted(rows: Iterable[list], progress: Progress) -> Iterator[list]:
    """The rows on their way, telling now and then that the work goes on."""
    for number, row in enumerate(rows):
        if number and number % TELL_EVERY == 0:
            progress(0, 1)
        yield row


def _period_head(title: str, period) -> Letterhead:
    days = f"{date_format(period.first, 'j.n.Y')}–{date_format(period.last, 'j.n.Y')}"
    office = Authority.objects.filter(pk=period.office_id).first() if period.office_id else None
    return Letterhead(title, f"{days}, {office.name}" if office else days, clock.today())
