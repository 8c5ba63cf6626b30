"""The register of those who asked for their own data (GDPR article 15): asked, answered, how."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participants.models import Participant
from reports.enums import RequestAnswer, RequestChannel
from reports.models.file_job import FileJob
from reports.querysets import OwnDataRequestQuerySet


class OwnDataRequest(models.Model):
    """One request of a participant for everything that is held about them."""

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="data_requests"
    )
    asked_on = models.DateField(_("asked on"))
    channel = models.CharField(_("asked how"), max_length=7, choices=RequestChannel)
    due_on = models.DateField(_("to be answered by"))  # a month: GDPR article 12(3)
    answer = models.CharField(_("answer"), max_length=8, choices=RequestAnswer, default=RequestAnswer.OPEN)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, verbose_name=_("answered by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # none: the participant fetched it
    refused_reason = models.CharField(_("why it was refused"), max_length=400, blank=True)
    pdf_job = models.ForeignKey(
        FileJob, verbose_name=_("PDF"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    json_job = models.ForeignKey(
        FileJob, verbose_name=_("JSON"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    fetched_at = models.DateTimeField(_("first fetched at"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # none: the participant asked behind the personal link
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = OwnDataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for own data")
        verbose_name_plural = _("requests for own data")
        indexes = [models.Index(fields=["answer", "due_on"], name="data_request_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(answer="open"),
                name="data_request_is_open_once",
                violation_error_message=_("A request of this person is being answered already."),
            ),
            models.CheckConstraint(
                condition=Q(answer="open", answered_on__isnull=True)
                | (~Q(answer="open") & Q(answered_on__isnull=False)),
                name="data_request_answered_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | Q(answer__in=("on_paper", "refused")),
                name="data_request_answered_by_staff",  # requests from before 0006 have nobody
            ),
            models.CheckConstraint(
                condition=~Q(answer="refused") | ~Q(refused_reason=""),
                name="data_request_refused_says_why",
                violation_error_message=_("Say why the request is refused."),
            ),
        ]

    def __str__(self) -> str:
        return f"data request #{self.pk}"
