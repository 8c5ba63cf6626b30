"""Reading people, authorities and the audit trail."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.utils import timezone

from accounts.enums import Role


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The administrator manages everybody; to others the list of people does not exist."""
        return self if user.role == Role.ADMIN else self.none()

    def for_list(self, *, role: str = "", is_active: bool | None = True):
        """People by name with their authority; of one role when given, active ones unless told otherwise."""
        found = self.select_related("authority").order_by("last_name", "first_name", "id")
        if role:
            found = found.filter(role=role)
        return found if is_active is None else found.filter(is_active=is_active)

    def active(self):
        return self.filter(is_active=True)

    def with_role(self, *roles: str):
        """Active people of these roles, in the order of a list of names."""
        return self.active().filter(role__in=roles).order_by("last_name", "first_name", "id")

    def demo_accounts(self):
        """The demo's accounts, one per role, as the log-in page of the demo lists them."""
        return self.active().filter(email__endswith="@demo.example").order_by("id")[:12]

    def officers_of(self, authority):
        """Active TE officers of the authority (an Authority or its id)."""
        return self.with_role(Role.TE_OFFICER).filter(authority=authority)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email: str, password: str | None = None, **fields):
        """A person who logs in by e-mail; addresses are kept in lower case."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        """An administrator with Django's admin (reference data only)."""
        return self.create_user(email, password, **{"role": Role.ADMIN, "is_staff": True, **fields})

    def get_by_natural_key(self, email: str):
        return self.get(email=email.lower())


class AuthorityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Offices are the administrator's to manage (permissions.md)."""
        return self if user.role == Role.ADMIN else self.none()

    def for_list(self):
        """Those in use first, by name, each with the number of its active officers."""
        officers = models.Count("officers", filter=models.Q(officers__is_active=True))
        return self.annotate(officer_count=officers).order_by("-is_active", "name", "id")

    def active(self):
        return self.filter(is_active=True).order_by("name", "id")


class AuditEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Managers and administrators read the trail; nobody else (permissions.md)."""
        if user.role in (Role.MANAGER, Role.ADMIN):
            return self
        return self.none()

    def newest_first(self):
        return self.select_related("actor").order_by("-id")

    def matching(
        self,
        *,
        since: dt.date | None = None,
        until: dt.date | None = None,
        action: str = "",
        actor=None,
        participant_id: int | None = None,
    ):
        """Events from the beginning of `since` to the end of `until` (days in Helsinki), of one action, one
        user, one participant; what is not given does not limit."""
        limits = {}
        if since:
            limits["at__gte"] = _midnight(since)
        if until and until < dt.date.max:  # the last day there is limits nothing
            limits["at__lt"] = _midnight(until + dt.timedelta(days=1))
        if action:
            limits["action"] = action
        if actor:
            limits["actor"] = actor
        if participant_id:
            limits["participant_id"] = participant_id
        return self.filter(**limits)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()), timezone.get_default_timezone())
