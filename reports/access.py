"""Who may do what with summaries (permissions.md). Policies are prose first."""

from __future__ import annotations

from accounts.enums import Role
from coaching.access import is_own_coach
from coaching.models import CoachingMonth
from reports.models import SummaryVersion


def can_write_summaries(user, month: CoachingMonth) -> bool:
    """The month's own coaches make, edit, approve and release its summaries. A substitute logs days but
    does not speak to the TE-office in the coach's name."""
    return is_own_coach(user, month)


def can_view_summary(user, summary: SummaryVersion) -> bool:
    """The month's own coach sees every version; a TE officer what was released to the own office, and
    superseded versions once they had been released; nobody else."""
    if user.role == Role.TE_OFFICER:
        return summary.released_at is not None and summary.recipient_id == user.authority_id
    return can_write_summaries(user, summary.enrolment.month)
