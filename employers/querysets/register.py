"""Reading the register: employers, the people there, the contact log."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.enums import Role
from employers.business_id import normalise_business_id
from employers.search import PhoneTail, SearchWords, any_prefix_query, phone_tail, prefix_query, words_of

EMPLOYER_WORDS = SearchWords("name", "street_address", "city", "needs")  # the index employer_words

REGISTER_READERS = (Role.COACH, Role.COORDINATOR, Role.MANAGER)


class EmployerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The register is the organisation's: coaches, coordinators and managers read it."""
        if user.role in REGISTER_READERS:
            return self
        return self.none()

    def standing(self):
        """Those that were not merged into another one."""
        return self.filter(merged_into__isnull=True)

    def by_name(self):
        return self.order_by("name", "id")

    def matching(self, text: str):
        """Employers in whose name, address and needs, or in one person, lead or promise of theirs, every
        word of `text` begins a word; a whole business ID finds its owner. Empty text matches all, signs
        alone match nobody."""
        text = text.strip()
        if not text:
            return self
        business_id = normalise_business_id(text)
        if business_id:
            # a merged record keeps the ID that was its own: it leads to the one that stands for it
            merged = self.model.objects.filter(business_id=business_id, merged_into__isnull=False)
            return self.filter(Q(business_id=business_id) | Q(pk__in=merged.values("merged_into")))
        words = words_of(text)
        if not words:
            return self.none()
        query = prefix_query(words)
        person = apps.get_model("employers", "ContactPerson")
        # a union of index scans: OR over a subquery would read the whole register
        by_name = self.model.objects.alias(words=EMPLOYER_WORDS).filter(words=query).values("pk")
        by_person = (
            person.objects.alias(words=SearchWords("name"))
            .filter(words=query, is_active=True)
            .values("employer_id")
        )
        by_lead = (
            apps.get_model("employers", "JobLead")
            .objects.alias(words=SearchWords("title", "workplace_name", "city", "tasks"))
            .filter(words=query, employer__isnull=False)
            .values("employer_id")
        )
        by_task = (
            apps.get_model("employers", "DeskTask")
            .objects.alias(words=SearchWords("text"))
            .filter(words=query, employer__isnull=False, placement__isnull=True, enrolment__isnull=True)
            .values("employer_id")
        )
        return self.filter(pk__in=by_name.union(by_person, by_lead, by_task))

    def of_sector(self, sector: str):
        """Of this Sector value; an empty one does not filter."""
        return self.filter(sector=sector) if sector else self

    def of_size(self, size: str):
        """Of this EmployerSize value; an empty one does not filter."""
        return self.filter(size=size) if size else self

    def of_city(self, city: str):
        """Of this municipality, whatever the letter case; an empty one does not filter."""
        return self.filter(city__iexact=city) if city else self

    def peaceful(self, choice: str, *, today: dt.date):
        """ "peace": asked to be left in peace on `today`; "free": may be asked; "" does not filter."""
        in_peace = Q(do_not_ask_before__gt=today)
        if choice == "peace":
            return self.filter(in_peace)
        return self.exclude(in_peace) if choice == "free" else self

    def quiet_since(self, day: dt.date | None):
        """Without a contact after `day`, or ever; None does not filter."""
        if day is None:
            return self
        return self.filter(Q(last_contact_on__isnull=True) | Q(last_contact_on__lt=day))

    def in_care_of(self, user_id: int | None):
        """Whose named contact is this user; None does not filter."""
        return self.filter(own_contact=user_id) if user_id else self

    def in_hands_of(self, user):
        """Whose named contact or deputy this user is."""
        return self.filter(Q(own_contact=user) | Q(deputy=user))

    def named_like(self, name: str):
        """Employers whose name and place hold the first two telling words of `name` (company forms set
        aside): "Saha Tampere Oy" is likely "Saha" of Tampere."""
        words = telling_words(name)[:2]
        if not words:
            return self.none()
        query = prefix_query(words)  # the index finds, the narrower words decide
        found = self.standing().alias(indexed=EMPLOYER_WORDS, words=SearchWords("name", "city"))
        return found.filter(indexed=query, words=query).by_name()

    def named_like_any(self, groups: list[list[str]]):
        """Employers whose name and place hold all words of one of the groups, for a whole list at once."""
        if not groups:
            return self.none()
        query = any_prefix_query(groups)
        found = self.standing().alias(indexed=EMPLOYER_WORDS, words=SearchWords("name", "city"))
        return found.filter(indexed=query, words=query).by_name()

    def reached_by(self, phone: str):
        """Employers with this number, their own or of somebody there, however it is written."""
        tail = phone_tail(phone)
        if not tail:
            return self.none()
        person = apps.get_model("employers", "ContactPerson")
        own = (
            self.model.objects.alias(tail=PhoneTail("phone")).exclude(phone="").filter(tail=tail).values("pk")
        )
        theirs = (
            person.objects.alias(tail=PhoneTail("phone"))
            .exclude(phone="")
            .filter(tail=tail)
            .values("employer_id")
        )
        return self.standing().filter(pk__in=own.union(theirs))


COMPANY_FORMS = frozenset(
    {"oy", "ab", "oyj", "abp", "ry", "rf", "ky", "kb", "tmi", "osk", "oyab", "ltd", "t"}
)


def telling_words(name: str) -> list[str]:
    """The words of a company's name without its form: "Saha Oy" and "saha" are likely the same."""
    return [word for word in words_of(name) if word not in COMPANY_FORMS]


class EmployerImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The list that is being checked is its uploader's own."""
        return self.filter(uploaded_by=user) if user.role == Role.COORDINATOR else self.none()

    def being_checked(self):
        return self.filter(state="preview").order_by("-id")

    def older_than(self, moment: dt.datetime):
        return self.filter(state="preview", uploaded_at__lt=moment)


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
        named contact or deputy the user is."""
        mine = Q(user=user) | Q(employer__own_contact=user) | Q(employer__deputy=user)
        return (
            self.open_actions()
            .filter(mine, next_action_on__lte=today)
            .select_related("employer", "contact_person")
            .order_by("next_action_on", "id")
        )
