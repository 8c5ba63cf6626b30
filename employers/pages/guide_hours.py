"""The guide's page: one week of days, and no more of the person than a name (permissions.md, guide link)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from coaching.enums import Mark
from coaching.models import AttendanceMark, Enrolment, Session
from coaching.services.corrections import released_among
from coaching.services.schedule import days_between, is_weekday, monday_of
from coaching.services.work_trial_half import HalfDay, closed_reason
from employers.enums import BEGUN_STATES, GuideChoice, PlacementState
from employers.enums.guide import CHOICE_OF_MARK
from employers.models import Placement
from employers.pages.work_days import hours_text, is_agreed_day
from employers.services.guide_hours import hours_closed_sentence

WEEK = dt.timedelta(days=7)


@dataclass
class GuideDay:
    """One weekday. `staff_words` is set when one of us marked it: the guide then only reads it."""

    day: dt.date
    is_agreed: bool
    choice: str = ""
    hours: str = ""
    seen: str = ":"
    closed: str = ""
    is_ahead: bool = False
    staff_words: str = ""
    error: str = ""
    unsaved: str = ""  # what the guide typed for a day that staff marked meanwhile

    @property
    def is_open(self) -> bool:
        """May the guide mark it?"""
        return not (self.closed or self.is_ahead or self.staff_words)

    @property
    def is_unmarked(self) -> bool:
        """An agreed day that still waits for its mark."""
        return self.is_open and self.is_agreed and not self.choice


@dataclass
class GuideWeek:
    """The week that is shown, and the ways to the others."""

    monday: dt.date
    days: list[GuideDay] = field(default_factory=list)
    before: dt.date | None = None
    after: dt.date | None = None

    @property
    def number(self) -> int:
        """The week's number in the calendar."""
        return self.monday.isocalendar().week

    @property
    def open_days(self) -> list[dt.date]:
        """The days that the guide may mark."""
        return [day.day for day in self.days if day.is_open]

    @property
    def agreed_days(self) -> frozenset[dt.date]:
        """The open days on which work was agreed."""
        return frozenset(day.day for day in self.days if day.is_open and day.is_agreed)

    @property
    def unmarked(self) -> int:
        """How many agreed days wait for a mark."""
        return sum(day.is_unmarked for day in self.days)


@dataclass(frozen=True)
class GuidePage:
    """Everything that `employers/workplace/hours.html` shows of the days."""

    placement: Placement
    name: str
    week: GuideWeek | None
    other_open_weeks: list[GuideWeek]
    refusal: str  # why nothing can be marked; "" when it can

    @property
    def is_all_marked(self) -> bool:
        """No agreed day of any week waits."""
        return self.week is not None and not self.week.unmarked and not self.other_open_weeks


def guide_page(placement: Placement, *, today: dt.date, monday: dt.date | None = None) -> GuidePage:
    """The week of `monday`, or the one that needs the guide first: this week, after the end the last."""
    enrolment = Enrolment.objects.select_related("month").filter(
        month=placement.month_id, participant=placement.participant_id
    )
    found = enrolment.first() if placement.month_id else None
    refusal = _refusal(placement, found, today=today)
    weeks = guide_weeks(placement, found, today=today, is_closed=bool(refusal)) if found else []
    by_monday = {week.monday: week for week in weeks}
    week = by_monday.get(monday) or (weeks[-1] if weeks else None)
    others = [other for other in weeks if other is not week and other.unmarked and not refusal]
    return GuidePage(placement, shown_name(placement), week, others, refusal)


def shown_name(placement: Placement) -> str:
    """The name as the guide knows it; of a protected person only the first name."""
    person = placement.participant
    return person.first_name if person.is_restricted else person.full_name


def _refusal(placement: Placement, enrolment: Enrolment | None, *, today: dt.date) -> str:
    if placement.state == PlacementState.DID_NOT_START:
        return _("This work trial did not start.")
    if placement.state not in BEGUN_STATES or enrolment is None or placement.starts_on > today:
        return _("The work trial has not begun, so there are no days to mark yet.")
    if enrolment.month.state in ("closed", "cancelled") or released_among([enrolment.pk]):
        return hours_closed_sentence()
    return ""


def guide_weeks(
    placement: Placement, enrolment: Enrolment, *, today: dt.date, is_closed: bool = False
) -> list[GuideWeek]:
    """The trial's weeks up to this one, oldest first. Two queries, whatever their number."""
    first, last = placement.starts_on, min(placement.ends_on, monday_of(today) + WEEK - dt.timedelta(days=1))
    if placement.state not in BEGUN_STATES or first > last:
        return []
    where = {"half": placement.half}
    marks = {
        mark.day: mark
        for mark in AttendanceMark.objects.filter(enrolment=enrolment, day__range=(first, last), **where)
    }
    in_group = set(
        Session.objects.filter(month=enrolment.month_id, held_on__range=(first, last), **where).values_list(
            "held_on", flat=True
        )
    )
    weeks: dict[dt.date, GuideWeek] = {}
    for day in days_between(first, last):
        if is_weekday(day):
            week = weeks.setdefault(monday_of(day), GuideWeek(monday_of(day)))
            closed = closed_reason(day, enrolment=enrolment) or (
                _("with the group") if day in in_group else ""
            )
            week.days.append(
                _guide_day(placement, day, marks.get(day), closed=closed, today=today, is_closed=is_closed)
            )
    ordered = sorted(weeks.values(), key=lambda week: week.monday)
    for number, week in enumerate(ordered):
        week.before = ordered[number - 1].monday if number else None
        week.after = ordered[number + 1].monday if number + 1 < len(ordered) else None
    return ordered


def _guide_day(
    placement: Placement,
    day: dt.date,
    mark: AttendanceMark | None,
    *,
    closed: str,
    today: dt.date,
    is_closed: bool,
) -> GuideDay:
    own = GuideDay(day, is_agreed_day(placement, day), closed=closed, is_ahead=day > today)
    if mark is None:
        if is_closed and not closed and not own.is_ahead:
            own.closed = _("not marked")
        return own
    by_link = mark.recorded_by_id is None
    if by_link:
        own.choice = CHOICE_OF_MARK.get(mark.mark, "")
    if by_link and own.choice and not is_closed:
        own.hours = hours_text(mark.hours)
        own.seen = HalfDay(mark.mark, mark.hours).token
    else:
        own.staff_words = _words(mark, reason=own.choice)
    return own


def _words(mark: AttendanceMark, *, reason: str) -> str:
    """What the guide may read of a mark: the hours, or that the person was away; of reasons only those that
    the guide gave."""
    if mark.mark == Mark.PRESENT:
        hours = hours_text(mark.hours)
        return _("was at work, %(hours)s h") % {"hours": hours} if hours else _("was at work")
    if mark.mark == Mark.NOT_ARRANGED:
        return str(GuideChoice.NOT_AGREED.label)
    return str(GuideChoice(reason).label) if reason else _("away")
