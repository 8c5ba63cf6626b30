"""What an office reads of a month or a half-year: outcomes, a few anonymous stories, leads passed on."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority, User
from core.models import OutgoingMail
from reports.enums import DigestPeriod
from reports.querysets import OfficeDigestQuerySet


class OfficeDigest(models.Model):
    """One digest for one office. `data` is frozen when it is sent: counts only, never a person. `cases` are
    two or three lines without anything that tells who it is about."""

    authority = models.ForeignKey(
        Authority, verbose_name=_("office"), on_delete=models.PROTECT, related_name="digests"
    )
    period = models.CharField(_("period"), max_length=9, choices=DigestPeriod)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    cases = models.JSONField(_("anonymous stories"), default=list, blank=True)  # list of str
    data = models.JSONField(_("frozen figures"), default=dict, blank=True)
    author = models.ForeignKey(
        User, verbose_name=_("author"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    mail = models.ForeignKey(
        OutgoingMail,
        verbose_name=_("last mail"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfficeDigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("office digest")
        verbose_name_plural = _("office digests")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "period", "starts_on"], name="digest_of_a_period_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="digest_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"office digest #{self.pk}"
