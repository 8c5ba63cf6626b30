"""Writing the kick-off meeting: what was agreed, and how it was found at the mid-point.

The same practices are gone through again half-way (seed 004:963-966): what does not work is changed while
there is still time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from coaching.access import can_edit_month
from coaching.enums import PracticeCheck
from coaching.models import AgreedPractice, CoachingMonth, KickOff
from coaching.services.common import lock_open_month, require, require_version
from core.errors import DomainError

MOST_PRACTICES = 12


@dataclass(frozen=True)
class PracticeLine:
    """One agreed practice as it stands in the form; `pk` is None for a new one."""

    text: str
    who: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class CheckLine:
    """How one practice was found: `result` is a PracticeCheck value or "" (not looked at)."""

    pk: int
    result: str
    note: str = ""


@transaction.atomic
def record_kick_off(
    *,
    actor,
    month: CoachingMonth,
    version: int,
    held_on: dt.date,
    present: str,
    note: str,
    practices: Sequence[PracticeLine],
    today: dt.date,
) -> KickOff:
    """Save the meeting and its practices. `version` is 0 for a meeting not recorded yet.

    A practice left out of `practices` is removed, with how it was found; the others keep that. Raises
    StaleVersion, MonthAlreadyClosed, DomainError with its field, AccessDenied.
    """
    locked = lock_open_month(month.pk)
    require(can_edit_month(actor, locked), _("Only the month's own coach records the kick-off."))
    if held_on > today:
        raise DomainError(_("The day is in the future. Plan it on the month instead."), field="held_on")
    if len(practices) > MOST_PRACTICES:
        raise DomainError(_("Write at most %(count)s practices.") % {"count": MOST_PRACTICES})
    kick_off = KickOff.objects.select_for_update(of=("self",)).filter(month=locked).first()
    if kick_off is None:
        kick_off = KickOff(month=locked, version=0)
    require_version(kick_off, version)
    if kick_off.checked_on is not None and kick_off.checked_on < held_on:
        raise DomainError(_("The mid-point check was before this day."), field="held_on")
    kick_off.held_on, kick_off.present, kick_off.note = held_on, present.strip(), note.strip()
    kick_off.recorded_by = actor
    kick_off.version += 1
    kick_off.save()
    _write_practices(kick_off, practices)
    audit.record(actor=actor, action="kick_off.recorded", obj=kick_off, details={"month": locked.pk})
    return kick_off


@transaction.atomic
def check_practices(
    *, actor, month: CoachingMonth, version: int, checked_on: dt.date, checks: Sequence[CheckLine],
    today: dt.date,
) -> KickOff:  # fmt: skip
    """Note at the mid-point how each practice works. Lines of another month are refused.

    Raises StaleVersion, MonthAlreadyClosed, DomainError with its field, AccessDenied.
    """
    locked = lock_open_month(month.pk)
    require(can_edit_month(actor, locked), _("Only the month's own coach records the kick-off."))
    kick_off = KickOff.objects.select_for_update(of=("self",)).filter(month=locked).first()
    if kick_off is None:
        raise DomainError(_("Record the kick-off first."))
    require_version(kick_off, version)
    if checked_on > today:
        raise DomainError(_("The day is in the future."), field="checked_on")
    if checked_on < kick_off.held_on:
        raise DomainError(_("The check cannot be before the meeting."), field="checked_on")
    rows = {row.pk: row for row in kick_off.practices.all()}
    for line in checks:
        if line.pk not in rows or line.result not in ("", *PracticeCheck.values):
            raise DomainError(_("This practice is not of this kick-off."))
        rows[line.pk].check_result, rows[line.pk].check_note = line.result, line.note.strip()
    if not any(row.check_result for row in rows.values()):
        raise DomainError(_("Say of at least one practice how it works."))
    AgreedPractice.objects.bulk_update(rows.values(), ["check_result", "check_note"])
    kick_off.checked_on = checked_on
    kick_off.version += 1
    kick_off.save(update_fields=["checked_on", "version"])
    audit.record(actor=actor, action="kick_off.checked", obj=kick_off, details={"month": locked.pk})
    return kick_off


def _write_practices(kick_off: KickOff, practices: Sequence[PracticeLine]) -> None:
    lines = [line for line in practices if line.text.strip()]
    known = {row.pk: row for row in kick_off.practices.all()}
    kept = [line.pk for line in lines if line.pk is not None]
    if not set(kept) <= set(known) or len(set(kept)) < len(kept):
        raise DomainError(_("This practice is not of this kick-off."))
    kick_off.practices.exclude(pk__in=kept).delete()
    # out of the way first: positions are unique
    for number, line in enumerate(lines, start=1):
        row = known.get(line.pk) or AgreedPractice(kick_off=kick_off)
        row.position, row.text, row.who = number + MOST_PRACTICES, line.text.strip(), line.who.strip()
        row.save()
    for row in kick_off.practices.order_by("position"):
        row.position -= MOST_PRACTICES
        row.save(update_fields=["position"])
