"""What the pages of summaries show, gathered in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import AuditEvent
from coaching.models import CoachingMonth
from coaching.querysets import coached_months_q
from core.work_rows import WorkState
from reports.enums import FailureCause, SummaryState
from reports.models import Delivery, SummaryVersion
from reports.querysets import COPIED, DOWNLOADED, OPENED, RECEIPTS
from reports.summary.build import build_summaries
from reports.summary.canonical import as_json, sha256
from reports.summary.holes import blocking, find_holes
from reports.summary.present import present

TONES = {
    SummaryState.DRAFT: "neutral",
    SummaryState.PARTICIPANT_REVIEW: "info",
    SummaryState.APPROVED: "accent",
    SummaryState.RELEASED: "success",
    SummaryState.SUPERSEDED: "neutral",
}
RECALLED_TONE, SIGNED_TONE = "warning", "accent"
RECEIPT_CODES = {OPENED: "opened", DOWNLOADED: "downloaded", COPIED: "copied"}


def standing_of(version: SummaryVersion) -> tuple[str, str]:
    """(what the version's badge says, its tone): the state, but for one whose releases were all taken back
    (of `with_recall`) and one that the participant has approved and the coach not yet."""
    if version.state == SummaryState.RELEASED and version.is_recalled:
        return _("release taken back"), RECALLED_TONE
    if version.state == SummaryState.PARTICIPANT_REVIEW and version.is_signed:
        return _("approved by the participant"), SIGNED_TONE
    return version.get_state_display(), TONES[version.state]


def months_with_counts(user):
    """The coach's own months, newest first, with how many people and released summaries each has."""
    return (
        CoachingMonth.objects.filter(coached_months_q(user))
        .annotate(
            people=Count("enrolments", filter=Q(enrolments__state="enrolled"), distinct=True),
            released=Count(
                "enrolments__summary_versions",
                filter=Q(enrolments__summary_versions__state=SummaryState.RELEASED),
                distinct=True,
            ),
        )
        .newest_first()
    )


def month_page(month: CoachingMonth) -> dict[str, Any]:
    """People, newest versions and the newest period end of a month."""
    people = list(month.enrolments.enrolled().by_name())
    newest = {
        version.enrolment_id: version
        for version in SummaryVersion.objects.filter(enrolment__in=people).current().with_recall()
    }
    period_end = month.period_ends.order_by("-id").first()
    items = {item.enrolment_id: item for item in period_end.items.all()} if period_end else {}
    rows = []
    for person in people:
        version, item = newest.get(person.pk), items.get(person.pk)
        standing, tone = standing_of(version) if version else ("", "")
        rows.append(
            {
                "person": person,
                "version": version,
                "tone": tone,
                "standing": standing,
                "item": item,
                "item_state": item.state if item else "",
                "cause": cause_in_words(item.error) if item and item.state == WorkState.FAILED else "",
            }
        )
    settled = sum(not item.is_open for item in items.values())
    return {
        "month": month,
        "rows": rows,
        "period_end": period_end,
        "is_running": period_end is not None and period_end.finished_at is None,
        "settled": settled,
        "total": len(items),
        "failed": sum(item.state == WorkState.FAILED for item in items.values()),
        "error": "",
    }


def cause_in_words(code: str) -> str:
    """The label of a FailureCause; a cause that was written in words stands as it is."""
    return str(FailureCause(code).label) if code in FailureCause.values else code


def summary_page(summary: SummaryVersion, *, today: dt.date) -> dict[str, Any]:
    """Everything on the coach's page of one version."""
    holes = find_holes(summary, today=today)
    current = as_json(build_summaries([summary.enrolment_id], today=today)[0])
    versions = list(
        SummaryVersion.objects.filter(enrolment=summary.enrolment_id)
        .with_recall()
        .select_related("author", "released_by", "recipient")
        .order_by("-number")
    )
    job = getattr(summary, "pdf_job", None)
    rows = [{"row": version, "standing": standing_of(version)} for version in versions]
    own = next(row for row in rows if row["row"].pk == summary.pk)
    return {
        "summary": summary,
        "standing": own["standing"],
        "is_recalled": own["row"].is_recalled,
        "page": present(summary),
        "blocking": blocking(holes),
        "warnings": [hole for hole in holes if not hole.blocks],
        "is_stale": sha256(current) != summary.source_hash,
        "is_newest": versions[0].pk == summary.pk,
        "versions": rows,
        "receipts": receipts_of([version.pk for version in versions]),
        "delivery": Delivery.objects.filter(items__summary=summary).newest_first().first(),
        "withheld_health": "health" not in summary.data["items"],
        "pdf_job": job,
        "pdf_is_coming": job is not None and job.is_open and not summary.has_fresh_pdf,
        "pdf_failed": cause_in_words(job.error) if job is not None and job.state == WorkState.FAILED else "",
        "error": "",
    }


def receipts_of(summary_ids: list[int]) -> list[dict[str, Any]]:
    """Who of the office opened, downloaded or copied which version and when, newest first. Two queries."""
    numbers = dict(SummaryVersion.objects.filter(pk__in=summary_ids).values_list("pk", "number"))
    events = (
        AuditEvent.objects.filter(
            object_type="reports.summaryversion", object_id__in=summary_ids, action__in=RECEIPTS
        )
        .select_related("actor")
        .order_by("-id")[:100]
    )
    return [
        {
            "at": event.at,
            "who": event.actor.full_name if event.actor else _(event.actor_label),
            "what": RECEIPT_CODES[event.action],
            "number": numbers[event.object_id],
        }
        for event in events
    ]
