"""Reading participants, referrals and consents."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from accounts.enums import Role
from core import clock
from core.registry import participant_visibility

OPEN_REFERRAL_STATES = ("received", "informed", "selected", "waiting")


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """Whose file this user may open today: the union of what each app's rule in
        `core.registry.participant_visibility` allows; nobody's without a rule (default deny)."""
        today = today or clock.today()
        allowed = [q for rule in participant_visibility if (q := rule(user, today)) is not None]
        if not allowed:
            return self.none()
        combined = allowed[0]
        for q in allowed[1:]:
            combined |= q
        return self.filter(combined)

    def by_name(self):
        return self.order_by("last_name", "first_name", "id")


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Coaches and coordinators see all referrals; nobody else sees any (permissions.md)."""
        if user.role in (Role.COACH, Role.COORDINATOR):
            return self
        return self.none()

    def open(self):
        return self.filter(state__in=OPEN_REFERRAL_STATES)


class ReferralImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The list that is being checked is its uploader's own."""
        if user.role in (Role.COACH, Role.COORDINATOR):
            return self.filter(uploaded_by=user)
        return self.none()


class ConsentQuerySet(models.QuerySet):
    def valid_on(self, day: dt.date):
        """Given, not revoked, not over on `day`."""
        return self.filter(
            Q(expires_on__isnull=True) | Q(expires_on__gte=day), revoked_at__isnull=True, granted_on__lte=day
        )
