"""The competence profile on one page: queries to a frozen dataclass, to HTML; the bytes are made by a job.

It is the person's own paper, handed to the person: name, own words, valid certificates, and the skills that
the person rates as good or a strength. No contact details, nothing of health or barriers, no view of others.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from coaching.enums import Level, Moment, Viewpoint, WorkLifeSkill
from coaching.models import CompetenceProfile, Enrolment
from participants.models import Certificate

WAY_OUT = "profile.paper"
# what fits on one page in each size of letters, in characters of own words; measured with WeasyPrint
ROOMY, TIGHT, FULL = 2200, 2900, 3700


@dataclass(frozen=True)
class OwnCertificate:
    name: str
    expires_on: dt.date | None


@dataclass(frozen=True)
class ProfilePaper:
    """All that the paper shows. Labels are in `language`."""

    language: str
    organisation: str
    name: str
    who_i_am: tuple[tuple[str, str], ...]
    competence: tuple[tuple[str, str], ...]
    certificates: tuple[OwnCertificate, ...]
    strengths: tuple[str, ...]
    good: tuple[str, ...]
    size: str

    @property
    def is_empty(self) -> bool:
        return not (self.who_i_am or self.competence)

    @property
    def is_longer_than_a_page(self) -> bool:
        return self.size == "over"


def build_profile_paper(enrolment: Enrolment, *, today: dt.date) -> ProfilePaper:
    """The content in the person's language: three queries. `enrolment` has its participant loaded."""
    person = enrolment.participant
    profile = CompetenceProfile.objects.filter(enrolment=enrolment).first() or CompetenceProfile()
    with translation.override(person.language):
        who_i_am = _written(
            (_("My strengths"), profile.strengths),
            (_("What I am like"), profile.personality),
            (_("How I work best"), profile.temperament),
            (_("Tasks that would suit me"), profile.suitable_tasks),
        )
        competence = _written(
            (_("What I learned in education"), profile.from_education),
            (_("What I learned at work"), profile.from_work),
            (_("What I learned in hobbies and life"), profile.from_hobbies),
        )
        own = _own_skills(enrolment)
        return ProfilePaper(
            language=person.language,
            organisation=getattr(settings, "ORGANISATION_NAME", "") or "Valmennuskuukausi",
            name=person.full_name,
            who_i_am=who_i_am,
            competence=competence,
            certificates=tuple(
                OwnCertificate(row.name, row.expires_on)
                for row in Certificate.objects.filter(
                    Q(expires_on__isnull=True) | Q(expires_on__gte=today), participant=person
                ).order_by("name", "pk")
            ),
            strengths=own[Level.STRENGTH],
            good=own[Level.GOOD],
            size=_size(who_i_am + competence),
        )


def profile_paper_html(paper: ProfilePaper, *, template: str = "coaching/pdf/profile.html") -> str:
    """The paper in its own language; by default the whole document that becomes the PDF."""
    with translation.override(paper.language):
        return render_to_string(template, {"paper": paper})


def content_hash(html: str) -> str:
    """64 hex digits: what is not changed is not made twice."""
    return hashlib.sha256(html.encode()).hexdigest()


def _written(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text.strip()) for label, text in pairs if text.strip())


def _own_skills(enrolment: Enrolment) -> dict[str, tuple[str, ...]]:
    """The skills that the person rates as good or a strength, as last assessed."""
    order = {moment: number for number, moment in enumerate(Moment.values)}
    rows = enrolment.skill_assessments.filter(viewpoint=Viewpoint.PARTICIPANT)
    newest = {row.skill: row.level for row in sorted(rows, key=lambda row: order[row.moment])}
    return {
        level: tuple(str(skill.label) for skill in WorkLifeSkill if newest.get(skill.value) == level)
        for level in (Level.STRENGTH, Level.GOOD)
    }


def _size(sections: tuple[tuple[str, str], ...]) -> str:
    """How big the letters may be for one page: each line break costs as much as a line of text."""
    length = sum(len(text) + 60 * text.count("\n") + 120 for _label, text in sections)
    for limit, size in ((ROOMY, "roomy"), (TIGHT, "tight"), (FULL, "full")):
        if length <= limit:
            return size
    return "over"
