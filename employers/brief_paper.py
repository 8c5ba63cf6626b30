"""The candidate brief as a page: a frozen dataclass, then HTML; the bytes of the PDF are made by a job.

One page, strengths first (evidence 003 F11, 004 F24). What it tells of the person is the frozen content, word
for word as approved; what it tells the employer about work trials (cost, insurance, whom to ring) is ours.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from employers.enums import BriefState
from employers.models import CandidateBrief, Placement
from participants.enums import BRIEF_ITEMS, ConsentItem

BRIEF_HEADINGS: dict[str, Promise] = {
    ConsentItem.STRENGTHS: _("My strengths"),
    ConsentItem.SKILLS: _("This goes well"),
    ConsentItem.EXPERIENCE: _("What I have learned"),
    ConsentItem.TRAINING: _("Training, certificates and cards"),
    ConsentItem.WISHES: _("Tasks that would suit me"),
    ConsentItem.SUPPORT: _("This helps me at work"),
    ConsentItem.CONTACT: _("How to reach me"),
}
ROOMY = 1700  # characters and line breaks that fit in the bigger letters; measured with WeasyPrint


@dataclass(frozen=True)
class BriefPaper:
    """All that the page shows. Labels are in `language`."""

    language: str
    organisation: str
    name: str
    employer: str
    sections: tuple[tuple[str, str], ...]
    contact_name: str
    contact_title: str
    contact_phone: str
    contact_email: str
    approved_on: dt.date | None
    size: str

    @property
    def is_empty(self) -> bool:
        return not self.sections


def hash_of(content: dict) -> str:
    """64 hex digits of what the participant approves: the language, the name and the texts."""
    told = {name: content.get(name) for name in ("language", "name", "items")}
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def contact_of_brief(brief: CandidateBrief) -> User | None:
    """The one of ours whom the employer rings: the coordinator of the work trial's month, else its coach,
    else the employer's named contact, else who made the brief. One query."""
    trials = Placement.objects.filter(participant=brief.participant_id, employer=brief.employer_id)
    trial = (
        trials.filter(month__isnull=False)
        .select_related("month__coordinator", "month__coach")
        .newest_first()
        .first()
    )
    if trial is not None:
        return trial.month.coordinator or trial.month.coach
    return brief.employer.own_contact or brief.created_by


def build_brief_paper(brief: CandidateBrief) -> BriefPaper:
    """The page of a brief with its employer loaded, in the brief's language."""
    language = brief.content.get("language") or brief.employer.language
    contact, items = contact_of_brief(brief), brief.items
    with translation.override(language):
        return BriefPaper(
            language=language,
            organisation=getattr(settings, "ORGANISATION_NAME", "") or "Valmennuskuukausi",
            name=brief.content.get("name", ""),
            employer=brief.employer.name,
            sections=tuple(
                (str(BRIEF_HEADINGS[item]), items[item]) for item in BRIEF_ITEMS if items.get(item)
            ),
            contact_name=contact.full_name if contact else "",
            contact_title=contact.title if contact else "",
            contact_phone=contact.phone if contact else "",
            contact_email=contact.email if contact else "",
            approved_on=brief.approved_on if brief.state == BriefState.APPROVED else None,
            size="roomy" if _weight(items) <= ROOMY else "full",
        )


def brief_html(paper: BriefPaper, *, template: str = "employers/pdf/brief.html") -> str:
    """The page in its own language; by default the whole document that becomes the PDF."""
    with translation.override(paper.language):
        return render_to_string(template, {"paper": paper})


def content_hash(html: str) -> str:
    """What is not changed is not made twice."""
    return hashlib.sha256(html.encode()).hexdigest()


def _weight(items: dict[str, str]) -> int:
    return sum(len(text) + 60 * text.count("\n") for text in items.values())
