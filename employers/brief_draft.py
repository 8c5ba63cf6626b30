"""What a candidate brief could say: first texts from what the person wrote in the month.

Strengths come first, and nothing of barriers, absence or health is ever read here (architecture 7.6). The
wording is then made by people and approved by the person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coaching.enums import Level, Moment, Viewpoint, WorkLifeSkill
from coaching.models import CompetenceProfile, Enrolment, GoalVersion, SkillAssessment
from participants.enums import ConsentItem
from participants.models import Certificate, Participant

ITEM_CHARACTERS, ITEM_LINES = 450, 6  # six such items and the facts fill one page; measured with WeasyPrint


def draft_items(
    participant: Participant, items: Iterable[str], *, language: str, today: dt.date
) -> dict[str, str]:
    """First texts for `items` (ConsentItem values) in `language`; those of which nothing is known are "".

    At most five queries; `items` decides what is read at all.
    """
    place = _newest_place(participant)
    profile = CompetenceProfile.objects.filter(enrolment=place).first() or CompetenceProfile()
    writers = {
        ConsentItem.STRENGTHS: lambda: _joined(profile.strengths, profile.personality),
        ConsentItem.SKILLS: lambda: _skills(place),
        ConsentItem.EXPERIENCE: lambda: _joined(profile.from_work, profile.from_hobbies),
        ConsentItem.TRAINING: lambda: _joined(profile.from_education, _certificates(participant, today)),
        ConsentItem.WISHES: lambda: _joined(profile.suitable_tasks, _goal(place)),
        ConsentItem.SUPPORT: lambda: profile.temperament,
        ConsentItem.CONTACT: lambda: contact_text(participant),
    }
    with translation.override(language):
        return {str(item): shortened(writers[item]()) for item in items}


def contact_text(participant: Participant) -> str:
    """The whole name with phone and e-mail; of a protected person the name alone."""
    lines = [participant.full_name]
    if not participant.is_restricted:
        lines += [participant.phone, participant.email]
    return "\n".join(line for line in lines if line)


def shortened(text: str) -> str:
    """At most what fits in one item of the page, cut at a word."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    text = "\n".join(lines[:ITEM_LINES])
    if len(text) <= ITEM_CHARACTERS:
        return text
    return text[: ITEM_CHARACTERS - 1].rsplit(None, 1)[0] + "…"


def _newest_place(participant: Participant) -> Enrolment | None:
    places = participant.enrolments.exclude(state="cancelled")
    return places.order_by("-month__starts_on", "-id").first()


def _joined(*texts: str) -> str:
    return "\n".join(text.strip() for text in texts if text.strip())


def _skills(place: Enrolment | None) -> str:
    """The skills that the person rates as good or a strength, as last assessed."""
    order = {moment: number for number, moment in enumerate(Moment.values)}
    rows = SkillAssessment.objects.filter(enrolment=place, viewpoint=Viewpoint.PARTICIPANT)
    newest = {row.skill: row for row in sorted(rows, key=lambda row: order[row.moment])}
    best = [newest[skill.value] for skill in WorkLifeSkill if skill.value in newest]
    lines = []
    for level in (Level.STRENGTH, Level.GOOD):
        for row in best:
            if row.level == level:
                word = str(WorkLifeSkill(row.skill).label)
                word = word[:1].upper() + word[1:]
                lines.append(f"{word}: {row.sentence}" if row.sentence else word)
    return "\n".join(lines)


def _certificates(participant: Participant, today: dt.date) -> str:
    valid = Q(expires_on__isnull=True) | Q(expires_on__gte=today)
    rows = Certificate.objects.filter(valid, participant=participant).order_by("name", "pk")
    return "\n".join(
        _("%(name)s (valid until %(day)s)") % {"name": row.name, "day": date_format(row.expires_on)}
        if row.expires_on
        else row.name
        for row in rows
    )


def _goal(place: Enrolment | None) -> str:
    goal = GoalVersion.objects.filter(enrolment=place).order_by("-number").first()
    return _("My goal: %(goal)s") % {"goal": goal.text} if goal else ""
