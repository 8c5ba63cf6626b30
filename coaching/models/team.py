"""Kick-off with the TE officer: what was agreed, and how it was found at the mid-point."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.enums import PracticeCheck
from coaching.models.month import CoachingMonth


class KickOff(models.Model):
    """The meeting that starts the month, held (when it is planned for stands on the month)."""

    month = models.OneToOneField(
        CoachingMonth, verbose_name=_("coaching month"), on_delete=models.CASCADE, related_name="kick_off"
    )
    held_on = models.DateField(_("held on"))
    present = models.CharField(_("present"), max_length=300)
    note = models.TextField(_("note"), blank=True, validators=[MaxLengthValidator(4000)])
    checked_on = models.DateField(_("checked at the mid-point on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("kick-off meeting")
        verbose_name_plural = _("kick-off meetings")
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True) | Q(checked_on__gte=models.F("held_on")),
                name="kick_off_is_checked_after_it_was_held",
                violation_error_message=_("The check cannot be before the meeting."),
            ),
        ]

    def __str__(self) -> str:
        return f"kick-off #{self.pk}"


class AgreedPractice(models.Model):
    """One thing agreed at the kick-off, and how it was found at the mid-point (seed 004:963-966)."""

    kick_off = models.ForeignKey(
        KickOff, verbose_name=_("kick-off meeting"), on_delete=models.CASCADE, related_name="practices"
    )
    position = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(_("what was agreed"), max_length=300)
    who = models.CharField(_("who sees to it"), max_length=120, blank=True)
    check_result = models.CharField(_("at the mid-point"), max_length=6, choices=PracticeCheck, blank=True)
    check_note = models.CharField(_("what is changed"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("agreed practice")
        verbose_name_plural = _("agreed practices")
        constraints = [
            models.UniqueConstraint(fields=["kick_off", "position"], name="agreed_practice_stands_once"),
            models.CheckConstraint(condition=~Q(text=""), name="agreed_practice_has_words"),
        ]

    def __str__(self) -> str:
        return f"agreed practice #{self.pk}"
