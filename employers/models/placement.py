"""The work trial: half of each day at a workplace, and its written agreement."""

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.enums import Half
from coaching.models import CoachingMonth, GoalVersion
from core.work_rows import WorkRow
from employers.enums import OPEN_STATES, HireChance, PlacementPurpose, PlacementState
from employers.models.employer import ContactPerson, Employer
from employers.querysets import AgreementFileQuerySet, PlacementQuerySet
from participants.models import Participant


class Placement(models.Model):
    """One work trial of one participant with one employer."""

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="placements"
    )
    month = models.ForeignKey(
        CoachingMonth,
        verbose_name=_("coaching month"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
    )
    employer = models.ForeignKey(
        Employer, verbose_name=_("employer"), on_delete=models.PROTECT, related_name="placements"
    )
    supervisor = models.ForeignKey(
        ContactPerson,
        verbose_name=_("supervisor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supervised",
    )
    guide = models.ForeignKey(
        ContactPerson,
        verbose_name=_("workplace guide"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="guided",
    )
    goal = models.ForeignKey(
        GoalVersion,
        verbose_name=_("linked goal"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
    )
    purpose = models.CharField(_("purpose"), max_length=16, choices=PlacementPurpose)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    half = models.CharField(_("half of the day"), max_length=9, choices=Half, default=Half.AFTERNOON)
    hours_per_day = models.DecimalField(
        _("hours a day"), max_digits=4, decimal_places=2, default=Decimal("4")
    )
    tasks = models.TextField(_("tasks"), validators=[MaxLengthValidator(2000)])
    address = models.CharField(_("where the work is done"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=14, choices=PlacementState, default=PlacementState.PLANNED
    )
    ended_reason = models.CharField(_("why it ended or did not start"), max_length=300, blank=True)
    planned_ends_on = models.DateField(
        _("agreed last day, when it ended early"), null=True, blank=True, editable=False
    )
    hire_chance = models.CharField(
        _("chance of being hired"), max_length=10, choices=HireChance, default=HireChance.UNKNOWN
    )
    created_by = models.ForeignKey(
        User, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("work trial")
        verbose_name_plural = _("work trials")
        indexes = [
            models.Index(fields=["-starts_on", "-id"], name="placement_newest_first"),
            models.Index(
                fields=["state", "starts_on"],
                condition=Q(state__in=["planned", "ongoing"]),
                name="placement_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="placement_ends_after_it_starts",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(hours_per_day__gt=0, hours_per_day__lte=12),
                name="placement_hours_fit_a_day",
                violation_error_message=_("Give the hours a day, at most 12."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ended_early", "did_not_start"]) | ~Q(ended_reason=""),
                name="placement_ending_says_why",
                violation_error_message=_("Say why it ended or did not start."),
            ),
            ExclusionConstraint(
                name="placement_days_do_not_overlap",
                expressions=[
                    (
                        Func(F("participant"), F("participant"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=~Q(state="did_not_start"),
                violation_error_message=_("The participant already has a work trial on some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"work trial #{self.pk}"

    @property
    def agreed_ends_on(self):
        """The last day that the agreement names, also after an early ending."""
        return self.planned_ends_on or self.ends_on

    @property
    def is_open(self) -> bool:
        """Neither ended nor given up: may still be edited."""
        return self.state in OPEN_STATES


class AgreementFile(WorkRow):
    """The agreement as a printable PDF, made by a job; the same content is not made twice."""

    placement = models.ForeignKey(
        Placement, verbose_name=_("work trial"), on_delete=models.CASCADE, related_name="agreement_files"
    )
    content_hash = models.CharField(_("hash of the content"), max_length=64)
    placement_version = models.PositiveIntegerField(_("version of the work trial"), default=1)
    file = models.FileField(_("file"), upload_to="agreements/", blank=True)
    requested_by = models.ForeignKey(
        User, verbose_name=_("asked for by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = AgreementFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement file")
        verbose_name_plural = _("agreement files")
        constraints = [
            models.UniqueConstraint(fields=["placement", "content_hash"], name="agreement_file_is_made_once")
        ]

    def __str__(self) -> str:
        return f"agreement file #{self.pk}"
