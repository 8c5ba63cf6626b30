"""Asking for a report as a file that a worker makes, and noting what goes to an office."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Authority
from coaching.models import CoachingMonth
from core.errors import AccessDenied
from reports.access import can_send_attendance
from reports.enums import FileKind
from reports.errors import WrongState
from reports.models import FileJob
from reports.services.file_jobs import ask_for_file
from reports.tables.attendance import attendance_report


def ask_for_attendance(*, actor, month: CoachingMonth, format: str) -> FileJob:
    """The month's attendance for the house."""
    return ask_for_file(
        kind=FileKind.ATTENDANCE,
        format=format,
        params={"month": month.pk, "language": get_language()},
        actor=actor,
        parts=1,
    )


@transaction.atomic
def ask_for_office_list(
    *, actor, month: CoachingMonth, office: Authority, format: str, today: dt.date
) -> FileJob:
    """The list for one office, of those who allowed it. Raises WrongState when nobody has."""
    if not can_send_attendance(actor, month):
        raise AccessDenied(_("The list for an office is made by the month's own coach."))
    report = attendance_report(month, today=today, office=office)
    if not report.rows:
        raise WrongState(
            _("Nobody of this office has allowed the attendance to be told. Record the consents first.")
        )
    audit.record(
        actor=actor,
        action="report.made_for_office",
        obj=month,
        details={"office": office.pk, "enrolments": report.enrolment_ids, "left_out": report.left_out},
    )
    return ask_for_file(
        kind=FileKind.ATTENDANCE,
        format=format,
        params={
            "month": month.pk,
            "office": office.pk,
            "enrolments": report.enrolment_ids,
            "language": get_language(),
        },
        actor=actor,
        parts=1,
    )


def ask_for_groups(*, actor, format: str, asked: dict) -> FileJob:
    """The group report of a period; `asked` is what PeriodForm.asked() gave."""
    return _ask(FileKind.GROUPS, actor, format, asked)


def ask_for_trials(*, actor, format: str, asked: dict) -> FileJob:
    """The work-trial report of a period; `asked` is what PeriodForm.asked() gave."""
    return _ask(FileKind.PLACEMENTS, actor, format, asked)


def _ask(kind: str, actor, format: str, asked: dict) -> FileJob:
    params = {**asked, "language": get_language()}
    return ask_for_file(kind=kind, format=format, params=params, actor=actor, parts=1)
