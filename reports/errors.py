"""What can go wrong with a summary, in words for the coach."""

from __future__ import annotations

from core.errors import DomainError


class SummaryIsReleased(DomainError):
    """A released version never changes."""


class WrongState(DomainError):
    """The summary is not where this step begins."""


class NobodyInTheGroup(DomainError):
    """A period end needs people."""


class AlreadyRunning(DomainError):
    """The summaries of the month are being made right now."""


class ReleaseRefused(DomainError):
    """Something mandatory is missing; `holes` (reports.summary.holes.Hole) name each."""

    def __init__(self, message: str, *, holes: tuple) -> None:
        super().__init__(message)
        self.holes = holes
