"""What leads give to the registries of `core`: the person's page, timeline, own export, and forgetting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from core.registry import Panel, TimelineEntry, TodayLine
from employers.enums import MatchState
from employers.models import JobLead, LeadMatch

SOON = dt.timedelta(days=3)
MOST_LINES = 10
PANEL_ROWS = 5


def lead_panel(participant, user) -> Panel | None:
    """The leads on the participant's page for whoever knows the person from an own month. One query."""
    if user.role not in (Role.COACH, Role.COORDINATOR):
        return None
    matches = list(
        LeadMatch.objects.visible_to(user)
        .filter(enrolment__participant=participant)
        .select_related("lead__employer")
        .order_by("-created_at", "-id")[:PANEL_ROWS]
    )
    if not matches:
        return None
    return Panel(
        title=_("Leads"),
        template="employers/leads/_participant_panel.html",
        context={"matches": matches},
        url=reverse("employers:lead-board"),
        link_text=_("Open the board of leads"),
        order=65,
    )


def lead_timeline(enrolment, user) -> Iterator[TimelineEntry]:
    """When somebody was linked to a lead, in the person's timeline. One query."""
    matches = LeadMatch.objects.visible_to(user).filter(enrolment=enrolment).select_related("lead__employer")
    for match in matches.order_by("created_at", "id"):
        facts = {
            "work": match.lead.title,
            "where": match.lead.place_name,
            "state": match.get_state_display(),
        }
        yield TimelineEntry(
            timezone.localdate(match.created_at),
            _("lead"),
            _("%(work)s, %(where)s: %(state)s") % facts,
            reverse("employers:lead", args=[match.lead_id]),
        )


def lead_section(participant) -> tuple[str, list[dict]]:
    """The leads in the person's own export: the work, how it stood, and what was noted."""
    matches = LeadMatch.objects.filter(enrolment__participant=participant).select_related("lead__employer")
    rows = [
        {
            _("work"): match.lead.title,
            _("workplace"): match.lead.place_name,
            _("state"): match.get_state_display(),
            _("note"): match.note,
        }
        for match in matches.order_by("created_at", "id")
    ]
    return _("Leads"), rows


def forget_leads(participant) -> int:
    """Take the person off every lead; how many rows."""
    dropped, _kinds = LeadMatch.objects.filter(enrolment__participant=participant).delete()
    return dropped


def coach_lead_lines(user, months, today: dt.date) -> list[TodayLine]:
    """Leads whose last day is near and to which people of these months are linked. One query."""
    leads = (
        JobLead.objects.open()
        .filter(
            matches__enrolment__month__in=list(months),
            matches__state__in=(MatchState.SUGGESTED, MatchState.INTERESTED),
            apply_by__lte=today + SOON,
            apply_by__gte=today,
        )
        .select_related("employer")
        .order_by("apply_by", "id")
        .distinct()[:MOST_LINES]
    )
    return [_line(lead, detail=_("last day to answer"), day=lead.apply_by, today=today) for lead in leads]


def desk_lead_lines(user, today: dt.date) -> list[TodayLine]:
    """For the coordinator's desk: leads that nobody takes care of, and own ones whose last day is near or has
    passed. One query."""
    leads = (
        JobLead.objects.visible_to(user)
        .open()
        .filter(Q(owner__isnull=True) | Q(owner=user, apply_by__lte=today + SOON))
        .select_related("employer")
        .order_by("apply_by", "id")[:MOST_LINES]
    )
    lines = []
    for lead in leads:
        detail = _("last day to answer") if lead.owner_id else _("nobody takes care of it")
        lines.append(
            _line(lead, detail=detail, day=lead.apply_by if lead.owner_id else lead.heard_on, today=today)
        )
    return lines


def _line(lead: JobLead, *, detail: str, day: dt.date | None, today: dt.date) -> TodayLine:
    url = reverse("employers:lead", args=[lead.pk])
    return TodayLine(
        heading=_("Leads"),
        title=lead.title,
        detail=f"{lead.place_name}, {detail}",
        url=url,
        link_text=_("Open the lead"),
        title_url=url,
        icon="handshake",
        is_late=bool(lead.apply_by and lead.apply_by < today),
        day=day,
        order=70,
    )


def register_leads() -> None:
    """Everything that leads add, called from `apps.py`."""
    from django.utils.translation import gettext_lazy as lazy

    from core import navigation
    from core.registry import (
        QuickLink,
        WayOut,
        anonymisers,
        desk_sources,
        participant_panels,
        person_sections,
        timeline_sources,
        today_links,
        today_sources,
        ways_out,
    )
    from employers.share_text import WAY_OUT
    from participants.enums import ConsentRecipient

    navigation.add("leads", lazy("Leads"), "employers:leads-passed", {Role.TE_OFFICER.value}, 30, "handshake")
    why_none = "the work without people: names, phone numbers, e-mails and identity codes are refused"
    ways_out.add(WayOut(WAY_OUT, ConsentRecipient.AUTHORITY, (), why_none=why_none))
    participant_panels.add(lead_panel)
    timeline_sources.add(lead_timeline)
    person_sections.add(lead_section)
    anonymisers.add(forget_leads)
    today_sources.add(coach_lead_lines)
    desk_sources.add(desk_lead_lines)
    today_links.add(QuickLink(lazy("Share a lead"), "employers:lead-quick", "plus"))
