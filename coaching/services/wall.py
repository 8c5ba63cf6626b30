"""The address of the group's board: made, found, ended. Only the hash of its secret is kept."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from coaching.enums import MonthState
from coaching.models import CoachingMonth
from coaching.services.common import lock_open_month
from core.errors import DomainError, LinkGone
from core.models import LinkToken
from core.tokens import find_link_token, make_link_token, revoke_link_tokens

PURPOSE = "coaching.wall"
LONGEST = dt.timedelta(days=180)


def wall_address_state(month: CoachingMonth, *, now: dt.datetime) -> LinkToken | None:
    """The token of the address that works now; the secret itself is shown once and not kept."""
    tokens = LinkToken.objects.live(now=now).filter(purpose=PURPOSE, subject_id=month.pk)
    return tokens.order_by("-created_at").first()


@transaction.atomic
def make_wall_address(*, actor, month_id: int, now: dt.datetime, today: dt.date) -> str:
    """A new secret for the month's board; the address before it stops working.

    Raises MonthAlreadyClosed, MonthCancelled, or DomainError when the month is over.
    """
    month = lock_open_month(month_id)
    if month.ends_on < today:
        raise DomainError(_("The month is over, so its board is not shown any more."))
    revoke_link_tokens(purpose=PURPOSE, subject_id=month.pk, now=now)
    token, secret = make_link_token(purpose=PURPOSE, subject_id=month.pk, lifetime=LONGEST, now=now)
    audit.record(actor=actor, action="wall.address_made", obj=month, details={"token": token.pk})
    return secret


@transaction.atomic
def end_wall_address(*, actor, month_id: int, now: dt.datetime) -> None:
    """The board's address stops working at once. Without one nothing happens."""
    CoachingMonth.objects.select_for_update(of=("self",)).get(pk=month_id)
    if revoke_link_tokens(purpose=PURPOSE, subject_id=month_id, now=now):
        audit.record(actor=actor, action="wall.address_ended", obj=CoachingMonth.objects.get(pk=month_id))


def month_of_wall(*, secret: str, now: dt.datetime, today: dt.date) -> CoachingMonth:
    """The month whose board this is. Raises LinkGone for an unknown or ended address, and when the month was
    closed, called off, or is over."""
    token = find_link_token(purpose=PURPOSE, secret=secret, now=now)
    month = CoachingMonth.objects.filter(pk=token.subject_id).first()
    if month is None or month.state != MonthState.OPEN or month.ends_on < today:
        raise LinkGone(_("The month is over, so its board is not shown any more."))
    return month
