"""What the month knows of a person: the sections of their own export, and how it is forgotten.

The labels are the fields' own names, so a new field is a word in one list. Figures stay after forgetting
(days, kinds, levels, outcomes); every text goes, and what is nothing but text goes with its row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.core.files.storage import default_storage
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coaching.models import (
    ActionStep,
    AreaAssessment,
    AttendanceMark,
    Barrier,
    CompetenceProfile,
    Discussion,
    Enrolment,
    GoalAlternative,
    GoalVersion,
    IndividualTime,
    Interview,
    JobSearchAction,
    MarkCorrection,
    PreAssignment,
    ProfileFile,
    Proposal,
    Selection,
    SharedTip,
    SkillAssessment,
    StepForward,
    SubGoal,
    TargetWorkplace,
)
from coaching.pre_assignment_data import pre_assignment_section
from coaching.services.profile import PROFILE_FIELDS
from core.registry import anonymisers, person_sections
from participants.models import Participant

NAMELESS = "–"
BY_ENROLMENT = "enrolment__participant"


@dataclass(frozen=True)
class Kept:
    """One table: what of it stands in the export, what is stripped, and how its rows belong to the person.

    `words` are stripped to "–", `empty` to ""; `goes` drops the rows themselves.
    """

    model: type[models.Model]
    shown: tuple[str, ...]
    words: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    goes: bool = False
    owner: str = BY_ENROLMENT


KEPT = (
    Kept(
        Enrolment,
        (
            "month",
            "joined_on",
            "left_on",
            "aim",
            "exit_kind",
            "exit_reason",
            "ended_by",
            "support_after",
            "onward_path",
            "onward_detail",
            "onward_starts_on",
        ),
        words=("exit_reason",),
        empty=("support_after", "onward_detail"),
        owner="participant",
    ),
    Kept(
        Selection,
        ("month", "planned_at", "held_on", "aim", "wishes", "decision", "reason", "decided_on"),
        words=("reason",),
        empty=("wishes",),
        owner="participant",
    ),
    Kept(AttendanceMark, ("day", "half", "mark", "minutes_late", "minutes_left_early", "hours")),
    Kept(MarkCorrection, ("day", "half", "before", "after", "reason"), words=("reason",)),
    Kept(
        GoalVersion,
        ("number", "text", "why_changed", "written_on", "by_link"),
        words=("text",),
        empty=("why_changed",),
    ),
    Kept(SubGoal, ("area", "text", "state", "set_on", "closed_on"), words=("text",)),
    Kept(GoalAlternative, ("text", "set_aside_on"), goes=True),
    Kept(PreAssignment, ("sent_at", "texts", "answers", "returned_at", "seen_at"), goes=True),
    Kept(
        Discussion,
        (
            "kind",
            "topic",
            "planned_on",
            "held_on",
            "present",
            "participant_view",
            "coach_view",
            "help_wanted",
            "help_answer",
            "agreed",
        ),
        words=("present", "participant_view", "coach_view"),
        empty=("topic", "help_wanted", "help_answer", "agreed"),
    ),
    Kept(AreaAssessment, ("area", "moment", "viewpoint", "level", "sentence"), words=("sentence",)),
    Kept(SkillAssessment, ("skill", "moment", "viewpoint", "level", "sentence"), empty=("sentence",)),
    Kept(CompetenceProfile, PROFILE_FIELDS, goes=True),
    Kept(Barrier, ("text", "help_kind", "help_detail", "helped_on", "solved_on"), goes=True),
    Kept(TargetWorkplace, ("name", "colour", "why", "next_step", "contacted_on"), goes=True),
    Kept(
        Interview,
        ("kind", "held_on", "where", "went_well", "learned", "result"),
        empty=("where", "went_well", "learned", "result"),
    ),
    Kept(StepForward, ("day", "text", "done_by"), words=("text",)),
    Kept(JobSearchAction, ("day", "kind", "text", "done_by"), words=("text",)),
    Kept(SharedTip, ("kind", "text", "recorded_at"), words=("text",), owner="given_by__participant"),
    Kept(IndividualTime, ("day", "minutes")),
    Kept(
        ActionStep,
        ("what", "how", "who", "due_on", "alternative", "done_on", "result", "goal_area"),
        words=("what", "who"),
        empty=("how", "alternative", "result"),
    ),
    Kept(
        Proposal,
        ("kind", "where", "starts_on", "ends_on", "reason"),
        words=("reason",),
        empty=("where",),
    ),
)


def section_of(kept: Kept, participant: Participant) -> tuple[str, list[dict]]:
    """(title, rows) of one table for the person's own export; choices in words. One query."""
    rows = kept.model.objects.filter(**{kept.owner: participant}).order_by("pk")
    if "month" in kept.shown:
        rows = rows.select_related("month")
    return capfirst(str(kept.model._meta.verbose_name_plural)), [
        {str(_label(kept.model, name)): _value(row, name) for name in kept.shown} for row in rows
    ]


def praise_section(participant: Participant) -> tuple[str, list[dict]]:
    """What others of the group said to the person; who said it is theirs."""
    rows = SharedTip.objects.filter(given_to__participant=participant).order_by("pk")
    return _("Tips and praise to the person"), [
        {_("kind"): row.get_kind_display(), _("what was said"): row.text} for row in rows
    ]


def forget_month(participant: Participant) -> int:
    """Strip everything of the month that names or describes the person; how many rows lost something.

    Call it inside the transaction of the retention run.
    """
    changed = _forget_files(participant)
    for kept in KEPT:
        rows = kept.model.objects.filter(**{kept.owner: participant})
        if kept.goes:
            changed += rows.delete()[0]
        elif kept.words or kept.empty:
            strip = dict.fromkeys(kept.words, NAMELESS) | dict.fromkeys(kept.empty, "")
            changed += rows.update(**strip)
    return changed + SharedTip.objects.filter(given_to__participant=participant).update(text=NAMELESS)


def register_person_data() -> None:
    """Give the sections and the forgetting to the house's registries."""
    for kept in KEPT:
        person_sections.add(_SECTIONS[kept.model])
    person_sections.add(praise_section)
    anonymisers.add(forget_month)


_SECTIONS = {kept.model: partial(section_of, kept) for kept in KEPT}
_SECTIONS[PreAssignment] = pre_assignment_section  # each answer under its question, in the reader's language


def _label(model: type[models.Model], name: str) -> str:
    return model._meta.get_field(name).verbose_name


def _value(row: models.Model, name: str):
    if name == "month":
        return row.month.name
    display = getattr(row, f"get_{name}_display", None)
    return display() if display else getattr(row, name)


def _forget_files(participant: Participant) -> int:
    files = ProfileFile.objects.filter(enrolment__participant=participant)
    for name in files.exclude(file="").values_list("file", flat=True):
        default_storage.delete(name)
    return files.delete()[0]
