"""The plan of visits: laid out when a work trial is agreed, moved with its dates, dropped when it is over."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from employers.enums import PlacementState, VisitKind, VisitState
from employers.models import Placement, Visit
from employers.visit_dates import Slot, planned_slots, working_days

FOLLOWED = (PlacementState.PLANNED, PlacementState.ONGOING)
TALKS = (VisitKind.OPENING, VisitKind.CLOSING)
VISITS = (VisitKind.FIRST_WEEK, VisitKind.WEEKLY)
# what the program writes as the reason of what it cancels itself: a code, shown in the reader's language
DATES_CHANGED, TRIAL_OVER = "dates_changed", "trial_over"
PROGRAM_REASONS = {
    DATES_CHANGED: _("The dates of the work trial changed."),
    TRIAL_OVER: _("The work trial is over or did not start."),
}


@transaction.atomic
def keep_visits_in_step(*, actor, placement: Placement, today: dt.date) -> int:
    """Make the plan fit the work trial as it stands; how many visits were made, moved or dropped.

    A planned or running work trial gets its talks and visits from `today` on: what was held, missed,
    cancelled by a person or put on a day by a person stays. One that is over or only proposed keeps no
    planned visits, but a completed one its closing talk. Running it again changes nothing. `placement` is
    locked by the caller.
    """
    visits = list(Visit.objects.select_for_update().filter(placement=placement).order_by("planned_on", "id"))
    if placement.state in FOLLOWED:
        changed = _Plan(placement, visits, today=today).carry_out()
    else:
        kept = (VisitKind.CLOSING,) if placement.state == PlacementState.COMPLETED else ()
        changed = [
            _cancel(visit, TRIAL_OVER)
            for visit in visits
            if visit.state == VisitState.PLANNED and visit.kind not in kept
        ]
    if changed:
        record(
            actor=actor,
            action="visit.plan_followed",
            obj=placement,
            participant_id=placement.participant_id,
            details={"visits": len(changed)},
        )
    return len(changed)


def is_of_program(visit: Visit) -> bool:
    """Cancelled by the program, not by a person: it may come back when the work trial does."""
    return visit.state == VisitState.CANCELLED and visit.recorded_by_id is None


def reason_in_words(visit: Visit) -> str:
    """Why a cancelled visit was not held, in the reader's language."""
    return str(PROGRAM_REASONS.get(visit.cancelled_reason, visit.cancelled_reason))


def _cancel(visit: Visit, reason: str) -> Visit:
    visit.state, visit.cancelled_reason = VisitState.CANCELLED, reason
    visit.version += 1
    visit.save(update_fields=["state", "cancelled_reason", "version"])
    return visit


class _Plan:
    """The wanted days against the visits that there are."""

    def __init__(self, placement: Placement, visits: list[Visit], *, today: dt.date) -> None:
        self.placement, self.visits, self.today = placement, visits, today
        self.slots = planned_slots(
            starts_on=placement.starts_on,
            ends_on=placement.ends_on,
            weekdays=placement.weekdays,
            first_within=settings.VISIT_FIRST_WITHIN_DAYS,
            every=settings.VISIT_EVERY_DAYS,
        )
        self.changed: list[Visit] = []

    def carry_out(self) -> list[Visit]:
        for kind in TALKS:
            self._talk(kind)
        self._visits()
        return self.changed

    def _is_loose(self, visit: Visit) -> bool:
        """May be moved: cancelled by the program, or planned and not yet missed, on no day of a person's
        choice that still fits."""
        if is_of_program(visit):
            return True
        if visit.state != VisitState.PLANNED:
            return False
        placement = self.placement
        if visit.is_day_chosen and self._still_fits(visit):
            return False
        return visit.planned_on >= self.today or placement.starts_on > self.today

    def _still_fits(self, visit: Visit) -> bool:
        if visit.kind == VisitKind.OPENING:  # it may well come before the first day
            return visit.planned_on <= max(self.placement.starts_on, self.today)
        return self.placement.starts_on <= visit.planned_on <= self.placement.ends_on

    def _talk(self, kind: str) -> None:
        rows = [visit for visit in self.visits if visit.kind == kind]
        slot = next((slot for slot in self.slots if slot.kind == kind), None)
        if any(not self._is_loose(visit) for visit in rows):
            return
        loose = next(iter(sorted(rows, key=is_of_program)), None)
        if slot is None:
            self._drop([loose] if loose and not is_of_program(loose) else [])
            return
        day = slot.day
        if kind == VisitKind.OPENING and day < self.today:  # the work trial was entered after it began
            days = working_days(self.today, self.placement.ends_on, self.placement.weekdays)
            day = days[0] if days else day
        if day >= self.today:
            self._put(loose, Slot(kind, day))

    def _visits(self) -> None:
        rows = [visit for visit in self.visits if visit.kind in VISITS]
        loose = [visit for visit in rows if self._is_loose(visit)]
        open_slots = [slot for slot in self.slots if slot.kind in VISITS]
        near = dt.timedelta(days=max(1, settings.VISIT_EVERY_DAYS) // 2)
        for visit in rows:
            if visit in loose or not open_slots:
                continue
            day = visit.held_on or visit.planned_on
            nearest = min(open_slots, key=lambda slot: abs(slot.day - day))
            if abs(nearest.day - day) <= near:
                open_slots.remove(nearest)
        wanted = [slot for slot in open_slots if slot.day >= self.today]
        loose.sort(key=lambda visit: (is_of_program(visit), visit.planned_on, visit.pk))
        for number, slot in enumerate(wanted):
            self._put(loose[number] if number < len(loose) else None, slot)
        self._drop([visit for visit in loose[len(wanted) :] if not is_of_program(visit)])

    def _put(self, visit: Visit | None, slot: Slot) -> None:
        if visit is None:
            self.changed.append(
                Visit.objects.create(placement=self.placement, kind=slot.kind, planned_on=slot.day)
            )
            return
        stands = (visit.state, visit.kind, visit.planned_on)
        if stands == (VisitState.PLANNED, slot.kind, slot.day):
            return
        if visit.planned_on != slot.day:
            visit.planned_at, visit.day_order, visit.is_day_chosen = None, None, False
        visit.state, visit.kind, visit.planned_on = VisitState.PLANNED, slot.kind, slot.day
        visit.cancelled_reason = ""
        visit.version += 1
        visit.save()
        self.changed.append(visit)

    def _drop(self, visits: list[Visit]) -> None:
        self.changed += [_cancel(visit, DATES_CHANGED) for visit in visits]
