"""What the services of the month share."""

from __future__ import annotations

from django.utils.translation import gettext as _

from coaching.errors import require_open
from coaching.models import CoachingMonth
from core.errors import AccessDenied, StaleVersion


def lock_month(month_id: int) -> CoachingMonth:
    """The month's row, locked until the end of the transaction: whoever comes second waits."""
    return CoachingMonth.objects.select_for_update(of=("self",)).get(pk=month_id)


def lock_open_month(month_id: int) -> CoachingMonth:
    """As `lock_month`; raises MonthAlreadyClosed or MonthCancelled."""
    month = lock_month(month_id)
    require_open(month)
    return month


def require_version(row, version: int) -> None:
    """Raises StaleVersion when somebody saved `row` (locked) after `version` was shown."""
    if row.version != version:
        raise StaleVersion(
            _(
                "Somebody else changed this while you were writing. What is saved now is shown beside your "
                "text; nothing was overwritten. Look at both and save again."
            )
        )


def require(allowed: bool, sentence: str) -> None:
    """Raises AccessDenied with the sentence unless `allowed`."""
    if not allowed:
        raise AccessDenied(sentence)
