"""The daily log in words: units of two versions, what saving did, the time of day."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from coaching.daily_log import DAY, HELD, NO_STEP, NOTE, Unit
from coaching.enums import SessionState, StepBy
from coaching.marks import mark_infos


def in_words(key: str, unit: Unit) -> str:
    """A unit as a person would say it."""
    if key == NOTE:
        return unit[0] or gettext("(empty)")
    if key == DAY:
        return gettext("was arranged") if unit == HELD else f"{gettext('not arranged')}: {unit[1]}"
    if key.startswith("attendance-"):
        return attendance_in_words(*unit)
    if unit == NO_STEP:
        return gettext("no step forward")
    text, done_by = unit
    return f"{text} ({StepBy(done_by).label})" if done_by in StepBy.values else text


def attendance_in_words(mark: str, late: str, early: str) -> str:
    """ "present, 10 min late"."""
    labels = {info.code: info.label for info in mark_infos()}
    parts = [labels.get(mark, gettext("Information missing"))]
    if late:
        parts.append(gettext("%(minutes)s min late") % {"minutes": late})
    if early:
        parts.append(gettext("left %(minutes)s min early") % {"minutes": early})
    return ", ".join(parts)


def saved_sentence(missing: tuple[str, ...], state: str) -> str:
    """What the coach reads after saving."""
    if state == SessionState.NOT_ARRANGED:
        return gettext("Saved: the session was not arranged.")
    if not missing:
        return gettext("Saved. Everybody's attendance is recorded.")
    return ngettext(
        "Saved. The attendance of %(count)s person is missing: %(names)s.",
        "Saved. The attendance of %(count)s people is missing: %(names)s.",
        len(missing),
    ) % {"count": len(missing), "names": ", ".join(missing)}


def clock_time(moment: dt.datetime) -> str:
    """9.41 in Helsinki."""
    return time_format(localtime(moment), "G.i")
