"""What the pages of releases to an office show: the coach's month and release, the office's list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import AuditEvent, Authority
from coaching.models import CoachingMonth
from coaching.querysets import coached_months_q
from core.mail import why_lost
from core.models import LOST, MailState
from core.registry import TodayLine
from core.tokens import MAX_WRONG_TRIES
from reports.enums import SummaryState
from reports.models import Delivery, SummaryVersion
from reports.querysets import COPIED, DOWNLOADED, OPENED, RECEIPTS
from reports.services.deliveries import undelivered
from reports.summary.holes import Hole, blocking, find_holes

SOON = dt.timedelta(days=3)
# what is told of a release that was taken back or sent again
TURNS = ("delivery.taken_back", "delivery.sent_again")
MOST_TURNS = 20
MAIL_TROUBLE, UNOPENED = 6, 24  # places among Today's lines


@dataclass(frozen=True)
class Candidate:
    """One person of the month on the way out: what is in the way, and whether the box is ticked."""

    person: Any
    summary: SummaryVersion | None
    holes: tuple[Hole, ...]
    is_ready: bool
    is_ticked: bool
    why: str


@dataclass(frozen=True)
class DeliveryState:
    """How a delivery stands, in one word with its tone and one sentence."""

    code: str
    tone: str
    label: str
    sentence: str


@dataclass(frozen=True)
class ReceiptRow:
    """One summary of a delivery with the moments of its receipts (None: not yet)."""

    summary: SummaryVersion
    moments: Mapping[str, dt.datetime] = field(default_factory=dict)

    @property
    def opened(self) -> dt.datetime | None:
        return self.moments.get(OPENED)

    @property
    def downloaded(self) -> dt.datetime | None:
        return self.moments.get(DOWNLOADED)

    @property
    def copied(self) -> dt.datetime | None:
        return self.moments.get(COPIED)


# --- the coach ----------------------------------------------------------------------------------------
def release_page(
    month: CoachingMonth, *, today: dt.date, now: dt.datetime, ticked: set[int] | None = None
) -> dict[str, Any]:
    """Who of the month can be released, by office, and what was sent. `ticked` are the ids that were chosen
    when the page comes back with a refusal; everybody who is ready before that."""
    people = list(month.enrolments.enrolled().by_name().select_related("participant__authority"))
    versions = SummaryVersion.objects.filter(enrolment__in=people).current().with_person().with_recall()
    newest = {version.enrolment_id: version for version in versions}
    offices: dict[str, list[Candidate]] = {}
    for person in people:
        office = person.participant.authority
        row = _candidate(person, newest.get(person.pk), today, ticked)
        offices.setdefault(office.name if office else _("No office"), []).append(row)
    unsent = undelivered(month).values("recipient")
    return {
        "month": month,
        "offices": sorted(offices.items()),
        "ready": sum(row.is_ready for rows in offices.values() for row in rows),
        "without_link": list(Authority.objects.filter(pk__in=unsent).order_by("name")),
        "deliveries": [
            {"row": row, "state": state_of(row, now=now), "count": row.summaries}
            for row in with_counts(month.deliveries.all()).newest_first()
        ],
    }


def _candidate(person, summary, today: dt.date, ticked: set[int] | None) -> Candidate:
    holes: tuple[Hole, ...] = ()
    if summary is None:
        why = _("The summary has not been made yet.")
    elif summary.state == SummaryState.RELEASED and summary.is_recalled:
        why = _("The release was taken back. Send it again from the list below.")
    elif summary.state == SummaryState.RELEASED:
        why = _("Released %(day)s.") % {"day": date_format(summary.released_at)}
    elif summary.state == SummaryState.APPROVED:
        holes, why = blocking(find_holes(summary, today=today)), ""
    elif summary.is_signed:
        why = _("You have not approved it yet.")
    else:
        why = _("The participant has not approved it yet.")
    is_ready = not why and not holes
    is_ticked = is_ready and (ticked is None or summary.pk in ticked)
    return Candidate(person, summary, holes, is_ready, is_ticked, why)


def with_counts(deliveries):
    """Deliveries with their office, mail and link, and `summaries`, how many they carry."""
    return deliveries.select_related("authority", "mail", "token", "made_by").annotate(
        summaries=Count("items")
    )


def _is_opened(delivery: Delivery) -> bool:
    """Whether somebody came in by the link of today: one that was sent again counts anew."""
    if delivery.token is None:  # it ended more than a year ago
        return delivery.first_opened_at is not None
    return delivery.token.used_at is not None


def state_of(delivery: Delivery, *, now: dt.datetime) -> DeliveryState:
    """Taken back, mail in trouble, locked, expired, read, or waiting to be read: what matters most first."""
    token, mail = delivery.token, delivery.mail
    day = date_format(token.expires_at) if token else ""
    if delivery.is_revoked:
        sentence = _("Neither the link nor the inbox shows it.")
        return DeliveryState("revoked", "neutral", _("taken back"), sentence)
    if mail is not None and mail.is_lost and not _is_opened(delivery):
        sentence = " ".join((why_lost(mail), _("Check the office's address and send it again.")))
        return DeliveryState("failed", "danger", _("mail did not arrive"), sentence)
    if token is None and delivery.first_opened_at:
        return DeliveryState("opened", "success", _("opened"), _("The link has ended."))
    if token is None or token.revoked_at is not None:
        return DeliveryState("over", "warning", _("no link"), _("Send it again for a new link."))
    if token.wrong_tries >= MAX_WRONG_TRIES:
        sentence = _("Five wrong codes: the link is locked. Ring the office and send it again.")
        return DeliveryState("locked", "danger", _("locked"), sentence)
    if _is_opened(delivery):
        sentence = _("The link works until %(day)s.") % {"day": day}
        if token.expires_at <= now:
            sentence = _("The link ended %(day)s.") % {"day": day}
        return DeliveryState("opened", "success", _("opened"), sentence)
    if token.expires_at <= now:
        sentence = _("Nobody opened the link before it ended %(day)s.") % {"day": day}
        return DeliveryState("expired", "warning", _("expired"), sentence)
    if mail is not None and mail.state == MailState.WAITING:
        sentence = _("The mail is on its way.")
        if mail.attempts:
            sentence = _("The mail did not go yet. It is tried again by itself.")
        return DeliveryState("waiting", "info", _("on its way"), sentence)
    sentence = _("Not opened yet. The link works until %(day)s.") % {"day": day}
    return DeliveryState("sent", "info", _("sent"), sentence)


def delivery_page(delivery: Delivery, *, now: dt.datetime) -> dict[str, Any]:
    """One delivery with its receipts. A constant number of queries."""
    return {
        "delivery": delivery,
        "month": delivery.month,
        "state": state_of(delivery, now=now),
        "rows": receipt_rows(delivery),
        "history": list(
            AuditEvent.objects.filter(object_type="reports.delivery", object_id=delivery.pk, action__in=TURNS)
            .select_related("actor")
            .order_by("-id")[:MOST_TURNS]
        ),
        "tries_left": MAX_WRONG_TRIES - delivery.token.wrong_tries if delivery.token else 0,
    }


def receipt_rows(delivery: Delivery) -> list[ReceiptRow]:
    """The summaries of a delivery by name, with when each was first opened, copied and downloaded."""
    summaries = list(
        SummaryVersion.objects.filter(delivery_items__delivery=delivery)
        .with_person()
        .defer("data", "texts")
        .order_by("enrolment__participant__last_name", "enrolment__participant__first_name", "pk")
    )
    found = (
        AuditEvent.objects.filter(
            object_type="reports.summaryversion",
            object_id__in=[row.pk for row in summaries],
            action__in=RECEIPTS,
        )
        .values_list("object_id", "action")
        .annotate(first=Min("at"))
    )
    moments: dict[int, dict[str, dt.datetime]] = {}
    for summary_id, action, first in found:
        moments.setdefault(summary_id, {})[action] = first
    return [ReceiptRow(row, moments.get(row.pk, {})) for row in summaries]


def delivery_lines(user, months: Mapping[int, CoachingMonth], today: dt.date) -> list[TodayLine]:
    """Today: releases whose mail did not arrive or whose link is locked, and those that nobody has
    opened although their link is about to end. One query."""
    waiting = Q(token__used_at__isnull=True, token__expires_at__date__lte=today + SOON)
    lost = Q(mail__state__in=LOST, token__used_at__isnull=True)
    locked = Q(token__wrong_tries__gte=MAX_WRONG_TRIES)
    newest = Delivery.objects.filter(month=OuterRef("month"), authority=OuterRef("authority"))
    rows = (
        Delivery.objects.filter(coached_months_q(user, prefix="month__"), revoked_at__isnull=True)
        .filter(lost | locked | waiting)
        .filter(pk=Subquery(newest.order_by("-made_at", "-id").values("pk")[:1]))
        .filter(token__expires_at__date__gte=today - SOON * 10)
        .select_related("authority", "month", "mail", "token")
        .order_by("id")
    )
    return [_line(row, today) for row in rows]


def _line(row: Delivery, today: dt.date) -> TodayLine:
    failed = row.mail is not None and row.mail.is_lost and not _is_opened(row)
    locked = row.token.wrong_tries >= MAX_WRONG_TRIES
    alarm = ""
    if failed:
        alarm, detail = _("did not arrive"), why_lost(row.mail)
    elif locked:
        alarm, detail = _("locked"), _("five wrong codes were tried")
    else:
        detail = _("nobody has opened it; the link ends %(day)s") % {"day": date_format(row.token.expires_at)}
    return TodayLine(
        heading=_("Summaries on their way to the office"),
        title=row.authority.name,
        title_url=reverse("reports:delivery", args=[row.pk]),
        detail=detail,
        url=reverse("reports:delivery", args=[row.pk]),
        link_text=_("Open the release"),
        icon="mail",
        day=row.made_at.date(),
        is_late=bool(alarm),
        alarm=alarm,
        order=MAIL_TROUBLE if alarm else UNOPENED,
    )


# --- the office ---------------------------------------------------------------------------------------
def office_list(delivery: Delivery, *, today: dt.date) -> dict[str, Any]:
    """What a delivery's page lists: who may be read, new or read, and how many may not any more."""
    opened = AuditEvent.objects.filter(
        object_type="reports.summaryversion", object_id=OuterRef("summary"), action=OPENED
    )
    own = SummaryVersion.objects.filter(delivery_items__delivery=delivery, recipient=delivery.authority_id)
    items = list(
        delivery.items.filter(summary__in=own.consented_on(today))
        .annotate(is_read=Exists(opened))
        .select_related("summary__enrolment__participant", "summary__enrolment__month")
        .defer("summary__data", "summary__texts")
        .order_by(
            "summary__enrolment__participant__last_name", "summary__enrolment__participant__first_name", "pk"
        )
    )
    gone = delivery.items.filter(summary__in=own).count() - len(items)
    words = ngettext(
        "%(n)s summary is not here any more: its participant has taken back the consent.",
        "%(n)s summaries are not here any more: their participants have taken back the consent.",
        gone,
    )
    return {"delivery": delivery, "items": items, "gone": words % {"n": gone} if gone else ""}


def months_of_inbox(released) -> list[dict[str, Any]]:
    """The months of which an office has summaries, newest first: `pk`, `name`, `starts_on`, `all` and `new`
    (not opened yet) counts. `released`: SummaryVersion.inbox(). One query."""
    rows = (
        released.order_by()
        .values("enrolment__month", "enrolment__month__name", "enrolment__month__starts_on")
        .annotate(all=Count("pk"), new=Count("pk", filter=Q(opened_at__isnull=True)))
        .order_by("-enrolment__month__starts_on", "-enrolment__month")
    )
    return [
        {
            "pk": row["enrolment__month"],
            "name": row["enrolment__month__name"],
            "starts_on": row["enrolment__month__starts_on"],
            "all": row["all"],
            "new": row["new"],
        }
        for row in rows
    ]
