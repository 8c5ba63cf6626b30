"""Reading employers, contacts and work trials: the vocabulary of the pages."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from accounts.enums import Role
from coaching.querysets import coached_months_q, own_months_q
from core import clock
from employers.business_id import normalise_business_id
from employers.search import SearchWords, prefix_query, words_of

REGISTER_READERS = (Role.COACH, Role.COORDINATOR, Role.MANAGER)


class EmployerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The register is the organisation's: coaches, coordinators and managers read it."""
        if user.role in REGISTER_READERS:
            return self
        return self.none()

    def by_name(self):
        return self.order_by("name", "id")

    def matching(self, text: str):
        """Employers whose name, municipality or people begin with every word of `text`; a whole business
        ID finds its owner. Empty text matches all, signs alone match nobody."""
        text = text.strip()
        if not text:
            return self
        business_id = normalise_business_id(text)
        if business_id:
            return self.filter(business_id=business_id)
        words = words_of(text)
        if not words:
            return self.none()
        query = prefix_query(words)
        person = apps.get_model("employers", "ContactPerson")
        # a union of two index scans: OR over a subquery would read the whole register
        by_name = self.model.objects.alias(words=SearchWords("name", "city")).filter(words=query).values("pk")
        by_person = (
            person.objects.alias(words=SearchWords("name"))
            .filter(words=query, is_active=True)
            .values("employer_id")
        )
        return self.filter(pk__in=by_name.union(by_person))

    def of_sector(self, sector: str):
        """Of this Sector value; an empty one does not filter."""
        return self.filter(sector=sector) if sector else self

    def in_care_of(self, user_id: int | None):
        """Whose named contact is this user; None does not filter."""
        return self.filter(own_contact=user_id) if user_id else self

    def named_like(self, name: str):
        """Employers whose name and place hold the first two telling words of `name` (company forms set
        aside): "Saha Tampere Oy" is likely "Saha" of Tampere."""
        words = telling_words(name)[:2]
        if not words:
            return self.none()
        return self.alias(words=SearchWords("name", "city")).filter(words=prefix_query(words)).by_name()


COMPANY_FORMS = frozenset(
    {"oy", "ab", "oyj", "abp", "ry", "rf", "ky", "kb", "tmi", "osk", "oyab", "ltd", "t"}
)


def telling_words(name: str) -> list[str]:
    """The words of a company's name without its form: "Saha Oy" and "saha" are likely the same."""
    return [word for word in words_of(name) if word not in COMPANY_FORMS]


class ContactPersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Contact persons belong to the register."""
        return self if user.role in REGISTER_READERS else self.none()

    def active_first(self):
        return self.order_by("-is_active", "name", "id")

    def for_choice(self, *, employer_id: int, chosen: tuple[int | None, ...] = ()):
        """Those still there, and those already chosen although they left since."""
        return self.filter(
            Q(is_active=True) | Q(pk__in=[pk for pk in chosen if pk]), employer=employer_id
        ).order_by("name", "id")


class ContactEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The contact log belongs to the register."""
        return self if user.role in REGISTER_READERS else self.none()

    def newest_first(self):
        return self.select_related("user", "contact_person").order_by("-happened_on", "-id")

    def open_actions(self):
        """Promised next actions with a day that are not done."""
        return self.filter(next_action_on__isnull=False, next_action_done_at__isnull=True)

    def due_for(self, user, *, today: dt.date):
        """Next actions due today or overdue that are this user's: own lines, and those of employers whose
        named contact the user is."""
        mine = Q(user=user) | Q(employer__own_contact=user)
        return (
            self.open_actions()
            .filter(mine, next_action_on__lte=today)
            .select_related("employer", "contact_person")
            .order_by("next_action_on", "id")
        )


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
        """Those that start, run or ran; not those that never started."""
        return self.exclude(state="did_not_start")

    def open(self):
        return self.filter(state__in=("planned", "ongoing"))

    def with_names(self):
        return self.select_related("participant", "employer", "month", "guide", "supervisor")

    def newest_first(self):
        return self.order_by("-starts_on", "-id")

    def what_needs_doing_first(self):
        """Planned ones, then those going on, then the ended; each by its first day."""
        rank = Case(
            When(state="planned", then=Value(0)),
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

    def without_printed_agreement(self):
        """Open ones whose agreement was never made, or was made of an earlier version."""
        agreement = apps.get_model("employers", "AgreementFile")
        printed = agreement.objects.filter(
            placement=OuterRef("pk"), state="done", placement_version=OuterRef("version")
        )
        return self.open().filter(~Exists(printed)).order_by("starts_on", "id")


class AgreementFileQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """Whoever sees the work trial sees its agreement."""
        placement = apps.get_model("employers", "Placement")
        return self.filter(placement__in=placement.objects.visible_to(user, today=today).values("pk"))

    def newest_first(self):
        return self.order_by("-queued_at", "-id")
