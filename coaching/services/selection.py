"""Before the month: information events, selection talks and what came of them.

A talk instead of a choice on paper: people come better motivated and fewer drop out (requirements-seed-004,
A5, lines 1017-1031; 940-946). Coming is voluntary (seed 002).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from coaching.access import can_choose_group
from coaching.enums import EnrolmentState, SelectionDecision
from coaching.models import CoachingMonth, Enrolment, InformationEvent, Selection
from coaching.services.common import lock_open_month, require, require_version
from coaching.services.enrolments import enrol_participant
from core.errors import DomainError
from participants.enrolment_hooks import move_referral
from participants.enums import ReferralState
from participants.models import Participant

CLOSED_WAYS = {
    SelectionDecision.NOT_SELECTED: ReferralState.NOT_SELECTED,
    SelectionDecision.WITHDREW: ReferralState.WITHDREW,
}


@dataclass(frozen=True)
class EventFacts:
    """When and where people were told about the month, and how many: counted, never named."""

    held_at: dt.datetime
    place: str
    invited: int | None = None
    came: int | None = None
    interested: int | None = None
    note: str = ""


@transaction.atomic
def save_information_event(
    *, actor, month: CoachingMonth, event_id: int | None, version: int, facts: EventFacts, now: dt.datetime
) -> InformationEvent:
    """Plan an event or note how it went; `event_id` is None for a new one. A new one that stands already is
    given back, so that a second click makes no second event.

    Raises StaleVersion, MonthAlreadyClosed, DomainError with its field, AccessDenied.
    """
    locked = lock_open_month(month.pk)
    _require_chooser(actor, locked)
    event = InformationEvent(month=locked, version=0)
    if event_id is not None:
        event = locked.information_events.select_for_update().filter(pk=event_id).first()
        if event is None:
            raise DomainError(_("Somebody removed this event meanwhile."))
        require_version(event, version)
    counted = facts.came is not None or facts.interested is not None
    if counted and facts.held_at > now:
        raise DomainError(_("The event is still to come: nobody can have been counted yet."), field="came")
    if facts.interested is not None and facts.interested > (facts.came or 0):
        raise DomainError(_("More people cannot have become interested than came."), field="interested")
    if event_id is None and (standing := locked.information_events.filter(**vars(facts)).first()):
        return standing
    for name, value in vars(facts).items():
        setattr(event, name, value)
    event.recorded_by = actor
    event.version += 1
    event.save()
    audit.record(actor=actor, action="information_event.saved", obj=event, details={"month": locked.pk})
    return event


@transaction.atomic
def remove_information_event(*, actor, month: CoachingMonth, event_id: int) -> None:
    """Take an event away; a second click is harmless."""
    locked = lock_open_month(month.pk)
    _require_chooser(actor, locked)
    event = locked.information_events.filter(pk=event_id).first()
    if event is not None:
        audit.record(actor=actor, action="information_event.removed", obj=event, details={"month": locked.pk})
        event.delete()


@transaction.atomic
def start_selection(*, actor, month: CoachingMonth, participant: Participant) -> Selection:
    """Put a person among those who are talked with. A second click gives the same row; a person who was not
    selected or did not want to come is talked with anew. Raises MonthAlreadyClosed, AccessDenied."""
    locked = lock_open_month(month.pk)
    _require_chooser(actor, locked)
    selection = locked.selections.select_for_update().filter(participant=participant).first()
    if selection is not None and selection.decision not in CLOSED_WAYS:
        return selection
    if selection is None:
        enrolment = locked.enrolments.filter(participant=participant).first()
        selection = Selection(month=locked, participant=participant, aim=enrolment.aim if enrolment else "")
    else:
        selection.decision = selection.reason = ""
        selection.decided_on = selection.decided_by = None
        selection.version += 1
    selection.save()
    audit.record(
        actor=actor,
        action="selection.started",
        obj=selection,
        participant_id=participant.pk,
        details={"month": locked.pk},
    )
    return selection


@transaction.atomic
def save_selection(
    *,
    actor,
    selection: Selection,
    version: int,
    planned_at: dt.datetime | None,
    held_on: dt.date | None,
    aim: str,
    wishes: str,
    decision: str,
    reason: str,
    today: dt.date,
) -> Selection:
    """Save the talk, and the decision when one is given: "selected" takes the person into the group (or onto
    the waiting list when it is full), "waiting" onto the list; the other two close the referral. A decision
    stands; the group's page changes it from then on.

    Raises StaleVersion, MonthAlreadyClosed, AlreadyInAMonth, OfficerMissing, DomainError with its field.
    """
    month = lock_open_month(selection.month_id)
    _require_chooser(actor, month)
    row = Selection.objects.select_for_update(of=("self",)).get(pk=selection.pk)
    require_version(row, version)
    if held_on is not None and held_on > today:
        raise DomainError(_("The day is in the future."), field="held_on")
    row.planned_at, row.held_on, row.aim, row.wishes = planned_at, held_on, aim, wishes.strip()
    if held_on is not None and row.interviewer_id is None:
        row.interviewer = actor
    if decision and decision != row.decision:
        _decide(actor, month, row, decision, reason.strip(), today)
    row.version += 1
    row.save()
    Enrolment.objects.filter(month=month, participant=row.participant_id).exclude(aim=aim).update(aim=aim)
    audit.record(
        actor=actor,
        action="selection.decided" if decision else "selection.saved",
        obj=row,
        participant_id=row.participant_id,
        details={"month": month.pk, "decision": decision},
    )
    return row


def _decide(actor, month: CoachingMonth, row: Selection, decision: str, reason: str, today: dt.date) -> None:
    if row.decision:
        raise DomainError(_("The decision is already made. Change it on the group's page."), field="decision")
    if decision != SelectionDecision.WITHDREW and row.held_on is None:
        raise DomainError(_("Give the day of the talk before the decision."), field="held_on")
    if decision != SelectionDecision.WITHDREW and not reason:
        raise DomainError(_("Give the reason for the decision."), field="reason")
    in_month = month.enrolments.filter(participant=row.participant_id).exclude(state=EnrolmentState.CANCELLED)
    if decision in CLOSED_WAYS:
        if in_month.exists():
            raise DomainError(
                _("This person is already in the group or on its waiting list. Take them off there."),
                field="decision",
            )
        move_referral(
            actor=actor,
            participant_id=row.participant_id,
            state=CLOSED_WAYS[decision],
            today=today,
            reason=reason,
        )
    elif not in_month.exists():
        enrol_participant(
            actor=actor,
            month=month,
            participant=row.participant,
            today=today,
            to_waiting_list=decision == SelectionDecision.WAITING,
        )
    row.decision, row.reason, row.decided_on, row.decided_by = decision, reason, today, actor


def _require_chooser(actor, month: CoachingMonth) -> None:
    require(can_choose_group(actor, month), _("The month's own coach and coordinator choose its group."))
