"""How it was at the start, half-way and at the end: words, each row with a small picture of the change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.enums import LEVEL_ORDER, Level, Moment, Viewpoint
from coaching.models import Enrolment
from coaching.pages.person_cards import PersonFacts, SectionCard
from coaching.services.assessments import AREAS, SKILLS, Subject

# the picture's measures in its own units: four steps from left to right, one lane for each viewpoint
STEP_WIDTH = 56
LEFT = 20
LANES = {Viewpoint.PARTICIPANT.value: 18, Viewpoint.COACH.value: 46}
WIDTH, HEIGHT = LEFT * 2 + STEP_WIDTH * 3, 64
WEEKS_UNTIL = {Moment.START: 0, Moment.MID: 1, Moment.END: 3}


@dataclass(frozen=True)
class Cell:
    """One answer; `position` is 1 to 4 from left to right, 0 when not assessed."""

    moment: str
    moment_label: str
    level: str
    level_label: str
    sentence: str
    position: int


@dataclass(frozen=True)
class Point:
    """A mark in the picture: `shape` says whose it is, `moment` how it is filled."""

    x: int
    y: int
    moment: str

    @property
    def size(self) -> int:
        """Radius of the circle: the later, the smaller, so that all three show in the same place."""
        return {Moment.START.value: 9, Moment.MID.value: 6, Moment.END.value: 3}[self.moment]

    @property
    def left(self) -> int:
        return self.x - self.size

    @property
    def top(self) -> int:
        return self.y - self.size

    @property
    def side(self) -> int:
        return self.size * 2


@dataclass(frozen=True)
class Lane:
    """One viewpoint of one row: its words, and its marks with the line between first and last."""

    viewpoint: str
    label: str
    cells: list[Cell]
    points: list[Point]

    @property
    def line(self) -> tuple[int, int, int] | None:
        """(from x, to x, y) of the line through the marks; None with less than two."""
        if len(self.points) < 2:
            return None
        xs = [point.x for point in self.points]
        return min(xs), max(xs), self.points[0].y


@dataclass(frozen=True)
class Row:
    item: str
    label: str
    lanes: list[Lane]

    @property
    def has_points(self) -> bool:
        return any(lane.points for lane in self.lanes)


@dataclass(frozen=True)
class MomentState:
    """One of the three moments: is anything written, is it time to ask."""

    code: str
    label: str
    url: str
    is_written: bool
    is_due: bool


@dataclass(frozen=True)
class Chart:
    """One subject's rows and how far the moments are. `code` is "areas" or "skills"."""

    code: str
    rows: list[Row]
    moments: list[MomentState]
    scale: list[tuple[int, str]]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def is_empty(self) -> bool:
        return not any(moment.is_written for moment in self.moments)

    @property
    def next_moment(self) -> MomentState | None:
        """The first that is due and not written yet."""
        return next((moment for moment in self.moments if moment.is_due and not moment.is_written), None)


def area_chart(enrolment: Enrolment, *, today: dt.date) -> Chart:
    """The six areas of employability; one query. `enrolment` has its month loaded."""
    return _chart(AREAS, enrolment, enrolment.area_assessments.order_by("id"), today)


def skill_chart(enrolment: Enrolment, *, today: dt.date) -> Chart:
    """The eleven work-life skills; one query. `enrolment` has its month loaded."""
    return _chart(SKILLS, enrolment, enrolment.skill_assessments.order_by("id"), today)


def areas_card(enrolment: Enrolment, facts: PersonFacts) -> SectionCard:
    """The six areas on the person's page."""
    chart = area_chart(enrolment, today=facts.today)
    return _card(
        chart,
        enrolment,
        title=_("How the chances of employment change"),
        caption=_("Area"),
        empty=_(
            "Look at the six areas together in the first days, half-way, and in the last week. Each gets a "
            "word and a sentence from both of you; nothing is added up."
        ),
        order=20,
    )


def skills_card(enrolment: Enrolment, facts: PersonFacts) -> SectionCard:
    """The eleven work-life skills on the person's page."""
    chart = skill_chart(enrolment, today=facts.today)
    return _card(
        chart,
        enrolment,
        title=_("Work-life skills"),
        caption=_("Skill"),
        empty=_(
            "Eleven skills in words, at the start, half-way and at the end. The participant and the coach "
            "each say how they see it."
        ),
        order=21,
    )


def _card(chart: Chart, enrolment: Enrolment, *, title, caption, empty, order) -> SectionCard:
    actions = ()
    if not chart.is_empty:
        actions = ((_("See both views"), reverse("coaching:assessments", args=[enrolment.pk])),)
    return SectionCard(
        code=chart.code,
        title=title,
        summary=empty if chart.is_empty else "",
        actions=actions,
        template="coaching/_assessment_card.html",
        context={"chart": chart, "caption": caption},
        order=order,
    )


def _chart(subject: Subject, enrolment: Enrolment, found, today: dt.date) -> Chart:
    rows = list(found)
    by_place = {(getattr(row, subject.column), row.viewpoint, row.moment): row for row in rows}
    written = {row.moment for row in rows}
    starts_on = enrolment.month.starts_on
    return Chart(
        code=subject.code,
        rows=[_row(item, by_place) for item in subject.items],
        moments=[
            MomentState(
                code=moment.value,
                label=str(moment.label),
                url=reverse(f"coaching:{subject.code}", args=[enrolment.pk, moment.value]),
                is_written=moment.value in written,
                is_due=starts_on + dt.timedelta(weeks=WEEKS_UNTIL[moment]) <= today,
            )
            for moment in Moment
        ],
        scale=[(_x(number), str(level.label)) for number, level in enumerate(LEVEL_ORDER, start=1)],
    )


def _row(item, by_place: dict) -> Row:
    lanes = []
    for viewpoint in Viewpoint:
        found = [by_place.get((item.value, viewpoint.value, moment.value)) for moment in Moment]
        cells = [_cell(row) for row in found if row is not None]
        points = [
            Point(_x(cell.position), LANES[viewpoint.value], cell.moment) for cell in cells if cell.position
        ]
        lanes.append(Lane(viewpoint.value, str(viewpoint.label), cells, points))
    return Row(item.value, str(item.label), lanes)


def _cell(row) -> Cell:
    level = Level(row.level)
    return Cell(
        moment=row.moment,
        moment_label=str(Moment(row.moment).label),
        level=row.level,
        level_label=str(level.label),
        sentence=row.sentence,
        position=LEVEL_ORDER.index(level) + 1 if level in LEVEL_ORDER else 0,
    )


def _x(position: int) -> int:
    return LEFT + STEP_WIDTH * (position - 1)
