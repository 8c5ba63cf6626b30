"""Reading work trials and their agreements."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.db import models
from django.db.models import Case, IntegerField, Value, When

from accounts.enums import Role
from coaching.querysets import coached_months_q, own_months_q
from core import clock


class PlacementQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """Work trials of the people in own months: the month's coach and its coordinator, a coordinator
        standing in on the day, and earlier trials of those people. A coach standing in has none, managers
        see counts only (permissions.md). What a coordinator made without a month is the coordinator's."""
        today = today or clock.today()
        if user.role not in (Role.COACH, Role.COORDINATOR):
            return self.none()
        enrolment = apps.get_model("coaching", "Enrolment")
        if user.role == Role.COACH:
            own_months = coached_months_q(user, prefix="month__")
        else:
            own_months = own_months_q(user, today, prefix="month__")
        people = enrolment.objects.filter(own_months).values("participant_id")
        if user.role == Role.COACH:
            return self.filter(participant__in=people)
        # a union of two index scans: OR would read every work trial there is
        everything = self.model._default_manager.order_by()
        ids = everything.filter(participant__in=people).values("pk")
        without_month = everything.filter(created_by=user, month__isnull=True).values("pk")
        return self.filter(pk__in=ids.union(without_month))

    def live(self):
        """Those whose days are taken: planned, running or run; neither proposals nor what never started."""
        return self.exclude(state__in=("proposed", "did_not_start"))

    def open(self):
        return self.filter(state__in=("proposed", "planned", "ongoing"))

    def with_names(self):
        return self.select_related("participant", "employer", "month", "guide", "supervisor")

    def newest_first(self):
        return self.order_by("-starts_on", "-id")

    def what_needs_doing_first(self):
        """Proposed and planned ones, then those going on, then the ended; each by its first day."""
        rank = Case(
            When(state__in=("proposed", "planned"), then=Value(0)),
            When(state="ongoing", then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return self.annotate(state_rank=rank).order_by("state_rank", "-starts_on", "-id")

    def starting_by(self, day: dt.date):
        """Planned ones whose first day is at the latest `day`."""
        return self.filter(state="planned", starts_on__lte=day).order_by("starts_on", "id")

    def ending_by(self, day: dt.date):
        """Those going on whose last day is at the latest `day`."""
        return self.filter(state="ongoing", ends_on__lte=day).order_by("ends_on", "id")


class AgreementFileQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """Whoever sees the work trial sees its agreement."""
        return self.filter(placement__in=placements_of(user, today=today))

    def newest_first(self):
        return self.order_by("-queued_at", "-id")


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """Whoever sees the work trial sees how its agreement stands."""
        return self.filter(placement__in=placements_of(user, today=today))

    def standing(self):
        """Those that were not cancelled: at most one of a work trial."""
        return self.filter(cancelled_at__isnull=True)


def placements_of(user, *, today: dt.date | None = None):
    """The ids of the work trials that this user sees, as one column."""
    placement = apps.get_model("employers", "Placement")
    return placement.objects.visible_to(user, today=today).values("pk")
