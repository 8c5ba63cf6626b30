"""What a move of a work trial brings with it, in the same transaction. Named in the transition table."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from accounts.audit import record
from core import clock
from core.tokens import revoke_link_tokens
from employers.enums import TaskKind, WorkplacePurpose
from employers.models import DeskTask, Placement, WorkplaceLink
from employers.services.feedback import ask_feedback_at_end
from employers.services.signing import cancel
from employers.services.visit_plan import keep_visits_in_step
from employers.signing_state import standing_agreement

# the last days are marked and the feedback is given when the work trial is over, so those links stay
ENDED_WITH_THE_TRIAL = (WorkplacePurpose.SIGN, WorkplacePurpose.BRIEF)
AFTER_THE_TRIAL = (TaskKind.HIRE_EMPLOYER, TaskKind.HIRE_PARTICIPANT, TaskKind.PAPERWORK)


def keep_visits(*, actor, placement: Placement, today: dt.date) -> None:
    """The plan of visits follows the state."""
    keep_visits_in_step(actor=actor, placement=placement, today=today)


def end_workplace_links(*, actor, placement: Placement, today: dt.date) -> None:
    """What is over is neither signed nor reported on through a link any more."""
    links = WorkplaceLink.objects.filter(placement=placement, purpose__in=ENDED_WITH_THE_TRIAL)
    count = sum(
        revoke_link_tokens(purpose=purpose, subject_id=subject, now=clock.now())
        for purpose, subject in links.values_list("purpose", "subject_id").distinct()
    )
    if count:
        record(
            actor=actor,
            action="workplace_link.revoked",
            obj=placement,
            participant_id=placement.participant_id,
            details={"links": count},
        )


def ask_for_feedback(*, actor, placement: Placement, today: dt.date) -> None:
    """A work trial that had begun is over: the workplace is asked how it went."""
    ask_feedback_at_end(actor=actor, placement_id=placement.pk, now=clock.now())


def cancel_agreement(*, actor, placement: Placement, today: dt.date) -> None:
    """A proposal has no agreement: what was out for signing is cancelled."""
    if agreement := standing_agreement(placement):
        cancel(actor=actor, agreement=agreement, reason=_("It is a proposal again."), now=clock.now())


def drop_what_came_after(*, actor, placement: Placement, today: dt.date) -> None:
    """Nothing came after an ending that is taken back: what was noted goes, its open tasks are dropped."""
    Placement.objects.filter(pk=placement.pk).update(
        continuation="", continuation_starts_on=None, trial_period_ends_on=None
    )
    placement.continuation, placement.continuation_starts_on = "", None
    placement.trial_period_ends_on = None
    drop_open_tasks(actor=actor, placement=placement)


def drop_open_tasks(*, actor, placement: Placement) -> int:
    """Open tasks that a hire had made are dropped; how many."""
    tasks = DeskTask.objects.filter(placement=placement, kind__in=AFTER_THE_TRIAL, done_at__isnull=True)
    return tasks.update(done_at=clock.now(), done_by=actor, dropped_reason=_("The ending was taken back."))
