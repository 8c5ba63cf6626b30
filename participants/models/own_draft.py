"""What a participant is writing behind the personal link and has not sent yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models.participant import Participant


class OwnDraft(models.Model):
    """The participant's own, until it is sent: no page of the staff shows it.

    `key` is dotted and belongs to the page that keeps it (`goal.12`: the goal of enrolment 12). `content` is
    the form's fields as they were typed; `base` says which saved state they began from.
    """

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="own_drafts"
    )
    key = models.CharField(_("page"), max_length=40)
    content = models.JSONField(_("content"), default=dict)
    base = models.CharField(_("saved state that it began from"), max_length=400, blank=True)
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("participant's own draft")
        verbose_name_plural = _("participants' own drafts")
        constraints = [models.UniqueConstraint(fields=["participant", "key"], name="own_draft_stands_once")]

    def __str__(self) -> str:
        return f"own draft #{self.pk}"
