"""What a person can and wants: own words, barriers, target workplaces, interviews.

These stay open after the month was closed, as everything that is written about a person. Every write carries
the version that its page was opened with; what somebody else saved in between is never overwritten unseen.
`actor` None is the participant, by the personal link.
"""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts import audit
from coaching.enums import BarrierHelp, EnrolmentState
from coaching.models import (
    Barrier,
    CompetenceProfile,
    Enrolment,
    Interview,
    TargetWorkplace,
    WorkplaceColourChange,
)
from coaching.services.assessments import BY_LINK
from core.errors import DomainError, StaleVersion

PROFILE_FIELDS = (
    "strengths",
    "personality",
    "temperament",
    "suitable_tasks",
    "from_education",
    "from_work",
    "from_hobbies",
)


@transaction.atomic
def save_profile(*, actor, enrolment_id: int, base_version: int, **fields) -> CompetenceProfile:
    """Save the profile in own words. `fields`: any of PROFILE_FIELDS, texts of at most 3000 characters.

    `base_version` is 0 when the page showed none. Raises StaleVersion when it moved on to other words.
    """
    enrolment = _locked(enrolment_id)
    profile = CompetenceProfile.objects.select_for_update().filter(enrolment=enrolment).first()
    profile = profile or CompetenceProfile(enrolment=enrolment, version=0)
    values = {name: fields[name].strip() for name in PROFILE_FIELDS if name in fields}
    return _save(profile, values, actor=actor, base_version=base_version, action="profile.saved")


@transaction.atomic
def save_barrier(
    *, actor, enrolment_id: int, barrier_id: int | None, base_version: int, today: dt.date, **fields
) -> Barrier:
    """Add what stands in the way, or change it. `fields`: text, help_kind, help_detail, helped_on, solved_on.

    Raises DomainError when help and its day do not go together or a day is still to come; StaleVersion.
    """
    enrolment = _locked(enrolment_id)
    barrier = _found(Barrier, enrolment, barrier_id) or Barrier(enrolment=enrolment, version=0)
    if fields["help_kind"] == BarrierHelp.NOT_YET and fields["helped_on"]:
        raise DomainError(_("Choose where the person was helped on to."), field="help_kind")
    if fields["help_kind"] != BarrierHelp.NOT_YET and not fields["helped_on"]:
        raise DomainError(_("Give the day when the person was helped on."), field="helped_on")
    _refuse_future(fields, today, "helped_on", "solved_on")
    return _save(barrier, fields, actor=actor, base_version=base_version, action="barrier.saved")


@transaction.atomic
def save_target_workplace(
    *, actor, enrolment_id: int, workplace_id: int | None, base_version: int, today: dt.date, **fields
) -> TargetWorkplace:
    """Add a workplace that the person would like, or change it; an earlier colour is kept with its day.

    `fields`: name, colour, why, next_step, contacted_on. Raises DomainError when it is already on the list or
    was contacted in the future; StaleVersion.
    """
    enrolment = _locked(enrolment_id)
    workplace = _found(TargetWorkplace, enrolment, workplace_id)
    workplace = workplace or TargetWorkplace(enrolment=enrolment, version=0)
    _refuse_future(fields, today, "contacted_on")
    same = TargetWorkplace.objects.filter(enrolment=enrolment, name__iexact=fields["name"].strip())
    standing = same.exclude(pk=workplace.pk).first()
    if standing is not None:
        if workplace.pk is None and _is_same(standing, fields):
            return standing
        raise DomainError(_("This workplace is already on the list."), field="name")
    before = workplace.colour if workplace.pk else ""
    saved = _save(workplace, fields, actor=actor, base_version=base_version, action="target_workplace.saved")
    if before and before != saved.colour:
        WorkplaceColourChange.objects.create(workplace=saved, colour=before, changed_on=today)
    return saved


@transaction.atomic
def save_interview(
    *, actor, enrolment_id: int, interview_id: int | None, base_version: int, today: dt.date, **fields
) -> Interview:
    """Record an interview, practice or real. `fields`: kind, held_on, where, went_well, learned, result.

    One that is still to come may be noted, but says neither what went well nor what was learned. Raises
    DomainError for that, StaleVersion when it moved on.
    """
    enrolment = _locked(enrolment_id)
    interview = _found(Interview, enrolment, interview_id) or Interview(enrolment=enrolment, version=0)
    if fields["held_on"] > today:
        for name in ("went_well", "learned", "result"):
            if fields[name].strip():
                raise DomainError(_("This interview is still to come. Write this after it."), field=name)
    return _save(interview, fields, actor=actor, base_version=base_version, action="interview.saved")


def remove_barrier(*, actor, enrolment_id: int, barrier_id: int) -> None:
    """Take away a barrier that was written by mistake; one that is gone already is no error."""
    _remove(Barrier, actor, enrolment_id, barrier_id, "barrier.removed")


def remove_target_workplace(*, actor, enrolment_id: int, workplace_id: int) -> None:
    """Take a workplace off the list, with its colours; one that is gone already is no error."""
    _remove(TargetWorkplace, actor, enrolment_id, workplace_id, "target_workplace.removed")


def remove_interview(*, actor, enrolment_id: int, interview_id: int) -> None:
    """Take away an interview that was written by mistake; one that is gone already is no error."""
    _remove(Interview, actor, enrolment_id, interview_id, "interview.removed")


@transaction.atomic
def _remove(model: type[models.Model], actor, enrolment_id: int, pk: int, action: str) -> None:
    enrolment = _locked(enrolment_id)
    row = model.objects.select_for_update().filter(enrolment=enrolment, pk=pk).first()
    if row is None:
        return
    audit.record(actor=actor, action=action, obj=row, participant_id=enrolment.participant_id)
    row.delete()


def _locked(enrolment_id: int) -> Enrolment:
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)
    if enrolment.state == EnrolmentState.CANCELLED:
        raise DomainError(_("This person did not start in the month, so nothing more can be written here."))
    return enrolment


def _found(model: type[models.Model], enrolment: Enrolment, pk: int | None):
    """The locked row of this very person; None to make a new one."""
    if pk is None:
        return None
    row = model.objects.select_for_update().filter(enrolment=enrolment, pk=pk).first()
    if row is None:
        raise DomainError(_("This is no longer there. Somebody removed it in the meantime."))
    return row


def _save(row, values: dict, *, actor, base_version: int, action: str):
    values = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if row.pk is None and not isinstance(row, CompetenceProfile):
        twin = type(row).objects.filter(enrolment=row.enrolment, **values).first()
        if twin is not None:  # a second click
            return twin
    if row.pk is not None and _is_same(row, values):
        return row
    if row.version != base_version:
        raise StaleVersion(_("Somebody else saved this in the meantime. Both versions are shown below."))
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.recorded_by = actor
    row.save()
    audit.record(
        actor=actor,
        actor_label="" if actor else BY_LINK,
        action=action,
        obj=row,
        participant_id=row.enrolment.participant_id,
    )
    return row


def _is_same(row, values: dict) -> bool:
    return all(
        getattr(row, name) == (value.strip() if isinstance(value, str) else value)
        for name, value in values.items()
    )


def _refuse_future(fields: dict, today: dt.date, *names: str) -> None:
    for name in names:
        if fields[name] and fields[name] > today:
            raise DomainError(_("This day is still to come."), field=name)
