"""Work trials with other organisers that the person told of: added, changed, removed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from core.constraints import constraint_sentence, constraints_in_words
from core.errors import DomainError
from employers.models import EarlierTrial
from participants.models import Participant

FIELDS = ("workplace", "organiser", "starts_on", "ends_on", "note")
FIELD_OF_CONSTRAINT = {"earlier_trial_ends_after_it_starts": "ends_on"}
OLDEST = dt.date(1970, 1, 1)
MOST = 50


@transaction.atomic
def add_earlier_trial(
    *, actor, participant_id: int, fields: Mapping[str, Any], today: dt.date
) -> EarlierTrial:
    """Note a work trial that the person told of. The same one told twice is one. Raises DomainError."""
    participant = Participant.objects.select_for_update(of=("self",)).get(pk=participant_id)
    values = {name: fields[name] for name in FIELDS}
    told = EarlierTrial.objects.filter(participant=participant)
    if twin := told.filter(**values).first():
        return twin
    if told.count() >= MOST:
        raise DomainError(_("There are very many already. Change one of them instead."))
    trial = EarlierTrial(participant=participant, recorded_by=actor, **values)
    _save(trial, today)
    record(actor=actor, action="earlier_trial.added", obj=trial, participant_id=participant_id)
    return trial


@transaction.atomic
def change_earlier_trial(*, actor, trial_id: int, fields: Mapping[str, Any], today: dt.date) -> EarlierTrial:
    """Correct what the person told. Raises DomainError for days that cannot be."""
    trial = EarlierTrial.objects.select_for_update().get(pk=trial_id)
    changed = [name for name in FIELDS if getattr(trial, name) != fields[name]]
    if not changed:
        return trial
    for name in changed:
        setattr(trial, name, fields[name])
    _save(trial, today)
    record(
        actor=actor,
        action="earlier_trial.changed",
        obj=trial,
        participant_id=trial.participant_id,
        details={"fields": changed},
    )
    return trial


@transaction.atomic
def remove_earlier_trial(*, actor, trial_id: int) -> bool:
    """Remove one that was noted wrongly; False when it was gone already."""
    trial = EarlierTrial.objects.select_for_update().filter(pk=trial_id).first()
    if trial is None:
        return False
    record(actor=actor, action="earlier_trial.removed", obj=trial, participant_id=trial.participant_id)
    trial.delete()
    return True


def _save(trial: EarlierTrial, today: dt.date) -> None:
    if trial.ends_on < trial.starts_on:
        sentence = constraint_sentence(EarlierTrial, "earlier_trial_ends_after_it_starts")
        raise DomainError(sentence, field="ends_on")
    if trial.starts_on < OLDEST:
        raise DomainError(_("This day is very long ago. Check the year."), field="starts_on")
    if trial.ends_on > today:
        raise DomainError(_("An earlier work trial has ended. This day is still ahead."), field="ends_on")
    with constraints_in_words(EarlierTrial, fields=FIELD_OF_CONSTRAINT):
        trial.save()
