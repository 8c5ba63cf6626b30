"""Certificates and cards, and whether somebody looked at the CV (product.md P7)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participants.models.participant import Participant


class Certificate(models.Model):
    """A certificate or card that the person has: hygiene passport, hot-work card, a school certificate."""

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="certificates"
    )
    name = models.CharField(_("certificate or card"), max_length=120)
    issued_on = models.DateField(_("given on"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    seen_on = models.DateField(_("original seen on"), null=True, blank=True)
    seen_by = models.ForeignKey(
        User, verbose_name=_("seen by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="certificate_has_a_name",
                violation_error_message=_("Write the name of the certificate or card."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(expires_on__gte=models.F("issued_on")),
                name="certificate_expires_after_it_was_given",
                violation_error_message=_("It cannot expire before it was given."),
            ),
            models.CheckConstraint(
                condition=Q(seen_on__isnull=True, seen_by__isnull=True)
                | Q(seen_on__isnull=False, seen_by__isnull=False),
                name="certificate_seen_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"certificate #{self.pk}"


class CvCheck(models.Model):
    """Somebody of ours went through the CV with the person."""

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="cv_checks"
    )
    checked_on = models.DateField(_("checked on"))
    checked_by = models.ForeignKey(
        User, verbose_name=_("checked by"), on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(_("what is still to do"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("CV check")
        verbose_name_plural = _("CV checks")

    def __str__(self) -> str:
        return f"CV check #{self.pk}"
