"""What the rules of people and access say no to."""

from core.errors import DomainError


class OwnAccountIsKept(DomainError):
    """Administrators do not take away their own access."""


class LastAdministratorStays(DomainError):
    """Somebody must be able to manage users."""


class PersonIsNotActive(DomainError):
    """A deactivated person gets no link."""


class AuthorityIsInUse(DomainError):
    """An authority with active officers stays in use."""
