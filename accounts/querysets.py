"""Reading people, authorities and the audit trail."""

from __future__ import annotations

from django.contrib.auth.base_user import BaseUserManager
from django.db import models

from accounts.enums import Role


class UserQuerySet(models.QuerySet):
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
