"""Making, approving and withdrawing candidate briefs (issue 4, "Placement"; evidence 003 F1 and F11)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from core.errors import DomainError, StaleVersion
from employers.brief_draft import contact_text, draft_items
from employers.brief_paper import hash_of
from employers.enums import BriefState, WorkplacePurpose
from employers.models import CandidateBrief, Employer
from employers.services.brief_file import drop_files
from employers.services.workplace_links import revoke_workplace_links
from participants.consent import ConsentMissing, missing_consents, require_way_out
from participants.enums import BRIEF_ITEMS, ConsentItem, ConsentMethod, ConsentRecipient
from participants.models import Participant

WAY_OUT = "placement.brief"


def allowed_items(*, participant: Participant, employer_id: int, today: dt.date) -> list[str]:
    """What this employer may be told of the participant today, in the order of the page. One query."""
    missing = missing_consents(
        participant=participant,
        recipient=ConsentRecipient.EMPLOYER,
        items=BRIEF_ITEMS,
        today=today,
        recipient_id=employer_id,
    )
    return [str(item) for item in BRIEF_ITEMS if item not in missing]


def require_brief(*, brief: CandidateBrief, participant: Participant, today: dt.date) -> None:
    """Let exactly what the brief says go to its employer, or raise ConsentMissing."""
    require_way_out(
        code=WAY_OUT,
        participant=participant,
        today=today,
        recipient_id=brief.employer_id,
        items=tuple(brief.items),
    )


@transaction.atomic
def make_brief(
    *, actor, participant_id: int, employer_id: int, now: dt.datetime, today: dt.date
) -> CandidateBrief:
    """The brief for this employer, begun from what the person has written. One that is there is given back.

    The wording of an earlier, withdrawn brief is taken up again as far as it is allowed. Raises
    ConsentMissing when the participant has allowed this employer nothing.
    """
    participant = Participant.objects.select_for_update().get(pk=participant_id)
    employer = Employer.objects.get(pk=employer_id)
    standing = _standing(participant_id, employer_id)
    if standing is not None and standing.state != BriefState.DECLINED:
        return standing
    allowed = allowed_items(participant=participant, employer_id=employer_id, today=today)
    if not set(allowed) - {ConsentItem.CONTACT}:
        raise ConsentMissing(
            _("The participant has not yet allowed this employer to be told anything. Ask for that first."),
            items=tuple(map(str, BRIEF_ITEMS)),
        )
    texts = draft_items(participant, allowed, language=employer.language, today=today)
    earlier = _withdrawn_texts(participant_id, employer_id)
    texts |= {item: earlier[item] for item in allowed if item in earlier and item != ConsentItem.CONTACT}
    brief = standing or CandidateBrief(participant=participant, employer=employer, created_by=actor)
    brief.state, brief.declined_on = BriefState.DRAFT, None
    brief.content = {"language": employer.language, "name": participant.first_name, "items": texts}
    brief.content_hash = hash_of(brief.content)
    brief.version += 0 if brief.pk is None else 1
    brief.save()
    brief.created_at, brief.created_by = now, actor
    brief.save(update_fields=["created_at", "created_by"])
    _note(actor, "brief.made", brief)
    return brief


def _standing(participant_id: int, employer_id: int) -> CandidateBrief | None:
    rows = CandidateBrief.objects.select_for_update(of=("self",)).standing()
    return rows.filter(participant=participant_id, employer=employer_id).first()


def _withdrawn_texts(participant_id: int, employer_id: int) -> dict[str, str]:
    rows = CandidateBrief.objects.filter(
        participant=participant_id, employer=employer_id, state=BriefState.WITHDRAWN
    )
    last = rows.order_by("-withdrawn_at", "-id").first()
    return last.items if last else {}


@transaction.atomic
def edit_brief(
    *,
    actor,
    brief_id: int,
    version: int,
    language: str,
    texts: dict[str, str],
    now: dt.datetime,
    today: dt.date,
) -> CandidateBrief:
    """Word the items anew. A changed text is approved anew: approval, delivery and link are gone.

    `texts` by ConsentItem code; what the participant left out stays out. Raises StaleVersion,
    ConsentMissing, and DomainError for a brief that is over or that would say nothing.
    """
    brief = _locked(brief_id)
    participant = brief.participant
    _refuse_over(brief)
    if brief.version != version:
        raise StaleVersion(_("Somebody saved this brief while you were writing. Both versions are below."))
    said = {item: text for item, text in texts.items() if text and item not in brief.struck}
    if ConsentItem.CONTACT in said:
        said[ConsentItem.CONTACT.value] = contact_text(participant)
    if not set(said) - {ConsentItem.CONTACT}:
        raise DomainError(_("Write something in at least one of the items."))
    content = {"language": language, "name": participant.first_name, "items": said}
    if brief.struck:
        content["struck"] = brief.struck
    require_way_out(
        code=WAY_OUT,
        participant=participant,
        today=today,
        recipient_id=brief.employer_id,
        items=tuple(said),
    )
    if hash_of(content) == brief.content_hash:
        return brief
    was_delivered = brief.delivered_at is not None
    brief.content, brief.content_hash = content, hash_of(content)
    _clear_approval(brief, actor=actor, now=now)
    brief.version += 1
    brief.save()
    _note(actor, "brief.changed", brief, was_delivered=was_delivered)
    return brief


@transaction.atomic
def ask_approval(*, actor, brief_id: int, now: dt.datetime) -> CandidateBrief:
    """Put the brief before the participant, in the own pages. Twice changes nothing."""
    brief = _locked(brief_id)
    _refuse_over(brief)
    if not brief.items:
        raise DomainError(_("Write something in at least one of the items."))
    if brief.state == BriefState.APPROVED or brief.asked_at:
        return brief
    brief.asked_at = now
    brief.save(update_fields=["asked_at"])
    _note(actor, "brief.asked", brief)
    return brief


@transaction.atomic
def approve_brief(
    *,
    actor,
    brief_id: int,
    seen_hash: str,
    method: str,
    approved_on: dt.date,
    now: dt.datetime,
    today: dt.date,
    struck: tuple[str, ...] = (),
    comment: str = "",
    actor_label: str = "",
) -> CandidateBrief:
    """The participant approves exactly the text with `seen_hash`, less the items in `struck`.

    `method` is LINK (by the own pages, `actor` None) or PAPER (recorded by `actor`). Raises StaleVersion when
    the text was changed while it was read, DomainError for a day in the future or before the brief was made,
    and when everything would be struck out. A second approval of the same text changes nothing.
    """
    brief = _locked(brief_id)
    _refuse_over(brief)
    if seen_hash != brief.content_hash:
        raise StaleVersion(
            _("The text was changed while you were reading. Read the new one and answer then.")
        )
    if brief.state == BriefState.APPROVED and not struck:
        return brief
    if approved_on > today:
        raise DomainError(_("The date is in the future."), field="approved_on")
    if approved_on < timezone.localdate(brief.created_at):
        raise DomainError(_("The brief was made after that day."), field="approved_on")
    items = {item: text for item, text in brief.items.items() if item not in struck}
    if not set(items) - {ConsentItem.CONTACT}:
        raise DomainError(_("Leave at least one item in, or say that you want no brief."))
    left_out = sorted(set(brief.struck) | (set(struck) & set(brief.items)))
    content = {**brief.content, "items": items} | ({"struck": left_out} if left_out else {})
    brief.content, brief.content_hash = content, hash_of(content)
    require_brief(brief=brief, participant=brief.participant, today=today)
    brief.state = BriefState.APPROVED
    brief.approved_at, brief.approved_on, brief.approved_method = now, approved_on, method
    brief.approval_recorded_by = actor
    if comment or method == ConsentMethod.LINK:
        brief.comment, brief.commented_at = comment, now if comment else None
    brief.version += 1
    brief.save()
    _note(actor, "brief.approved", brief, actor_label=actor_label, method=str(method), struck=left_out)
    return brief


@transaction.atomic
def comment_brief(*, brief_id: int, comment: str, now: dt.datetime, actor_label: str) -> CandidateBrief:
    """The participant asks for another wording and does not approve yet; an approval that stood is gone."""
    brief = _locked(brief_id)
    _refuse_over(brief)
    if not comment:
        raise DomainError(_("Write what should be said otherwise."), field="comment")
    brief.comment, brief.commented_at = comment, now
    _clear_approval(brief, actor=None, now=now)
    brief.version += 1
    brief.save()
    _note(None, "brief.commented", brief, actor_label=actor_label)
    return brief


@transaction.atomic
def decline_brief(
    *,
    actor,
    participant_id: int,
    employer_id: int,
    declined_on: dt.date,
    now: dt.datetime,
    today: dt.date,
    actor_label: str = "",
) -> CandidateBrief:
    """Note that the participant wants no brief for this employer: an answer as good as a brief.

    A brief that stands is taken back with its link. Twice changes nothing. Raises DomainError for a day in
    the future.
    """
    if declined_on > today:
        raise DomainError(_("The date is in the future."), field="declined_on")
    Participant.objects.select_for_update().get(pk=participant_id)
    brief = _standing(participant_id, employer_id)
    if brief is not None and brief.state == BriefState.DECLINED:
        return brief
    if brief is None:
        brief = CandidateBrief(participant_id=participant_id, employer_id=employer_id, created_by=actor)
    else:
        _clear_approval(brief, actor=actor, now=now)
        brief.version += 1
    brief.state, brief.declined_on = BriefState.DECLINED, declined_on
    brief.content, brief.content_hash, brief.asked_at = {}, "", None
    brief.save()
    _note(actor, "brief.declined", brief, actor_label=actor_label)
    return brief


@transaction.atomic
def withdraw_brief(
    *, actor, brief_id: int, reason: str, now: dt.datetime, actor_label: str = ""
) -> CandidateBrief:
    """The brief leaves no more: its link stops at once and its files are gone. Twice changes nothing."""
    brief = _locked(brief_id)
    if brief.state == BriefState.WITHDRAWN:
        return brief
    if not reason:
        raise DomainError(_("Say in a few words why it is withdrawn."), field="reason")
    _stop_link(brief, actor=actor, now=now)
    brief.state, brief.withdrawn_at, brief.withdrawn_reason = BriefState.WITHDRAWN, now, reason
    brief.asked_at = None
    brief.version += 1
    brief.save()
    _note(actor, "brief.withdrawn", brief, actor_label=actor_label)
    return brief


def _locked(brief_id: int) -> CandidateBrief:
    rows = CandidateBrief.objects.select_for_update(of=("self",)).select_related("participant", "employer")
    return rows.get(pk=brief_id)


def _refuse_over(brief: CandidateBrief) -> None:
    if brief.state == BriefState.WITHDRAWN:
        raise DomainError(_("This brief was withdrawn. Make a new one."))
    if brief.state == BriefState.DECLINED:
        raise DomainError(_("The participant wants no brief for this employer."))


def _clear_approval(brief: CandidateBrief, *, actor, now: dt.datetime) -> None:
    """Back to a draft: what was approved and delivered is not this text any more."""
    brief.state = BriefState.DRAFT
    brief.approved_at = brief.approved_on = brief.approval_recorded_by = brief.delivered_at = None
    brief.approved_method = brief.delivered_how = ""
    _stop_link(brief, actor=actor, now=now)


def _stop_link(brief: CandidateBrief, *, actor, now: dt.datetime) -> None:
    if brief.pk is None:
        return
    revoke_workplace_links(
        actor=actor,
        purpose=WorkplacePurpose.BRIEF,
        subject_id=brief.pk,
        now=now,
        participant_id=brief.participant_id,
    )
    drop_files(brief_id=brief.pk)


def _note(actor, action: str, brief: CandidateBrief, *, actor_label: str = "", **details) -> None:
    record(
        actor=actor,
        actor_label=actor_label,
        action=action,
        obj=brief,
        participant_id=brief.participant_id,
        details={"employer": brief.employer_id, **details},
    )
