"""The page of the discussion of three, and what a decision's form begins with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from coaching.enums import DiscussionKind, ProposalKind
from coaching.models import Discussion, Enrolment, GoalVersion, Proposal
from coaching.pages.since_last import present_by_default
from participants.consent import missing_consents
from participants.enums import ConsentItem, ConsentRecipient
from reports.enums import Block, DecisionKind
from reports.forms.meeting import DECISION_FIELDS, PLACE_OF_KIND, TALK_FIELDS
from reports.models import Aftercare, Decision, HealthNeed, SummaryVersion
from reports.querysets import RELEASE_ITEMS
from reports.summary.build import build_summaries
from reports.summary.canonical import as_json, sha256
from reports.summary.present import present

# the goal and the proposal stand beside page 1, as they are now
BESIDE = (Block.START, Block.PROPOSAL, Block.BASICS)
KIND_OF_PROPOSAL = {
    ProposalKind.WORK_TRIAL: DecisionKind.WORK_TRIAL,
    ProposalKind.WAGE_SUBSIDY: DecisionKind.WAGE_SUBSIDY,
    ProposalKind.SELF_MOTIVATED_STUDY: DecisionKind.STUDY,
    ProposalKind.OTHER_SERVICE: DecisionKind.OTHER_SERVICE,
    ProposalKind.NO_DECISION: DecisionKind.NONE,
}


@dataclass(frozen=True)
class MeetingPage:
    """Everything that the three look at on one screen, besides the form."""

    goal: GoalVersion | None
    first_goal: GoalVersion | None
    proposal: Proposal | None
    talk: Discussion | None
    decision: Decision | None
    summary: SummaryVersion | None
    blocks: tuple[dict[str, Any], ...]
    language: str
    needs_version: bool
    was_released: bool
    not_allowed: tuple[str, ...]
    health_allowed: bool
    health_need: HealthNeed | None
    aftercare: Aftercare | None


def build_meeting_page(enrolment: Enrolment, *, today: dt.date) -> MeetingPage:
    """The page as it stands today: some thirty queries, as many for everybody."""
    goals = list(enrolment.goals.order_by("number"))
    summary = (
        SummaryVersion.objects.filter(enrolment=enrolment)
        .select_related("enrolment__participant", "enrolment__month")
        .order_by("-number")
        .first()
    )
    shown = present(summary) if summary else {"page_one": [], "language": enrolment.participant.language}
    decision, talk = decision_of(enrolment), talk_of(enrolment)
    wanted = (*RELEASE_ITEMS, ConsentItem.HEALTH)
    missing = missing_consents(
        participant=enrolment.participant, recipient=ConsentRecipient.AUTHORITY, items=wanted, today=today
    )
    health_allowed = ConsentItem.HEALTH not in missing
    return MeetingPage(
        goal=goals[-1] if goals else None,
        first_goal=goals[0] if len(goals) > 1 else None,
        proposal=getattr(enrolment, "proposal", None),
        talk=talk,
        decision=decision,
        summary=summary,
        blocks=tuple(block for block in shown["page_one"] if block["code"] not in BESIDE),
        language=shown["language"],
        needs_version=summary is not None and _is_behind(summary, decision, talk, today),
        was_released=summary is not None and summary.released_at is not None,
        not_allowed=tuple(str(ConsentItem(item).label) for item in missing if item in RELEASE_ITEMS),
        health_allowed=health_allowed,
        health_need=HealthNeed.objects.filter(enrolment=enrolment).first() if health_allowed else None,
        aftercare=Aftercare.objects.filter(enrolment=enrolment).first(),
    )


def _is_behind(
    summary: SummaryVersion, decision: Decision | None, talk: Discussion | None, today: dt.date
) -> bool:
    """Something of what the summary tells has changed since it was made."""
    if decision is not None and decision.recorded_at > summary.created_at:
        return True
    if talk is not None and talk.held_on and talk.recorded_at > summary.created_at:
        return True
    return sha256(as_json(build_summaries([summary.enrolment_id], today=today)[0])) != summary.source_hash


def decision_of(enrolment: Enrolment) -> Decision | None:
    """What was decided about the person, if anything."""
    return Decision.objects.select_related("decided_by", "recorded_by").filter(enrolment=enrolment).first()


def talk_of(enrolment: Enrolment) -> Discussion | None:
    """The discussion of three, planned or held."""
    talks = enrolment.discussions.select_related("recorded_by")
    return talks.filter(kind=DiscussionKind.THREE_PARTY).first()


def decision_start(
    enrolment: Enrolment,
    decision: Decision | None,
    *,
    today: dt.date,
    released: SummaryVersion | None = None,
) -> dict[str, Any]:
    """What the form begins with: what was recorded, or else the proposal, for the officer to say yes to. At
    the office it is the proposal of the `released` version: a later one is not approved yet."""
    if decision is not None:
        start = {name: getattr(decision, name) for name in DECISION_FIELDS}
        start["decided_by_name"] = "" if decision.decided_by_id else decision.decided_by_name
        return {**start, **_place(decision.kind, decision.where), "base_version": decision.version}
    person = enrolment.participant
    start = {
        "base_version": 0,
        "decided_on": today,
        "decided_by": person.officer,
        "decided_by_name": "" if person.officer_id else person.officer_name,
    }
    proposal = _released_proposal(released) if released else getattr(enrolment, "proposal", None)
    if proposal is not None:
        kind = KIND_OF_PROPOSAL[ProposalKind(proposal.kind)]
        start |= {"kind": str(kind), **_place(kind, proposal.where)}
        if kind != DecisionKind.NONE:
            start |= {"starts_on": proposal.starts_on, "ends_on": proposal.ends_on}
    return start


def _released_proposal(version: SummaryVersion) -> Proposal | None:
    told = version.data.get(Block.PROPOSAL.value)
    if not told or not told["kind"]:
        return None
    days = {name: dt.date.fromisoformat(told[name]) for name in ("starts_on", "ends_on") if told.get(name)}
    return Proposal(kind=told["kind"], where=told["where"], **days)


def talk_start(
    enrolment: Enrolment, talk: Discussion | None, user, *, has_decision: bool, today: dt.date
) -> dict[str, Any]:
    """What the discussion's part begins with. Its day is today, unless it is planned for later or the
    decision stands without it. The views of the final discussion are a start, when there are none yet: the
    three go on from there."""
    start: dict[str, Any] = {"talk_version": talk.version if talk else 0}
    if talk is not None and talk.held_on:
        return {**start, **{name: getattr(talk, name) for name in TALK_FIELDS}}
    final = enrolment.discussions.filter(kind=DiscussionKind.FINAL, held_on__isnull=False).first()
    known = {name: (talk and getattr(talk, name)) or "" for name in TALK_FIELDS}
    if final is not None:
        for name in ("participant_view", "coach_view"):
            known[name] = known[name] or getattr(final, name)
    known["present"] = known["present"] or present_by_default(enrolment, DiscussionKind.THREE_PARTY, user)
    planned_on = talk.planned_on if talk is not None else None
    is_today = planned_on <= today if planned_on else not has_decision
    known["held_on"] = today if is_today else None
    return {**start, **known}


def _place(kind: str, where: str) -> dict[str, str]:
    field = PLACE_OF_KIND.get(DecisionKind(kind))
    return {field: where} if field and where else {}
