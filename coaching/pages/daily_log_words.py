"""The daily log in words: units of two versions, what saving did, the time of day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from coaching.daily_log import DAY, HELD, NO_STEP, TEXTS, Unit, read_act
from coaching.enums import JobSearchKind, SessionState, SharedKind, StepBy
from coaching.marks import mark_infos


def in_words(key: str, unit: Unit) -> str:
    """A unit as a person would say it."""
    if key in TEXTS:
        return unit[0] or gettext("(empty)")
    if key == DAY:
        return gettext("was arranged") if unit == HELD else f"{gettext('not arranged')}: {unit[1]}"
    if key.startswith("attendance-"):
        return attendance_in_words(*unit)
    if key.startswith("time-"):
        return gettext("%(minutes)s min") % {"minutes": unit[0] or 0}
    if key.startswith("calls-"):
        return acts_in_words(unit[0] or "0", ())[0]
    if unit == NO_STEP:
        return gettext("no step forward")
    text, done_by = unit
    return f"{text} ({StepBy(done_by).label})" if done_by in StepBy.values else text


def acts_in_words(calls: str, acts: Unit) -> tuple[str, ...]:
    """Somebody's acts of looking for work: "rang a workplace × 2", "sent an application: Saha Oy"."""
    said = []
    if calls:
        said.append(f"{JobSearchKind.CALL.label} × {calls}")
    for kind, text, done_by in map(read_act, acts):
        words = str(JobSearchKind(kind).label) if kind in JobSearchKind.values else kind
        words = f"{words}: {text}" if text else words
        is_alone = done_by == StepBy.PARTICIPANT or done_by not in StepBy.values
        said.append(words if is_alone else f"{words} ({StepBy(done_by).label})")
    return tuple(said)


def tip_in_words(kind: str, text: str, given_by: str, given_to: str, names: Mapping[str, str]) -> str:
    """ "Tip: ring before noon (Aino → everybody)"."""
    label = str(SharedKind(kind).label) if kind in SharedKind.values else kind
    giver = names.get(given_by, "") if given_by else gettext("coach")
    getter = names.get(given_to, "") if given_to else gettext("everybody")
    return f"{label}: {text} ({giver} → {getter})"


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
