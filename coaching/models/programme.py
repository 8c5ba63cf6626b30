"""The programme template: four weeks and their themes. A month keeps the version that it began with."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.querysets import ProgrammeQuerySet


class Programme(models.Model):
    """One version of a template, or a month's own copy of one, which belongs to no list of templates.

    Editing a template that a month uses makes the next version; a copy is edited in place.
    """

    name = models.CharField(_("name"), max_length=120)
    version = models.PositiveIntegerField(_("version"), default=1)
    valid_from = models.DateField(_("valid from"))
    is_active = models.BooleanField(_("in use"), default=True)
    copied_for = models.OneToOneField(
        "coaching.CoachingMonth",
        verbose_name=_("the month's own copy"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="own_programme",
    )
    created_by = models.ForeignKey(
        User, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "version"],
                condition=models.Q(copied_for__isnull=True),
                name="programme_version_is_unique",
                violation_error_message=_("This version of the programme exists already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class ProgrammeWeek(models.Model):
    """One of the four weeks: its theme, what is done, and prompts for the daily log."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="weeks"
    )
    number = models.PositiveSmallIntegerField(
        _("week"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    theme = models.CharField(_("theme"), max_length=120)
    description = models.TextField(_("what is done"), blank=True)

    class Meta:
        verbose_name = _("programme week")
        verbose_name_plural = _("programme weeks")
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_week_stands_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=4), name="programme_has_four_weeks"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}: {self.number}"
