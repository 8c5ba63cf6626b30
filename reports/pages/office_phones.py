"""Whom the sender of a release rings to give the code."""

from __future__ import annotations

from accounts.models import User
from reports.models import Delivery


def office_phones(delivery: Delivery) -> list[User]:
    """The officers of the people in a delivery who work at its office and have a phone number. One query."""
    people = delivery.items.values("summary__enrolment__participant__officer")
    officers = User.objects.filter(pk__in=people, authority=delivery.authority_id, is_active=True)
    return list(officers.exclude(phone="").order_by("last_name", "first_name", "pk"))
