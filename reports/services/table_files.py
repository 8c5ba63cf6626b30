"""Asking for a report as a file that a worker makes, and noting what goes to an office."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import audit
from accounts.enums import Role
from accounts.models import Authority
from coaching.models import CoachingMonth
from core.errors import AccessDenied
from reports.access import can_send_attendance
from reports.enums import FileKind
from reports.errors import WrongState
from reports.models import FileJob
from reports.services.file_jobs import ask_for_file
from reports.tables.attendance import attendance_report
from reports.tables.groups import group_period, months_of_report
from reports.tables.placements import trial_period, trials_of_report

TAKEN, FILE_ASKED = "report.exported", "report.file_asked"


@transaction.atomic
def ask_for_attendance(*, actor, month: CoachingMonth, format: str, today: dt.date) -> FileJob:
    """The month's attendance for the house. Whose it is, is audited when it is asked for."""
    audit.record(
        actor=actor,
        action=FILE_ASKED,
        obj=month,
        details={
            "kind": FileKind.ATTENDANCE.value,
            "format": format,
            "enrolments": attendance_report(month, today=today).enrolment_ids,
        },
    )
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


def note_groups_taken(*, actor, format: str, asked: dict) -> None:
    """The group report of a period went out at once: of which months."""
    audit.record(actor=actor, action=TAKEN, details=_group_details(actor, format, asked))


def note_trials_taken(*, actor, format: str, asked: dict, today: dt.date) -> None:
    """The work-trial report of a period went out at once: of which work trials."""
    audit.record(actor=actor, action=TAKEN, details=_trial_details(actor, format, asked, today))


@transaction.atomic
def ask_for_groups(*, actor, format: str, asked: dict) -> FileJob:
    """The group report of a period; `asked` is what PeriodForm.asked() gave."""
    audit.record(actor=actor, action=FILE_ASKED, details=_group_details(actor, format, asked))
    return _ask(FileKind.GROUPS, actor, format, asked)


@transaction.atomic
def ask_for_trials(*, actor, format: str, asked: dict, today: dt.date) -> FileJob:
    """The work-trial report of a period; `asked` is what PeriodForm.asked() gave."""
    audit.record(actor=actor, action=FILE_ASKED, details=_trial_details(actor, format, asked, today))
    return _ask(FileKind.PLACEMENTS, actor, format, asked)


def _group_details(actor, format: str, asked: dict) -> dict:
    months = months_of_report(actor, group_period(asked)).values_list("pk", flat=True)
    return {"kind": FileKind.GROUPS.value, "format": format, "months": list(months)}


def _trial_details(actor, format: str, asked: dict, today: dt.date) -> dict:
    details: dict = {"kind": FileKind.PLACEMENTS.value, "format": format}
    if actor.role == Role.COORDINATOR:  # who may only count takes numbers and nobody's name
        trials = trials_of_report(actor, trial_period(asked), today=today)
        details["placements"] = list(trials.order_by("pk").values_list("pk", flat=True))
    return details


def _ask(kind: str, actor, format: str, asked: dict) -> FileJob:
    params = {**asked, "language": get_language()}
    return ask_for_file(kind=kind, format=format, params=params, actor=actor, parts=1)
