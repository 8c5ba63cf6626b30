"""A work trial's line of visits, and what a visit's own page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from employers.access import can_edit_placement, can_handle_task, can_log_visit
from employers.agreement import address_of
from employers.enums import CheckValue, VisitCheck, VisitKind, VisitState
from employers.models import DeskTask, Placement, Visit
from employers.services.visit import KINDS_WITHOUT_CHECKS, NOT_FOLLOWED
from employers.services.visit_plan import is_of_program, reason_in_words

TONES = {CheckValue.OK: "success", CheckValue.ATTENTION: "warning", CheckValue.NOT: "danger"}
# one letter for each check in the narrow line; the words stand beside it for readers
LETTERS = {
    VisitCheck.WORK: pgettext_lazy("check of a visit", "W"),
    VisitCheck.LEARNING: pgettext_lazy("check of a visit", "L"),
    VisitCheck.COOPERATION: pgettext_lazy("check of a visit", "C"),
    VisitCheck.TERMS: pgettext_lazy("check of a visit", "T"),
}


@dataclass(frozen=True)
class CheckMark:
    """One check of a held visit: letter, colour and words."""

    letter: str
    label: str
    value: str
    words: str
    note: str

    @property
    def tone(self) -> str:
        return TONES[self.value]


@dataclass(frozen=True)
class VisitLine:
    """One visit in the line of a work trial."""

    visit: Visit
    checks: list[CheckMark]
    is_overdue: bool
    reason: str

    @property
    def badge(self) -> tuple[str, str]:
        """(tone, word) of how it stands."""
        if self.is_overdue:
            return "danger", str(_("overdue"))
        tones = {VisitState.DONE: "success", VisitState.PLANNED: "info", VisitState.CANCELLED: "neutral"}
        return tones[self.visit.state], self.visit.get_state_display()

    @property
    def day(self) -> dt.date:
        return self.visit.held_on or self.visit.planned_on


def check_marks(visit: Visit) -> list[CheckMark]:
    """The checks of a held visit that were answered, in order."""
    marks = []
    for check in VisitCheck:
        if value := getattr(visit, f"check_{check}"):
            note = getattr(visit, f"note_{check}")
            words = str(CheckValue(value).label)
            marks.append(CheckMark(str(LETTERS[check]), str(check.label), value, words, note))
    return marks


def visit_line(visit: Visit, *, today: dt.date) -> VisitLine:
    """One line of the list."""
    overdue = visit.state == VisitState.PLANNED and visit.planned_on < today
    reason = reason_in_words(visit) if visit.state == VisitState.CANCELLED else ""
    return VisitLine(visit, check_marks(visit) if visit.state == VisitState.DONE else [], overdue, reason)


def open_problems(visits: list[Visit]) -> list[tuple[Visit, CheckMark]]:
    """Checks that were "not so" when last looked at, until something agreed at that visit was done.

    `visits` are held visits of one work trial in order, annotated with `has_done_action`.
    """
    latest: dict[str, tuple[Visit, CheckMark]] = {}
    for visit in visits:
        for mark in check_marks(visit):
            latest[mark.letter] = (visit, mark)
    return [
        (visit, mark)
        for visit, mark in latest.values()
        if mark.value == CheckValue.NOT and not visit.has_done_action
    ]


def with_done_action(visits):
    """Each visit with whether something agreed there was done (`has_done_action`)."""
    done = DeskTask.objects.filter(visit=OuterRef("pk"), done_at__isnull=False, dropped_reason="")
    return visits.annotate(has_done_action=Exists(done))


def visits_section(placement: Placement, *, user, today: dt.date) -> dict:
    """The visits on a work trial's page. Two queries."""
    rows = list(
        with_done_action(Visit.objects.filter(placement=placement))
        .select_related("responsible", "recorded_by")
        .in_order()
    )
    lines = [visit_line(visit, today=today) for visit in rows if not is_of_program(visit)]
    lines.sort(key=lambda line: (line.day, line.visit.pk))
    held = sorted(
        (visit for visit in rows if visit.state == VisitState.DONE),
        key=lambda visit: (visit.held_on, visit.pk),
    )
    actions = DeskTask.objects.filter(visit__placement=placement, done_at__isnull=True)
    is_followed = placement.state not in NOT_FOLLOWED
    return {
        "visit_lines": lines,
        "visit_problems": open_problems(held),
        "visit_actions": [
            (action, can_handle_task(user, action))
            for action in actions.select_related("responsible", "employer").soonest_first()
        ],
        "may_log_visit": is_followed and can_log_visit(user, placement, today=today),
        "opening_is_missing": opening_is_missing(placement, rows),
        "may_leave_talk_out": placement.state in ("planned", "ongoing")
        and can_edit_placement(user, placement, today=today)
        and not _has_talk(rows),
    }


def opening_is_missing(placement: Placement, visits: list[Visit]) -> bool:
    """The work trial goes on without an opening talk and without a noted reason (evidence 004 F10)."""
    return placement.state == "ongoing" and not _has_talk(visits) and not placement.no_opening_talk_reason


def _has_talk(visits: list[Visit]) -> bool:
    return any(visit.kind == VisitKind.OPENING and visit.state == VisitState.DONE for visit in visits)


def visit_page(visit: Visit, *, user, today: dt.date) -> dict:
    """What is needed at the workplace and what was noted. `visit.placement` comes whole."""
    placement = visit.placement
    following = (
        Visit.objects.filter(placement=placement).due().exclude(pk=visit.pk).in_order().first()
        if visit.pk
        else placement.visits.due().in_order().first()
    )
    return {
        "visit": visit,
        "placement": placement,
        "line": visit_line(visit, today=today) if visit.pk else None,
        "actions": list(visit.actions.select_related("responsible").soonest_first()) if visit.pk else [],
        "may_log": can_log_visit(user, placement, today=today),
        "people_there": [person for person in (placement.guide, placement.supervisor) if person],
        "work_address": placement.address or address_of(placement.employer),
        "following": following,
        "has_checks": visit.kind not in KINDS_WITHOUT_CHECKS,
        "today": today,
    }
