"""Where the page of a file leads back to: the page on which it was asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core.forms import as_people_write
from reports.enums import FileKind
from reports.models import FileJob


def way_back(job: FileJob) -> dict[str, Any]:
    """`back_label` and `back_url` of the page where the file was asked for, and the navigation's `section`.
    No queries."""
    params = job.params
    reports = [(_("Reports"), reverse("reports:report-index"))]
    if job.kind == FileKind.ATTENDANCE:
        url = reverse("reports:attendance", args=[params["month"]])
        return _way("reports", [*reports, (_("Attendance"), url)])
    if job.kind == FileKind.GROUPS:
        return _way("reports", [*reports, (_("Group report"), _of_period("reports:groups", params))])
    if job.kind == FileKind.PLACEMENTS:
        url = _of_period("reports:trial-report", params)
        return _way("reports", [*reports, (_("Work-trial report"), url)])
    if job.kind == FileKind.OWN_DATA:
        url = reverse("reports:own-data-person", args=[job.participant_id])
        return _way("participants", [(_("Own data"), url)])
    if job.kind == FileKind.DIGEST:
        return _way("digests", [(_("Office digest"), reverse("reports:digest", args=[params["digest"]]))])
    return _way("inbox", [(_("Inbox"), reverse("reports:inbox"))])


def _way(section: str, crumbs: list[tuple[str, str]]) -> dict[str, Any]:
    return {"section": section, "crumbs": crumbs, "back_label": crumbs[-1][0], "back_url": crumbs[-1][1]}


def _of_period(name: str, params: dict) -> str:
    """The report with the same days and choices, as its form reads them."""
    asked = {key: as_people_write(dt.date.fromisoformat(params[key])) for key in ("first", "last")}
    asked |= {key: params[key] for key in ("office", "coach") if key in params}
    return f"{reverse(name)}?{urlencode(asked)}"
