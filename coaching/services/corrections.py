"""Changing a mark after the summary left the house: it needs a reason, and both values stay on record.

Every service that writes attendance marks calls `record_corrections` in the transaction that writes them
(docs/decisions/daily-log.md). Who left the house is said by `core.registry.left_the_house`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record_many
from coaching.models import Enrolment, MarkCorrection
from core.errors import DomainError
from core.registry import left_the_house

REASON_LIMIT = 300
REASON_FIELD = "correction_reason"


class CorrectionNeedsReason(DomainError):
    """The summary is with the authority already; `enrolment_ids` are those whose marks would change."""

    def __init__(self, message: str, enrolment_ids: frozenset[int]) -> None:
        super().__init__(message, field=REASON_FIELD)
        self.enrolment_ids = enrolment_ids


@dataclass(frozen=True)
class MarkValue:
    """How a half day stands: a Mark value or "" for nothing recorded, minutes, and hours of a work trial."""

    mark: str = ""
    minutes_late: int = 0
    minutes_left_early: int = 0
    hours: Decimal | None = None

    def as_json(self) -> dict:
        """Only what says something: `{"mark": "present", "minutes_late": 10}`."""
        hours = None if self.hours is None else f"{self.hours:.2f}"
        values = {
            "mark": self.mark,
            "minutes_late": self.minutes_late,
            "minutes_left_early": self.minutes_left_early,
            "hours": hours,
        }
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True)
class MarkChange:
    """One half day of one person that is about to change."""

    enrolment_id: int
    day: dt.date
    half: str
    before: MarkValue
    after: MarkValue


def released_among(enrolment_ids: Iterable[int]) -> set[int]:
    """Those whose summary has been released."""
    ids = set(enrolment_ids)
    released: set[int] = set()
    for who in left_the_house if ids else ():
        released |= who(ids)
    return released


def record_corrections(*, actor, changes: Sequence[MarkChange], reason: str, now: dt.datetime) -> int:
    """Keep what the released ones of `changes` replace, and why; how many corrections were recorded.

    A change of somebody whose summary has not been released needs nothing. Raises CorrectionNeedsReason when
    somebody's has and `reason` is empty or too long; then nothing is written.
    """
    real = [change for change in changes if change.before != change.after]
    released = released_among(change.enrolment_id for change in real)
    corrected = [change for change in real if change.enrolment_id in released]
    if not corrected:
        return 0
    reason = " ".join(reason.replace("\x00", "").split())
    if not any(sign.isalnum() for sign in reason):
        raise CorrectionNeedsReason(
            _("The summary was released already. Say why this is corrected."), frozenset(released)
        )
    if len(reason) > REASON_LIMIT:
        raise CorrectionNeedsReason(
            _("Shorten the text to at most %(limit)s characters.") % {"limit": REASON_LIMIT},
            frozenset(released),
        )
    with transaction.atomic():
        MarkCorrection.objects.bulk_create(
            MarkCorrection(
                enrolment_id=change.enrolment_id,
                day=change.day,
                half=change.half,
                before=change.before.as_json(),
                after=change.after.as_json(),
                reason=reason,
                recorded_by=actor,
                recorded_at=now,
            )
            for change in corrected
        )
        people = Enrolment.objects.filter(pk__in=released).only("pk", "participant_id")
        record_many(
            actor=actor,
            action="mark.corrected",
            objects=[(enrolment, enrolment.participant_id) for enrolment in people],
        )
    return len(corrected)
