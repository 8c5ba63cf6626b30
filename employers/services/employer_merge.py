"""Two records of one employer become one; what was written to either is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from core.errors import DomainError
from employers.errors import CannotMerge
from employers.models import (
    Agreement,
    CandidateBrief,
    ContactEvent,
    ContactPerson,
    DeskTask,
    Employer,
    JobLead,
    Placement,
)
from employers.models.employer import LONGEST_TEXT
from employers.services.employer import require_version
from employers.services.signing import cancel_if_changed, lock_placement
from participants.services.consents import move_consents_to_recipient

MOVED: tuple[type[models.Model], ...] = (
    ContactPerson,
    ContactEvent,
    Placement,
    JobLead,
    DeskTask,
    CandidateBrief,
)
FILLED = ("sector", "size", "phone", "own_contact_id", "deputy_id", "do_not_ask_before")
JOINED = ("needs", "experience", "note")
ADDRESS = ("street_address", "postal_code", "city")


@dataclass(frozen=True)
class MovingCounts:
    """How many rows move from the merged employer, by what they are."""

    people: int
    contacts: int
    trials: int
    leads: int
    tasks: int
    briefs: int
    agreements: int  # not moved: cancelled, since they name the merged one


def counts_of(employer: Employer) -> MovingCounts:
    """What would move, and which agreements would fall, if `employer` were merged into another. Seven
    queries."""
    moving = (model.objects.filter(employer=employer).count() for model in MOVED)
    return MovingCounts(*moving, agreements=falling_agreements(employer).count())


def falling_agreements(employer: Employer):
    """The agreements of work trials not over yet that name `employer` as the workplace's side."""
    open_trials = Placement.objects.open().filter(employer=employer)
    return Agreement.objects.standing().filter(placement__in=open_trials)


def refuse_merge(*, kept: Employer, merged: Employer) -> None:
    """Raises CannotMerge when the two are one row, one of them was merged before, they have two business
    IDs, or somebody has a brief for both."""
    if kept.pk == merged.pk:
        raise CannotMerge(_("Choose another employer."))
    if kept.merged_into_id or merged.merged_into_id:
        raise CannotMerge(_("One of the two was merged already. Look at the register again."))
    if kept.business_id and merged.business_id:
        raise CannotMerge(
            _(
                "The two have different business IDs, so they are two employers. "
                "If one ID is wrong, mend it first."
            )
        )
    briefs = CandidateBrief.objects.exclude(state="withdrawn")
    both = briefs.filter(employer=kept).values("participant_id")
    if briefs.filter(employer=merged, participant__in=both).exists():
        raise CannotMerge(_("Somebody has a candidate brief for both. Withdraw one of the briefs first."))


@transaction.atomic
def merge_employers(
    *, actor, kept_id: int, merged_id: int, kept_version: int, merged_version: int
) -> Employer:
    """Move everything of `merged` to `kept`, fill what `kept` does not know, and leave `merged` pointing to
    it. The versions are those that the preview showed. An agreement that names `merged` is cancelled with its
    signatures: its text would name another employer than the one that stands.

    Raises CannotMerge (see `refuse_merge`), StaleVersion when one of the two was changed since the preview,
    DomainError when the texts of both are too long for one.
    """
    rows = Employer.objects.select_for_update().filter(pk__in=(kept_id, merged_id)).order_by("pk")
    locked = {employer.pk: employer for employer in rows}
    kept, merged = locked[kept_id], locked[merged_id]
    refuse_merge(kept=kept, merged=merged)
    require_version(kept.version, kept_version)
    require_version(merged.version, merged_version)
    falling = list(falling_agreements(merged).order_by("placement_id").values_list("placement_id", flat=True))
    moved = {model._meta.model_name: _move(model, merged, kept) for model in MOVED}
    Employer.objects.filter(merged_into=merged).update(merged_into=kept)
    move_consents_to_recipient(from_id=merged.pk, to_id=kept.pk)
    _fill_gaps(kept, merged)
    merged.merged_into = kept
    merged.version += 1
    kept.version += 1
    merged.save()  # first: it may give its business ID up to the other
    kept.save()
    for placement_id in falling:
        cancel_if_changed(
            actor=actor,
            placement=lock_placement(placement_id),
            reason=_("The employer was merged with another record, so the text names another employer."),
        )
    details = {"merged": merged.pk, "moved": moved, "agreements_cancelled": len(falling)}
    record(actor=actor, action="employer.merged", obj=kept, details=details)
    return kept


def _move(model: type[models.Model], merged: Employer, kept: Employer) -> int:
    return model.objects.filter(employer=merged).update(employer=kept)


def _fill_gaps(kept: Employer, merged: Employer) -> None:
    """What `kept` knows stays; what only `merged` knows comes over; texts stand one under the other."""
    if merged.business_id and not kept.business_id:
        kept.business_id, merged.business_id = merged.business_id, ""
    for name in FILLED:
        if not getattr(kept, name):
            setattr(kept, name, getattr(merged, name))
    if kept.deputy_id and kept.deputy_id == kept.own_contact_id:
        kept.deputy_id = None
    if not any(getattr(kept, name) for name in ADDRESS):
        for name in ADDRESS:
            setattr(kept, name, getattr(merged, name))
    if not kept.email:
        kept.email, kept.email_verified_on = merged.email, merged.email_verified_on
    for name in JOINED:
        texts = dict.fromkeys(filter(None, (getattr(kept, name), getattr(merged, name))))
        text = "\n\n".join(texts)
        if len(text) > LONGEST_TEXT:
            raise DomainError(
                _("Together the texts of the two are too long (%(field)s). Shorten one of them first.")
                % {"field": Employer._meta.get_field(name).verbose_name}
            )
        setattr(kept, name, text)
    if _later(merged.layoffs_checked_on, kept.layoffs_checked_on):
        kept.layoffs_checked_on, kept.layoffs_result = merged.layoffs_checked_on, merged.layoffs_result
    if _later(merged.do_not_ask_before, kept.do_not_ask_before):
        kept.do_not_ask_before = merged.do_not_ask_before
    if _later(merged.last_contact_on, kept.last_contact_on):
        kept.last_contact_on = merged.last_contact_on


def _later(one: dt.date | None, other: dt.date | None) -> bool:
    return one is not None and (other is None or one > other)
