"""Where the discussion of three shows elsewhere: on Today, and on the page of the person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import F, OuterRef, Q, Subquery
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
from reports.models import SummaryVersion

THE_THREE, DECISIONS = 5, 20


def meeting_lines(user, months: Mapping[int, CoachingMonth], today: dt.date) -> list[TodayLine]:
    """Discussions of three today and until Sunday, and decisions that the newest version of the summary does
    not tell yet; also of months that are closed already. One query for both."""
    sunday = today + dt.timedelta(days=7 - today.isoweekday())
    ours = OuterRef("pk")
    talks = Discussion.objects.filter(
        enrolment=ours,
        kind=DiscussionKind.THREE_PARTY,
        held_on__isnull=True,
        planned_on__range=(today, sunday),
    )
    newest = SummaryVersion.objects.filter(enrolment=ours).order_by("-number")
    people = (
        Enrolment.objects.enrolled()
        .filter(coached_months_q(user, prefix="month__"))
        .annotate(
            planned_on=Subquery(talks.values("planned_on")[:1]),
            told_at=Subquery(newest.values("created_at")[:1]),
            told=Subquery(newest.values("state")[:1]),
        )
        .filter(Q(planned_on__isnull=False) | Q(decision__recorded_at__gt=F("told_at")))
        .select_related("participant", "month", "decision")
    )
    lines = []
    for person in people:
        if person.planned_on:
            lines.append(_meeting_line(person, today))
        decision = getattr(person, "decision", None)
        if decision is not None and person.told_at and decision.recorded_at > person.told_at:
            lines.append(_decision_line(person))
    return lines


def _meeting_line(person: Enrolment, today: dt.date) -> TodayLine:
    day = _("today") if person.planned_on == today else date_format(person.planned_on)
    return TodayLine(
        heading=_("The three meet this week"),
        title=person.participant.full_name,
        title_url=reverse("coaching:person", args=[person.pk]),
        detail=_("%(day)s, %(month)s") % {"day": day, "month": person.month.name},
        url=reverse("reports:meeting", args=[person.pk]),
        link_text=_("Open the page of the three"),
        icon="people",
        day=person.planned_on,
        order=THE_THREE,
    )


def _decision_line(person: Enrolment) -> TodayLine:
    is_out = person.told == SummaryState.RELEASED
    return TodayLine(
        heading=_("Decisions to take into the summary"),
        title=person.participant.full_name,
        title_url=reverse("coaching:person", args=[person.pk]),
        detail=_("the office has a version without it") if is_out else _("the draft does not tell it yet"),
        url=reverse("reports:meeting", args=[person.pk]),
        link_text=_("Make the next version"),
        icon="document",
        day=person.decision.decided_on,
        order=DECISIONS,
    )


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
