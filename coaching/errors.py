"""What the month refuses, by name. Messages are sentences that a person can act on."""

from django.utils.translation import gettext as _

from core.errors import DomainError


class MonthAlreadyClosed(DomainError):
    """The month was closed; its data stands unless the coach opens it again."""

    def __init__(self) -> None:
        super().__init__(_("This month has been closed. Its coach can open it again with a reason."))


class MonthCancelled(DomainError):
    """The month never took place."""

    def __init__(self) -> None:
        super().__init__(_("This month was cancelled, so nothing is recorded in it."))


class MonthAlreadyExists(DomainError):
    """The same month is saved already (a second click, another tab). `month_id` says which."""

    def __init__(self, month_id: int) -> None:
        self.month_id = month_id
        super().__init__(_("This month had already been saved, so nothing was made twice."))


class OfficerMissing(DomainError):
    """The responsible officer is required before the month starts (issue 2, section 3.2)."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The month has begun, so the person needs a responsible officer first. "
                "Add the officer on the person's own page, then come back."
            )
        )


class AlreadyInAMonth(DomainError):
    """One person is in one group at a time."""


def require_open(month) -> None:
    """Refuse every change in a month that is closed or cancelled.

    Raises MonthAlreadyClosed or MonthCancelled. Services call it on the locked row.
    """
    if month.state == "closed":
        raise MonthAlreadyClosed
    if month.state == "cancelled":
        raise MonthCancelled
