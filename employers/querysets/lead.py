"""Reading needs and leads, and whom they may suit."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.enums import Role
from core import clock
from employers.querysets.register import REGISTER_READERS
from employers.search import SearchWords, prefix_query, words_of

EARLY_STAGES = ("hint", "contacted", "need")
OPEN = ("hint", "contacted", "need", "introduced", "interview", "agreeing")
NOT_FOR_THIS = "not_this"


class JobLeadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Leads are shared: coaches, coordinators and managers see all; an officer those that were passed to
        the own authority (permissions.md)."""
        if user.role in REGISTER_READERS:
            return self
        if user.role == Role.TE_OFFICER and user.authority_id:
            return self.filter(stage="passed_on", authority=user.authority_id)
        return self.none()

    def open(self):
        """Those that can still lead to a place."""
        return self.filter(stage__in=OPEN)

    def matching(self, text: str):
        """Leads whose work, workplace, municipality or tasks hold words that begin with every word of `text`.
        Empty text matches all, signs alone match none."""
        if not text.strip():
            return self
        words = words_of(text)
        if not words:
            return self.none()
        query = prefix_query(words)
        employer = apps.get_model("employers", "Employer")
        everything = self.model._default_manager.order_by()
        # a union of two index scans: OR over a subquery would read every lead
        by_words = everything.alias(words=SearchWords("title", "workplace_name", "city", "tasks")).filter(
            words=query
        )
        named = employer.objects.alias(words=SearchWords("name", "city")).filter(words=query).values("pk")
        by_employer = everything.filter(employer__in=named)
        return self.filter(pk__in=by_words.values("pk").union(by_employer.values("pk")))

    def taken_by(self, user):
        """Those that the user takes care of or has brought in."""
        return self.filter(Q(owner=user) | Q(created_by=user))

    def without_owner(self):
        return self.filter(owner__isnull=True)

    def without_people(self):
        """Those to which nobody is linked who might still take the place."""
        match = apps.get_model("employers", "LeadMatch")
        return self.filter(~Exists(match.objects.filter(lead=OuterRef("pk")).exclude(state=NOT_FOR_THIS)))

    def standing_still(self, *, today: dt.date, days: int):
        """Those that have stood at least `days` days in one of the first stages (evidence 003 C7)."""
        return self.filter(stage__in=EARLY_STAGES, stage_since__lte=today - dt.timedelta(days=days))

    def with_counts(self):
        """`people`: how many are linked, without those for whom it is not the one."""
        match = apps.get_model("employers", "LeadMatch")
        linked = (
            match.objects.filter(lead=OuterRef("pk"))
            .exclude(state=NOT_FOR_THIS)
            .order_by()
            .values("lead")
            .annotate(number=Count("pk"))
            .values("number")
        )
        return self.annotate(people=Coalesce(Subquery(linked), 0))

    def with_names(self):
        return self.select_related("employer", "owner", "authority")

    def newest_first(self):
        return self.order_by("-stage_since", "-id")

    def longest_first(self):
        """Those that have stood longest in their stage first."""
        return self.order_by("stage_since", "id")


class LeadMatchQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """Who is linked is seen by those in whose months the person is, on that day; others see a number."""
        enrolment = apps.get_model("coaching", "Enrolment")
        people = enrolment.objects.visible_to(user, today=today or clock.today())
        return self.filter(enrolment__in=people.values("pk"))

    def with_people(self):
        return self.select_related("enrolment__participant", "enrolment__month")

    def oldest_first(self):
        return self.order_by("created_at", "id")
