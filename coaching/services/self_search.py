"""Writing until when the people of a month look for a place themselves."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import audit
from coaching.access import can_set_self_search
from coaching.models import CoachingMonth
from coaching.services.common import lock_open_month, require
from core.errors import DomainError, StaleVersion


@transaction.atomic
def set_self_search(
    *, actor, month: CoachingMonth, until: dt.date | None, was: dt.date | None, today: dt.date
) -> CoachingMonth:
    """Set the last day of the own search; None goes back to the usual one. `was` is what the form showed.

    Raises AccessDenied, MonthAlreadyClosed, StaleVersion when somebody set another day meanwhile, and
    DomainError at `until` for a day outside the month."""
    month = lock_open_month(month.pk)
    require(
        can_set_self_search(actor, month, today=today),
        _("The month's coaches and its coordinator set this day."),
    )
    if until is not None and not month.starts_on <= until <= month.ends_on:
        days = {"first": date_format(month.starts_on), "last": date_format(month.ends_on)}
        raise DomainError(_("Choose a day of the month, %(first)s–%(last)s.") % days, field="until")
    if month.self_search_until == until:
        return month
    if month.self_search_until != was:
        raise StaleVersion(_("Somebody set another day meanwhile. Look at it and save again."), field="until")
    month.self_search_until = until
    month.save(update_fields=["self_search_until"])
    details = {"until": until.isoformat() if until else ""}
    audit.record(actor=actor, action="month.self_search_set", obj=month, details=details)
    return month
