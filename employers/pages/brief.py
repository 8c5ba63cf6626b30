"""What is shown of a candidate brief: to staff, on the desk, on the work trial's page, to the person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.registry import LinkCard, NamedRecipient, Panel, TodayLine
from core.work_rows import WorkState
from employers.access import can_edit_brief
from employers.brief_paper import BriefPaper, brief_html, build_brief_paper, content_hash
from employers.desk import DeskSection, desk_line
from employers.enums import AHEAD_STATES, OPEN_STATES, BriefState, WorkplacePurpose
from employers.models import BriefFile, CandidateBrief, ContactPerson, Employer, Placement, WorkplaceLink
from employers.services.brief import allowed_items
from employers.services.workplace_links import mail_trouble
from participants.consent_texts import ConsentGroup, named_group
from participants.enums import BRIEF_ITEMS, ConsentItem, ConsentRecipient
from participants.models import Consent, Participant

TONES = {
    BriefState.DRAFT: "info",
    BriefState.APPROVED: "success",
    BriefState.DECLINED: "neutral",
    BriefState.WITHDRAWN: "neutral",
}


@dataclass(frozen=True)
class BriefPlace:
    """How the brief of one person for one employer stands; `brief` is the standing one or None."""

    participant: Participant
    employer: Employer
    brief: CandidateBrief | None
    allowed: list[str]
    may_edit: bool

    @property
    def url(self) -> str:
        return brief_url(self.participant.pk, self.employer.pk)

    @property
    def tone(self) -> str:
        return TONES[self.brief.state] if self.brief else "warning"

    @property
    def is_settled(self) -> bool:
        """Given to the employer, or not wanted: nothing is left to do."""
        return bool(self.brief and (self.brief.is_delivered or self.brief.state == BriefState.DECLINED))

    @property
    def sentence(self) -> str:
        """Where it stands and what comes next, in a sentence."""
        brief = self.brief
        if brief is None:
            if set(self.allowed) - {ConsentItem.CONTACT}:
                return _("Not made yet. The participant has said what this employer may be told.")
            return _("Not made yet. First the participant says what this employer may be told.")
        if brief.state == BriefState.DECLINED:
            return _("The participant wants no brief for this employer. That is fine.")
        if brief.is_delivered:
            return _("The employer has it.")
        if brief.state == BriefState.APPROVED:
            return _("Approved by the participant. Give it to the employer next.")
        if brief.comment:
            return _("The participant asks for another wording.")
        if brief.asked_at:
            return _("Waits for the participant's approval.")
        return _("Being written. The participant approves it before anybody else reads it.")


def brief_url(participant_id: int, employer_id: int) -> str:
    """The staff's page of one person's brief for one employer."""
    return reverse("employers:brief", args=[participant_id, employer_id])


def standing_brief(participant_id: int, employer_id: int) -> CandidateBrief | None:
    """The brief that is not withdrawn. One query."""
    briefs = CandidateBrief.objects.standing().select_related(
        "participant", "employer__own_contact", "created_by", "approval_recorded_by"
    )
    return briefs.filter(participant=participant_id, employer=employer_id).first()


def brief_place(*, participant: Participant, employer: Employer, user, today: dt.date) -> BriefPlace:
    """Three queries: the brief, what is allowed, whose month it is."""
    return BriefPlace(
        participant=participant,
        employer=employer,
        brief=standing_brief(participant.pk, employer.pk),
        allowed=allowed_items(participant=participant, employer_id=employer.pk, today=today),
        may_edit=can_edit_brief(user, participant, today=today),
    )


def brief_page(place: BriefPlace, *, today: dt.date) -> dict:
    """The context of the staff's page beside its forms."""
    brief, participant, employer = place.brief, place.participant, place.employer
    paper = build_brief_paper(brief) if brief and brief.items else None
    html = brief_html(paper) if paper else ""
    link = newest_link(brief, today=today) if brief else None
    file = BriefFile.objects.filter(brief=brief, content_hash=content_hash(html)).first() if paper else None
    earlier = CandidateBrief.objects.filter(
        participant=participant, employer=employer, state=BriefState.WITHDRAWN
    ).order_by("-withdrawn_at")
    return {
        "place": place,
        "brief": brief,
        "person": participant,
        "employer": employer,
        "paper": paper,
        "body": body_of(paper) if paper else "",
        "file": file,
        "file_failed": bool(file and file.state == WorkState.FAILED),
        "group": consent_group_of(place, today=today),
        "link": link,
        "link_trouble": mail_trouble(link),
        "struck": [str(ConsentItem(item).label) for item in (brief.struck if brief else ())],
        "earlier": list(earlier[:10]),
        "has_contacts": ContactPerson.objects.filter(employer=employer, is_active=True)
        .exclude(email="")
        .exists(),
    }


def body_of(paper: BriefPaper) -> SafeString:
    """The page's words in its own language; our own template over a frozen dataclass, escaped there."""
    return mark_safe(brief_html(paper, template="employers/pdf/_brief_body.html"))


def consent_group_of(place: BriefPlace, *, today: dt.date) -> ConsentGroup:
    """The items of this employer with what is allowed now."""
    valid = list(
        Consent.objects.valid_on(today)
        .for_recipient(ConsentRecipient.EMPLOYER, place.employer.pk)
        .filter(participant=place.participant)
    )
    one = NamedRecipient(ConsentRecipient.EMPLOYER, place.employer.pk, place.employer.name)
    return named_group(one, valid, may_record=place.may_edit)


def newest_link(brief: CandidateBrief, *, today: dt.date) -> WorkplaceLink | None:
    """The link that still works, with whom it went to."""
    links = WorkplaceLink.objects.filter(
        purpose=WorkplacePurpose.BRIEF,
        subject_id=brief.pk,
        token__revoked_at__isnull=True,
        token__expires_at__date__gte=today,
    )
    return links.select_related("token", "contact_person", "mail").order_by("-created_at").first()


# --- registries -----------------------------------------------------------------------------------
def brief_recipients(participant: Participant, today: dt.date) -> list[NamedRecipient]:
    """The employers to whom this person can allow items: of open work trials and standing briefs; those of
    earlier consents for the history. One query."""
    trials = Placement.objects.filter(
        participant=participant, employer=OuterRef("pk"), state__in=OPEN_STATES, ends_on__gte=today
    )
    briefs = CandidateBrief.objects.standing().filter(participant=participant, employer=OuterRef("pk"))
    consents = participant.consents.filter(
        recipient=ConsentRecipient.EMPLOYER, recipient_id__isnull=False
    ).values("recipient_id")
    known = participant.placements.values("employer_id").union(
        participant.candidate_briefs.values("employer_id"), consents
    )
    employers = Employer.objects.filter(pk__in=known).annotate(is_near=Exists(trials) | Exists(briefs))
    return [
        NamedRecipient(
            ConsentRecipient.EMPLOYER,
            row.pk,
            row.name,
            url=brief_url(participant.pk, row.pk),
            is_open=row.is_near,
        )
        for row in employers.by_name()
    ]


def brief_panel(participant: Participant, user) -> Panel | None:
    """The briefs on the participant's page, for whoever may see them. Two queries."""
    if not can_edit_brief(user, participant):
        return None
    briefs = list(
        CandidateBrief.objects.standing()
        .filter(participant=participant)
        .select_related("employer")
        .order_by("-created_at")[:5]
    )
    for brief in briefs:
        brief.tone = TONES[brief.state]
    return Panel(
        title=_("Briefs for employers"),
        summary="" if briefs else _("One page for one employer, strengths first, approved by the person."),
        template="employers/brief/_panel.html" if briefs else "",
        context={"briefs": briefs},
        url=reverse("employers:brief-choose", args=[participant.pk]),
        link_text=_("Make a brief"),
        order=65,
    )


def own_brief_card(participant: Participant, today: dt.date) -> LinkCard | None:
    """The card of the own pages: something waits to be approved, or employers may be told something."""
    briefs = list(
        CandidateBrief.objects.standing()
        .filter(participant=participant)
        .values_list("state", "asked_at", "comment")
    )
    waits = any(state == BriefState.DRAFT and asked and not comment for state, asked, comment in briefs)
    if not waits and not any(one.is_open for one in brief_recipients(participant, today)):
        return None
    return LinkCard(
        title=_("What a workplace is told about me"),
        sentence=_("A page about you waits for your approval. Nobody reads it before that.")
        if waits
        else _("You decide what a workplace is told, and you can take it back."),
        url=reverse("own_briefs:workplaces"),
        link_text=_("Read and decide") if waits else _("Open"),
        state="todo" if waits else "",
    )


def starts_without_brief(user, *, today: dt.date):
    """Work trials of own months that start soon although the employer has no brief and none was refused."""
    settled = CandidateBrief.objects.filter(
        Q(state=BriefState.DECLINED) | Q(state=BriefState.APPROVED, delivered_at__isnull=False),
        participant=OuterRef("participant_id"),
        employer=OuterRef("employer_id"),
    )
    until = today + dt.timedelta(days=settings.START_NEAR_DAYS)
    return (
        Placement.objects.visible_to(user, today=today)
        .filter(~Exists(settled), state__in=AHEAD_STATES, starts_on__gte=today, starts_on__lte=until)
        .with_names()
        .order_by("starts_on", "id")
    )


def brief_desk_lines(user, today: dt.date) -> list[TodayLine]:
    """Starts that are near without a brief (evidence 003 F11): one query."""
    lines = []
    for trial in starts_without_brief(user, today=today):
        person = trial.participant
        lines.append(
            desk_line(
                DeskSection.STARTING,
                title=person.full_name,
                detail=_("The workplace has no brief of the person.")
                if person.is_restricted
                else _("%(where)s has no brief of the person.") % {"where": trial.employer.name},
                url=brief_url(person.pk, trial.employer_id),
                link_text=_("Make the brief"),
                title_url=reverse("employers:placement", args=[trial.pk]),
                icon="document",
                day=trial.starts_on,
            )
        )
    return lines


def placement_brief(placement: Placement, *, user, today: dt.date) -> dict:
    """The context of the section on the work trial's page."""
    place = brief_place(
        participant=placement.participant, employer=placement.employer, user=user, today=today
    )
    near = today + dt.timedelta(days=settings.START_NEAR_DAYS)
    is_near = placement.state in AHEAD_STATES and placement.starts_on <= near
    return {"brief_place": place, "brief_is_missing": is_near and not place.is_settled}


def items_for_form(brief: CandidateBrief, allowed: list[str]) -> list[str]:
    """The items that may be worded: allowed, and not left out by the participant."""
    return [str(item) for item in BRIEF_ITEMS if item in allowed and item not in brief.struck]
