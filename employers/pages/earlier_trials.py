"""What came before a work trial, and after it: earlier trials, linked ones, the continuation."""

from __future__ import annotations

from coaching.models import Enrolment
from employers.enums import OPEN_STATES, PlacementState
from employers.forms import ContinuationForm, EarlierTrialForm
from employers.models import Placement
from employers.trial_history import chain_of, chain_total, history_of

CONTINUED_FROM = (PlacementState.COMPLETED, PlacementState.ENDED_EARLY)


def trial_sections(placement: Placement, *, may_edit: bool, enrolment: Enrolment | None) -> dict:
    """The sections of a work trial's page that look beyond its own days."""
    chain = chain_of(placement)
    return {
        "history": history_of(placement),
        "chain": chain if len(chain) > 1 else [],
        "chain_total": chain_total(chain) if len(chain) > 1 else None,
        "continuation_form": continuation_form(placement) if may_edit else None,
        "earlier_form": EarlierTrialForm(auto_id="earlier_%s") if may_edit else None,
        "may_change_place": may_edit and enrolment is not None and placement.state in OPEN_STATES,
        "may_lengthen": may_edit
        and enrolment is not None
        and placement.state in (PlacementState.ONGOING, PlacementState.COMPLETED),
    }


def continuation_form(placement: Placement) -> ContinuationForm | None:
    """What came after one that has ended; None before."""
    if placement.state not in CONTINUED_FROM:
        return None
    names = ("continuation", "continuation_starts_on", "trial_period_ends_on", "version")
    return ContinuationForm(
        initial={name: getattr(placement, name) for name in names}, auto_id="continuation_%s"
    )
