"""What employers and work trials refuse, by name. Messages are sentences that a person can act on."""

from __future__ import annotations

from core.errors import DomainError
from employers.placement_terms import missing_term_sentence


class EmployerAlreadyExists(DomainError):
    """The business ID is on record already; `employer_id` says where."""

    def __init__(self, message: str, *, employer_id: int) -> None:
        super().__init__(message, field="business_id")
        self.employer_id = employer_id


class AlikeEmployers(DomainError):
    """Employers of a like name exist; `employer_ids` are shown before anything is saved."""

    def __init__(self, message: str, *, employer_ids: tuple[int, ...]) -> None:
        super().__init__(message)
        self.employer_ids = employer_ids


class PlacementOverlaps(DomainError):
    """The participant has another work trial on some of the days; `placement_id` says which, if known."""

    def __init__(self, message: str, *, placement_id: int | None = None) -> None:
        super().__init__(message, field="starts_on")
        self.placement_id = placement_id


class MoveNotAllowed(DomainError):
    """The transition table has no such move, or a condition of it does not hold today."""


class AgreementNotForEnded(DomainError):
    """An agreement is made before and during a work trial, not after it."""


class CannotMerge(DomainError):
    """The two employers cannot become one; the sentence says why and what to do."""


class TextChanged(DomainError):
    """What was read is not the text that is out for signing any more; nothing was signed."""


class SigningOver(DomainError):
    """The work trial has ended or never started: its agreement is not signed any more."""


class ScanUnreadable(DomainError):
    """The scan of a paper is no PDF, JPEG or PNG that can be opened, or it is too large."""


class TermsMissing(DomainError):
    """Required terms of a planned work trial are empty; `names` are their fields."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(missing_term_sentence(names[0]), field=names[0])
        self.names = names
