"""From frozen codes to what people read, in the language of the document. Shared by page and PDF."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from coaching.enums import (
    LEVEL_ORDER,
    Area,
    DiscussionKind,
    ExitKind,
    Level,
    OnwardPath,
    ProposalKind,
    StepKind,
)
from employers.enums import HireChance, PlacementPurpose, PlacementState
from participants.enums import EducationLevel, LabourStatus
from reports.enums import ApprovalMethod, Block, MissingReason
from reports.summary import charts

PAGE_ONE = (
    Block.BASICS,
    Block.START,
    Block.HAPPENED,
    Block.CHANGE,
    Block.PLAN,
    Block.PROPOSAL,
    Block.PLAN_TEXT,
)
PAGE_TWO = (Block.OPINIONS, Block.AFTERCARE, Block.HEALTH, Block.EMPLOYERS, Block.FINAL)
NEWEST_STEPS = 3
PAGE_ONE_FITS = 2080  # characters; beyond it the details follow without a page break
_LEVELS = [str(level) for level in LEVEL_ORDER]
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


def present(version) -> dict[str, Any]:
    """Everything that the templates of `templates/reports/blocks/` and the PDF show of a SummaryVersion."""
    with translation.override(version.language):
        data = version.data
        shown = {
            Block.BASICS: _basics,
            Block.START: _start,
            Block.HAPPENED: _happened,
            Block.CHANGE: _change,
            Block.OPINIONS: _opinions,
            Block.PLAN: _plan,
            Block.PROPOSAL: _proposal,
            Block.AFTERCARE: _aftercare,
            Block.HEALTH: _plain_reason,
            Block.EMPLOYERS: _employers,
            Block.FINAL: _final,
        }
        blocks = {
            block.value: {**_head(block), **make(data[block.value], version)}
            for block, make in shown.items()
            if block.value in data
        }
        blocks[Block.PLAN_TEXT.value] = {**_head(Block.PLAN_TEXT), "text": version.plan_text}
        return {
            "blocks": blocks,
            "basics": blocks.get(Block.BASICS.value),
            "start": blocks.get(Block.START.value),
            "page_one": [blocks[block.value] for block in PAGE_ONE if block.value in blocks],
            "page_two": [blocks[block.value] for block in PAGE_TWO if block.value in blocks],
            "is_long": _length_of_page_one(blocks) > PAGE_ONE_FITS,
            **_frame(version),
        }


def _length_of_page_one(blocks: dict[str, dict]) -> int:
    """How many characters of free text, and lines of lists, the first page has to hold."""
    start, change = blocks.get("start", {}), blocks.get("change", {})
    happened, plan = blocks.get("happened", {}), blocks.get("plan", {})
    texts = [
        *(start.get(key, "") for key in ("goal", "first_goal", "changed")),
        *(trial["tasks"] + " " * 90 for trial in happened.get("work_trials", ())),
        *(step["text"] for step in happened.get("steps", ())),
        *(area["evidence"] for area in change.get("areas", ())),
        *(step["what"] + step["alternative"] + " " * 40 for step in plan.get("steps", ())),
        blocks.get("proposal", {}).get("reason", ""),
        blocks["plan_text"]["text"],
    ]
    return sum(len(text) for text in texts)


def _head(block: Block) -> dict[str, str]:
    return {
        "title": str(block.label),
        "code": block.value,
        "template": f"reports/blocks/_{block.value}.html",
    }


def _frame(version) -> dict[str, Any]:
    made_on = timezone.localdate(version.created_at, timezone.get_default_timezone())
    address = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("verify-summary", args=[version.short_hash])
    signed = ""
    if version.signed_on:
        signed = _("Approved by the participant %(date)s, %(how)s") % {
            "date": _date(version.signed_on),
            "how": str(ApprovalMethod(version.signed_method).label),
        }
    return {
        "language": version.language,
        "title": _("Summary of the coaching month"),
        "recipient": version.data.get("basics", {}).get("authority", ""),
        "number": version.number,
        "made_on": _date(made_on),
        "provisional": version.is_provisional,
        "hash": version.short_hash,
        "hash_groups": " ".join(version.short_hash[i : i + 4] for i in range(0, len(version.short_hash), 4)),
        "verify_address": address,
        "signed": signed or _("Not yet approved by the participant"),
        "organisation": getattr(settings, "ORGANISATION_NAME", "") or "Valmennuskuukausi",
    }


def _date(value: str | dt.date | None) -> str:
    if not value:
        return ""
    return date_format(dt.date.fromisoformat(value) if isinstance(value, str) else value)


def _span(start: str | None, end: str | None) -> str:
    if start and end:
        return f"{_date(start)}–{_date(end)}"
    if start:
        return _("from %(date)s") % {"date": _date(start)}
    return _("until %(date)s") % {"date": _date(end)} if end else ""


def _reason(code: str) -> str:
    return str(MissingReason(code).label) if code else ""


def _label(choices, code: str) -> str:
    return str(choices(code).label) if code else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plain_reason(block: dict, version) -> dict[str, Any]:
    return {"missing": _reason(block["missing"])}


def _basics(block: dict, version) -> dict[str, Any]:
    contact = block["contact"]
    span = _span(block["joined_on"] or block["starts_on"], block["left_on"] or block["ends_on"])
    group = ngettext("group of %(n)s", "group of %(n)s", block["group_size"]) % {"n": block["group_size"]}
    reach = [part for part in (contact["phone"], contact["email"]) if part]
    rows = [
        (_("Participant"), f"{block['first_name']} {block['last_name']}"),
        (_("Date of birth"), _date(block["birth_date"]) or _("not recorded")),
        (_("Month"), f"{block['month']}, {span}, {group}"),
        (_("Officer"), block["officer"] or _("not recorded")),
        (_("Coordinator"), block["coordinator"] or _("not named")),
        (_("Coach, gladly answers questions"), ", ".join([contact["name"], *reach])),
    ]
    return {"rows": rows, "name": rows[0][1]}


def _start(block: dict, version) -> dict[str, Any]:
    status = _label(LabourStatus, block["labour_status"]) or _("status at the start not recorded")
    if block["unemployed_since"]:
        status = _("%(status)s, out of work since %(date)s") % {
            "status": status,
            "date": _date(block["unemployed_since"]),
        }
    education = _label(EducationLevel, block["education"])
    goals = block["goals"]
    changed = version.texts.get("goal_change", "")
    if not changed and len(goals) > 1:
        why = goals[-1]["why_changed"]
        changed = _("The goal became clearer %(date)s.") % {"date": _date(goals[-1]["written_on"])}
        changed = f"{changed} {why}".strip()
    return {
        "status": _capital(f"{status}; {education}" if education else status),
        "goal": goals[-1]["text"] if goals else "",
        "goal_on": _date(goals[-1]["written_on"]) if goals else "",
        "first_goal": goals[0]["text"] if len(goals) > 1 else "",
        "first_goal_on": _date(goals[0]["written_on"]) if len(goals) > 1 else "",
        "changed": changed,
        "missing": _reason(block["missing"]),
    }


def _happened(block: dict, version) -> dict[str, Any]:
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
                "%(n)s session is not logged yet.",
                "%(n)s sessions are not logged yet.",
                block["sessions_unlogged"],
            )
            % {"n": block["sessions_unlogged"]}
        )
    if block["exit_kind"] and block["exit_kind"] != ExitKind.COMPLETED:
        reason = f": {block['exit_reason']}" if block["exit_reason"] else ""
        notes.append(f"{_capital(_label(ExitKind, block['exit_kind']))}{reason}.")
    return {
        "figures": figures,
        "strip": _strip(block, attended, away),
        "work_trials": _work_trials(block.get("work_trials")),
        "has_work_trials": "work_trials" in block,
        "no_work_trial": _reason(MissingReason.NO_WORK_TRIAL),
        "certificates": ", ".join(block["certificates"]) or _("none in this period"),
        "steps": [
            {"day": _date(s["day"]), "text": s["text"], "kind": _capital(_label(StepKind, s["kind"]))}
            for s in steps
        ],
        "more_steps": (
            ngettext("and %(n)s earlier step", "and %(n)s earlier steps", more) % {"n": more} if more else ""
        ),
        "notes": notes,
        "missing": _reason(block["missing"]),
    }


def _strip(block: dict, attended: str, away: str) -> dict[str, Any]:
    days = [day for day in block["strip"] if day["verdict"] not in ("holiday", "nothing")]
    two_rows = "work_trials" in block and any(day["work_trial"] for day in days)
    drawn = []
    for day in days:
        if two_rows:
            kinds = [_kind(day["coaching"], day["verdict"]), _KIND_OF_MARK.get(day["work_trial"], "accepted")]
        else:
            kinds = [_KIND_OF_VERDICT.get(day["verdict"], "off")]
        drawn.append((dt.date.fromisoformat(day["day"]), kinds))
    names = {
        "present": _("attended"),
        "health": _("illness"),
        "accepted": _("other accepted reason"),
        "unauthorised": _("no accepted reason"),
        "unmarked": _("not logged yet"),
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


def _kind(mark: str, verdict: str) -> str:
    if not mark:
        return "unmarked" if verdict in ("unmarked", "unlogged") else "off"
    return _KIND_OF_MARK.get(mark, "accepted")


def _work_trials(trials: list[dict] | None) -> list[dict[str, str]]:
    shown = []
    for trial in trials or []:
        hours = trial["hours_logged"]
        worked = ngettext("%(n)s day", "%(n)s days", trial["days_attended"]) % {"n": trial["days_attended"]}
        if hours:
            worked += ", " + _("%(hours)s h") % {"hours": _number(hours)}
        state = _label(PlacementState, trial["state"])
        if trial["ended_reason"]:
            state = f"{state}: {trial['ended_reason']}"
        shown.append(
            {
                "employer": _employer(trial["employer"], trial["employer_withheld"]),
                "span": _span(trial["starts_on"], trial["ends_on"]),
                "hours": _("%(hours)s h a day") % {"hours": _number(trial["hours_per_day"])},
                "worked": worked,
                "tasks": trial["tasks"],
                "purpose": _capital(_label(PlacementPurpose, trial["purpose"])),
                "state": state,
            }
        )
    return shown


def _number(value: float) -> str:
    return number_format(round(value, 2), decimal_pos=0 if float(value).is_integer() else 1)


def _employer(name: str, withheld: bool) -> str:
    return _("the workplace is not named") if withheld else name


def _change(block: dict, version) -> dict[str, Any]:
    areas = []
    for area in block["areas"]:
        evidence = area["coach_end"]["sentence"] or area["participant_end"]["sentence"]
        areas.append(
            {
                "name": _capital(_label(Area, area["area"])),
                "participant": _change_words(area["participant_start"], area["participant_end"]),
                "coach": _change_words(area["coach_start"], area["coach_end"]),
                "evidence": evidence or area["coach_start"]["sentence"] or _("not written yet"),
            }
        )
    return {
        "areas": areas,
        "overall": version.texts.get("overall", ""),
        "missing": _reason(block["missing"]),
    }


def _change_words(start: dict, end: dict) -> dict[str, str]:
    first, last = (_label(Level, view["level"]) or _("not assessed yet") for view in (start, end))
    steps = [_LEVELS.index(view["level"]) if view["level"] in _LEVELS else None for view in (start, end)]
    same = start["level"] == end["level"]
    words = last if same else f"{first} → {last}"
    alt = _("at the start %(start)s, at the end %(end)s") % {"start": first, "end": last}
    return {"words": words, "alt": alt, "chart": charts.change(*steps)}


def _opinions(block: dict, version) -> dict[str, Any]:
    heads = {
        "participant": _("Participant"),
        "coach": _("Coach"),
        "employer": _("Workplace"),
    }
    return {
        "views": [
            {"who": who, "text": block[key]["text"], "missing": _reason(block[key]["missing"])}
            for key, who in heads.items()
            if key in block
        ]
    }


def _plan(block: dict, version) -> dict[str, Any]:
    onward = ""
    if block["onward_path"]:
        onward = _capital(_label(OnwardPath, block["onward_path"]))
        details = [block["onward_detail"], _span(block["onward_starts_on"], None)]
        onward = ", ".join([onward, *[detail for detail in details if detail]])
    return {
        "steps": [
            {
                "what": step["what"],
                "who": step["who"],
                "due": _date(step["due_on"]) or _("no date"),
                "done": _("done %(date)s") % {"date": _date(step["done_on"])} if step["done_on"] else "",
                "alternative": step["alternative"],
            }
            for step in block["steps"]
        ],
        "onward": onward,
        "missing": _reason(block["missing"]),
    }


def _proposal(block: dict, version) -> dict[str, Any]:
    return {
        "kind": _capital(_label(ProposalKind, block["kind"])),
        "where": block["where"],
        "span": _span(block["starts_on"], block["ends_on"]),
        "reason": block["reason"],
        "missing": _reason(block["missing"]),
    }


def _aftercare(block: dict, version) -> dict[str, Any]:
    text = version.texts.get("aftercare", "")
    return {"text": text, "missing": "" if text else _reason(block["missing"])}


def _employers(block: dict, version) -> dict[str, Any]:
    met = []
    for employer in block["met"]:
        how = employer["how"]
        met.append(
            {
                "name": _employer(employer["name"], employer["name_withheld"]),
                "how": _capital(_("work trial") if how == "work_trial" else _label(StepKind, how)),
                "chance": _label(HireChance, employer["hire_chance"]) or "–",
            }
        )
    return {"met": met, "missing": _reason(block["missing"])}


def _final(block: dict, version) -> dict[str, Any]:
    rows = []
    if block["kind"]:
        when = _date(block["held_on"])
        if not when:
            when = _("planned for %(date)s") % {"date": _date(block["planned_on"])}
        rows = [
            (_capital(_label(DiscussionKind, block["kind"])), when),
            (_("Present"), block["present"] or _("not held yet")),
            (_("Agreed"), block["agreed"] or _("nothing was changed")),
        ]
    rows.append((_("Participant's comment"), version.participant_comment or _("no comment")))
    return {"rows": rows, "missing": _reason(block["missing"])}
