"""Roles and kinds (permissions.md; product.md, who sits at it)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    COACH = "coach", _("coach")
    COORDINATOR = "coordinator", _("employment coordinator")
    TE_OFFICER = "te_officer", _("TE officer")
    MANAGER = "manager", _("manager")
    ADMIN = "admin", _("administrator")


class AuthorityKind(models.TextChoices):
    EMPLOYMENT_AREA = "employment_area", _("employment area")
    TE_OFFICE = "te_office", _("TE office")
    MUNICIPAL_TRIAL = "municipal_trial", _("municipal employment trial")


class Language(models.TextChoices):
    FINNISH = "fi", _("Finnish")
    SWEDISH = "sv", _("Swedish")
    ENGLISH = "en", _("English")
