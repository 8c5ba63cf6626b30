"""Summaries on their way to an office: one mail with a link, a code by another way, taken back, sent again
(te-summary.md, Delivery)."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Authority, User
from coaching.models import CoachingMonth
from core.crypto import keyed_hash
from core.errors import AccessDenied, DomainError, LinkGone, StaleVersion
from core.mail import queue_mail
from core.models import LinkToken, OutgoingMail
from core.tokens import MAX_WRONG_TRIES, find_link_token, make_link_token, note_wrong_try, revoke_link_tokens
from participants.consent import require_way_out
from reports.access import can_write_summaries
from reports.enums import SummaryState
from reports.errors import ReleaseRefused, WrongState
from reports.models import Delivery, DeliveryItem, SummaryVersion
from reports.services.locks import lock_month
from reports.services.release import release_summary

PURPOSE = "reports.delivery"
CODE_DIGITS = 6
REASON_LIMIT = 200


@dataclass(frozen=True)
class GivenDelivery:
    """A delivery whose link and code are fresh. Neither is known to the program afterwards: the code is told
    to the office by the sender, the address too when the office has no e-mail."""

    delivery: Delivery
    code: str
    address: str


@dataclass(frozen=True)
class Opening:
    """What came of a code: the delivery that it opened, or None and how many tries are left."""

    delivery: Delivery | None
    tries_left: int = MAX_WRONG_TRIES


# --- to the office ----------------------------------------------------------------------------------
@transaction.atomic
def release_together(
    *, actor: User, month_id: int, chosen: Mapping[int, int], now: dt.datetime, today: dt.date
) -> list[GivenDelivery]:
    """Release the chosen summaries of a month, all or none, and send one mail to each office.

    `chosen` maps ids of SummaryVersion to the version numbers that the coach was looking at. Raises
    ReleaseRefused with a sentence for each person who holds it up, DomainError for an empty choice or one of
    another month, AccessDenied for a stranger.
    """
    month = _own_month(actor, month_id)
    summaries = SummaryVersion.objects.filter(pk__in=chosen, enrolment__month=month).order_by("pk")
    people = {summary.pk: summary.enrolment.participant for summary in summaries.with_person()}
    if not people:
        raise DomainError(_("Choose at least one summary."))
    if len(people) != len(chosen):
        raise DomainError(_("One of the summaries is not of this month. Reload the page and choose again."))
    released, problems, holes = [], [], []
    for summary_id, person in people.items():
        try:
            released.append(
                release_summary(
                    actor=actor, summary_id=summary_id, version=chosen[summary_id], now=now, today=today
                )
            )
        except AccessDenied:
            raise
        except DomainError as error:
            problems.append(f"{person.full_name}: {error}")
            holes += getattr(error, "holes", ())
    if problems:
        raise ReleaseRefused(
            _("Nothing was released. %(problems)s") % {"problems": " ".join(problems)}, holes=tuple(holes)
        )
    return [_deliver(actor, month, office, own, now, today) for office, own in _by_office(released)]


def _by_office(summaries: Iterable[SummaryVersion]) -> list[tuple[Authority, list[SummaryVersion]]]:
    offices: dict[int, list[SummaryVersion]] = {}
    for summary in summaries:
        offices.setdefault(summary.recipient_id, []).append(summary)
    return [(own[0].recipient, own) for own in offices.values()]


@transaction.atomic
def deliver_released(
    *, actor: User, month_id: int, authority_id: int, now: dt.datetime, today: dt.date
) -> GivenDelivery:
    """A link to what was released to the office before without one. Raises WrongState when there is none."""
    month = _own_month(actor, month_id)
    waiting = undelivered(month).filter(recipient=authority_id).with_person()
    summaries = list(waiting)
    if not summaries:
        raise WrongState(_("Everything that was released to this office has a link already."))
    return _deliver(actor, month, summaries[0].recipient, summaries, now, today)


def undelivered(month: CoachingMonth):
    """The month's released summaries that no link carries."""
    released = SummaryVersion.objects.filter(enrolment__month=month, state=SummaryState.RELEASED)
    return released.filter(delivery_items__isnull=True)


def _deliver(actor, month, office, summaries, now, today) -> GivenDelivery:
    for summary in summaries:
        require_way_out(code="summary.mail", participant=summary.enrolment.participant, today=today)
    delivery = Delivery(month=month, authority=office, email=office.email, made_by=actor, made_at=now)
    delivery.code_hash = "-"  # the hash needs the id
    delivery.save()
    DeliveryItem.objects.bulk_create(DeliveryItem(delivery=delivery, summary=row) for row in summaries)
    given = _fresh_link(delivery, actor=actor, now=now)
    audit.record(
        actor=actor,
        action="delivery.sent",
        obj=delivery,
        details={"authority": office.pk, "summaries": [row.pk for row in summaries]},
    )
    return given


def _fresh_link(delivery: Delivery, *, actor: User, now: dt.datetime) -> GivenDelivery:
    """A new link and code; those before stop working."""
    revoke_link_tokens(purpose=PURPOSE, subject_id=delivery.pk, now=now)
    lifetime = dt.timedelta(days=settings.DELIVERY_LINK_DAYS)
    token, secret = make_link_token(purpose=PURPOSE, subject_id=delivery.pk, lifetime=lifetime, now=now)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    delivery.token, delivery.code_hash = token, _code_hash(delivery.pk, token.pk, code)
    address = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("office:delivery", args=[secret])
    delivery.mail = _mail(delivery, address, actor) if delivery.email else None
    delivery.save(update_fields=["token", "code_hash", "mail"])
    return GivenDelivery(delivery, code, "" if delivery.email else address)


def _code_hash(delivery_id: int, token_id: int, code: str) -> str:
    """Useless without the key outside the database: six digits alone would be tried in a second."""
    return keyed_hash(f"{PURPOSE}:{delivery_id}:{token_id}:{code}")


def _mail(delivery: Delivery, address: str, sender: User) -> OutgoingMail:
    context = {
        "address": address,
        "valid_until": delivery.token.expires_at,
        "sender": sender,
        "inbox": settings.PUBLIC_ADDRESS.rstrip("/") + reverse("reports:inbox"),
    }
    return queue_mail(
        name="delivery", recipient=delivery.email, language=delivery.authority.language, context=context
    )


@transaction.atomic
def send_again(*, actor: User, delivery_id: int, version: int, now: dt.datetime) -> GivenDelivery:
    """A new link and a new code to the office's address of today, also after the delivery was taken back.

    The link before stops working. Raises StaleVersion when somebody else did something with it meanwhile.
    """
    delivery = _locked(actor, delivery_id, version)
    delivery.email = delivery.authority.email
    delivery.sent_again_at = now
    delivery.revoked_at, delivery.revoked_by, delivery.revoked_reason = None, None, ""
    delivery.version += 1
    delivery.save()
    given = _fresh_link(delivery, actor=actor, now=now)
    audit.record(
        actor=actor,
        action="delivery.sent_again",
        obj=delivery,
        details={"authority": delivery.authority_id},
    )
    return given


@transaction.atomic
def take_back_delivery(
    *, actor: User, delivery_id: int, version: int, reason: str, now: dt.datetime
) -> Delivery:
    """Close the link and the office's inbox for what it carries, at once. `reason` is at most 200 characters.

    Raises WrongState when it is taken back already, StaleVersion, DomainError without a reason.
    """
    delivery = _locked(actor, delivery_id, version)
    reason = " ".join(reason.split())
    if delivery.is_revoked:
        raise WrongState(_("It has been taken back already."))
    if not reason:
        raise DomainError(_("Say in a few words why it is taken back."), field="reason")
    if len(reason) > REASON_LIMIT:
        raise DomainError(_("At most %(limit)s characters.") % {"limit": REASON_LIMIT}, field="reason")
    revoke_link_tokens(purpose=PURPOSE, subject_id=delivery.pk, now=now)
    delivery.revoked_at, delivery.revoked_by, delivery.revoked_reason = now, actor, reason
    delivery.version += 1
    delivery.save(update_fields=["revoked_at", "revoked_by", "revoked_reason", "version"])
    audit.record(actor=actor, action="delivery.taken_back", obj=delivery, reason=reason)
    return delivery


def _own_month(actor: User, month_id: int) -> CoachingMonth:
    month = lock_month(month_id)  # two presses at once make one delivery
    if not can_write_summaries(actor, month):
        raise AccessDenied(_("The summaries are released by the month's own coach."))
    return month


def _locked(actor: User, delivery_id: int, version: int) -> Delivery:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("month", "authority")
    delivery = rows.get(pk=delivery_id)
    if not can_write_summaries(actor, delivery.month):
        raise AccessDenied(_("The summaries are released by the month's own coach."))
    if delivery.version != version:
        raise StaleVersion(
            _("Somebody else has changed this release meanwhile. Look how it stands and try again.")
        )
    return delivery


# --- at the office ----------------------------------------------------------------------------------
def delivery_behind(*, secret: str, now: dt.datetime) -> Delivery:
    """The delivery of a live link; nothing is changed (mail scanners open links). Raises LinkGone."""
    token = find_link_token(purpose=PURPOSE, secret=secret, now=now)
    return _delivery_of(token)


def _delivery_of(token: LinkToken) -> Delivery:
    rows = Delivery.objects.select_related("authority", "month__coach", "made_by", "token")
    delivery = rows.filter(token=token, revoked_at__isnull=True).first()
    if delivery is None:
        raise LinkGone(_("This link is no longer valid. Ask the person who sent it for a new one."))
    return delivery


@transaction.atomic
def open_with_code(*, secret: str, code: str, now: dt.datetime, actor_label: str) -> Opening:
    """Try a code at the door. A wrong one counts, the fifth locks the link for good.

    The tries of one link wait for each other, so that nobody tries many codes at once. Raises LinkGone.
    """
    token = find_link_token(purpose=PURPOSE, secret=secret, now=now)
    Delivery.objects.select_for_update(no_key=True).filter(token=token).first()  # as who sends again does
    token = LinkToken.objects.select_for_update(no_key=True).get(pk=token.pk)
    if token.revoked_at is not None or token.wrong_tries >= MAX_WRONG_TRIES:
        raise LinkGone(
            _("This link is locked after five wrong tries. Ask the person who sent it for a new one.")
        )
    delivery = _delivery_of(token)
    digits = "".join(character for character in code if character.isdecimal())
    if not constant_time_compare(_code_hash(delivery.pk, token.pk, digits), delivery.code_hash):
        left = note_wrong_try(token=token)
        action = "delivery.wrong_code" if left else "delivery.locked"
        audit.record(actor=None, actor_label=actor_label, action=action, obj=delivery)
        return Opening(None, left)
    if token.used_at is None:
        LinkToken.objects.filter(pk=token.pk).update(used_at=now)
    if delivery.first_opened_at is None:
        Delivery.objects.filter(pk=delivery.pk).update(first_opened_at=now)
    audit.record(actor=None, actor_label=actor_label, action="delivery.opened", obj=delivery)
    return Opening(delivery)
