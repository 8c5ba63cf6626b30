"""The period end that makes a group's summaries: one row for the press of the button, one for each person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.models import CoachingMonth, Enrolment
from core.work_rows import WorkRow
from reports.models.summary import SummaryVersion
from reports.querysets import PeriodEndQuerySet


class PeriodEnd(models.Model):
    """One press of the button "make the summaries" on a month."""

    month = models.ForeignKey(
        CoachingMonth, verbose_name=_("coaching month"), on_delete=models.PROTECT, related_name="period_ends"
    )
    requested_by = models.ForeignKey(
        User, verbose_name=_("started by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(_("started at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        User,
        verbose_name=_("cancelled by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = PeriodEndQuerySet.as_manager()

    class Meta:
        verbose_name = _("period end")
        verbose_name_plural = _("period ends")
        constraints = [
            models.UniqueConstraint(
                fields=["month"],
                condition=Q(finished_at__isnull=True),
                name="period_end_runs_once_at_a_time",
                violation_error_message=_("The summaries of this month are already being made."),
            )
        ]

    def __str__(self) -> str:
        return f"period end #{self.pk}"


class PeriodEndItem(WorkRow):
    """One person's summary in a period end."""

    period_end = models.ForeignKey(
        PeriodEnd, verbose_name=_("period end"), on_delete=models.CASCADE, related_name="items"
    )
    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="+"
    )
    summary = models.ForeignKey(
        SummaryVersion,
        verbose_name=_("summary"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("part of a period end")
        verbose_name_plural = _("parts of a period end")
        constraints = [
            models.UniqueConstraint(fields=["period_end", "enrolment"], name="period_end_person_stands_once")
        ]

    def __str__(self) -> str:
        return f"period end part #{self.pk}"
