"""What the pages of aftercare show, and where aftercare shows elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Role
from coaching.models import CoachingMonth, Enrolment
from coaching.querysets import coached_months_q
from core.registry import Panel, TodayLine
from employers.desk import DeskSection, desk_line
from reports.aftercare_words import hours_words
from reports.enums import AftercareAnswer
from reports.models import Aftercare, AftercareUse

SOON = dt.timedelta(days=14)
ENDING, OFFERS = 40, 45


@dataclass(frozen=True)
class AftercareState:
    """How far it is: `used` and `left` in words and in minutes, and what waits."""

    used: int
    left: int
    used_words: str
    left_words: str
    most_words: str
    is_over: bool
    ends_soon: bool
    has_begun: bool
    can_log: bool


def state_of(aftercare: Aftercare, used: int, *, today: dt.date) -> AftercareState:
    """The state on `today`, with `used` minutes given so far."""
    left = max(0, aftercare.most_minutes - used)
    accepted = aftercare.answer == AftercareAnswer.ACCEPTED
    is_over = accepted and aftercare.ends_on < today
    return AftercareState(
        used=used,
        left=left,
        used_words=hours_words(used),
        left_words=hours_words(left),
        most_words=hours_words(aftercare.most_minutes),
        is_over=is_over,
        ends_soon=accepted and not is_over and left > 0 and aftercare.ends_on <= today + SOON,
        has_begun=accepted and aftercare.starts_on <= today,
        can_log=accepted and aftercare.is_approved and left > 0 and aftercare.starts_on <= today,
    )


def aftercare_page(aftercare: Aftercare | None, *, today: dt.date) -> dict[str, Any]:
    """The uses with who gave them, and the state. One query."""
    if aftercare is None:
        return {"uses": [], "state": None}
    uses = list(aftercare.uses.select_related("given_by").order_by("-held_on", "-id"))
    used = sum(use.minutes for use in uses if use.removed_at is None)
    return {"uses": uses, "state": state_of(aftercare, used, today=today)}


def offer_start(enrolment: Enrolment, aftercare: Aftercare | None, *, today: dt.date) -> dict[str, Any]:
    """What the form begins with: what stands, or an offer of today with the usual frame."""
    if aftercare is None:
        return {
            "base_version": 0,
            "offered_on": today,
            "answer": str(AftercareAnswer.OPEN),
            "carer": enrolment.month.coach,
            "starts_on": max(today, enrolment.month.ends_on + dt.timedelta(days=1)),
            "window_months": settings.AFTERCARE_WINDOWS[0],
            "most_hours": settings.AFTERCARE_MOST_HOURS,
        }
    start = {name: getattr(aftercare, name) for name in ("offered_on", "needs", "answer", "answered_on")}
    start |= {"base_version": aftercare.version}
    if aftercare.answer == AftercareAnswer.ACCEPTED:
        start |= {
            "carer": aftercare.carer,
            "starts_on": aftercare.starts_on,
            "window_months": aftercare.window_months,
            "most_hours": aftercare.most_minutes // 60,
        }
    else:
        frame = offer_start(enrolment, None, today=today)
        start |= {name: frame[name] for name in ("carer", "starts_on", "window_months", "most_hours")}
        if not aftercare.answered_on:
            start["answered_on"] = None
    return start


def with_used(rows):
    """Each row with `used`, the minutes given so far."""
    given = (
        AftercareUse.objects.filter(aftercare=OuterRef("pk"), removed_at__isnull=True)
        .order_by()
        .values("aftercare")
        .annotate(total=Sum("minutes"))
        .values("total")
    )
    return rows.annotate(used=Coalesce(Subquery(given), 0))


def cared_by(user, *, today: dt.date):
    """What this user takes care of and is not over for long, what ends first on top."""
    rows = Aftercare.objects.filter(
        carer=user, answer=AftercareAnswer.ACCEPTED, ends_on__gte=today - dt.timedelta(days=31)
    ).select_related("enrolment__participant", "enrolment__month")
    return with_used(rows).order_by("ends_on", "id")


def my_aftercare_rows(found, *, today: dt.date) -> list[dict[str, Any]]:
    """The rows of the list with their state."""
    return [{"row": row, "state": state_of(row, row.used, today=today)} for row in found]


# --- elsewhere --------------------------------------------------------------------------------------
def aftercare_lines(user, months: Mapping[int, CoachingMonth], today: dt.date) -> list[TodayLine]:
    """Today: windows in this user's care that end soon with time left, and offers of the own months that
    wait for an answer or an approval. One query for both."""
    unapproved = Q(coach_approved_on__isnull=True) | Q(officer_approved_on__isnull=True)
    waits = Q(answer=AftercareAnswer.OPEN) | Q(answer=AftercareAnswer.ACCEPTED) & unapproved
    own = coached_months_q(user, prefix="enrolment__month__")
    rows = with_used(Aftercare.objects.select_related("enrolment__participant")).filter(
        _ends_soon(user, today) | waits & own & Q(offered_on__lte=today - SOON)
    )
    lines = []
    for row in rows.order_by("id"):
        if row.is_approved:
            lines.append(TodayLine(heading=_("Aftercare that ends soon"), order=ENDING, **_ending_words(row)))
        else:
            lines.append(_waiting_line(row))
    return lines


def _waiting_line(row: Aftercare) -> TodayLine:
    words = {"day": date_format(row.offered_on)}
    is_open = row.answer == AftercareAnswer.OPEN
    return TodayLine(
        heading=_("Aftercare that waits"),
        title=row.enrolment.participant.full_name,
        title_url=reverse("coaching:person", args=[row.enrolment_id]),
        detail=_("offered %(day)s, no answer yet") % words
        if is_open
        else _("offered %(day)s, an approval is missing") % words,
        url=reverse("reports:aftercare", args=[row.enrolment_id]),
        link_text=_("Open the aftercare"),
        day=row.offered_on,
        order=OFFERS,
    )


def aftercare_desk_lines(user, today: dt.date) -> list[TodayLine]:
    """The coordinator's desk: what the user takes care of and ends soon with time left. One query."""
    rows = with_used(Aftercare.objects.select_related("enrolment__participant"))
    ending = rows.filter(_ends_soon(user, today)).order_by("ends_on", "id")
    return [desk_line(DeskSection.ENDING, **_ending_words(row)) for row in ending]


def _ends_soon(user, today: dt.date) -> Q:
    """In this user's care, begun and approved by both, with time left and a fortnight to go at most."""
    return Q(
        carer=user,
        answer=AftercareAnswer.ACCEPTED,
        starts_on__lte=today,
        ends_on__range=(today, today + SOON),
        coach_approved_on__isnull=False,
        officer_approved_on__isnull=False,
        used__lt=F("most_minutes"),
    )


def _ending_words(row: Aftercare) -> dict[str, Any]:
    url = reverse("reports:aftercare", args=[row.enrolment_id])
    return {
        "title": row.enrolment.participant.full_name,
        "title_url": url,
        "detail": _("aftercare until %(day)s, %(left)s left")
        % {"day": date_format(row.ends_on), "left": hours_words(row.most_minutes - row.used)},
        "url": url,
        "link_text": _("Open the aftercare"),
        "icon": "phone",
        "day": row.ends_on,
    }


def aftercare_panel(participant, user) -> Panel | None:
    """Aftercare on the participant's page: what is left, or the way to offer it. At most two queries."""
    if user.role not in (Role.COACH, Role.COORDINATOR):
        return None
    row = (
        with_used(Aftercare.objects.visible_to(user).filter(enrolment__participant=participant))
        .order_by("-offered_on", "-id")
        .first()
    )
    if row is None:
        mine = Enrolment.objects.filter(
            coached_months_q(user, prefix="month__"), participant=participant, state="enrolled"
        )
        enrolment = mine.order_by("-month__starts_on", "-id").first() if user.role == Role.COACH else None
        if enrolment is None:
            return None
        return _panel(enrolment.pk, _("Not offered yet."), _("Offer aftercare"))
    return _panel(row.enrolment_id, _in_words(row), _("Open the aftercare"))


def _panel(enrolment_id: int, summary: str, link_text: str) -> Panel:
    url = reverse("reports:aftercare", args=[enrolment_id])
    return Panel(title=_("Aftercare"), summary=summary, url=url, link_text=link_text, order=75)


def _in_words(row: Aftercare) -> str:
    if row.answer == AftercareAnswer.DECLINED:
        return _("Offered %(day)s, not wanted.") % {"day": date_format(row.offered_on)}
    if row.answer == AftercareAnswer.OPEN:
        return _("Offered %(day)s, no answer yet.") % {"day": date_format(row.offered_on)}
    words = {
        "left": hours_words(max(0, row.most_minutes - row.used)),
        "most": hours_words(row.most_minutes),
        "day": date_format(row.ends_on),
    }
    if not row.is_approved:
        return _("Accepted, an approval is missing. %(most)s, until %(day)s.") % words
    return _("%(left)s left of %(most)s, until %(day)s.") % words
