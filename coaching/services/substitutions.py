"""Writing substitutions: who stands in, on which days, and what they are told."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.enums import Role
from accounts.models import User
from coaching.access import can_edit_month, can_hand_over_month, is_own_coach
from coaching.models import CoachingMonth, Substitution
from coaching.services.common import lock_month, lock_open_month, require
from coaching.services.months import check_role
from core.errors import DomainError


@transaction.atomic
def add_substitution(
    *, actor, month: CoachingMonth, user: User, starts_on: dt.date, ends_on: dt.date, note: str = ""
) -> Substitution:
    """Let a coach stand in from `starts_on` to `ends_on`; access begins and ends with those days. `note` is
    what the substitute reads on the handover page. Raises DomainError with its field, AccessDenied."""
    locked = lock_open_month(month.pk)
    _require_chooser(actor, locked)
    _check(locked, user, starts_on, ends_on)
    made = Substitution.objects.create(
        month=locked, user=user, starts_on=starts_on, ends_on=ends_on, note=note.strip()
    )
    audit.record(actor=actor, action="substitution.added", obj=made, details={"month": locked.pk})
    return made


@transaction.atomic
def update_substitution(
    *, actor, substitution: Substitution, user: User, starts_on: dt.date, ends_on: dt.date, note: str
) -> Substitution:
    """Change the days, the person or the words. Raises DomainError with its field, AccessDenied."""
    locked = lock_open_month(substitution.month_id)
    require(can_edit_month(actor, locked), _("Only the month's own coach edits it."))
    row = Substitution.objects.select_for_update(of=("self",)).filter(pk=substitution.pk).first()
    if row is None:
        raise DomainError(_("Somebody removed this substitution meanwhile."))
    _check(locked, user, starts_on, ends_on, besides=row)
    row.user, row.starts_on, row.ends_on, row.note = user, starts_on, ends_on, note.strip()
    row.save(update_fields=["user", "starts_on", "ends_on", "note"])
    audit.record(actor=actor, action="substitution.changed", obj=row, details={"month": locked.pk})
    return row


@transaction.atomic
def remove_substitution(*, actor, substitution: Substitution) -> None:
    """End a substitution at once; a second click is harmless."""
    locked = lock_month(substitution.month_id)
    _require_chooser(actor, locked)
    audit.record(actor=actor, action="substitution.removed", obj=substitution, details={"month": locked.pk})
    substitution.delete()


def _require_chooser(actor, month: CoachingMonth) -> None:
    allowed = can_edit_month(actor, month) or can_hand_over_month(actor, month)
    require(allowed, _("The month's own coach or a manager chooses the substitute."))


def _check(
    month: CoachingMonth,
    user: User,
    starts_on: dt.date,
    ends_on: dt.date,
    *,
    besides: Substitution | None = None,
) -> None:
    check_role(user, Role.COACH, field="user")
    if is_own_coach(user, month):
        raise DomainError(_("This is the month's own coach."), field="user")
    if ends_on < starts_on:
        raise DomainError(_("The last day cannot be before the first."), field="ends_on")
    if starts_on < month.starts_on or ends_on > month.ends_on:
        raise DomainError(_("The days are not inside the month."), field="starts_on")
    overlapping = month.substitutions.filter(user=user, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if besides is not None:
        overlapping = overlapping.exclude(pk=besides.pk)
    if overlapping.exists():
        raise DomainError(_("This person already stands in on some of these days."), field="user")
