"""The participant's own copy of a summary: the same frozen data in short, plain sentences, to "you".

The Finnish follows the guidance for plain language (selkokieli): one matter in a sentence, common words, no
abbreviations, the person is spoken to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.enums import LEVEL_ORDER, Area, ProposalKind
from reports.enums import AftercareAnswer, DecisionKind
from reports.summary.present import shown_data
from reports.summary.wording import date_words, employer_name, label_of, span_words

LEVELS = [str(level) for level in LEVEL_ORDER]


@dataclass(frozen=True)
class PlainPart:
    """One matter: a heading and short sentences."""

    title: str
    sentences: list[str]


def plain_copy(version) -> list[PlainPart]:
    """What a SummaryVersion says, in plain words and the version's language. No queries.

    A block that is withheld or left out says nothing here either; an empty part has no heading.
    """
    data = shown_data(version)
    with translation.override(version.language):
        parts = (
            (_("Your month"), _month(data.get("basics"), version)),
            (_("Your goal"), _goal(data.get("start"))),
            (_("What you did"), _did(data.get("happened"), is_running=_is_running(version))),
            (_("What changed"), _changed(data.get("change"))),
            (_("What comes next"), _next(data.get("plan"), data.get("basics"))),
            (_("What is decided"), _decision(data.get("proposal"))),
            (_("Support after the month"), _support(data.get("aftercare"))),
            (_("What you said"), [version.participant_comment] if version.participant_comment else []),
        )
        made = [PlainPart(title, list(sentences)) for title, sentences in parts]
        return [part for part in made if part.sentences]


def _is_running(version) -> bool:
    """Whether the month went on for the person when the version was made."""
    basics = version.data.get("basics")
    made_on = timezone.localdate(version.created_at, timezone.get_default_timezone())
    return bool(basics) and made_on.isoformat() < (basics["left_on"] or basics["ends_on"])


def _month(block: dict | None, version) -> Iterator[str]:
    if block is None:
        return
    first, last = block["joined_on"] or block["starts_on"], block["left_on"] or block["ends_on"]
    span, coach = {"span": span_words(first, last)}, {"name": block["contact"]["name"]}
    if _is_running(version):
        yield _("You are in the coaching month %(span)s. It is not over yet.") % span
        yield _("Your coach is %(name)s.") % coach
    else:
        yield _("You were in the coaching month %(span)s.") % span
        yield _("Your coach was %(name)s.") % coach
    if version.is_provisional:
        yield _("This copy is provisional. It may still change.")


def _goal(block: dict | None) -> Iterator[str]:
    if block and block["goals"]:
        yield _("You wrote: %(goal)s") % {"goal": block["goals"][-1]["text"]}
        if len(block["goals"]) > 1:
            yield _("At the beginning your goal was: %(goal)s") % {"goal": block["goals"][0]["text"]}


def _did(block: dict | None, *, is_running: bool) -> Iterator[str]:
    if block is None or block["missing"]:
        return
    words = {"there": block["days_attended"], "all": block["days_arranged"]}
    if is_running:
        yield _("So far you have come on %(there)s days. There have been %(all)s days.") % words
    else:
        yield _("You came on %(there)s days. There were %(all)s days in all.") % words
    away = block["absent_health"] + block["absent_accepted"] + block["absent_unauthorised"]
    if away:
        yield ngettext("You were away on %(n)s day.", "You were away on %(n)s days.", away) % {"n": away}
    yield from _acts(block)
    for trial in block.get("work_trials") or ():
        words = {
            "where": employer_name(trial["employer"], trial["employer_withheld"]),
            "span": span_words(trial["starts_on"], trial["ends_on"]),
        }
        if is_running:
            yield _("Work trial: %(where)s, %(span)s.") % words
        else:
            yield _("You did a work trial: %(where)s, %(span)s.") % words
    if block["certificates"]:
        yield _("You got: %(names)s.") % {"names": ", ".join(block["certificates"])}


def _acts(block: dict) -> Iterator[str]:
    if n := block["calls"]:
        yield ngettext("You rang a workplace %(n)s time.", "You rang workplaces %(n)s times.", n) % {"n": n}
    if n := block["applications"]:
        yield ngettext("You applied for %(n)s job.", "You applied for %(n)s jobs.", n) % {"n": n}
    if n := block["interviews"]:
        yield (
            ngettext("You were at %(n)s job interview.", "You were at %(n)s job interviews.", n) % {"n": n}
        )
    if n := block["visits"]:
        yield ngettext("You visited %(n)s workplace.", "You visited %(n)s workplaces.", n) % {"n": n}


def _changed(block: dict | None) -> Iterator[str]:
    """By the coach's view, area by area."""
    stronger, same = [], []
    for area in block["areas"] if block else ():
        levels = area["coach_start"]["level"], area["coach_end"]["level"]
        if not all(level in LEVELS for level in levels):
            continue
        before, after = (LEVELS.index(level) for level in levels)
        name = label_of(Area, area["area"])
        if after > before:
            stronger.append(name)
        elif after == before:
            same.append(name)
    if stronger:
        yield _("These became stronger: %(names)s.") % {"names": ", ".join(stronger)}
    if same:
        yield _("These stayed as they were: %(names)s.") % {"names": ", ".join(same)}


def _next(block: dict | None, basics: dict | None) -> Iterator[str]:
    for step in block["steps"] if block else ():
        who = _("you") if _is_reader(step["who"], basics) else step["who"]
        words = {"what": step["what"].rstrip("."), "day": date_words(step["due_on"]), "who": who}
        if step["due_on"]:
            yield _("%(what)s. By %(day)s. Who does it: %(who)s.") % words
        else:
            yield _("%(what)s. Who does it: %(who)s.") % words


def _is_reader(who: str, basics: dict | None) -> bool:
    """Whether a step names the participant, by role or by name."""
    names = {_("Participant")}
    if basics:
        names |= {basics["first_name"], f"{basics['first_name']} {basics['last_name']}"}
    return who.strip().casefold() in {name.casefold() for name in names}


def _decision(block: dict | None) -> Iterator[str]:
    if block is None:
        return
    decided: dict[str, Any] | None = block.get("decision")
    if decided:
        what = label_of(DecisionKind, decided["kind"])
        day = date_words(decided["decided_on"])
        yield _("On %(day)s this was decided: %(what)s.") % {"day": day, "what": what}
        if decided["where"]:
            yield _("Where: %(where)s.") % {"where": decided["where"]}
    elif not block["missing"]:
        yield _("This is proposed: %(what)s.") % {"what": label_of(ProposalKind, block["kind"])}
        if block["where"]:
            yield _("Where: %(where)s.") % {"where": block["where"]}
        yield _("The office decides. It has not decided yet.")


def _support(block: dict | None) -> Iterator[str]:
    if block and block.get("answer") == AftercareAnswer.ACCEPTED and block["starts_on"]:
        words = {"span": span_words(block["starts_on"], block["ends_on"]), "name": block["carer"]}
        yield _("You get support %(span)s. %(name)s gives it.") % words
