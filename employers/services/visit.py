"""Writing visits: held and corrected, moved, cancelled, one more than was planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.audit import record
from coaching.services.schedule import holiday_name, is_weekday
from core.constraints import constraint_sentence, constraints_in_words
from core.errors import DomainError
from employers.enums import (
    CheckValue,
    ContactResult,
    PlacementState,
    TaskKind,
    VisitChannel,
    VisitCheck,
    VisitKind,
    VisitState,
)
from employers.errors import MoveNotAllowed
from employers.models import ContactEvent, ContactPerson, Employer, Placement, Visit
from employers.services.employer import require_version
from employers.services.tasks import add_task
from employers.services.visit_plan import TALKS, VISITS

CHECKS = tuple(f"check_{check}" for check in VisitCheck.values)
NOTES = tuple(f"note_{check}" for check in VisitCheck.values)
VISIT_FIELDS = (
    "held_on",
    "channel",
    "met",
    *CHECKS,
    *NOTES,
    "participant_view",
    "employer_view",
    "minutes",
)
# a talk before the first day has nothing to check yet
KINDS_WITHOUT_CHECKS = (VisitKind.OPENING,)
NOT_FOLLOWED = (PlacementState.PROPOSED, PlacementState.DID_NOT_START)
LONGEST_BEFORE = dt.timedelta(days=90)  # an opening talk is not older than this
DOUBLE_CLICK = dt.timedelta(minutes=2)
CHANNEL_OF_CONTACT = {
    VisitChannel.ON_SITE: "visit",
    VisitChannel.PHONE: "phone",
    VisitChannel.VIDEO: "meeting",
}
FIELD_OF_CONSTRAINT = {"visit_minutes_fit_a_day": "minutes", "visit_cancelled_says_why": "reason"}


@dataclass(frozen=True)
class VisitAction:
    """What was agreed to be done: `text`, who does it (None: the month's coordinator), by when."""

    text: str
    responsible_id: int | None = None
    due_on: dt.date | None = None


@transaction.atomic
def record_visit(
    *,
    actor,
    visit_id: int,
    version: int,
    fields: Mapping[str, Any],
    today: dt.date,
    now: dt.datetime,
    actions: Iterable[VisitAction] = (),
    next_on: dt.date | None = None,
) -> Visit:
    """Note how a visit went, or correct what was noted. `fields` are values of VISIT_FIELDS.

    The first time it also makes the line in the employer's contact log. The same content sent twice changes
    nothing. Raises StaleVersion when somebody noted it meanwhile, DomainError at the field that is wrong.
    """
    visit = Visit.objects.select_for_update(of=("self",)).select_related("placement").get(pk=visit_id)
    placement = Placement.objects.select_for_update().get(pk=visit.placement_id)
    actions = list(actions)
    changed = [name for name in VISIT_FIELDS if name in fields and getattr(visit, name) != fields[name]]
    if changed or visit.state != VisitState.DONE:
        require_version(visit.version, version)
        if visit.state == VisitState.CANCELLED:
            raise MoveNotAllowed(_("This visit was cancelled. Plan it again first."))
        _check(visit.kind, fields, placement, today=today)
    _check_actions(actions, fields["held_on"])
    is_new = visit.state != VisitState.DONE
    if changed or is_new:
        _write(visit, placement, fields, actor=actor, now=now)
        record(
            actor=actor,
            action="visit.held" if is_new else "visit.corrected",
            obj=visit,
            participant_id=placement.participant_id,
            details={"fields": changed},
        )
    _add_actions(visit, placement, actions, actor=actor)
    if next_on is not None:
        _put_next(visit, placement, next_on, actor=actor, today=today)
    return visit


@transaction.atomic
def record_extra_visit(
    *,
    actor,
    placement_id: int,
    fields: Mapping[str, Any],
    today: dt.date,
    now: dt.datetime,
    actions: Iterable[VisitAction] = (),
    next_on: dt.date | None = None,
) -> Visit:
    """Note a visit that nobody had planned. Sent twice within two minutes it is kept once."""
    placement = Placement.objects.select_for_update().get(pk=placement_id)
    values = {name: fields[name] for name in VISIT_FIELDS if name in fields}
    twin = placement.visits.filter(
        kind=VisitKind.EXTRA, recorded_by=actor, recorded_at__gt=now - DOUBLE_CLICK, **values
    ).first()
    if twin is not None:
        return twin
    _check(VisitKind.EXTRA, fields, placement, today=today)
    visit = Visit.objects.create(placement=placement, kind=VisitKind.EXTRA, planned_on=fields["held_on"])
    return record_visit(
        actor=actor,
        visit_id=visit.pk,
        version=visit.version,
        fields=fields,
        actions=actions,
        next_on=next_on,
        today=today,
        now=now,
    )


@transaction.atomic
def plan_extra_visit(
    *,
    actor,
    placement_id: int,
    planned_on: dt.date,
    planned_at: dt.time | None,
    responsible_id: int | None,
    with_authority: bool,
    today: dt.date,
) -> Visit:
    """Put one more visit into the plan. Asked for the same day and time twice, there is one."""
    placement = Placement.objects.select_for_update().get(pk=placement_id)
    values = {
        "planned_on": planned_on,
        "planned_at": planned_at,
        "responsible_id": responsible_id,
        "with_authority": with_authority,
    }
    twin = placement.visits.filter(kind=VisitKind.EXTRA, state=VisitState.PLANNED, **values).first()
    if twin is not None:
        return twin
    _require_followed(placement)
    _check_day(planned_on, placement, VisitKind.EXTRA, today=today, field="planned_on")
    visit = Visit.objects.create(placement=placement, kind=VisitKind.EXTRA, is_day_chosen=True, **values)
    record(actor=actor, action="visit.planned", obj=visit, participant_id=placement.participant_id)
    return visit


@transaction.atomic
def move_visit(
    *,
    actor,
    visit_id: int,
    version: int,
    planned_on: dt.date,
    planned_at: dt.time | None,
    responsible_id: int | None,
    with_authority: bool,
    today: dt.date,
) -> Visit:
    """Put a visit on another day or time, change who goes, or plan a cancelled one again.

    Raises StaleVersion, MoveNotAllowed for one that was held, DomainError for a day off and a day outside the
    work trial.
    """
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit_id)
    placement = Placement.objects.select_for_update().get(pk=visit.placement_id)
    if visit.state == VisitState.DONE:
        raise MoveNotAllowed(_("This visit was held already. Correct it instead."))
    wanted = (planned_on, planned_at, responsible_id, with_authority)
    stands = (visit.planned_on, visit.planned_at, visit.responsible_id, visit.with_authority)
    if wanted == stands and visit.state == VisitState.PLANNED:
        return visit
    require_version(visit.version, version)
    _require_followed(placement)
    if planned_on != visit.planned_on or visit.state == VisitState.CANCELLED:
        _check_day(planned_on, placement, visit.kind, today=today, field="planned_on")
    was_cancelled = visit.state == VisitState.CANCELLED
    if planned_on != visit.planned_on:
        visit.is_day_chosen, visit.day_order = True, None
    visit.planned_on, visit.planned_at, visit.responsible_id, visit.with_authority = wanted
    visit.state, visit.cancelled_reason = VisitState.PLANNED, ""
    visit.recorded_by, visit.recorded_at = None, None
    visit.version += 1
    with constraints_in_words(Visit):
        visit.save()
    record(
        actor=actor,
        action="visit.planned" if was_cancelled else "visit.moved",
        obj=visit,
        participant_id=placement.participant_id,
    )
    return visit


@transaction.atomic
def cancel_visit(*, actor, visit_id: int, version: int, reason: str, now: dt.datetime) -> Visit:
    """Note that a planned visit is not held, and why. Cancelling twice changes nothing."""
    visit = Visit.objects.select_for_update(of=("self",)).select_related("placement").get(pk=visit_id)
    if visit.state == VisitState.CANCELLED:
        return visit
    require_version(visit.version, version)
    if visit.state == VisitState.DONE:
        raise MoveNotAllowed(_("This visit was held already. Correct it instead."))
    if not reason.strip():
        raise DomainError(constraint_sentence(Visit, "visit_cancelled_says_why"), field="reason")
    visit.state, visit.cancelled_reason = VisitState.CANCELLED, reason.strip()
    visit.recorded_by, visit.recorded_at = actor, now
    visit.version += 1
    with constraints_in_words(Visit, fields=FIELD_OF_CONSTRAINT):
        visit.save()
    record(
        actor=actor,
        action="visit.cancelled",
        obj=visit,
        participant_id=visit.placement.participant_id,
    )
    return visit


@transaction.atomic
def explain_missing_talk(*, actor, placement_id: int, reason: str) -> Placement:
    """Note why a trial starts without an opening talk. Raises DomainError without one."""
    placement = Placement.objects.select_for_update().get(pk=placement_id)
    reason = reason.strip()
    if not reason:
        raise DomainError(_("Say why it starts without an opening talk."), field="reason")
    _require_followed(placement)
    if placement.no_opening_talk_reason != reason:
        placement.no_opening_talk_reason = reason
        placement.save(update_fields=["no_opening_talk_reason", "updated_at"])
        record(
            actor=actor,
            action="visit.talk_left_out",
            obj=placement,
            participant_id=placement.participant_id,
        )
    return placement


def _require_followed(placement: Placement) -> None:
    if placement.state in NOT_FOLLOWED:
        raise MoveNotAllowed(_("This work trial has no visits: it is only proposed, or it did not start."))


def _check(kind: str, fields: Mapping[str, Any], placement: Placement, *, today: dt.date) -> None:
    _require_followed(placement)
    held_on = fields.get("held_on")
    if held_on is None:
        raise DomainError(constraint_sentence(Visit, "visit_held_has_its_day"), field="held_on")
    if held_on > today:
        raise DomainError(
            _("This day is still ahead. Note the visit when it has been held."), field="held_on"
        )
    if held_on < placement.starts_on - LONGEST_BEFORE:
        raise DomainError(_("This day is long before the work trial. Check the date."), field="held_on")
    minutes = fields.get("minutes")
    if minutes is not None and not 1 <= minutes <= 480:
        raise DomainError(constraint_sentence(Visit, "visit_minutes_fit_a_day"), field="minutes")
    for check in VisitCheck.values:
        value = fields.get(f"check_{check}", "")
        if not value and kind not in KINDS_WITHOUT_CHECKS:
            raise DomainError(_("Choose how this stands."), field=f"check_{check}")
        if value in (CheckValue.ATTENTION, CheckValue.NOT) and not fields.get(f"note_{check}", "").strip():
            raise DomainError(_("Write in a few words what is not in order."), field=f"note_{check}")


def _check_day(day: dt.date, placement: Placement, kind: str, *, today: dt.date, field: str) -> None:
    if day < today:
        raise DomainError(_("This day is over. Choose today or a later day."), field=field)
    if name := holiday_name(day):
        raise DomainError(_("This is a day off (%(name)s).") % {"name": name}, field=field)
    if not is_weekday(day):
        raise DomainError(_("This is a weekend. Choose a working day."), field=field)
    if placement.is_open and day > placement.ends_on:
        raise DomainError(_("The work trial has ended by then. Choose an earlier day."), field=field)
    if placement.is_open and day < placement.starts_on and kind not in (*TALKS, VisitKind.EXTRA):
        raise DomainError(_("The work trial has not begun by then. Choose a later day."), field=field)


def _check_actions(actions: list[VisitAction], held_on: dt.date) -> None:
    for number, action in enumerate(actions, start=1):
        if action.due_on is not None and action.due_on < held_on:
            raise DomainError(_("The day cannot be before the visit."), field=f"action_{number}_due_on")


def _write(visit: Visit, placement: Placement, fields: Mapping[str, Any], *, actor, now: dt.datetime) -> None:
    for name in VISIT_FIELDS:
        if name in fields:
            setattr(visit, name, fields[name])
    visit.state = VisitState.DONE
    visit.recorded_by, visit.recorded_at = actor, now
    visit.version += 1
    visit.contact_event = _contact_line(visit, placement, actor=actor)
    with constraints_in_words(Visit, fields=FIELD_OF_CONSTRAINT):
        visit.save()


def _contact_line(visit: Visit, placement: Placement, *, actor) -> ContactEvent:
    """The visit's line in the employer's contact log; it tells nothing of the person."""
    line = visit.contact_event or ContactEvent(
        employer_id=placement.employer_id, user=actor, result=ContactResult.KEPT_UP
    )
    line.happened_on, line.minutes = visit.held_on, visit.minutes
    line.channel = CHANNEL_OF_CONTACT[visit.channel]
    line.contact_person = _person_named(visit.met, placement)
    line.note = _("A visit of a work trial")
    line.save()
    Employer.objects.filter(
        Q(last_contact_on__isnull=True) | Q(last_contact_on__lt=visit.held_on), pk=placement.employer_id
    ).update(last_contact_on=visit.held_on)
    return line


def _person_named(met: str, placement: Placement) -> ContactPerson | None:
    """The contact person of the workplace whose name stands among whom we met."""
    people = ContactPerson.objects.filter(employer=placement.employer_id).order_by("id")
    return next((person for person in people if person.name.casefold() in met.casefold()), None)


def _add_actions(visit: Visit, placement: Placement, actions: list[VisitAction], *, actor) -> None:
    known = set(visit.actions.values_list("text", "due_on"))
    for number, action in enumerate(actions, start=1):
        if (" ".join(action.text.split()), action.due_on) in known:
            continue
        try:
            add_task(
                actor=actor,
                kind=TaskKind.VISIT_ACTION,
                employer_id=placement.employer_id,
                placement_id=placement.pk,
                visit_id=visit.pk,
                text=action.text,
                due_on=action.due_on,
                responsible_id=action.responsible_id,
            )
        except DomainError as refusal:
            raise DomainError(str(refusal), field=f"action_{number}_text") from refusal


def _put_next(visit: Visit, placement: Placement, day: dt.date, *, actor, today: dt.date) -> None:
    """Put the next planned visit on `day`; without one, plan an extra visit."""
    if day <= visit.held_on:
        raise DomainError(_("The next visit comes after this one."), field="next_on")
    _check_day(day, placement, VisitKind.EXTRA, today=today, field="next_on")
    ahead = placement.visits.due().exclude(pk=visit.pk)
    if ahead.filter(planned_on=day).exists():
        return
    following = ahead.filter(kind__in=(*VISITS, VisitKind.EXTRA), planned_on__gt=visit.held_on)
    found = following.in_order().select_for_update().first()
    if found is None:
        found = Visit(placement=placement, kind=VisitKind.EXTRA, responsible_id=visit.responsible_id)
    else:
        found.version += 1
    found.planned_on, found.is_day_chosen, found.day_order = day, True, None
    found.save()
    record(actor=actor, action="visit.moved", obj=found, participant_id=placement.participant_id)
