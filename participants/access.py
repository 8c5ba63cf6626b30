"""Who may do what with a participant's record (permissions.md). Policies are prose first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, QuerySet

from accounts.enums import Role
from participants.enums import ConsentRecipient
from participants.models import Participant, Referral
from participants.querysets import OPEN_REFERRAL_STATES

CANCELLED = "cancelled"  # the state of a place that did not come to be


def referred_people(user, today: dt.date) -> QuerySet | None:
    """Before a month, coaches and coordinators see everybody who has an open referral: their ids."""
    if user.role not in (Role.COACH, Role.COORDINATOR):
        return None
    return Referral.objects.open().values("participant_id")


@dataclass(frozen=True)
class Standing:
    """How a user stands to a participant today: `coaches` or `coordinates` a month of theirs, `stands_in`
    today for its coach, or knows them by an open referral only (`referred`). `coaches_place` is about
    the one month that the own pages show, None when the person has never been in any."""

    role: str
    coaches: bool = False
    coaches_place: bool | None = None
    coordinates: bool = False
    stands_in: bool = False
    referred: bool = False

    @property
    def is_own(self) -> bool:
        """One's own person: of an own month, or referred and not yet in one."""
        return self.coaches or self.coordinates or self.referred


def standing_of(user, participant: Participant, *, today: dt.date) -> Standing:
    """Two queries. Substitutes count on the days of the substitution only."""
    if user.role not in (Role.COACH, Role.COORDINATOR):
        return Standing(user.role)
    people = ("month__coach", "month__second_coach", "month__coordinator")
    rows = list(participant.enrolments.own_place_first(today).values_list("state", *people))
    months = [staff for _state, *staff in rows if user.pk in staff]
    own_place = next((staff for state, *staff in rows if state != CANCELLED), None)
    is_referred = Exists(participant.referrals.filter(state__in=OPEN_REFERRAL_STATES))
    stands_in = Exists(
        participant.enrolments.filter(
            month__substitutions__user=user,
            month__substitutions__starts_on__lte=today,
            month__substitutions__ends_on__gte=today,
        )
    )
    row = Participant.objects.filter(pk=participant.pk).values_list(is_referred, stands_in).first()
    referred, standing_in = row or (False, False)
    return Standing(
        role=user.role,
        coaches=user.role == Role.COACH and any(user.pk in month[:2] for month in months),
        coaches_place=None if own_place is None else user.role == Role.COACH and user.pk in own_place[:2],
        coordinates=user.role == Role.COORDINATOR and any(month[2] == user.pk for month in months),
        stands_in=user.role == Role.COACH and standing_in,
        referred=referred,
    )


def can_work_on_referrals(user) -> bool:
    """Coaches and coordinators take in, edit and decide referrals."""
    return user.role in (Role.COACH, Role.COORDINATOR)


def can_count_referrals(user) -> bool:
    """Managers see how many, never who."""
    return user.role == Role.MANAGER


def can_list_participants(user) -> bool:
    """Coaches and coordinators: the people of own months and those who have been referred."""
    return user.role in (Role.COACH, Role.COORDINATOR)


def can_edit_participant(standing: Standing) -> bool:
    """The coach edits own people. The coordinator edits while the referral is open (it is a part of the
    referral's work) and reads afterwards. A substitute reads."""
    return standing.coaches or standing.referred


def can_reveal_hetu(standing: Standing) -> bool:
    """Coach and coordinator, own people; not a substitute. Each reveal is logged."""
    return standing.is_own


def consent_recipients(standing: Standing) -> tuple[str, ...]:
    """For which recipients the user may record and revoke consents: a coach all of own people's, a
    coordinator those that a work trial needs (the workplace's), a substitute none."""
    if standing.role == Role.COACH and (standing.coaches or standing.referred):
        return tuple(ConsentRecipient.values)
    if standing.role == Role.COORDINATOR and standing.is_own:
        return (ConsentRecipient.EMPLOYER,)
    return ()


def can_give_link(standing: Standing) -> bool:
    """The personal link opens all that is written about the person in the month that the own pages show
    (the running one, else the newest): it is given by that month's coaches, and as long as there has been
    none by who works on the open referral. A new referral or an earlier month opens nothing. A coordinator
    of the month does not read person-level notes and gives no link; a substitute gives none either."""
    if standing.coaches_place is not None:
        return standing.coaches_place
    return standing.coaches or standing.referred


def can_record_preparations(standing: Standing) -> bool:
    """Information sheet and agreement: coach and coordinator of own people."""
    return standing.is_own
