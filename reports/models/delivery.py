"""What was sent to an office in one go: summaries behind one link and one code."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority, User
from coaching.models import CoachingMonth
from core.models import LinkToken, OutgoingMail
from reports.models.summary import SummaryVersion
from reports.querysets import DeliveryQuerySet


class Delivery(models.Model):
    """Summaries of one month released to one office together: one mail with a link, and a code that goes
    another way (te-summary.md, Delivery). The code is kept only as a hash."""

    month = models.ForeignKey(
        CoachingMonth, verbose_name=_("coaching month"), on_delete=models.PROTECT, related_name="deliveries"
    )
    authority = models.ForeignKey(
        Authority, verbose_name=_("office"), on_delete=models.PROTECT, related_name="deliveries"
    )
    email = models.EmailField(_("sent to"), blank=True)  # none: the sender hands the link over
    token = models.OneToOneField(
        LinkToken, verbose_name=_("link"), on_delete=models.SET_NULL, null=True, related_name="+"
    )  # the last link; a new one takes its place when it is sent again, and a dead one goes after a year
    code_hash = models.CharField(_("hash of the code"), max_length=128)
    mail = models.ForeignKey(
        OutgoingMail,
        verbose_name=_("last mail"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    made_by = models.ForeignKey(
        User, verbose_name=_("sent by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("sent at"))
    sent_again_at = models.DateTimeField(_("sent again at"), null=True, blank=True)
    first_opened_at = models.DateTimeField(_("first opened at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User,
        verbose_name=_("taken back by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    revoked_reason = models.CharField(_("why it was taken back"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("release to an office")
        verbose_name_plural = _("releases to offices")
        indexes = [models.Index(fields=["month", "-made_at"], name="delivery_of_month")]
        constraints = [
            models.CheckConstraint(condition=~Q(code_hash=""), name="delivery_has_a_code"),
        ]

    def __str__(self) -> str:
        return f"delivery #{self.pk}"

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None


class DeliveryItem(models.Model):
    """One summary of a delivery."""

    delivery = models.ForeignKey(
        Delivery, verbose_name=_("release to an office"), on_delete=models.CASCADE, related_name="items"
    )
    summary = models.ForeignKey(
        SummaryVersion, verbose_name=_("summary"), on_delete=models.PROTECT, related_name="delivery_items"
    )

    class Meta:
        verbose_name = _("summary in a release")
        verbose_name_plural = _("summaries in a release")
        constraints = [
            models.UniqueConstraint(fields=["delivery", "summary"], name="delivery_item_stands_once")
        ]

    def __str__(self) -> str:
        return f"delivery item #{self.pk}"
