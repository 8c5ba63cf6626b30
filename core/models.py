"""Technical tables without domain: links without an account, and mail on its way out."""

from django.db import models
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.querysets import LinkTokenQuerySet, OutgoingMailQuerySet

models.CharField.register_lookup(Length)


class LinkToken(models.Model):
    """A personal link: one purpose, one subject. Only the hash of the secret is kept.

    `purpose` is dotted and belongs to the app that serves the page (`employer.sign`); `subject_id` is
    the id of the object that the purpose names.
    """

    purpose = models.CharField(_("purpose"), max_length=40)
    subject_id = models.BigIntegerField(_("subject"))
    secret_hash = models.CharField(_("hash of the secret"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    used_at = models.DateTimeField(_("first used at"), null=True, blank=True)
    wrong_tries = models.PositiveSmallIntegerField(_("wrong tries"), default=0)

    objects = LinkTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        indexes = [models.Index(fields=["purpose", "subject_id"], name="linktoken_subject")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="link_token_expires_after_it_was_made",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} #{self.pk}"


class MailState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    BOUNCED = "bounced", _("came back")


LOST = (MailState.FAILED, MailState.BOUNCED)


class OutgoingMail(models.Model):
    """One mail on its way out: written with the change that causes it, sent after the commit, seen by staff.

    Subject and body carry no personal data (architecture section 7.1); the recipient's address does, so it
    goes when the row is dropped.
    """

    kind = models.CharField(_("kind"), max_length=40)
    recipient = models.EmailField(_("recipient"))
    subject = models.CharField(_("subject"), max_length=160)
    body = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=8, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("what went wrong"), max_length=200, blank=True)
    message_key = models.CharField(
        _("key in the Message-ID"), max_length=32, blank=True
    )  # by which a mail that came back is known again
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    next_try_at = models.DateTimeField(_("next try at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=("sent", "bounced"), sent_at__isnull=False)
                | (~models.Q(state__in=("sent", "bounced")) & models.Q(sent_at__isnull=True)),
                name="outgoing_mail_sent_has_its_moment",
            ),
            models.UniqueConstraint(
                fields=["message_key"],
                condition=~models.Q(message_key=""),
                name="outgoing_mail_key_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def is_lost(self) -> bool:
        """It did not reach its receiver, and is not tried again."""
        return self.state in LOST


class DemoMail(models.Model):
    """What the demo's mailbox received: the demo sends no mail out of the machine."""

    recipient = models.EmailField(_("recipient"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)

    class Meta:
        verbose_name = _("demo mail")
        verbose_name_plural = _("demo mail")

    def __str__(self) -> str:
        return f"demo mail #{self.pk}"
