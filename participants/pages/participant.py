"""The participant's page: what matters now on top, then the record, referral and consents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from core.registry import Panel, participant_panels
from participants.access import Standing, can_edit_participant, can_reveal_hetu
from participants.consent_texts import ConsentGroup, consent_table
from participants.enums import ReferralState
from participants.hetu import masked_of
from participants.models import Participant, Referral


@dataclass(frozen=True)
class ToDo:
    """Something that is still missing, with the page where it is done ("" when elsewhere)."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class ParticipantPage:
    """Everything that the page shows."""

    person: Participant
    hetu: str
    referral: Referral | None
    earlier_referrals: list[Referral]
    enrolment: object | None
    step: object | None
    to_do: list[ToDo]
    consents: list[ConsentGroup]
    may_edit: bool
    may_reveal: bool
    panels: list[Panel] = field(default_factory=list)


def participant_page(
    person: Participant, *, user, standing: Standing, recipients: tuple[str, ...], today: dt.date
) -> ParticipantPage:
    """The page of `person` for `user`. Six queries and those of the panels."""
    referrals = list(person.referrals.select_related("authority", "created_by").newest_first())
    enrolment = _present_enrolment(person)
    valid = list(person.consents.valid_on(today))
    panels = [panel for make in participant_panels if (panel := make(person, user)) is not None]
    referral = referrals[0] if referrals else None
    return ParticipantPage(
        person=person,
        hetu=masked_of(person),
        referral=referral,
        earlier_referrals=referrals[1:],
        enrolment=enrolment,
        step=_next_step(enrolment) if standing.coaches or standing.stands_in else None,
        to_do=_to_do(person, referral, bool(valid), may_edit=can_edit_participant(standing)),
        consents=consent_table(valid, recipients=recipients),
        may_edit=can_edit_participant(standing),
        may_reveal=can_reveal_hetu(standing) and person.has_hetu,
        panels=sorted(panels, key=lambda panel: panel.order),
    )


def _present_enrolment(person: Participant):
    """The newest month in which the person is or waits."""
    return (
        person.enrolments.exclude(state="cancelled")
        .select_related("month", "month__coach", "month__coordinator")
        .order_by("-month__starts_on", "-id")
        .first()
    )


def _next_step(enrolment):
    """The nearest step that is not done; the coach's and the substitute's to see (permissions.md)."""
    if enrolment is None:
        return None
    return enrolment.action_steps.filter(done_on__isnull=True).order_by("due_on", "id").first()


def _to_do(
    person: Participant, referral: Referral | None, has_consents: bool, *, may_edit: bool
) -> list[ToDo]:
    edit = reverse("participants:participant-edit", args=[person.pk]) if may_edit else ""
    consents = reverse("participants:participant-consents", args=[person.pk])
    missing = []
    if referral and referral.state == ReferralState.RECEIVED:
        url = reverse("participants:referral-detail", args=[referral.pk])
        missing.append(ToDo(_("Tell the person about the coaching month; coming is voluntary"), url))
    if not (person.officer_id or person.officer_name):
        missing.append(ToDo(_("Name the responsible officer"), edit))
    if not person.labour_status:
        missing.append(ToDo(_("Note the labour-market status at the start"), edit))
    if not (person.phone or person.email):
        missing.append(ToDo(_("Add a phone number or an e-mail address"), edit))
    if not person.information_confirmed_on:
        missing.append(ToDo(_("Go through the information sheet together"), f"{consents}#preparation"))
    if not person.agreement_signed_on:
        missing.append(ToDo(_("Get the participation agreement signed"), f"{consents}#preparation"))
    if not has_consents:
        missing.append(ToDo(_("Record the consents; nothing leaves without them"), consents))
    return missing
