"""What a pre-assignment says, in the language in which it is read. Pure functions over the stored texts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

PLAIN = "plain"
READINGS = ("fi", PLAIN, "sv", "en")  # the first is there when all else is missing
MOST_QUESTIONS = 8
ANSWER_LIMIT = 5000
GOAL_LIMIT = 2000  # what is written as the goal fits into a goal


@dataclass(frozen=True)
class Words:
    """One task in one language."""

    title: str
    introduction: str
    questions: tuple[str, ...]


def words_of(texts: Mapping, reading: str = "") -> Words:
    """The words in `reading` (fi, plain, sv, en; by default the language of the page), or in Finnish when
    they are missing."""
    chosen = texts.get(reading or (get_language() or "fi")[:2]) or texts.get(READINGS[0]) or {}
    return Words(
        title=chosen.get("title", ""),
        introduction=chosen.get("introduction", ""),
        questions=tuple(chosen.get("questions", ())),
    )


def number_of_questions(texts: Mapping) -> int:
    """How many answers there are room for."""
    return len(words_of(texts, READINGS[0]).questions)


def answer_limit(*, holds_goal: bool, index: int) -> int:
    """How long the answer to this question may be."""
    return GOAL_LIMIT if holds_goal and index == 0 else ANSWER_LIMIT


def fitted(answers, count: int) -> list[str]:
    """Exactly `count` texts: what is missing is empty."""
    given = [str(answer) for answer in answers][:count]
    return [*given, *[""] * (count - len(given))]


def template_fingerprint(template) -> str:
    """What a template says and asks, short: changes when somebody saves another one."""
    holds = [template.position, template.due_days_before, template.holds_goal, template.texts]
    return hashlib.sha256(json.dumps(holds, sort_keys=True).encode()).hexdigest()[:24]
