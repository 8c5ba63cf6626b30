"""No start without an opening talk or a noted reason (evidence 004 F10): asked by the state table."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from employers.enums import VisitKind, VisitState
from employers.models import Visit


def opening_talk_held(placement) -> bool:
    """Has the opening talk been noted as held?"""
    return Visit.objects.filter(
        placement=placement.pk, kind=VisitKind.OPENING, state=VisitState.DONE
    ).exists()


def opening_talk_held_or_explained(placement, today: dt.date) -> str:
    """A work trial starts after its opening talk; starting without one is a decision with a reason, noted
    among the visits."""
    if placement.no_opening_talk_reason or opening_talk_held(placement):
        return ""
    return _(
        "The work trial starts after the opening talk. Note the talk among the visits, or write there why it "
        "starts without one."
    )
