"""Who may do what with summaries (permissions.md). Policies are prose first."""

from __future__ import annotations

from accounts.enums import Role
from coaching.access import is_own_coach
from coaching.models import CoachingMonth, Enrolment
from reports.models import Aftercare, SummaryVersion


def can_write_summaries(user, month: CoachingMonth) -> bool:
    """The month's own coaches make, edit, approve and release its summaries. A substitute logs days but
    does not speak to the TE-office in the coach's name."""
    return is_own_coach(user, month)


def can_read_checklist(user, month: CoachingMonth) -> bool:
    """The month's own coaches, who fill it, and its coordinator, who reads it: what is missing, never what
    was written."""
    return can_write_summaries(user, month) or (
        user.role == Role.COORDINATOR and month.coordinator_id == user.pk
    )


def can_view_summary(user, summary: SummaryVersion) -> bool:
    """The month's own coach sees every version; a TE officer what was released to the own office, and
    superseded versions once they had been released; nobody else."""
    if user.role == Role.TE_OFFICER:
        return SummaryVersion.objects.at_office(user.authority_id).filter(pk=summary.pk).exists()
    return can_write_summaries(user, summary.enrolment.month)


def has_reports(user) -> bool:
    """Coaches, coordinators and managers have reports; an officer reads summaries and the office's digest."""
    return user.role in (Role.COACH, Role.COORDINATOR, Role.MANAGER)


def can_read_groups(user) -> bool:
    """What groups came to: a coach of the own months, a manager of all, without numbers of one or two."""
    return user.role in (Role.COACH, Role.MANAGER)


def can_read_trial_report(user) -> bool:
    """Work trials: a coordinator lists the own ones, a manager reads numbers without names."""
    return user.role in (Role.COORDINATOR, Role.MANAGER)


def can_send_attendance(user, month: CoachingMonth) -> bool:
    """Only the month's own coaches make the list for an office: it speaks for the house, as summaries do."""
    return is_own_coach(user, month)


def is_officer_with_summary(user, enrolment: Enrolment) -> bool:
    """A TE officer of the participant's office, once a summary of the person was released to that office."""
    if user.role != Role.TE_OFFICER or user.authority_id is None:
        return False
    if enrolment.participant.authority_id != user.authority_id:  # the person has moved on
        return False
    return enrolment.summary_versions.at_office(user.authority_id).exists()


def can_record_decision(user, enrolment: Enrolment) -> bool:
    """The month's own coach writes in the meeting what the officer decided; an officer who has an account and
    the summary may record the own decision."""
    return can_write_summaries(user, enrolment.month) or is_officer_with_summary(user, enrolment)


def can_give_aftercare(user, aftercare: Aftercare) -> bool:
    """Who takes care of it, and the month's own coach, write down what was given."""
    if user.role not in (Role.COACH, Role.COORDINATOR):
        return False
    return aftercare.carer_id == user.pk or can_write_summaries(user, aftercare.enrolment.month)


def can_write_digests(user) -> bool:
    """Managers write what an office reads of a period; officers read what was sent to their office."""
    return user.role == Role.MANAGER
