"""Writing programme templates and the months' own copies.

A template that a month uses is never changed: whoever edits it gets the next version, with everything that
the old one held. One week or the frame is saved at a time; two people editing different weeks do not meet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max, prefetch_related_objects
from django.utils.translation import gettext as _

from accounts import audit
from coaching.access import can_edit_month, can_edit_programme, can_make_programme
from coaching.models import (
    DiscussionWindow,
    PreAssignmentTemplate,
    Programme,
    ProgrammeWeek,
    SessionPlan,
)
from coaching.programme_content import (
    CONTENT,
    WEEKS,
    WeekPlan,
    Window,
    frame_fingerprint,
    week_fingerprint,
    week_plans,
    windows_of,
    with_week,
)
from coaching.services.common import lock_open_month, require
from coaching.services.session_words import refresh_planned_sessions
from core.errors import DomainError, StaleVersion


class ProgrammeNameTaken(DomainError):
    """A template of this name exists; it is edited, not made again."""


@transaction.atomic
def create_programme(*, actor, name: str, valid_from: dt.date, source: Programme | None = None) -> Programme:
    """A new template, version 1: everything of `source`, or four weeks to be filled.

    Raises ProgrammeNameTaken, AccessDenied.
    """
    require(can_make_programme(actor), _("Managers and administrators make programmes."))
    if Programme.objects.templates().filter(name__iexact=name).exists():
        raise ProgrammeNameTaken(
            _("There is already a programme of this name. Edit it instead."), field="name"
        )
    programme = Programme.objects.create(name=name, valid_from=valid_from, created_by=actor)
    if source is None:
        themes = (_("Week %(number)s") % {"number": number} for number in range(1, WEEKS + 1))
        write_weeks(programme, [WeekPlan(theme) for theme in themes])
    else:
        _copy_content(source, programme)
    audit.record(actor=actor, action="programme.created", obj=programme)
    return programme


@transaction.atomic
def save_programme_week(
    *, actor, programme: Programme, number: int, seen: str, week: WeekPlan, valid_from: dt.date | None = None
) -> Programme:
    """Save one week (1 to 4) and return the version that now holds it.

    `seen` is the `week_fingerprint` that the form was made from; `valid_from` is needed when saving makes a
    next version. In a month's own copy, sessions not logged yet take the new words where they still carried
    the old ones. Raises StaleVersion, AccessDenied, MonthAlreadyClosed, DomainError.
    """
    locked = _lock(actor, programme)
    _refuse_stale(locked, week_fingerprint(locked, number), seen)
    before = week_plans(locked)
    if before[number - 1] == week:
        return locked
    changed, action = _version_to_write(actor, locked, valid_from)
    after = with_week(before, number, week)
    write_weeks(changed, after)
    if changed.copied_for_id:
        refresh_planned_sessions(changed.copied_for, before, after)
    audit.record(
        actor=actor, action=action, obj=changed, details={"version": changed.version, "week": number}
    )
    return changed


@transaction.atomic
def save_programme_frame(
    *,
    actor,
    programme: Programme,
    seen: str,
    valid_from: dt.date,
    is_active: bool,
    windows: Sequence[Window],
) -> Programme:
    """Save validity and the discussions' windows, and return the version that now holds them.

    Laying aside a version in use makes no new one; other windows do. `seen` is the `frame_fingerprint`.
    Raises StaleVersion, AccessDenied, MonthAlreadyClosed, DomainError.
    """
    locked = _lock(actor, programme)
    _refuse_stale(locked, frame_fingerprint(locked), seen)
    if is_in_use(locked) and list(windows) == windows_of(locked):
        locked.is_active = is_active
        locked.save(update_fields=["is_active"])
        audit.record(actor=actor, action="programme.edited", obj=locked)
        return locked
    changed, action = _version_to_write(actor, locked, valid_from)
    changed.valid_from, changed.is_active = valid_from, is_active
    changed.save(update_fields=["valid_from", "is_active"])
    write_windows(changed, windows)
    audit.record(actor=actor, action=action, obj=changed, details={"version": changed.version})
    return changed


@transaction.atomic
def open_for_editing(*, actor, programme: Programme, valid_from: dt.date | None = None) -> Programme:
    """The version to write on when another part of a programme is edited (its pre-assignments): this one,
    locked, or the next version with everything copied when a month uses it.

    Raises AccessDenied, StaleVersion when there is a newer version, MonthAlreadyClosed, DomainError.
    """
    locked = _lock(actor, programme)
    _refuse_superseded(locked)
    changed, action = _version_to_write(actor, locked, valid_from)
    audit.record(actor=actor, action=action, obj=changed, details={"version": changed.version})
    return changed


@transaction.atomic
def copy_programme_for_month(*, actor, month) -> Programme:
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
    _copy_content(source, copy)
    locked.programme = copy
    locked.version += 1
    locked.save(update_fields=["programme", "version"])
    audit.record(actor=actor, action="programme.copied", obj=copy, details={"month": locked.pk})
    return copy


def is_in_use(programme: Programme) -> bool:
    """A template that a month was made from: editing it makes the next version."""
    return programme.copied_for_id is None and programme.months.exists()


# --- reading under the lock ------------------------------------------------------------------------
def _lock(actor, programme: Programme) -> Programme:
    locked = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    require(can_edit_programme(actor, locked), _("You can read this programme but not edit it."))
    if locked.copied_for_id:
        lock_open_month(locked.copied_for_id)
    prefetch_related_objects([locked], *CONTENT)
    return locked


def _refuse_superseded(programme: Programme) -> None:
    newer = Programme.objects.templates().filter(name=programme.name, version__gt=programme.version)
    if programme.copied_for_id is None and newer.exists():
        raise StaleVersion(_("A newer version of this programme exists already. Open it and edit that one."))


def _refuse_stale(programme: Programme, now: str, seen: str) -> None:
    _refuse_superseded(programme)
    if now != seen:
        raise StaleVersion(
            _(
                "Somebody else changed this while you were writing. What is saved now is shown beside your "
                "text; nothing was overwritten. Look at both and save again."
            )
        )


# --- versions ----------------------------------------------------------------------------------------
def _version_to_write(actor, programme: Programme, valid_from: dt.date | None) -> tuple[Programme, str]:
    """The locked programme itself, or its next version when a month uses it; and the audit action."""
    if not is_in_use(programme):
        return programme, "programme.edited"
    if valid_from is None:
        raise DomainError(_("Give the day from which the new version is valid."), field="valid_from")
    if valid_from < programme.valid_from:
        raise DomainError(
            _("The new version cannot be valid before the one that it follows."), field="valid_from"
        )
    newest = Programme.objects.templates().filter(name=programme.name).aggregate(top=Max("version"))["top"]
    made = Programme.objects.create(
        name=programme.name,
        version=newest + 1,
        valid_from=valid_from,
        is_active=programme.is_active,
        created_by=actor,
    )
    _copy_content(programme, made)
    return made, "programme.version_made"


def _copy_content(source: Programme, target: Programme) -> None:
    """Weeks, session plans, windows and pre-assignments, as they stand in `source`."""
    for model in (ProgrammeWeek, SessionPlan, DiscussionWindow, PreAssignmentTemplate):
        rows = list(model.objects.filter(programme=source))
        for row in rows:
            row.pk, row.programme = None, target
            row._state.adding = True
        model.objects.bulk_create(rows)


def write_weeks(programme: Programme, weeks: Sequence[WeekPlan]) -> None:
    """The four weeks and their days, in place of what stood there."""
    if len(weeks) != WEEKS:
        raise ValueError("a programme has four weeks")
    numbered = list(enumerate(weeks, start=1))
    ProgrammeWeek.objects.bulk_create(
        [
            ProgrammeWeek(
                programme=programme,
                number=number,
                theme=week.theme,
                description=week.description,
                prompts=week.prompts,
            )
            for number, week in numbered
        ],
        update_conflicts=True,
        unique_fields=["programme", "number"],
        update_fields=["theme", "description", "prompts"],
    )
    programme.session_plans.all().delete()
    SessionPlan.objects.bulk_create(
        SessionPlan(
            programme=programme, week=number, weekday=weekday, title=day.title, plan=day.plan, kind=day.kind
        )
        for number, week in numbered
        for weekday, day in enumerate(week.days, start=1)
        if day.title
    )


def write_windows(programme: Programme, windows: Sequence[Window]) -> None:
    """The discussions' windows, in place of what stood there."""
    programme.discussion_windows.all().delete()
    DiscussionWindow.objects.bulk_create(
        DiscussionWindow(
            programme=programme, kind=window.kind, first_day=window.first_day, last_day=window.last_day
        )
        for window in windows
    )
