"""Reading what the desk works with beside the register: tasks, visits, concerns, feedback, briefs."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.enums import Role
from coaching.querysets import coached_months_q, own_months_q
from core import clock
from employers.querysets.placement import placements_of
from employers.querysets.register import REGISTER_READERS


class DeskTaskQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """A task of an employer is the organisation's; one about a person belongs to those who see the
        person's work trials."""
        if user.role not in REGISTER_READERS:
            return self.none()
        nobody = Q(placement__isnull=True, enrolment__isnull=True)
        if user.role == Role.MANAGER:
            return self.filter(nobody)
        today = today or clock.today()
        if user.role == Role.COACH:
            own_months = coached_months_q(user, prefix="month__")
        else:
            own_months = own_months_q(user, today, prefix="month__")
        enrolment = apps.get_model("coaching", "Enrolment")
        people = enrolment.objects.filter(own_months).values("pk")
        return self.filter(
            nobody
            | Q(placement__in=placements_of(user, today=today), enrolment__isnull=True)
            | Q(enrolment__in=people)
        )

    def open(self):
        return self.filter(done_at__isnull=True)

    def soonest_first(self):
        return self.order_by(models.F("due_on").asc(nulls_last=True), "id")


class OfPlacementQuerySet(models.QuerySet):
    """Rows that belong to one work trial, in `placement`."""

    def visible_to(self, user, *, today: dt.date | None = None):
        """Whoever sees the work trial sees these."""
        return self.filter(placement__in=placements_of(user, today=today))


class VisitQuerySet(OfPlacementQuerySet):
    def due(self):
        """Planned ones that were neither held nor cancelled."""
        return self.filter(state="planned")

    def overdue(self, *, today: dt.date):
        return self.due().filter(planned_on__lt=today)

    def in_order(self):
        return self.order_by("planned_on", models.F("planned_at").asc(nulls_last=True), "id")


class ConcernQuerySet(OfPlacementQuerySet):
    def open(self):
        return self.filter(handled_at__isnull=True)


class EmployerFeedbackQuerySet(OfPlacementQuerySet):
    def given(self):
        return self.filter(given_at__isnull=False)

    def waiting(self):
        """Asked or about to be asked, and not given."""
        return self.filter(given_at__isnull=True)

    def response_counts(self, *, first: dt.date, last: dt.date) -> dict[str, int]:
        """{"asked": …, "given": …} of those whose work trial ended from `first` to `last`: the response rate
        of the figures. What was typed in without having been asked counts as both."""
        of_span = self.filter(placement__ends_on__range=(first, last))
        asked = Q(asked_at__isnull=False) | Q(given_at__isnull=False)
        return of_span.aggregate(
            asked=models.Count("pk", filter=asked),
            given=models.Count("pk", filter=Q(given_at__isnull=False)),
        )


class CandidateBriefQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """Briefs of the people of own months: the coaches' and the coordinator's, not a standing-in coach's
        (permissions.md)."""
        people = people_of_own_months(user, today=today)
        return self.none() if people is None else self.filter(participant__in=people)

    def standing(self):
        return self.exclude(state="withdrawn")


def people_of_own_months(user, *, today: dt.date | None = None):
    """The ids of the people of the months that this coach coaches or this coordinator coordinates (also one
    standing in on the day), as one column; None for other roles."""
    if user.role == Role.COACH:
        own_months = coached_months_q(user, prefix="month__")
    elif user.role == Role.COORDINATOR:
        own_months = own_months_q(user, today or clock.today(), prefix="month__")
    else:
        return None
    enrolment = apps.get_model("coaching", "Enrolment")
    return enrolment.objects.filter(own_months).values("participant_id")
