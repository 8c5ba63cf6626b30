"""Where the discussion of three shows elsewhere: on Today, and on the page of the person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.enums import Role
from coaching.enums import DiscussionKind
from coaching.models import CoachingMonth, Discussion, Enrolment
from coaching.querysets import coached_months_q
from core.registry import Panel, TodayLine
from reports.enums import SummaryState
from reports.models import Decision, SummaryVersion

THE_THREE, DECISIONS = 5, 20


def meeting_lines(user, months: Mapping[int, CoachingMonth], today: dt.date) -> list[TodayLine]:
    """Discussions of three today and until Sunday, also of months that are closed already: one query."""
    sunday = today + dt.timedelta(days=7 - today.isoweekday())
    talks = Discussion.objects.filter(
        coached_months_q(user, prefix="enrolment__month__"),
        kind=DiscussionKind.THREE_PARTY,
        held_on__isnull=True,
        planned_on__range=(today, sunday),
        enrolment__state="enrolled",
    ).select_related("enrolment__participant", "enrolment__month")
    return [
        TodayLine(
            heading=_("The three meet this week"),
            title=talk.enrolment.participant.full_name,
            title_url=reverse("coaching:person", args=[talk.enrolment_id]),
            detail=_("%(day)s, %(month)s")
            % {
                "day": _("today") if talk.planned_on == today else date_format(talk.planned_on),
                "month": talk.enrolment.month.name,
            },
            url=reverse("reports:meeting", args=[talk.enrolment_id]),
            link_text=_("Open the page of the three"),
            icon="people",
            day=talk.planned_on,
            order=THE_THREE,
        )
        for talk in talks
    ]


def decision_lines(user, months: Mapping[int, CoachingMonth], today: dt.date) -> list[TodayLine]:
    """Decisions that the newest version of the summary does not tell yet: one query."""
    newest = SummaryVersion.objects.filter(enrolment=OuterRef("enrolment")).order_by("-number")
    waiting = (
        Decision.objects.filter(coached_months_q(user, prefix="enrolment__month__"))
        .annotate(
            told_at=Subquery(newest.values("created_at")[:1]), told=Subquery(newest.values("state")[:1])
        )
        .filter(told_at__lt=F("recorded_at"))
        .select_related("enrolment__participant", "enrolment__month")
    )
    return [
        TodayLine(
            heading=_("Decisions to take into the summary"),
            title=decision.enrolment.participant.full_name,
            title_url=reverse("coaching:person", args=[decision.enrolment_id]),
            detail=_("the office has a version without it")
            if decision.told == SummaryState.RELEASED
            else _("the draft does not tell it yet"),
            url=reverse("reports:meeting", args=[decision.enrolment_id]),
            link_text=_("Make the next version"),
            icon="document",
            day=decision.decided_on,
            order=DECISIONS,
        )
        for decision in waiting
    ]


def meeting_panel(participant, user) -> Panel | None:
    """The way to the page of the three, for the month's own coaches, and what was decided. Two queries."""
    if user.role != Role.COACH:
        return None
    enrolment = (
        Enrolment.objects.filter(
            coached_months_q(user, prefix="month__"), participant=participant, state="enrolled"
        )
        .select_related("decision")
        .order_by("-month__starts_on", "-id")
        .first()
    )
    if enrolment is None:
        return None
    return Panel(
        title=_("Discussion of three"),
        summary=_in_words(enrolment),
        url=reverse("reports:meeting", args=[enrolment.pk]),
        link_text=_("Open the page of the three"),
        order=70,
    )


def _in_words(enrolment: Enrolment) -> str:
    decision = getattr(enrolment, "decision", None)
    if decision is not None:
        return _("Decided %(day)s: %(kind)s.") % {
            "day": date_format(decision.decided_on),
            "kind": decision.get_kind_display(),
        }
    talk = enrolment.discussions.filter(kind=DiscussionKind.THREE_PARTY).first()
    if talk is None:
        return _("Goal, page 1 and proposal on one screen, and the decision beside them.")
    if talk.held_on:
        return _("Held %(day)s, no decision recorded yet.") % {"day": date_format(talk.held_on)}
    return capfirst(_("planned for %(day)s") % {"day": date_format(talk.planned_on)}) + "."
