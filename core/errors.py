"""Failures that a person can act on."""


class DomainError(Exception):
    """A rule said no. `str(error)` is a sentence in the user's language; `field` names the form field
    at which it belongs ("" for the whole form)."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class StaleVersion(DomainError):
    """Somebody else saved in between; nothing was overwritten."""


class AccessDenied(DomainError):
    """The person knows the object but lacks the right; answered with 403 and the sentence."""


class LinkGone(DomainError):
    """A personal link is expired, revoked or locked; answered with 410 and what to do next."""


class GoThereFirst(Exception):
    """Another page of ours has to be passed before this one: the answer is the way to it."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address
