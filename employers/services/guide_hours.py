"""The days at work through the guide's link: the link given, reminded, taken back, the hours saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coaching.errors import MonthAlreadyClosed, MonthCancelled
from coaching.models import Enrolment
from coaching.services.corrections import CorrectionNeedsReason
from coaching.services.work_trial_half import HalfDayChange, save_work_trial_half
from core.errors import DomainError
from employers.enums import BEGUN_STATES, PlacementState, WorkplacePurpose
from employers.models import ContactPerson, Placement, WorkplaceLink
from employers.reminding import require_reminder_moment
from employers.services.workplace_links import (
    GivenWorkplaceLink,
    give_workplace_link,
    latest_link,
    lock_live_link,
    note_use,
    revoke_workplace_links,
)

HOURS = WorkplacePurpose.HOURS


def guide_of(placement: Placement) -> ContactPerson | None:
    """Who marks the days at the workplace: the guide, else the supervisor."""
    return placement.guide or placement.supervisor


def why_not_by_mail(placement: Placement, person: ContactPerson | None) -> str:
    """Why a link about this person cannot go by e-mail, as a sentence; "" when it can."""
    if placement.participant.is_restricted:
        return _("The person is protected, so the link is only shown or printed, never mailed.")
    if person is None:
        return _("Choose a guide or a supervisor for the work trial first.")
    if not person.email:
        return _("%(name)s has no e-mail address in the register.") % {"name": person.name}
    return ""


@transaction.atomic
def give_hours_link(*, actor, placement_id: int, by_mail: bool, now: dt.datetime) -> GivenWorkplaceLink:
    """A new link for the guide, mailed or to be shown; the one before stops working.

    Raises DomainError when it cannot be mailed, and for a work trial that did not start.
    """
    placement = _locked(placement_id)
    person = guide_of(placement)
    if placement.state == PlacementState.DID_NOT_START:
        raise DomainError(_("This work trial did not start."))
    if by_mail and (obstacle := why_not_by_mail(placement, person)):
        raise DomainError(obstacle)
    return give_workplace_link(
        actor=actor,
        purpose=HOURS,
        subject_id=placement.pk,
        placement=placement,
        contact_person=person,
        email=person.email if by_mail and person else "",
        language=placement.employer.language,
        mail_name="guide_hours" if by_mail else "",
        now=now,
    )


@transaction.atomic
def remind_of_hours(*, actor, placement_id: int, unmarked: int, now: dt.datetime) -> GivenWorkplaceLink:
    """One mail with a new link to the guide who has `unmarked` days open.

    Raises DomainError when nothing is open, by night, on days off, within 24 hours of the last mail, and
    when it cannot be mailed.
    """
    placement = _locked(placement_id)
    if unmarked < 1:
        raise DomainError(_("Every day up to today has been marked, so there is nothing to remind of."))
    person = guide_of(placement)
    if obstacle := why_not_by_mail(placement, person):
        raise DomainError(obstacle)
    latest = latest_link(purpose=HOURS, subject_id=placement.pk)
    require_reminder_moment(now=now, last_sent_at=latest.created_at if latest and latest.email else None)
    return give_workplace_link(
        actor=actor,
        purpose=HOURS,
        subject_id=placement.pk,
        placement=placement,
        contact_person=person,
        email=person.email,
        language=placement.employer.language,
        mail_name="guide_hours_reminder",
        is_reminder=True,
        now=now,
    )


@transaction.atomic
def revoke_hours_link(*, actor, placement_id: int, now: dt.datetime) -> int:
    """The guide's link stops working at once; how many there were."""
    placement = _locked(placement_id)
    return revoke_workplace_links(
        actor=actor,
        purpose=HOURS,
        subject_id=placement.pk,
        now=now,
        participant_id=placement.participant_id,
    )


@transaction.atomic
def save_guide_hours(
    *,
    link: WorkplaceLink,
    changes: Sequence[HalfDayChange],
    today: dt.date,
    now: dt.datetime,
    actor_label: str,
) -> int:
    """Save the guide's marks into the work trial's half; how many rows were written.

    What staff have marked is never changed. Raises LinkGone when the link ended meanwhile, StaleVersion
    naming days that somebody else marked, DomainError with whom to ask when the month is closed or the
    summary released, for a trial that has not begun and for a day outside it.
    """
    lock_live_link(link=link, now=now)
    placement = _locked(link.placement_id)
    if placement.state not in BEGUN_STATES:
        raise DomainError(_("The work trial has not begun, so there are no days to mark yet."))
    for change in changes:
        if not placement.starts_on <= change.day <= placement.ends_on:
            raise DomainError(
                _("%(day)s does not belong to this work trial.") % {"day": date_format(change.day)}
            )
    enrolment = Enrolment.objects.get(month=placement.month_id, participant=placement.participant_id)
    try:
        written = save_work_trial_half(
            actor=None,
            actor_label=actor_label,
            enrolment_id=enrolment.pk,
            half=placement.half,
            changes=changes,
            today=today,
            now=now,
        )
    except (CorrectionNeedsReason, MonthAlreadyClosed, MonthCancelled) as closed:
        raise DomainError(hours_closed_sentence()) from closed
    note_use(link=link, now=now)
    return written


def hours_closed_sentence() -> str:
    """Said to the guide when the days can no longer be changed by link."""
    return _(
        "The days have been reported onwards already, so they cannot be changed here any more. If something"
        " is wrong, ring the person below: we correct it together."
    )


def _locked(placement_id: int) -> Placement:
    found = Placement.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("participant", "employer", "guide", "supervisor").get(pk=placement_id)
