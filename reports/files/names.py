"""What a file is called when it is fetched: in the reader's language, by days and numbers, of nobody."""

from __future__ import annotations

import datetime as dt

from django.utils.text import slugify
from django.utils.translation import gettext as _

from coaching.models import CoachingMonth
from reports.enums import FileKind
from reports.models import FileJob


def attendance_name(month: CoachingMonth) -> str:
    """The attendance of a month: its number and days."""
    return _joined(_("attendance"), month.pk, month.starts_on, month.ends_on)


def period_name(kind: str, period) -> str:
    """A report of a period (`first`, `last`): its days."""
    return _joined(_word(kind), period.first, period.last)


def job_name(job: FileJob) -> str:
    """The file of a job, without its ending. One query for a month, else none."""
    params = job.params
    if job.kind == FileKind.ATTENDANCE:
        month = CoachingMonth.objects.filter(pk=params["month"]).first()
        name = attendance_name(month) if month else _("attendance")
        return _joined(name, _("for-the-office")) if params.get("office") else name
    if job.kind in (FileKind.GROUPS, FileKind.PLACEMENTS) and "first" in params:
        return _joined(_word(job.kind), params["first"], params["last"])
    return _joined(_word(job.kind), job.pk)


def _word(kind: str) -> str:
    words = {
        FileKind.GROUPS: _("group-report"),
        FileKind.PLACEMENTS: _("work-trial-report"),
        FileKind.DELIVERY_ZIP: _("summaries-file"),
        FileKind.OWN_DATA: _("own-data"),
        FileKind.DIGEST: _("office-digest"),
    }
    return words[FileKind(kind)]


def _joined(*parts: object) -> str:
    words = (part.isoformat() if isinstance(part, dt.date) else slugify(str(part)) for part in parts)
    return "-".join(words)
