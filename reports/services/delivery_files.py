"""All summaries of a release, or of a month, in one ZIP: who may still get it, and its receipts."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from core.errors import AccessDenied
from reports.enums import FileKind
from reports.models import FileJob, SummaryVersion
from reports.services.file_jobs import ask_for_file
from reports.services.release import note_downloaded, require_reading


def ask_for_zip(*, summaries, actor=None, actor_label: str = "", delivery=None) -> FileJob:
    """Queue a ZIP of these summaries; a double click makes one. See file_jobs.ask_for_file."""
    ids = sorted(summary.pk for summary in summaries)
    return ask_for_file(
        kind=FileKind.DELIVERY_ZIP,
        format="zip",
        params={"summaries": ids},
        actor=actor,
        actor_label=actor_label,
        delivery=delivery,
        parts=len(ids),
    )


def readable(summaries, *, today: dt.date) -> list[SummaryVersion]:
    """Those whose participants still allow the office everything that they show."""
    kept = []
    for summary in summaries:
        try:
            require_reading(summary=summary, today=today)
        except AccessDenied:
            continue
        kept.append(summary)
    return kept


def summaries_of_zip(job: FileJob) -> list[SummaryVersion]:
    """What the ZIP holds and its asker may read today, by name. A delivery's summaries are its own; an
    officer's are those of the office."""
    rows = SummaryVersion.objects.filter(pk__in=job.params["summaries"]).with_person()
    if job.delivery_id is not None:
        rows = rows.filter(delivery_items__delivery=job.delivery_id)
    else:
        rows = rows.visible_to(job.requested_by)
    return list(
        rows.order_by("enrolment__participant__last_name", "enrolment__participant__first_name", "pk")
    )


def require_zip(job: FileJob, *, today: dt.date) -> list[SummaryVersion]:
    """Its summaries, when every one may still be read. Raises AccessDenied: a file is older than the
    participant's change of mind."""
    summaries = summaries_of_zip(job)
    if len(readable(summaries, today=today)) != len(job.params["summaries"]):
        raise AccessDenied(
            _("One of the summaries in this file may not be read any more. Make the file again.")
        )
    return summaries


def note_zip_downloaded(*, job: FileJob, today: dt.date, actor=None, actor_label: str = "") -> None:
    """A receipt for each summary in the ZIP. Raises what `require_zip` raises."""
    for summary in require_zip(job, today=today):
        note_downloaded(actor=actor, actor_label=actor_label, summary=summary)
