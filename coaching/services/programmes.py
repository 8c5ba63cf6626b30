"""Writing programme templates and the months' own copies."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts import audit
from coaching.access import can_edit_month, can_edit_programme, can_make_programme
from coaching.enums import SessionState
from coaching.models import CoachingMonth, Programme, ProgrammeWeek
from coaching.services.common import lock_open_month, require
from coaching.services.schedule import WEEKS
from core.errors import DomainError, StaleVersion


class ProgrammeNameTaken(DomainError):
    """A template of this name exists; it is edited, not made again."""


@dataclass(frozen=True)
class WeekPlan:
    """A week's theme and what is done in it; four of them in order make a programme."""

    theme: str
    description: str = ""


def fingerprint(programme: Programme, weeks: Sequence[ProgrammeWeek]) -> str:
    """Stands in the form: tells whether somebody edited the same version in between."""
    content = [programme.name, programme.version, programme.valid_from.isoformat(), programme.is_active]
    content += [[week.number, week.theme, week.description] for week in weeks]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def weeks_of(programme: Programme) -> list[ProgrammeWeek]:
    """The programme's weeks in order, from what was prefetched."""
    return sorted(programme.weeks.all(), key=lambda week: week.number)


@transaction.atomic
def create_programme(*, actor, name: str, valid_from: dt.date, weeks: Sequence[WeekPlan]) -> Programme:
    """A new template, version 1. Raises ProgrammeNameTaken, AccessDenied."""
    require(can_make_programme(actor), _("Managers and administrators make programmes."))
    if Programme.objects.templates().filter(name__iexact=name).exists():
        raise ProgrammeNameTaken(
            _("There is already a programme of this name. Edit it instead."), field="name"
        )
    programme = Programme.objects.create(name=name, valid_from=valid_from, created_by=actor)
    _write_weeks(programme, weeks)
    audit.record(actor=actor, action="programme.created", obj=programme)
    return programme


@transaction.atomic
def save_programme(
    *,
    actor,
    programme: Programme,
    seen: str,
    valid_from: dt.date,
    is_active: bool,
    weeks: Sequence[WeekPlan],
) -> Programme:
    """Save an edited programme and return the version that now holds the text.

    A template that a month uses stays as it is and gets a next version, valid from `valid_from`; an unused
    one and a month's own copy are changed in place. `seen` is the `fingerprint` that the form was made from.
    Raises StaleVersion, AccessDenied, MonthAlreadyClosed.
    """
    locked = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    require(can_edit_programme(actor, locked), _("You can read this programme but not edit it."))
    if locked.copied_for_id:
        lock_open_month(locked.copied_for_id)
    _refuse_stale(locked, seen)
    if locked.copied_for_id or not locked.months.exists():
        locked.valid_from = valid_from
        locked.is_active = is_active
        locked.save(update_fields=["valid_from", "is_active"])
        changed = locked
        action = "programme.edited"
    elif _same_text(locked, weeks):
        locked.is_active = is_active
        locked.save(update_fields=["is_active"])
        audit.record(actor=actor, action="programme.edited", obj=locked)
        return locked
    else:
        if valid_from < locked.valid_from:
            raise DomainError(
                _("The new version cannot be valid before the one that it follows."), field="valid_from"
            )
        newest = Programme.objects.templates().filter(name=locked.name).aggregate(top=Max("version"))["top"]
        changed = Programme.objects.create(
            name=locked.name,
            version=newest + 1,
            valid_from=valid_from,
            is_active=is_active,
            created_by=actor,
        )
        action = "programme.version_made"
    _write_weeks(changed, weeks)
    if changed.copied_for_id:
        _retheme(changed.copied_for, weeks)
    audit.record(actor=actor, action=action, obj=changed, details={"version": changed.version})
    return changed


@transaction.atomic
def copy_programme_for_month(*, actor, month: CoachingMonth) -> Programme:
    """The month's own copy, which its coach may edit; an existing copy is returned as it is."""
    locked = lock_open_month(month.pk)
    require(can_edit_month(actor, locked), _("Only the month's own coach edits its programme."))
    existing = Programme.objects.filter(copied_for=locked).first()
    if existing:
        return existing
    source = locked.programme
    copy = Programme.objects.create(
        name=source.name,
        version=source.version,
        valid_from=source.valid_from,
        copied_for=locked,
        created_by=actor,
    )
    _write_weeks(copy, [WeekPlan(week.theme, week.description) for week in weeks_of(source)])
    locked.programme = copy
    locked.version += 1
    locked.save(update_fields=["programme", "version"])
    audit.record(actor=actor, action="programme.copied", obj=copy, details={"month": locked.pk})
    return copy


def _refuse_stale(programme: Programme, seen: str) -> None:
    newer = Programme.objects.templates().filter(name=programme.name, version__gt=programme.version)
    if programme.copied_for_id is None and newer.exists():
        raise StaleVersion(_("A newer version of this programme exists already. Open it and edit that one."))
    if fingerprint(programme, weeks_of(programme)) != seen:
        raise StaleVersion(
            _(
                "Somebody else changed this while you were writing. What is saved now is shown beside your "
                "text; nothing was overwritten. Look at both and save again."
            )
        )


def _same_text(programme: Programme, weeks: Sequence[WeekPlan]) -> bool:
    return [WeekPlan(week.theme, week.description) for week in weeks_of(programme)] == list(weeks)


def _write_weeks(programme: Programme, weeks: Sequence[WeekPlan]) -> None:
    if len(weeks) != WEEKS:
        raise ValueError("a programme has four weeks")
    ProgrammeWeek.objects.bulk_create(
        [
            ProgrammeWeek(programme=programme, number=number, theme=week.theme, description=week.description)
            for number, week in enumerate(weeks, start=1)
        ],
        update_conflicts=True,
        unique_fields=["programme", "number"],
        update_fields=["theme", "description"],
    )


def _retheme(month: CoachingMonth, weeks: Sequence[WeekPlan]) -> None:
    """Sessions not logged yet take the new theme of their week; logged ones keep what they had."""
    for number, week in enumerate(weeks, start=1):
        numbers = [number] if number < WEEKS else range(WEEKS, 9)
        month.sessions.filter(week__in=numbers, state=SessionState.PLANNED).update(theme=week.theme)
