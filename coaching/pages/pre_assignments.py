"""The month's board of pre-assignments: people × tasks, and what a task's state is called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coaching.access import can_edit_month
from coaching.models import CoachingMonth, Enrolment, PreAssignment
from coaching.pre_assignment_words import words_of
from coaching.services.pre_assignments import why_not_by_mail
from core.numbers import percent
from core.registry import TodayLine

TODAY_ORDER = 40
AHEAD = dt.timedelta(weeks=3)  # so long before the first day unsent tasks are worth a line on Today


@dataclass(frozen=True)
class TaskState:
    """Where a task stands, in a word with its tone and icon, and when."""

    code: str
    word: str
    tone: str
    icon: str
    detail: str = ""


def state_of(task: PreAssignment | None, *, today: dt.date) -> TaskState:
    """Not sent, sent, opened, returned, seen, or late."""
    if task is None:
        return TaskState("not_sent", _("not sent"), "neutral", "info")
    if task.returned_at is not None:
        came = date_format(timezone.localdate(task.returned_at))
        detail = _("on paper %(day)s") % {"day": came} if task.returned_on_paper else came
        if task.seen_at is None:
            return TaskState("returned", _("returned"), "accent", "star", detail)
        return TaskState("seen", _("seen"), "success", "check", detail)
    due = _("by %(day)s") % {"day": date_format(task.due_on)}
    if task.due_on < today:
        return TaskState("late", _("late"), "danger", "warning", due)
    if task.opened_at is not None:
        return TaskState("opened", _("opened"), "info", "pencil", due)
    return TaskState("sent", _("sent"), "info", "mail", due)


@dataclass(frozen=True)
class BoardCell:
    """One task of one person."""

    title: str
    task: PreAssignment | None
    state: TaskState


@dataclass(frozen=True)
class BoardRow:
    """One person; `by_hand` says why the link cannot go by e-mail."""

    enrolment: Enrolment
    cells: list[BoardCell]
    by_hand: str
    reminded_at: dt.datetime | None

    @property
    def is_late(self) -> bool:
        return any(cell.state.code == "late" for cell in self.cells)

    @property
    def misses_some(self) -> bool:
        return any(cell.task is None for cell in self.cells)


@dataclass(frozen=True)
class Board:
    """Everything on the page."""

    month: CoachingMonth
    titles: list[str]
    rows: list[BoardRow]
    may_send: bool
    returned: int
    sent: int
    due: int
    on_time: int

    @property
    def unsent(self) -> int:
        return sum(row.misses_some for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.is_late for row in self.rows)

    @property
    def on_time_percent(self) -> int | None:
        return percent(self.on_time, self.due)


def board_page(month: CoachingMonth, user, *, today: dt.date) -> Board:
    """The board of a month that `load_month` gave. Three queries, whatever the size of the group."""
    titles = {
        template.position: words_of(template.texts).title
        for template in month.programme.pre_assignment_templates.order_by("position")
    }
    people = list(month.enrolments.holding_a_place().by_name())
    tasks = list(PreAssignment.objects.filter(enrolment__in=[person.pk for person in people]))
    for task in tasks:
        titles.setdefault(task.position, words_of(task.texts).title)
    columns = sorted(titles.items())
    by_place = {(task.enrolment_id, task.position): task for task in tasks}
    over = [task for task in tasks if task.due_on < today or task.returned_at is not None]
    return Board(
        month=month,
        titles=[title for _position, title in columns],
        rows=[_row(person, columns, by_place, today) for person in people],
        may_send=can_edit_month(user, month) and month.state == "open",
        returned=sum(task.returned_at is not None for task in tasks),
        sent=len(tasks),
        due=len(over),
        on_time=sum(was_on_time(task) for task in over),
    )


def was_on_time(task: PreAssignment) -> bool:
    """Returned by the end of the day on which it was due."""
    return task.returned_at is not None and timezone.localdate(task.returned_at) <= task.due_on


def _row(person: Enrolment, columns, by_place, today: dt.date) -> BoardRow:
    own = [by_place.get((person.pk, position)) for position, _title in columns]
    cells = [
        BoardCell(words_of(task.texts).title if task else title, task, state_of(task, today=today))
        for (_position, title), task in zip(columns, own, strict=True)
    ]
    reminders = [task.reminded_at for task in own if task is not None and task.reminded_at]
    return BoardRow(
        enrolment=person,
        cells=cells,
        by_hand=by_hand_words(why_not_by_mail(person.participant)),
        reminded_at=max(reminders, default=None),
    )


def by_hand_words(reason: str) -> str:
    """Why the link has to be given by hand, in words; "" when it goes by e-mail."""
    return {
        "": "",
        "protected": _("protected: link on paper"),
        "birth_date": _("date of birth is missing"),
        "email": _("no e-mail: print the link"),
    }[reason]


# --- Today ----------------------------------------------------------------------------------------------
def pre_assignment_lines(user, months, today: dt.date) -> Iterable[TodayLine]:
    """Per month: who is late, what came and nobody has read, and what has not been sent. Two queries."""
    names = ("enrolment__month_id", "enrolment_id", "returned_at", "seen_at", "due_on")
    of_group = {"enrolment__state": "enrolled", "enrolment__left_on": None}
    rows = PreAssignment.objects.filter(enrolment__month__in=months, **of_group).values_list(*names)
    late: dict[int, set[int]] = {}
    unread: dict[int, int] = {}
    for month_id, person, returned_at, seen_at, due_on in rows:
        if returned_at is None and due_on < today:
            late.setdefault(month_id, set()).add(person)
        elif returned_at is not None and seen_at is None:
            unread[month_id] = unread.get(month_id, 0) + 1
    unsent = set(
        Enrolment.objects.holding_a_place()
        .filter(month__in=_coming(months, today), pre_assignments=None)
        .filter(month__programme__pre_assignment_templates__isnull=False)
        .values_list("month_id", flat=True)
    )
    for month_id, month in months.items():
        yield from _lines_of(
            month,
            user,
            late=len(late.get(month_id, ())),
            unread=unread.get(month_id, 0),
            is_unsent=month_id in unsent,
            today=today,
        )


def _coming(months, today: dt.date) -> list[int]:
    return [pk for pk, month in months.items() if today <= month.starts_on <= today + AHEAD]


def _lines_of(month, user, *, late: int, unread: int, is_unsent: bool, today: dt.date):
    def line(detail: str, verb: str, *, is_late: bool = False) -> TodayLine:
        return TodayLine(
            heading=_("Pre-assignments"),
            title=month.name,
            detail=detail,
            url=reverse("coaching:pre-assignments", args=[month.pk]),
            link_text=verb,
            is_late=is_late,
            day=month.starts_on,
            order=TODAY_ORDER,
        )

    begins = {"day": date_format(month.starts_on)}
    if is_unsent:
        yield line(_("not sent to all; the month begins on %(day)s") % begins, _("Send"))
    if late and month.starts_on >= today - dt.timedelta(days=7):
        yield line(_("people who are late: %(count)s") % {"count": late}, _("Remind"), is_late=True)
    if unread:
        yield line(_("returned and not read yet: %(count)s") % {"count": unread}, _("Read"))
