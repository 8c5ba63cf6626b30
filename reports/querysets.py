"""Reading summaries and period ends."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from accounts.enums import Role
from coaching.querysets import own_months_q
from core import clock


class SummaryVersionQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """The coach sees the summaries of own months; a TE officer what was released to the own office,
        superseded versions included once they were released; nobody else (permissions.md)."""
        today = today or clock.today()
        if user.role == Role.COACH:
            return self.filter(own_months_q(user, today, prefix="enrolment__month__"))
        if user.role == Role.TE_OFFICER:
            return self.filter(recipient=user.authority_id, released_at__isnull=False)
        return self.none()

    def current(self):
        """The newest version of each person's summary."""
        newest = (
            self.model.objects.filter(enrolment=models.OuterRef("enrolment"))
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.filter(pk=models.Subquery(newest))


class PeriodEndQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """The period end of a month is the coach's."""
        today = today or clock.today()
        if user.role == Role.COACH:
            return self.filter(Q(own_months_q(user, today, prefix="month__")))
        return self.none()
