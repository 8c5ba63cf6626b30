"""What briefs give to the registries of `core`: cards, panels, own export, forgetting, the door itself."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from core.registry import TimelineEntry
from employers.enums import WorkplacePurpose
from employers.models import CandidateBrief
from employers.services.brief_file import drop_files
from employers.services.workplace_links import revoke_workplace_links

REMOVED = "–"


def brief_timeline(enrolment, user) -> Iterator[TimelineEntry]:
    """When briefs were approved and given, in the person's timeline. One query."""
    briefs = (
        CandidateBrief.objects.visible_to(user)
        .filter(participant=enrolment.participant_id)
        .select_related("employer")
        .order_by("created_at", "id")
    )
    kind = _("brief")
    for brief in briefs:
        where = {"where": brief.employer.name}
        url = reverse("employers:brief", args=[brief.participant_id, brief.employer_id])
        if brief.declined_on:
            yield TimelineEntry(brief.declined_on, kind, _("No brief wanted: %(where)s") % where, url)
        if brief.approved_on:
            yield TimelineEntry(brief.approved_on, kind, _("Approved a brief: %(where)s") % where, url)
        if brief.delivered_at:
            given_on = timezone.localdate(brief.delivered_at)
            yield TimelineEntry(given_on, kind, _("A brief was given: %(where)s") % where, url)
        if brief.withdrawn_at:
            over_on = timezone.localdate(brief.withdrawn_at)
            yield TimelineEntry(over_on, kind, _("A brief was withdrawn: %(where)s") % where, url)


def brief_section(participant) -> tuple[str, list[dict]]:
    """The briefs in the person's own export: to whom, the words, how they were approved and given."""
    briefs = participant.candidate_briefs.select_related("employer").order_by("created_at", "id")
    return _("Briefs for employers"), [
        {
            _("employer"): brief.employer.name,
            _("state"): brief.get_state_display(),
            _("content"): "\n".join(brief.items.values()),
            _("approved on"): brief.approved_on,
            _("given to the employer at"): brief.delivered_at,
            _("how it was given"): brief.get_delivered_how_display(),
            _("what the participant said of it"): brief.comment,
            _("withdrawn at"): brief.withdrawn_at,
        }
        for brief in briefs
    ]


def forget_briefs(participant) -> int:
    """No brief keeps its words, its link or its files; that there was one stays for the figures."""
    count = 0
    for brief in CandidateBrief.objects.filter(participant=participant):
        revoke_workplace_links(
            actor=None, purpose=WorkplacePurpose.BRIEF, subject_id=brief.pk, now=clock.now()
        )
        count += drop_files(brief_id=brief.pk)
    return count + participant.candidate_briefs.update(content={}, comment="", content_hash=REMOVED)


def register_briefs() -> None:
    """Everything that briefs add, called from `apps.py`."""
    from core.registry import (
        LinkPage,
        WayOut,
        anonymisers,
        consent_revoked,
        desk_sources,
        link_pages,
        named_recipients,
        participant_panels,
        person_sections,
        timeline_sources,
        ways_out,
    )
    from core.tasks import requeuers
    from employers.pages import brief as pages
    from employers.services.brief import WAY_OUT
    from employers.services.brief_delivery import withdraw_for_consent
    from employers.services.brief_file import requeue_brief_files
    from participants.enums import BRIEF_ITEMS, ConsentRecipient

    ways_out.add(WayOut(WAY_OUT, ConsentRecipient.EMPLOYER, BRIEF_ITEMS))
    named_recipients.add(pages.brief_recipients)
    consent_revoked.add(withdraw_for_consent)
    link_pages.add(LinkPage("workplaces", pages.own_brief_card, order=55))
    participant_panels.add(pages.brief_panel)
    desk_sources.add(pages.brief_desk_lines)
    timeline_sources.add(brief_timeline)
    person_sections.add(brief_section)
    anonymisers.add(forget_briefs)
    requeuers.add(requeue_brief_files)
