"""One work trial's page: terms, moves, the weeks of its half, the agreement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.urls import reverse

from coaching.enums import Mark
from coaching.models import Enrolment
from coaching.services.schedule import days_between, is_weekday, monday_of
from coaching.services.work_trial_half import HalfDay, closed_reason, work_trial_marks
from core import clock
from core.work_rows import WorkState
from employers.access import can_edit_placement, can_mark_placement
from employers.agreement import address_of, agreement_html, build_agreement, content_hash
from employers.enums import AgreementFailure, PlacementState
from employers.forms import MoveForm
from employers.models import AgreementFile, Placement
from employers.pages.brief import placement_brief
from employers.pages.concerns import concerns_section
from employers.pages.earlier_trials import trial_sections
from employers.pages.feedback import feedback_section
from employers.pages.guide_link import guide_link_panel
from employers.pages.signing import signing_panel
from employers.pages.visit import visits_section
from employers.pages.work_days import hours_text, is_agreed_day
from employers.placement_states import Transition, transitions_from
from employers.placement_terms import missing_terms
from employers.placement_warnings import placement_warnings
from employers.services.agreement import WAY_OUT
from employers.weekdays import weekdays_in_words
from participants.consent import ConsentMissing, require_way_out

ONE_WEEK = dt.timedelta(days=6)


@dataclass
class MarkDay:
    """One weekday of the table. `hours` as text in the page's language."""

    day: dt.date
    mark: str = ""
    label: str = ""  # what stands now, in words
    hours: str = ""
    seen: str = ":"
    closed: str = ""
    is_ahead: bool = False
    error: str = ""
    is_agreed: bool = True

    @property
    def is_open(self) -> bool:
        return not self.closed and not self.is_ahead

    @property
    def is_unmarked(self) -> bool:
        """An agreed day up to today that waits for its mark."""
        return self.is_open and self.is_agreed and not self.mark


@dataclass
class MarkWeek:
    """One week of the table; only an `is_editable` one carries fields."""

    monday: dt.date
    days: list[MarkDay] = field(default_factory=list)
    is_editable: bool = False
    error: str = ""
    reason: str = ""  # typed for a correction after the summary was released
    asks_reason: bool = False

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def unmarked(self) -> int:
        return sum(day.is_unmarked for day in self.days)

    @property
    def has_open_days(self) -> bool:
        return any(day.is_open for day in self.days)

    @property
    def present_days(self) -> int:
        return sum(day.mark == Mark.PRESENT for day in self.days)


@dataclass(frozen=True)
class Move:
    """One button of the state table on the page; `obstacle` says why it cannot be pressed yet."""

    transition: Transition
    obstacle: str
    form: MoveForm | None = None
    is_open: bool = False  # its form came back

    @property
    def needs_fields(self) -> bool:
        return bool(self.transition.asks)


@dataclass(frozen=True)
class AgreementPanel:
    """How the agreement stands: what is missing, the file of today's content, and earlier ones."""

    consent_sentence: str
    consents_url: str
    can_make: bool
    current: AgreementFile | None
    failure: str
    earlier: list[AgreementFile]

    @property
    def is_open(self) -> bool:
        return self.current is not None and self.current.is_open


def enrolment_of(placement: Placement) -> Enrolment | None:
    """The person's place in the work trial's month."""
    if placement.month_id is None:
        return None
    return Enrolment.objects.filter(month=placement.month_id, participant=placement.participant_id).first()


def placement_page(
    placement: Placement, *, user, today: dt.date, open_week: dt.date | None = None, move_form=None, **more
) -> dict:
    """The context of a work trial's page. `placement` comes from `load_for_agreement`; `move_form` and what
    is in `more` are forms that came back with what was typed."""
    enrolment = enrolment_of(placement)
    may_edit = can_edit_placement(user, placement, today=today)
    may_mark = enrolment is not None and can_mark_placement(user, placement, today=today)
    weeks = mark_weeks(placement, enrolment, today=today, open_week=open_week) if enrolment else []
    return {
        "placement": placement,
        "enrolment": enrolment,
        "may_edit": may_edit,
        "may_mark": may_mark,
        "warnings": placement_warnings(placement, enrolment=enrolment, today=today)
        if placement.is_open
        else [],
        "moves": moves_of(placement, user=user, today=today, came_back=move_form) if may_edit else [],
        "move_form": move_form,
        "missing": list(missing_terms(placement).values()) if placement.is_open else [],
        "weekdays": weekdays_in_words(placement.weekdays),
        "weeks": weeks,
        "totals": mark_totals(weeks),
        "mark_choices": Mark.choices,
        "agreement": agreement_panel(placement, may_edit=may_edit, today=today),
        "guide_link": guide_link_panel(placement, user=user, enrolment=enrolment, today=today),
        "feedback": feedback_section(placement, user=user, today=today),
        "concerns": concerns_section(placement, user=user, today=today),
        "signing": signing_panel(placement, now=clock.now()),
        "work_address": placement.address or address_of(placement.employer),
        "today": today,
        **placement_brief(placement, user=user, today=today),
        **visits_section(placement, user=user, today=today),
        **trial_sections(placement, may_edit=may_edit, enrolment=enrolment),
        **more,
    }


def moves_of(placement: Placement, *, user, today: dt.date, came_back: MoveForm | None = None) -> list[Move]:
    """The moves that the table gives this role, each with what stands in its way today."""
    moves = []
    for transition in transitions_from(placement.state, role=user.role):
        is_open = came_back is not None and came_back.data.get("target") == transition.target
        form = came_back
        if not is_open and transition.asks:
            given = {"target": transition.target, "version": placement.version}
            form = MoveForm(initial=given, transition=transition, auto_id=f"move_{transition.target}_%s")
        obstacle = transition.obstacle(placement, today=today)
        moves.append(Move(transition, obstacle, form, is_open))
    return moves


def mark_weeks(
    placement: Placement, enrolment: Enrolment, *, today: dt.date, open_week: dt.date | None = None
) -> list[MarkWeek]:
    """The weeks of the work trial, newest first up to this week. Editable are this week, those with unmarked
    days, and `open_week`; the others only tell, so that a half-year trial stays a light page."""
    if placement.state in (PlacementState.PROPOSED, PlacementState.DID_NOT_START):
        return []
    first, last = placement.starts_on, min(placement.ends_on, monday_of(today) + ONE_WEEK)
    marks = work_trial_marks(enrolment_id=enrolment.pk, half=placement.half, first=first, last=last)
    weeks: dict[dt.date, MarkWeek] = {}
    for day in days_between(first, last):
        if is_weekday(day):
            week = weeks.setdefault(monday_of(day), MarkWeek(monday_of(day)))
            own = _mark_day(day, marks.get(day, HalfDay()), enrolment=enrolment, today=today)
            own.is_agreed = is_agreed_day(placement, day)
            week.days.append(own)
    for week in weeks.values():
        is_now = week.monday <= today <= week.monday + ONE_WEEK
        wanted = week.monday == open_week
        week.is_editable = week.has_open_days and (is_now or wanted or week.unmarked > 0)
    return sorted(weeks.values(), key=lambda week: week.monday, reverse=True)


def _mark_day(day: dt.date, stands: HalfDay, *, enrolment: Enrolment, today: dt.date) -> MarkDay:
    return MarkDay(
        day=day,
        mark=stands.mark,
        label=str(Mark(stands.mark).label) if stands.mark else "",
        hours=hours_text(stands.hours),
        seen=stands.token,
        closed=closed_reason(day, enrolment=enrolment),
        is_ahead=day > today,
    )


def mark_totals(weeks: list[MarkWeek]) -> dict:
    """Days present and days still unmarked, over all shown weeks."""
    days = [day for week in weeks for day in week.days]
    return {
        "present": sum(day.mark == Mark.PRESENT for day in days),
        "unmarked": sum(day.is_unmarked for day in days),
    }


def agreement_panel(placement: Placement, *, may_edit: bool, today: dt.date) -> AgreementPanel:
    """How the agreement stands now: the consent, the file of this very content, and the earlier ones."""
    sentence = ""
    try:
        require_way_out(code=WAY_OUT, participant=placement.participant, today=today)
    except ConsentMissing as missing:
        sentence = str(missing)
    digest = content_hash(agreement_html(build_agreement(placement)))
    files = list(placement.agreement_files.newest_first()[:10])
    current = next((file for file in files if file.content_hash == digest), None)
    failure = ""
    if current is not None and current.state == WorkState.FAILED:
        known = current.error in AgreementFailure.values
        failure = str(AgreementFailure(current.error if known else AgreementFailure.RENDERING).label)
    return AgreementPanel(
        consent_sentence=sentence,
        consents_url=consents_url(placement.participant_id),
        can_make=may_edit and placement.is_agreed_on and not sentence,
        current=current,
        failure=failure,
        earlier=[file for file in files if file.state == WorkState.DONE and file is not current],
    )


def consents_url(participant_id: int) -> str:
    """Where the person's consents are recorded."""
    return reverse("participants:participant-consents", args=[participant_id])
