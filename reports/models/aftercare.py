"""Aftercare: offered and answered, approved by coach and officer, each use logged, capped in hours."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.models import Enrolment
from reports.enums import AftercareAnswer, UseChannel
from reports.querysets import AftercareQuerySet

MOST_MINUTES_AT_ONCE = 480


class Aftercare(models.Model):
    """Support after the month for one person (te-summary.md block 8; evidence anchors-systems §12)."""

    enrolment = models.OneToOneField(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="aftercare"
    )
    offered_on = models.DateField(_("offered on"))
    needs = models.TextField(_("what support is needed"), blank=True, validators=[MaxLengthValidator(1000)])
    answer = models.CharField(
        _("answer"), max_length=8, choices=AftercareAnswer, default=AftercareAnswer.OPEN
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    carer = models.ForeignKey(
        User,
        verbose_name=_("who takes care of it"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    window_months = models.PositiveSmallIntegerField(
        _("length in months"), null=True, blank=True
    )  # settings.AFTERCARE_WINDOWS
    ends_on = models.DateField(_("to"), null=True, blank=True)
    most_minutes = models.PositiveIntegerField(
        _("at most, in minutes"), default=0
    )  # at the most settings.AFTERCARE_MOST_HOURS
    coach_approved_by = models.ForeignKey(
        User,
        verbose_name=_("approved for the coaching by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    coach_approved_on = models.DateField(_("approved for the coaching on"), null=True, blank=True)
    officer_approved_by = models.ForeignKey(
        User,
        verbose_name=_("approved for the office by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    officer_name = models.CharField(_("officer who approved"), max_length=160, blank=True)
    officer_approved_on = models.DateField(_("approved for the office on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AftercareQuerySet.as_manager()

    class Meta:
        verbose_name = _("aftercare")
        verbose_name_plural = _("aftercare")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="open", answered_on__isnull=True)
                | (~Q(answer="open") & Q(answered_on__isnull=False)),
                name="aftercare_answer_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(answer="accepted")
                | (
                    Q(
                        starts_on__isnull=False,
                        ends_on__gt=F("starts_on"),
                        window_months__gt=0,
                        most_minutes__gt=0,
                        carer__isnull=False,
                    )
                ),
                name="aftercare_accepted_has_its_frame",
                violation_error_message=_("Say who takes care of it, from when, for how long and how much."),
            ),
            models.CheckConstraint(
                condition=Q(officer_approved_on__isnull=True) | ~Q(officer_name=""),
                name="aftercare_names_the_officer",
            ),
        ]

    def __str__(self) -> str:
        return f"aftercare #{self.pk}"

    @property
    def is_approved(self) -> bool:
        return bool(self.coach_approved_on and self.officer_approved_on)


class AftercareUse(models.Model):
    """One piece of aftercare that was given; together at most `most_minutes` (service, under lock)."""

    aftercare = models.ForeignKey(
        Aftercare, verbose_name=_("aftercare"), on_delete=models.PROTECT, related_name="uses"
    )
    held_on = models.DateField(_("on"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    channel = models.CharField(_("how"), max_length=9, choices=UseChannel)
    note = models.CharField(_("what was done"), max_length=400, blank=True)
    given_by = models.ForeignKey(
        User, verbose_name=_("given by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    removed_at = models.DateTimeField(_("taken back at"), null=True, blank=True)  # a mistaken entry
    removed_reason = models.CharField(_("why it was taken back"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("use of aftercare")
        verbose_name_plural = _("uses of aftercare")
        indexes = [models.Index(fields=["aftercare", "held_on"], name="aftercare_use_days")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=MOST_MINUTES_AT_ONCE),
                name="aftercare_use_has_sensible_minutes",
                violation_error_message=_("Give the minutes, at most eight hours at once."),
            )
        ]

    def __str__(self) -> str:
        return f"aftercare use #{self.pk}"
