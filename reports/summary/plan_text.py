"""Block 12: the paragraph for the employment plan, generated, at most 800 characters, then editable."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.enums import LEVEL_ORDER, Area, OnwardPath, ProposalKind
from reports.enums import TEXT_LIMITS, DecisionKind, TextField
from reports.summary.blocks import Change, Decided, Happened, Plan, Proposed, Start, View

LIMIT = TEXT_LIMITS[TextField.PLAN_TEXT]


def write_plan_text(
    *,
    start: Start | None,
    happened: Happened | None,
    change: Change | None,
    plan: Plan | None,
    proposal: Proposed | None,
) -> str:
    """Sentences in the language that is active, in the order of importance, whole sentences only.

    A block that is None or empty gives no sentence, so nothing withheld can be guessed from the text.
    The result is at most 800 characters; what does not fit is left out from the least important end.
    """
    ranked = [
        (3, _goal(start)),
        (0, _attendance(happened)),
        (4, _work_trial(happened)),
        (5, _job_search(happened)),
        (2, _change(change)),
        (1, _next_steps(plan)),
        (6, _onward(plan)),
        (0, _proposal(proposal)),
    ]
    kept: list[int] = []
    length = 0
    for index in sorted(range(len(ranked)), key=lambda i: (ranked[i][0], i)):
        sentence = ranked[index][1]
        if sentence and length + len(sentence) + 1 <= LIMIT + 1:
            kept.append(index)
            length += len(sentence) + 1
    return " ".join(ranked[index][1] for index in sorted(kept))


def shorten(text: str, limit: int) -> str:
    """`text` in one line, cut at a word's end with "…" when it is longer than `limit` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def _end(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def _goal(start: Start | None) -> str:
    if start is None or not start.goals:
        return ""
    return _end(_("Own goal: %(goal)s") % {"goal": shorten(start.goals[-1].text, 160)})


def _attendance(happened: Happened | None) -> str:
    if happened is None or not happened.days_arranged:
        return ""
    return ngettext(
        "Attended the coaching month on %(attended)s of %(arranged)s day.",
        "Attended the coaching month on %(attended)s of %(arranged)s days.",
        happened.days_arranged,
    ) % {"attended": happened.days_attended, "arranged": happened.days_arranged}


def _work_trial(happened: Happened | None) -> str:
    trials = (happened.work_trials or ()) if happened else ()
    if not trials:
        return ""
    trial = trials[-1]
    where = trial.employer or _("a workplace")
    return _("Work trial: %(where)s %(from)s–%(to)s, %(tasks)s") % {
        "where": where,
        "from": date_format(trial.starts_on),
        "to": date_format(trial.ends_on),
        "tasks": _end(shorten(trial.tasks, 90)),
    }


def _job_search(happened: Happened | None) -> str:
    if happened is None:
        return ""
    parts = []
    if happened.calls:
        parts.append(ngettext("%(n)s call", "%(n)s calls", happened.calls) % {"n": happened.calls})
    if happened.applications:
        parts.append(
            ngettext("%(n)s application", "%(n)s applications", happened.applications)
            % {"n": happened.applications}
        )
    if happened.interviews:
        parts.append(
            ngettext("%(n)s interview", "%(n)s interviews", happened.interviews) % {"n": happened.interviews}
        )
    return _("Job search: %(what)s.") % {"what": ", ".join(parts)} if parts else ""


def _rose(start: View, end: View) -> bool:
    order = [str(level) for level in LEVEL_ORDER]
    return start.level in order and end.level in order and order.index(end.level) > order.index(start.level)


def _change(change: Change | None) -> str:
    if change is None:
        return ""
    grown = [
        str(Area(area.area).label)
        for area in change.areas
        if _rose(area.coach_start, area.coach_end) or _rose(area.participant_start, area.participant_end)
    ]
    return _("Grew stronger: %(areas)s.") % {"areas": ", ".join(grown)} if grown else ""


def _next_steps(plan: Plan | None) -> str:
    if plan is None:
        return ""
    steps = [
        (
            _("%(what)s (%(who)s, by %(due)s)")
            % {"what": shorten(s.what, 80), "who": shorten(s.who, 30), "due": date_format(s.due_on)}
            if s.due_on
            else _("%(what)s (%(who)s)") % {"what": shorten(s.what, 80), "who": shorten(s.who, 30)}
        )
        for s in plan.steps
        if not s.done_on
    ][:3]
    return _("Next: %(steps)s.") % {"steps": "; ".join(steps)} if steps else ""


def _onward(plan: Plan | None) -> str:
    if plan is None or plan.onward_path in ("", OnwardPath.NONE_YET):
        return ""
    path = str(OnwardPath(plan.onward_path).label)
    if plan.onward_detail:
        path = f"{path}, {shorten(plan.onward_detail, 60)}"
    return _end(_("Onward path: %(path)s") % {"path": path})


def _proposal(proposal: Proposed | None) -> str:
    if proposal is None:
        return ""
    if proposal.decision is not None:
        return _decision(proposal.decision)
    if not proposal.kind:
        return ""
    if proposal.kind == ProposalKind.NO_DECISION:
        return _("No decision is needed now.")
    what = _what(ProposalKind(proposal.kind).label, proposal.where, proposal.starts_on, proposal.ends_on)
    return _end(_("Proposed: %(what)s") % {"what": what})


def _decision(decided: Decided) -> str:
    """What was decided takes the place of what was proposed."""
    where = decided.where or decided.programme
    what = _what(DecisionKind(decided.kind).label, where, decided.starts_on, decided.ends_on)
    return _end(_("Decided %(day)s: %(what)s") % {"day": date_format(decided.decided_on), "what": what})


def _what(kind: object, where: str, first: dt.date | None, last: dt.date | None) -> str:
    what = f"{kind}, {shorten(where, 60)}" if where else str(kind)
    if first and last:
        return f"{what}, {date_format(first)}–{date_format(last)}"
    if first:
        return _("%(what)s, from %(date)s") % {"what": what, "date": date_format(first)}
    return what
