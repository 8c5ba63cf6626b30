"""A file that is made by a worker, shown with its progress, and gone when it expires."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.work_rows import WorkRow
from participants.models import Participant
from reports.enums import FileKind
from reports.models.delivery import Delivery
from reports.querysets import FileJobQuerySet


class FileJob(WorkRow):
    """One file of a kind. `params` holds ids, codes and dates only, never names. Who may fetch it: its
    requester; behind a delivery's link whoever opened it with the code; behind the personal link the
    participant (for their own data)."""

    kind = models.CharField(_("what"), max_length=14, choices=FileKind)
    params = models.JSONField(_("of what"), default=dict, blank=True)
    format = models.CharField(_("format"), max_length=4, default="pdf")  # pdf, csv, xlsx, zip, json
    requested_by = models.ForeignKey(
        User,
        verbose_name=_("asked for by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    delivery = models.ForeignKey(
        Delivery,
        verbose_name=_("release to an office"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="files",
    )
    participant = models.ForeignKey(
        Participant,
        verbose_name=_("participant"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    done_parts = models.PositiveIntegerField(_("parts ready"), default=0)
    all_parts = models.PositiveIntegerField(_("parts in all"), default=0)
    file = models.FileField(_("file"), upload_to="jobs/", blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)

    objects = FileJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("file to be made")
        verbose_name_plural = _("files to be made")
        indexes = [
            models.Index(fields=["requested_by", "-id"], name="file_job_of_user"),
            models.Index(fields=["expires_at"], name="file_job_expiry"),
        ]

    def __str__(self) -> str:
        return f"file job #{self.pk} {self.kind}"

    def is_kept(self, now: dt.datetime) -> bool:
        """Made, and its time is not over, also while the hourly sweep has not come by."""
        return bool(self.file) and (self.expires_at is None or self.expires_at > now)
