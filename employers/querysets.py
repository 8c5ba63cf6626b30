"""Reading employers and work trials."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.enums import Role
from coaching.querysets import own_months_q
from core import clock


class EmployerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The register is the organisation's: coaches, coordinators and managers read it."""
        if user.role in (Role.COACH, Role.COORDINATOR, Role.MANAGER):
            return self
        return self.none()

    def by_name(self):
        return self.order_by("name", "id")


class PlacementQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """Work trials of people in own months, and those a coordinator made; managers see counts only."""
        today = today or clock.today()
        if user.role not in (Role.COACH, Role.COORDINATOR):
            return self.none()
        enrolment = apps.get_model("coaching", "Enrolment")
        own = enrolment.objects.filter(participant=OuterRef("participant_id")).filter(
            own_months_q(user, today, prefix="month__")
        )
        rule = Q(Exists(own))
        if user.role == Role.COORDINATOR:
            rule |= Q(created_by=user)
        return self.filter(rule)

    def live(self):
        """Those that start, run or ran; not those that never started."""
        return self.exclude(state="did_not_start")
