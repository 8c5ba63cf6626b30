"""What the participant allowed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participants.enums import ConsentItem, ConsentMethod, ConsentRecipient
from participants.models.participant import Participant
from participants.querysets import ConsentQuerySet


class Consent(models.Model):
    """One item that the participant allows a recipient to get; revocable at any time.

    Without `recipient_id` it is for the kind of recipient (the workplace of the work trial); with it for the
    one employer of that id only."""

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="consents"
    )
    recipient = models.CharField(_("recipient"), max_length=12, choices=ConsentRecipient)
    recipient_id = models.BigIntegerField(_("which employer"), null=True, blank=True)
    item = models.CharField(_("what"), max_length=12, choices=ConsentItem)
    granted_on = models.DateField(_("given on"))
    method = models.CharField(_("how"), max_length=8, choices=ConsentMethod)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User,
        verbose_name=_("revocation recorded by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "recipient", "item"],
                condition=Q(revoked_at__isnull=True, recipient_id__isnull=True),
                name="consent_is_given_once",
                violation_error_message=_("This consent is already recorded."),
            ),
            models.UniqueConstraint(
                fields=["participant", "recipient", "recipient_id", "item"],
                condition=Q(revoked_at__isnull=True, recipient_id__isnull=False),
                name="consent_for_one_is_given_once",
                violation_error_message=_("This consent is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(recipient_id__isnull=True) | Q(recipient="employer"),
                name="consent_names_employers_only",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=models.F("granted_on")),
                name="consent_ends_after_it_was_given",
                violation_error_message=_("The consent cannot end before it was given."),
            ),
        ]

    def __str__(self) -> str:
        return f"consent #{self.pk}"
