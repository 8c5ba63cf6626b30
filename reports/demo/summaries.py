"""The finished group's summaries, made and released by the product's own services."""

from __future__ import annotations

import datetime as dt

from coaching.models import CoachingMonth
from core import clock
from reports.enums import ApprovalMethod
from reports.models import SummaryVersion
from reports.services.deliveries import release_together
from reports.services.pdf_files import ensure_pdf
from reports.services.period_end import run_item, start_period_end
from reports.services.versions import approve_summary, give_to_participant, record_approval

LEFT_AS_DRAFT = 1
LEFT_WITH_PARTICIPANT = 1


def release_finished_month(*, today: dt.date) -> int:
    """Make the summaries of the newest finished month and release all but the last two, which wait in the
    coach's hands: one as a draft, one with the participant. How many were released."""
    month = CoachingMonth.objects.filter(state="closed", ends_on__lt=today).order_by("-ends_on", "id").first()
    if month is None:
        return 0
    coach = month.coach
    period_end = start_period_end(actor=coach, month_id=month.pk, tell_workers=False)
    for item_id in period_end.items.order_by("pk").values_list("pk", flat=True):
        run_item(item_id=item_id)
    summaries = list(SummaryVersion.objects.filter(enrolment__month=month).order_by("pk"))
    given = summaries[: len(summaries) - LEFT_AS_DRAFT]
    for summary in given:
        give_to_participant(actor=coach, summary_id=summary.pk, version=summary.version)
    to_release = given[: len(given) - LEFT_WITH_PARTICIPANT]
    chosen = {summary.pk: _approve(coach, summary.pk, today) for summary in to_release}
    release_together(actor=coach, month_id=month.pk, chosen=chosen, now=clock.now(), today=today)
    return len(to_release)


def _approve(coach, summary_id: int, today: dt.date) -> int:
    """Sign and approve one; the version that is ready to be released."""
    now = clock.now()

    def version() -> int:
        return SummaryVersion.objects.values_list("version", flat=True).get(pk=summary_id)

    record_approval(
        actor=coach,
        summary_id=summary_id,
        signed_on=today,
        method=ApprovalMethod.PAPER,
        version=version(),
        now=now,
        today=today,
    )
    approve_summary(actor=coach, summary_id=summary_id, version=version(), now=now)
    ensure_pdf(summary_id=summary_id)
    return version()
