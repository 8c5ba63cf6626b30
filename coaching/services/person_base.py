"""What the writing about one person shares: the locked row, versions, one save.

What is written about a person stays open after the month was closed: the discussion of three and its
decisions come afterwards (product.md, "The month"). What somebody else saved in between is never overwritten
unseen: every write carries the version that its page was opened with.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _

from coaching.enums import EnrolmentState
from coaching.models import Enrolment
from core.errors import DomainError, StaleVersion


def locked_enrolment(enrolment_id: int) -> Enrolment:
    """The enrolment, locked until the end of the transaction. Raises DomainError when the person did not
    start."""
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment_id)
    if enrolment.state == EnrolmentState.CANCELLED:
        raise DomainError(_("This person did not start in the month, so nothing more can be written here."))
    return enrolment


def stale() -> StaleVersion:
    """Somebody else was first."""
    return StaleVersion(_("Somebody else saved this in the meantime. Both versions are shown below."))


def put_values(row: models.Model, values: dict, *, base_version: int, actor) -> bool:
    """Put `values` onto a row that two people may edit (unsaved, with version 0, for a new one) and save it.

    False when nothing differs: a second submit writes nothing. Raises StaleVersion when the row moved on
    since `base_version`.
    """
    if row.pk is not None and all(getattr(row, name) == value for name, value in values.items()):
        return False
    if row.version != base_version:
        raise stale()
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.recorded_by = actor
    row.save()
    return True
