"""Blocks 8 and 9, what goes on after the month, from codes to words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.enums import AftercareAnswer
from reports.summary.wording import (
    capital,
    date_words,
    label_of,
    number_words,
    reason_words,
    span_words,
)


def present_aftercare(block: dict, version) -> dict[str, Any]:
    """Block 8: the coach's words and what was offered, granted and used."""
    text = version.texts.get("aftercare", "")
    rows = _aftercare_rows(block) if block.get("offered_on") else []
    return {"text": text, "rows": rows, "missing": "" if text or rows else reason_words(block["missing"])}


def _aftercare_rows(block: dict) -> list[tuple[str, str]]:
    """Offered, answered, granted, approved, used: only what there is."""
    answer = capital(label_of(AftercareAnswer, block["answer"]))
    rows = [
        (_("Offered"), date_words(block["offered_on"])),
        (
            pgettext("aftercare", "Answer"),
            ", ".join(part for part in (answer, date_words(block["answered_on"])) if part),
        ),
        (_("Need of support"), block["needs"]),
    ]
    if block["answer"] == AftercareAnswer.ACCEPTED:
        hours = {
            "used": number_words(block["used_minutes"] / 60),
            "most": number_words(block["most_minutes"] / 60),
        }
        rows += [
            (_("Who takes care"), block["carer"]),
            (_("When"), span_words(block["starts_on"], block["ends_on"])),
            (_("Hours"), _("%(used)s h used of %(most)s h") % hours),
            (_("Approved by"), _approvals(block)),
        ]
    return [(label, words) for label, words in rows if words]


def _approvals(block: dict) -> str:
    coach, office = date_words(block["coach_approved_on"]), date_words(block["officer_approved_on"])
    said = [
        _("coach %(date)s") % {"date": coach} if coach else "",
        f"{block['officer']} {office}" if office else "",
    ]
    return ", ".join(part for part in said if part) or _("not approved yet")


def present_health(block: dict, version) -> dict[str, Any]:
    """Yes or no and where helped on to; never a diagnosis."""
    needed = block.get("is_needed")
    if needed is None:
        return {"text": "", "missing": reason_words(block["missing"])}
    text = _("A further examination is needed.") if needed else _("No further examination is needed.")
    if block["referred_to"]:
        where = ", ".join(part for part in (block["referred_to"], date_words(block["referred_on"])) if part)
        text += " " + _("Helped on to: %(where)s.") % {"where": where}
    return {"text": text, "missing": ""}
