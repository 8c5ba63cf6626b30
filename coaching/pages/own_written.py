"""All that is written about one participant in a month, for the participant (architecture 7.5).

There are no hidden notes: what a coach writes about a person is read here by that person, in the same words.
Only the places of a protected person are left out; those are read together with the coach.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from coaching.models import CompetenceProfile, Enrolment, Proposal
from coaching.own.places import cover_for

PROFILE_FIELDS = (
    "strengths",
    "personality",
    "temperament",
    "suitable_tasks",
    "from_education",
    "from_work",
    "from_hobbies",
)


@dataclass(frozen=True)
class Entry:
    """One thing that was written: `facts` are (label, text) pairs, empty texts left out."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    day: dt.date | None = None


@dataclass(frozen=True)
class WrittenSection:
    """One kind of writing with its entries."""

    code: str
    title: str
    entries: list[Entry]


def written_page(place: Enrolment) -> list[WrittenSection]:
    """The sections that hold something; a query for each kind, and five more for a protected person."""
    makers = (
        ("goals", _("Goals"), _goals),
        ("discussions", _("Discussions"), _discussions),
        ("areas", _("How I and the coach see it"), _assessments),
        ("next", _("Next steps"), _next_steps),
        ("steps", _("Steps forward"), _steps),
        ("acts", _("Job search"), _acts),
        ("tips", _("Tips and praise to me"), _tips),
        ("profile", _("What I can and want"), _profile),
        ("workplaces", _("Workplaces that I would like"), _workplaces),
        ("interviews", _("Interviews"), _interviews),
        ("barriers", _("What stands in the way"), _barriers),
        ("proposal", _("Proposal for a decision"), _proposal),
    )
    sections = [WrittenSection(code, title, make(place)) for code, title, make in makers]
    if place.participant.is_restricted:
        sections = _without_places(place, sections)
    return [section for section in sections if section.entries]


def _without_places(place: Enrolment, sections: list[WrittenSection]) -> list[WrittenSection]:
    """The sections as they stand on a protected person's page."""
    cover = cover_for(place)
    return [
        replace(section, entries=[_covered(entry, cover) for entry in section.entries])
        for section in sections
        if section.code != "workplaces"
    ]


def _covered(entry: Entry, cover) -> Entry:
    facts = tuple((label, cover(text)) for label, text in entry.facts)
    return replace(entry, title=cover(str(entry.title)), facts=facts)


def _facts(row, *names: str) -> tuple[tuple[str, str], ...]:
    """The row's filled fields under their own labels; choices in words."""
    found = []
    for name in names:
        display = getattr(row, f"get_{name}_display", None)
        text = str(display() if display else getattr(row, name) or "")
        if text:
            found.append((str(row._meta.get_field(name).verbose_name), text))
    return tuple(found)


def _goals(place: Enrolment) -> list[Entry]:
    goals = [
        Entry(goal.text, _facts(goal, "why_changed"), goal.written_on)
        for goal in place.goals.order_by("-number")
    ]
    goals += [
        Entry(row.text, _facts(row, "area", "state"), row.set_on) for row in place.sub_goals.order_by("-id")
    ]
    goals += [
        Entry(row.text, ((_("kind"), str(row._meta.verbose_name)),))
        for row in place.goal_alternatives.order_by("-id")
    ]
    return goals


def _discussions(place: Enrolment) -> list[Entry]:
    names = ("present", "participant_view", "coach_view", "help_wanted", "help_answer", "agreed")
    return [
        Entry(talk.topic or talk.get_kind_display(), _facts(talk, *names), talk.held_on or talk.planned_on)
        for talk in place.discussions.order_by("-held_on", "-planned_on", "-id")
    ]


def _assessments(place: Enrolment) -> list[Entry]:
    entries = []
    for rows, name in ((place.area_assessments, "area"), (place.skill_assessments, "skill")):
        for row in rows.order_by(name, "moment", "viewpoint"):
            title = getattr(row, f"get_{name}_display")()
            view = f"{row.get_moment_display()}, {row.get_viewpoint_display()}"
            entries.append(Entry(title, ((view, f"{row.get_level_display()}. {row.sentence}".strip()),)))
    return entries


def _next_steps(place: Enrolment) -> list[Entry]:
    return [
        Entry(step.what, _facts(step, "how", "who", "alternative", "result"), step.done_on or step.due_on)
        for step in place.action_steps.order_by("due_on", "id")
    ]


def _steps(place: Enrolment) -> list[Entry]:
    return [
        Entry(step.text or step.get_kind_display(), _facts(step, "done_by"), step.day)
        for step in place.steps_forward.order_by("-day", "-id")
    ]


def _acts(place: Enrolment) -> list[Entry]:
    names = ("done_by",) if place.participant.is_restricted else ("text", "done_by")
    return [
        Entry(act.get_kind_display(), _facts(act, *names), act.day)
        for act in place.job_search_actions.order_by("-day", "-id")
    ]


def _tips(place: Enrolment) -> list[Entry]:
    return [
        Entry(tip.text, _facts(tip, "kind"), tip.session.held_on)
        for tip in place.tips_received.select_related("session").order_by("-session__held_on", "-id")
    ]


def _profile(place: Enrolment) -> list[Entry]:
    row = CompetenceProfile.objects.filter(enrolment=place).first()
    facts = _facts(row, *PROFILE_FIELDS) if row else ()
    return [Entry(_("My own words"), facts)] if facts else []


def _workplaces(place: Enrolment) -> list[Entry]:
    return [
        Entry(row.name, _facts(row, "colour", "why", "next_step"), row.contacted_on)
        for row in place.target_workplaces.order_by("id")
    ]


def _interviews(place: Enrolment) -> list[Entry]:
    where = () if place.participant.is_restricted else ("where",)
    return [
        Entry(row.get_kind_display(), _facts(row, *where, "went_well", "learned", "result"), row.held_on)
        for row in place.interviews.order_by("-held_on", "-id")
    ]


def _barriers(place: Enrolment) -> list[Entry]:
    return [
        Entry(row.text, _facts(row, "help_kind", "help_detail"), row.helped_on)
        for row in place.barriers.order_by("id")
    ]


def _proposal(place: Enrolment) -> list[Entry]:
    row = Proposal.objects.filter(enrolment=place).first()
    names = ("reason",) if place.participant.is_restricted else ("where", "reason")
    return [Entry(row.get_kind_display(), _facts(row, *names), row.starts_on)] if row else []
