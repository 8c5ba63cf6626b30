"""Whoever changes summaries locks in one order: the month (when several people's go together), the enrolment,
the version. So nobody overwrites what another has just written, and no two wait for each other."""

from __future__ import annotations

from django.db.models import QuerySet

from coaching.models import CoachingMonth, Enrolment
from reports.models import SummaryVersion


def lock_month(month_id: int) -> CoachingMonth:
    """The month, while several summaries of it are released or sent. Raises CoachingMonth.DoesNotExist."""
    return CoachingMonth.objects.select_for_update(of=("self",), no_key=True).get(pk=month_id)


def lock_enrolment(enrolment_id: int) -> Enrolment:
    """The enrolment with its month: its summaries stand still. Raises Enrolment.DoesNotExist."""
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True).select_related("month")
    return rows.get(pk=enrolment_id)


def lock_version(versions: QuerySet) -> SummaryVersion | None:
    """The one version of `versions`, read after its enrolment is locked; None when there is none."""
    enrolment_id = versions.order_by().values_list("enrolment_id", flat=True).first()
    if enrolment_id is None:
        return None
    lock_enrolment(enrolment_id)
    rows = versions.select_for_update(of=("self",))
    return rows.select_related("enrolment__month", "enrolment__participant").first()
