"""Keeping what was typed into a daily log and not saved yet."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User
from coaching.daily_log import LogInput, has_its_width, merge
from coaching.models import DailyLogDraft, Session
from coaching.services.daily_log import lock_session_for_log, log_rows, require_form_of, standing_units
from core import clock
from core.errors import DomainError

DRAFT_SIZE_LIMIT = 200_000


@transaction.atomic
def save_draft(*, actor: User, session_id: int, wanted: LogInput, today: dt.date) -> DailyLogDraft | None:
    """Keep what was typed and not saved yet: one draft per person and session.

    Unlike saving, a draft keeps also what is not valid yet. Text that equals what the session already holds
    needs no draft: then an old one is dropped and None is returned (this also makes a draft that arrives
    after the save harmless). Raises what `save_daily_log` raises before it looks at the fields.
    """
    session = lock_session_for_log(actor=actor, session_id=session_id, today=today)
    rows = log_rows(session)
    require_form_of(session, rows, wanted)
    standing = standing_units(session, rows)
    merged = merge(mine=wanted, theirs=standing, version=session.version)
    if not merged.conflicts and merged.units == standing:
        if session.has_draft:
            DailyLogDraft.objects.filter(session=session, user=actor).delete()
        return None
    if sum(len(part) for unit in wanted.units.values() for part in unit) > DRAFT_SIZE_LIMIT:
        raise DomainError(gettext("The text is too long for a draft. Shorten it and save."))
    draft, _ = DailyLogDraft.objects.update_or_create(
        session=session,
        user=actor,
        defaults={
            "content": {
                "units": {key: list(unit) for key, unit in wanted.units.items()},
                "base": None if wanted.base is None else dict(wanted.base),
                "pending": sorted(wanted.pending),
                "reason": wanted.reason,
            },
            "base_version": session.version if wanted.version is None else wanted.version,
            "saved_at": clock.now(),
        },
    )
    return draft


@transaction.atomic
def discard_draft(*, actor: User, session_id: int, today: dt.date) -> bool:
    """Drop the own draft of a session; True when there was one. Raises Session.DoesNotExist for a
    stranger. Also somebody who may no longer write may drop an own draft."""
    session = Session.objects.visible_to(actor, today=today).get(pk=session_id)
    count, _ = DailyLogDraft.objects.filter(session=session, user=actor).delete()
    return bool(count)


def draft_input(draft: DailyLogDraft) -> LogInput:
    """A draft as input for the page and the merge. Tolerates anything in the stored JSON."""
    content = draft.content if isinstance(draft.content, dict) else {}
    units = content.get("units")
    base = content.get("base")
    pending = content.get("pending")
    return LogInput(
        units={
            key: tuple(str(part) for part in unit)
            for key, unit in (units.items() if isinstance(units, dict) else ())
            if isinstance(unit, list) and has_its_width(key, unit)
        },
        base=base if isinstance(base, dict) else None,
        pending=frozenset(str(key) for key in (pending if isinstance(pending, list) else ())),
        version=draft.base_version,
        reason=str(content.get("reason") or ""),
    )
