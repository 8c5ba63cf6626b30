"""Block 3, what happened in the period, from codes to words and the attendance strip."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from coaching.enums import ExitKind
from employers.enums import Continuation, EndCause, PlacementPurpose, PlacementState
from reports.enums import MissingReason
from reports.summary import charts
from reports.summary.acts import act_label
from reports.summary.wording import (
    capital,
    date_words,
    employer_name,
    label_of,
    number_words,
    reason_words,
    span_words,
)

NEWEST_STEPS = 3
_KIND_OF_MARK = {
    "present": "present",
    "own_illness": "health",
    "child_illness": "health",
    "unauthorised": "unauthorised",
    "": "off",
    "not_arranged": "off",
}
_KIND_OF_VERDICT = {
    "attended": "present",
    "health": "health",
    "accepted": "accepted",
    "unauthorised": "unauthorised",
    "unmarked": "unmarked",
    "unlogged": "unmarked",
}


def present_happened(block: dict, version) -> dict[str, Any]:
    """Block 3 in words and its chart."""
    absences = [
        (block["absent_health"], _("illness")),
        (block["absent_accepted"], _("other accepted reason")),
        (block["absent_unauthorised"], _("no accepted reason")),
    ]
    away = ", ".join(f"{label} {count}" for count, label in absences if count)
    attended = _("%(attended)s of %(arranged)s") % {
        "attended": block["days_attended"],
        "arranged": block["days_arranged"],
    }
    figures = [
        (attended, _("days attended")),
        (str(sum(count for count, _label in absences)), _("days absent") + (f": {away}" if away else "")),
        (str(block["calls"] + block["applications"]), _("calls and applications")),
        (
            f"{block['interviews']} + {block['practice_interviews']}",
            pgettext("summary", "interviews + practice interviews"),
        ),
        (str(block["visits"]), _("visits to workplaces")),
    ]
    steps = block["steps"][-NEWEST_STEPS:][::-1]
    more = len(block["steps"]) - len(steps)
    notes = []
    if block["sessions_unlogged"]:
        notes.append(
            ngettext(
                "%(n)s session is not logged yet or still to come.",
                "%(n)s sessions are not logged yet or still to come.",
                block["sessions_unlogged"],
            )
            % {"n": block["sessions_unlogged"]}
        )
    if any(_is_half_away(day) for day in block["strip"]):
        notes.append(_("A day counts as attended when the person was there in either half of it."))
    if block["exit_kind"] and block["exit_kind"] != ExitKind.COMPLETED:
        reason = f": {block['exit_reason']}" if block["exit_reason"] else ""
        notes.append(f"{capital(label_of(ExitKind, block['exit_kind']))}{reason}.")
    return {
        "figures": figures,
        "strip": _strip(block, attended, away),
        "work_trials": _work_trials(block.get("work_trials")),
        "has_work_trials": "work_trials" in block,
        "no_work_trial": reason_words(MissingReason.NO_WORK_TRIAL),
        "certificates": ", ".join(block["certificates"]) or _("none in this period"),
        "steps": [
            {"day": date_words(s["day"]), "text": s["text"], "kind": capital(act_label(s["kind"]))}
            for s in steps
        ],
        "more_steps": (
            ngettext("and %(n)s earlier step", "and %(n)s earlier steps", more) % {"n": more} if more else ""
        ),
        "notes": notes,
        "missing": reason_words(block["missing"]),
    }


def _strip(block: dict, attended: str, away: str) -> dict[str, Any]:
    days = [day for day in block["strip"] if day["verdict"] not in ("holiday", "nothing")]
    two_rows = "work_trials" in block and any(day["work_trial"] for day in days)
    drawn = []
    for day in days:
        if two_rows:
            kinds = [_kind(day), _KIND_OF_MARK.get(day["work_trial"], "accepted")]
        else:
            kinds = [_KIND_OF_VERDICT.get(day["verdict"], "off")]
        drawn.append((dt.date.fromisoformat(day["day"]), kinds))
    names = {
        "present": _("attended"),
        "health": _("illness"),
        "accepted": _("other accepted reason"),
        "unauthorised": _("no accepted reason"),
        "unmarked": _("not logged yet"),
        "off": _("not arranged"),
    }
    used = {kind for _day, kinds in drawn for kind in kinds}
    address, width, height = charts.strip(
        drawn,
        rows=[_("group"), _("work trial")] if two_rows else [_("days")],
        legend=[(kind, words) for kind, words in names.items() if kind in used],
    )
    alt = _("Attendance day by day: attended %(attended)s days.") % {"attended": attended}
    if away:
        alt += " " + _("Absent: %(away)s.") % {"away": away}
    return {"address": address, "width": width, "height": height, "alt": alt}


def _kind(day: dict) -> str:
    if day["coaching"]:
        return _KIND_OF_MARK.get(day["coaching"], "accepted")
    waits = day["verdict"] in ("unmarked", "unlogged") or day.get("unlogged")
    return "unmarked" if waits else "off"


def _is_half_away(day: dict) -> bool:
    """Attended in one half, away in the other: the day counts, and the strip shows an absence."""
    halves = [_KIND_OF_MARK.get(mark, "accepted") for mark in (day["coaching"], day["work_trial"]) if mark]
    return day["verdict"] == "attended" and bool({"health", "unauthorised", "accepted"} & set(halves))


def _work_trials(trials: list[dict] | None) -> list[dict[str, str]]:
    shown = []
    for trial in trials or []:
        hours = trial["hours_logged"]
        worked = ngettext("%(n)s day", "%(n)s days", trial["days_attended"]) % {"n": trial["days_attended"]}
        if hours:
            worked += ", " + _("%(hours)s h") % {"hours": number_words(hours)}
        state = label_of(PlacementState, trial["state"])
        if cause := label_of(EndCause, trial.get("end_cause", "")):
            state = f"{state}: {cause}"
        if trial["ended_reason"]:
            state = f"{state}: {trial['ended_reason']}"
        if after := label_of(Continuation, trial.get("continuation", "")):
            when = span_words(trial.get("continuation_starts_on"), None)
            state = f"{state} → {after}{f' {when}' if when else ''}"
        shown.append(
            {
                "employer": employer_name(trial["employer"], trial["employer_withheld"]),
                "span": span_words(trial["starts_on"], trial["ends_on"]),
                "hours": _("%(hours)s h a day") % {"hours": number_words(trial["hours_per_day"])},
                "worked": worked,
                "tasks": trial["tasks"],
                "purpose": capital(label_of(PlacementPurpose, trial["purpose"])),
                "state": state,
            }
        )
    return shown
