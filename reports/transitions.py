"""The one table of the summary's states: who may move it from where to where (te-summary.md, States)."""

from __future__ import annotations

from accounts.enums import Role
from reports.enums import SummaryState as S

TRANSITIONS: dict[tuple[str, str], frozenset[str]] = {
    (S.DRAFT, S.PARTICIPANT_REVIEW): frozenset({Role.COACH}),
    # taken back to be edited before the participant has approved it
    (S.PARTICIPANT_REVIEW, S.DRAFT): frozenset({Role.COACH}),
    (S.PARTICIPANT_REVIEW, S.APPROVED): frozenset({Role.COACH}),
    (S.APPROVED, S.RELEASED): frozenset({Role.COACH}),
    # edited after the participant's approval: a new version takes its place
    (S.PARTICIPANT_REVIEW, S.SUPERSEDED): frozenset({Role.COACH}),
    (S.APPROVED, S.SUPERSEDED): frozenset({Role.COACH}),
    # a newer version was released
    (S.RELEASED, S.SUPERSEDED): frozenset({Role.COACH}),
}


def may_move(role: str, state: str, target: str) -> bool:
    """Whether a user of `role` may move an own summary from `state` to `target`."""
    return role in TRANSITIONS.get((state, target), frozenset())
