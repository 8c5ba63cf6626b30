"""What the open grid is told after it saved something: plain data for its script."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from coaching.counting import AttendanceCount, count_attendance, count_by_day
from coaching.enums import ReasonClass
from coaching.grid_cells import CellName, CellState
from coaching.models import CoachingMonth
from coaching.pages.daily_log_words import clock_time
from coaching.pages.grid import HalfCell, blank_cell, marked_cell, recorded_words, state_words
from coaching.services.grid import CellConflict, SavedCells


def saved_answer(saved: SavedCells, *, user, today: dt.date) -> dict:
    """`cells` as they stand now by name, `conflicts` with both sides in words, `saved_at` "9.41"."""
    who = recorded_words(saved.saved_at, user.first_name, user.last_name)
    return {
        "cells": {
            str(name): _cell(
                name, state, who, belongs=name in saved.arranged or bool(state.mark), today=today
            )
            for name, state in saved.states.items()
        },
        "conflicts": [_conflict(conflict, today) for conflict in saved.conflicts],
        "saved_at": clock_time(saved.saved_at) if saved.saved_at else "",
    }


def _cell(name: CellName, state: CellState, who: str, *, belongs: bool, today: dt.date) -> dict:
    if state.mark:
        return _shown(marked_cell(name, state, recorded=who, is_editable=True))
    return _shown(blank_cell(name, today=today, belongs=belongs, is_editable=belongs))


def _shown(cell: HalfCell) -> dict:
    shown = asdict(cell)
    return {key: shown[key] for key in ("letter", "tone", "text", "stamp", "recorded")}


def _conflict(conflict: CellConflict, today: dt.date) -> dict:
    theirs = conflict.theirs
    who = recorded_words(theirs.at, theirs.by)
    return {
        "name": str(conflict.name),
        "title": f"{conflict.person}, {date_format(conflict.name.day)}",
        "mine": state_words(conflict.mine),
        "mine_stamp": conflict.mine.stamp,
        "theirs": f"{state_words(theirs.state)} ({who})" if who else state_words(theirs.state),
        "cell": _cell(conflict.name, theirs.state, who, belongs=True, today=today),
    }


def totals_answer(month: CoachingMonth, *, today: dt.date) -> dict:
    """`people`: the figures of each line by enrolment, `days`: those under each column by date, as text."""
    ids = month.enrolments.enrolled().values_list("pk", flat=True)
    counts = count_attendance(ids)
    return {
        "people": {str(pk): person_figures(count, today=today) for pk, count in counts.items()},
        "days": {
            day.isoformat(): {
                "attended": str(total.attended),
                "absent": str(total.absent),
                "unlogged": str(total.unlogged),
            }
            for day, total in count_by_day(counts.values()).items()
            if day <= today
        },
    }


def person_figures(count: AttendanceCount, *, today: dt.date) -> dict[str, str]:
    """The figures at the end of a person's line, as they are shown."""
    return {
        "attended": f"{count.days_attended}/{count.days_arranged}",
        **{reason: str(count.absences[reason]) for reason in ReasonClass.values},
        "unlogged": str(count.unlogged_until(today)),
        "travel": str(count.travel_days),
        "hours": number_format(count.work_trial_hours.normalize()),
        "late": _("%(minutes)s min") % {"minutes": count.minutes_late} if count.minutes_late else "0",
    }
