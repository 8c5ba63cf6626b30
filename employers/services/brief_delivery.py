"""An approved brief goes to its employer, and comes back at once when a consent is taken back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.audit import record
from core import clock
from core.errors import DomainError, LinkGone
from employers.enums import BriefDelivery, BriefState, WorkplacePurpose
from employers.models import CandidateBrief, ContactPerson, Placement, WorkplaceLink
from employers.services.brief import require_brief, withdraw_brief
from employers.services.workplace_links import (
    GivenWorkplaceLink,
    give_workplace_link,
    revoke_workplace_links,
)
from participants.consent import ConsentMissing
from participants.enums import ConsentRecipient

CONSENT_TAKEN_BACK = gettext_noop("the participant took a consent back")


@transaction.atomic
def deliver_brief(
    *,
    actor,
    brief_id: int,
    how: str,
    now: dt.datetime,
    today: dt.date,
    contact_person: ContactPerson | None = None,
    delivered_on: dt.date | None = None,
) -> GivenWorkplaceLink | None:
    """Give an approved brief to its employer: by a link that is mailed or told, or on paper.

    A second link takes the place of the first. The link's whole address is returned once, to be shown.
    Raises ConsentMissing, and DomainError when it is not approved, there is no address to mail to, the day is
    in the future, or a protected person's brief would leave by a link.
    """
    rows = CandidateBrief.objects.select_for_update(of=("self",)).select_related("participant", "employer")
    brief = rows.get(pk=brief_id)
    if brief.state != BriefState.APPROVED:
        raise DomainError(_("The participant approves the brief first."))
    require_brief(brief=brief, participant=brief.participant, today=today)
    if how != BriefDelivery.PAPER and brief.participant.is_restricted:
        raise DomainError(_("A protected person's brief is given on paper only."), field="how")
    if how == BriefDelivery.EMAIL and not (contact_person and contact_person.email):
        raise DomainError(_("Choose somebody with an e-mail address."), field="contact_person")
    if contact_person and contact_person.employer_id != brief.employer_id:
        raise DomainError(_("Choose somebody of this employer."), field="contact_person")
    if delivered_on and delivered_on > today:
        raise DomainError(_("The date is in the future."), field="delivered_on")
    if delivered_on and delivered_on < brief.approved_on:
        raise DomainError(_("The participant approved the brief after that day."), field="delivered_on")
    given = None
    if how != BriefDelivery.PAPER:
        given = give_workplace_link(
            actor=actor,
            purpose=WorkplacePurpose.BRIEF,
            subject_id=brief.pk,
            placement=_trial_of(brief),
            now=now,
            contact_person=contact_person,
            email=contact_person.email if how == BriefDelivery.EMAIL else "",
            language=brief.content.get("language") or brief.employer.language,
            mail_name="candidate_brief" if how == BriefDelivery.EMAIL else "",
        )
    brief.delivered_how = how
    brief.delivered_at = now
    if how == BriefDelivery.PAPER and delivered_on and delivered_on != today:
        brief.delivered_at = dt.datetime.combine(delivered_on, dt.time(12), tzinfo=now.tzinfo)
    brief.save(update_fields=["delivered_how", "delivered_at"])
    record(
        actor=actor,
        action="brief.delivered",
        obj=brief,
        participant_id=brief.participant_id,
        details={"employer": brief.employer_id, "how": str(how)},
    )
    return given


def _trial_of(brief: CandidateBrief) -> Placement | None:
    trials = Placement.objects.filter(participant=brief.participant_id, employer=brief.employer_id)
    return trials.open().newest_first().first()


@transaction.atomic
def stop_brief_link(*, actor, brief_id: int, now: dt.datetime) -> int:
    """The link stops working at once; the brief stays approved. How many links there were."""
    brief = CandidateBrief.objects.select_for_update(of=("self",)).get(pk=brief_id)
    return revoke_workplace_links(
        actor=actor,
        purpose=WorkplacePurpose.BRIEF,
        subject_id=brief.pk,
        now=now,
        participant_id=brief.participant_id,
    )


def brief_of_link(*, link: WorkplaceLink, today: dt.date) -> CandidateBrief:
    """What the employer reads. Raises LinkGone when the brief is no longer approved, was never handed over,
    or a consent ran out: the gate is asked at each opening."""
    briefs = CandidateBrief.objects.select_related("participant", "employer__own_contact", "created_by")
    brief = briefs.filter(pk=link.subject_id).first()
    if brief is None or not brief.is_delivered or brief.participant.is_restricted:
        raise LinkGone(_("This page is no longer shown. Ask the person who sent you the link."))
    try:
        require_brief(brief=brief, participant=brief.participant, today=today)
    except ConsentMissing as missing:
        raise LinkGone(_("This page is no longer shown. Ask the person who sent you the link.")) from missing
    return brief


def withdraw_for_consent(consent, actor, actor_label: str) -> None:
    """A consent of an item in a brief was taken back: the brief is withdrawn with its link, in the same
    transaction (core.registry.consent_revoked)."""
    if consent.recipient != ConsentRecipient.EMPLOYER or consent.recipient_id is None:
        return
    briefs = CandidateBrief.objects.filter(
        participant=consent.participant_id,
        employer=consent.recipient_id,
        state__in=(BriefState.DRAFT, BriefState.APPROVED),
    )
    for brief in briefs:
        if consent.item in brief.items:
            withdraw_brief(
                actor=actor,
                brief_id=brief.pk,
                reason=CONSENT_TAKEN_BACK,
                now=clock.now(),
                actor_label=actor_label,
            )
