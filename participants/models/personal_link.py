"""The participant's personal link: how it was given and when it was opened (product.md P5)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import User
from core.models import LinkToken, OutgoingMail
from participants.enums import LinkChannel
from participants.models.participant import Participant


class PersonalLink(models.Model):
    """One link of one participant. Its secret stands only in the link; the token expires, locks, is revoked.

    A new link revokes the one before, so at most one works at a time.
    """

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="personal_links"
    )
    token = models.OneToOneField(
        LinkToken, verbose_name=_("token"), on_delete=models.CASCADE, related_name="personal_link"
    )
    channel = models.CharField(_("how it was given"), max_length=6, choices=LinkChannel)
    language = models.CharField(
        _("language that the participant chose"), max_length=2, choices=Language, blank=True
    )
    created_at = models.DateTimeField(_("made at"))
    created_by = models.ForeignKey(
        User, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mail = models.ForeignKey(
        OutgoingMail,
        verbose_name=_("mail"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    opened_at = models.DateTimeField(_("first opened at"), null=True, blank=True)
    last_opened_at = models.DateTimeField(_("last opened at"), null=True, blank=True)

    class Meta:
        verbose_name = _("personal link of a participant")
        verbose_name_plural = _("personal links of participants")
        indexes = [models.Index(fields=["participant", "-created_at"], name="personal_link_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, last_opened_at__isnull=True)
                | Q(opened_at__isnull=False, last_opened_at__isnull=False),
                name="personal_link_opened_says_when_last",
            ),
        ]

    def __str__(self) -> str:
        return f"personal link #{self.pk}"
