"""From frozen codes to what people read, in the language of the document. Shared by page and PDF."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.enums import (
    LEVEL_ORDER,
    Area,
    DiscussionKind,
    Level,
    OnwardPath,
    ProposalKind,
)
from core.numbers import rounded
from employers.enums import FeedbackItem, HireChance, TakeAgain
from participants.enums import EducationLevel, LabourStatus
from reports.enums import (
    ApprovalMethod,
    Block,
    DecisionKind,
    MissingReason,
    TextField,
)
from reports.summary import charts
from reports.summary.acts import act_label
from reports.summary.present_after import present_aftercare, present_health
from reports.summary.present_happened import present_happened
from reports.summary.wording import (
    capital,
    date_words,
    employer_name,
    label_of,
    number_words,
    reason_words,
    span_words,
)

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
SNUG_FROM = 1850  # characters of page 1; from here on its lines stand closer
PAGE_ONE_FITS = 2380  # beyond it the details follow without a page break
VIEW_FITS_COLUMN = 700  # characters of one view; beyond it the views stand below each other
_LEVELS = [str(level) for level in LEVEL_ORDER]


def present(version) -> dict[str, Any]:
    """Everything that the templates of `templates/reports/blocks/` and the PDF show of a SummaryVersion."""
    with translation.override(version.language):
        data = shown_data(version)
        shown = {
            Block.BASICS: _basics,
            Block.START: _start,
            Block.HAPPENED: present_happened,
            Block.CHANGE: _change,
            Block.OPINIONS: _opinions,
            Block.PLAN: _plan,
            Block.PROPOSAL: _proposal,
            Block.AFTERCARE: present_aftercare,
            Block.HEALTH: present_health,
            Block.EMPLOYERS: _employers,
            Block.FINAL: _final,
        }
        blocks = {
            block.value: {**_head(block), **make(data[block.value], version)}
            for block, make in shown.items()
            if block.value in data
        }
        blocks[Block.PLAN_TEXT.value] = {**_head(Block.PLAN_TEXT), "text": version.plan_text}
        length = _length_of_page_one(blocks)
        return {
            "blocks": blocks,
            "basics": blocks.get(Block.BASICS.value),
            "start": blocks.get(Block.START.value),
            "page_one": [blocks[block.value] for block in PAGE_ONE if block.value in blocks],
            "page_two": [blocks[block.value] for block in PAGE_TWO if block.value in blocks],
            "is_snug": length > SNUG_FROM,
            "is_long": length > PAGE_ONE_FITS,
            **_frame(version),
        }


def shown_data(version) -> dict[str, Any]:
    """The frozen data without the blocks that the participant leaves out."""
    return {key: value for key, value in version.data.items() if key not in version.left_out}


# the block that each free text of the coach belongs to
BLOCK_OF_TEXT = {
    TextField.GOAL_CHANGE.value: Block.START.value,
    TextField.OVERALL.value: Block.CHANGE.value,
    TextField.AFTERCARE.value: Block.AFTERCARE.value,
    TextField.PLAN_TEXT.value: Block.PLAN_TEXT.value,
}


def shown_texts(version) -> dict[str, str]:
    """The coach's texts of the blocks that the document shows."""
    data = shown_data(version)
    return {
        key: text
        for key, text in version.texts.items()
        if BLOCK_OF_TEXT[key] in data or BLOCK_OF_TEXT[key] == Block.PLAN_TEXT
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
        *_decided_lines(blocks.get("proposal", {}).get("decision")),
        blocks["plan_text"]["text"],
    ]
    return sum(len(text) for text in texts)


def _decided_lines(decision: dict | None) -> list[str]:
    """The lines of a decision, each at least as long as a line is dear."""
    if decision is None:
        return []
    lines = [
        decision["kind"] + decision["facts"] + decision["who"],
        decision["conditions"],
        decision["comment"],
    ]
    return [line + " " * 60 for line in lines if line]


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
            "date": date_words(version.signed_on),
            "how": str(ApprovalMethod(version.signed_method).label),
        }
    return {
        "language": version.language,
        "title": _("Summary of the coaching month"),
        "recipient": version.data.get("basics", {}).get("authority", ""),
        "number": version.number,
        "made_on": date_words(made_on),
        "provisional": version.is_provisional,
        "hash": version.short_hash,
        "hash_groups": " ".join(version.short_hash[i : i + 4] for i in range(0, len(version.short_hash), 4)),
        "verify_address": address,
        "signed": signed or _("Not yet approved by the participant"),
        "organisation": getattr(settings, "ORGANISATION_NAME", "") or "Valmennuskuukausi",
    }


def _basics(block: dict, version) -> dict[str, Any]:
    contact = block["contact"]
    span = span_words(block["joined_on"] or block["starts_on"], block["left_on"] or block["ends_on"])
    group = ngettext("group of %(n)s", "group of %(n)s", block["group_size"]) % {"n": block["group_size"]}
    group = group.replace(" ", "\N{NO-BREAK SPACE}")
    reach = [part for part in (contact["phone"], contact["email"]) if part]
    rows = [
        (_("Participant"), f"{block['first_name']} {block['last_name']}"),
        (_("Date of birth"), date_words(block["birth_date"]) or _("not recorded")),
        (_("Month"), f"{block['month']}, {span}, {group}"),
        (_("Officer"), block["officer"] or _("not recorded")),
        (_("Coordinator"), block["coordinator"] or _("not named")),
        (_("Coach, gladly answers questions"), ", ".join([contact["name"], *reach])),
    ]
    return {"rows": rows, "name": rows[0][1]}


def _start(block: dict, version) -> dict[str, Any]:
    status = label_of(LabourStatus, block["labour_status"]) or _("status at the start not recorded")
    if block["unemployed_since"]:
        status = _("%(status)s, out of work since %(date)s") % {
            "status": status,
            "date": date_words(block["unemployed_since"]),
        }
    education = label_of(EducationLevel, block["education"])
    goals = block["goals"]
    changed = version.texts.get("goal_change", "")
    if not changed and len(goals) > 1:
        why = goals[-1]["why_changed"]
        changed = _("The goal became clearer %(date)s.") % {"date": date_words(goals[-1]["written_on"])}
        changed = f"{changed} {why}".strip()
    return {
        "status": capital(f"{status}; {education}" if education else status),
        "goal": goals[-1]["text"] if goals else "",
        "goal_on": date_words(goals[-1]["written_on"]) if goals else "",
        "first_goal": goals[0]["text"] if len(goals) > 1 else "",
        "first_goal_on": date_words(goals[0]["written_on"]) if len(goals) > 1 else "",
        "changed": changed,
        "missing": reason_words(block["missing"]),
    }


def _change(block: dict, version) -> dict[str, Any]:
    areas = []
    for area in block["areas"]:
        evidence = area["coach_end"]["sentence"] or area["participant_end"]["sentence"]
        areas.append(
            {
                "name": capital(label_of(Area, area["area"])),
                "participant": _change_words(area["participant_start"], area["participant_end"]),
                "coach": _change_words(area["coach_start"], area["coach_end"]),
                "evidence": evidence or area["coach_start"]["sentence"] or _("not written yet"),
            }
        )
    return {
        "areas": areas,
        "overall": version.texts.get("overall", ""),
        "missing": reason_words(block["missing"]),
    }


def _change_words(start: dict, end: dict) -> dict[str, str]:
    first, last = (label_of(Level, view["level"]) or _("not assessed yet") for view in (start, end))
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
    views = [
        {
            "who": who,
            "text": block[key].get("text", ""),
            "missing": _why_no_view(block[key]),
            "feedbacks": [_feedback(row) for row in block[key].get("feedbacks", ())],
        }
        for key, who in heads.items()
        if key in block
    ]
    is_long = any(_length_of_view(view) > VIEW_FITS_COLUMN for view in views)
    return {"views": views, "is_long": is_long}


def _length_of_view(view: dict) -> int:
    """How many characters a view has, with those of the workplaces' feedback."""
    feedbacks = [text for row in view["feedbacks"] for text in row.values()]
    return sum(len(text) for text in (view["text"], *feedbacks))


def _why_no_view(view: dict) -> str:
    sentence = reason_words(view["missing"])
    if view["missing"] == MissingReason.FEEDBACK_ASKED and view.get("asked_on"):
        return f"{sentence} ({_('asked %(date)s') % {'date': date_words(view['asked_on'])}})"
    return sentence


def _feedback(row: dict) -> dict[str, Any]:
    """One assessor's answers: the items with their number, the open answers, and the participant's word."""
    values = [answer["value"] for answer in row["answers"] if answer["value"] is not None]
    seen = [
        f"{label_of(FeedbackItem, answer['item'])} {answer['value']}"
        for answer in row["answers"]
        if answer["value"] is not None
    ]
    unseen = [label_of(FeedbackItem, answer["item"]) for answer in row["answers"] if answer["value"] is None]
    answer = ""
    if row["agrees"] is not None:
        answer = _("The participant agrees.") if row["agrees"] else _("The participant does not agree.")
    return {
        "who": ", ".join(part for part in (row["assessor"], date_words(row["given_on"])) if part),
        "average": number_words(rounded(sum(values) / len(values), 1)) if values else "",
        "seen": "; ".join(seen),
        "unseen": "; ".join(unseen),
        "take_again": label_of(TakeAgain, row["take_again"]),
        "succeeded": row["succeeded"],
        "differently": row["differently"],
        "answer": f"{answer} {row['participant_comment']}".strip(),
    }


def _plan(block: dict, version) -> dict[str, Any]:
    onward = ""
    if block["onward_path"]:
        onward = capital(label_of(OnwardPath, block["onward_path"]))
        details = [block["onward_detail"], span_words(block["onward_starts_on"], None)]
        onward = ", ".join([onward, *[detail for detail in details if detail]])
    return {
        "steps": [
            {
                "what": step["what"],
                "who": step["who"],
                "due": date_words(step["due_on"]) or _("no date"),
                "done": _("done %(date)s") % {"date": date_words(step["done_on"])} if step["done_on"] else "",
                "alternative": step["alternative"],
            }
            for step in block["steps"]
        ],
        "onward": onward,
        "missing": reason_words(block["missing"]),
    }


def _proposal(block: dict, version) -> dict[str, Any]:
    return {
        "kind": capital(label_of(ProposalKind, block["kind"])),
        "where": block["where"],
        "span": span_words(block["starts_on"], block["ends_on"]),
        "reason": block["reason"],
        "missing": reason_words(block["missing"]),
        "decision": _decision(block.get("decision")),
    }


def _decision(decided: dict | None) -> dict[str, str] | None:
    """What was decided, when and by whom; None before."""
    if decided is None:
        return None
    facts = [decided["where"], decided["programme"], span_words(decided["starts_on"], decided["ends_on"])]
    return {
        "kind": capital(label_of(DecisionKind, decided["kind"])),
        "facts": " · ".join(fact for fact in facts if fact),
        "who": _("%(who)s, %(date)s")
        % {"who": decided["decided_by"], "date": date_words(decided["decided_on"])},
        "conditions": decided["conditions"],
        "comment": decided["participant_comment"],
    }


def _employers(block: dict, version) -> dict[str, Any]:
    met = []
    for employer in block["met"]:
        how = employer["how"]
        met.append(
            {
                "name": employer_name(employer["name"], employer["name_withheld"]),
                "how": capital(_("work trial") if how == "work_trial" else act_label(how)),
                "chance": label_of(HireChance, employer["hire_chance"]) or "–",
            }
        )
    return {"met": met, "missing": reason_words(block["missing"])}


def _final(block: dict, version) -> dict[str, Any]:
    rows = []
    if block["kind"]:
        when = date_words(block["held_on"])
        if not when:
            when = _("planned for %(date)s") % {"date": date_words(block["planned_on"])}
        rows = [
            (capital(label_of(DiscussionKind, block["kind"])), when),
            (_("Present"), block["present"] or _("not held yet")),
            (_("Agreed"), block["agreed"] or _("nothing was changed")),
        ]
    rows.append((_("Participant's comment"), version.participant_comment or _("no comment")))
    return {"rows": rows, "missing": reason_words(block["missing"])}
