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
from employers.enums import (
    OPEN_STATES,
    Continuation,
    EndCause,
    EndDecision,
    FoundBy,
    HireChance,
    PlacementPurpose,
    PlacementState,
)
from employers.models.employer import ContactPerson, Employer
from employers.querysets import PlacementQuerySet
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
    weekdays = models.CharField(
        _("weekdays"), max_length=5, default="12345"
    )  # digits of the ISO weekdays in order: "135" is Monday, Wednesday, Friday
    length_reason = models.CharField(_("reason for the length"), max_length=300, blank=True)
    support_agreed = models.TextField(_("support agreed"), blank=True, validators=[MaxLengthValidator(1000)])
    instructions_by = models.CharField(_("whose instructions apply"), max_length=160, blank=True)
    changes_by = models.CharField(_("who decides changes of the tasks"), max_length=160, blank=True)
    continuation_said = models.CharField(
        _("what was said about going on"), max_length=300, blank=True
    )  # evidence 003 3C: a hope that nobody wrote down ends in disappointment
    found_by = models.CharField(_("found by"), max_length=11, choices=FoundBy, blank=True)
    follows = models.ForeignKey(
        "self",
        verbose_name=_("comes after"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="followed_by",
    )  # the earlier place of a change, or the trial that this one makes longer
    tasks = models.TextField(_("tasks"), validators=[MaxLengthValidator(2000)])
    address = models.CharField(_("where the work is done"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=14, choices=PlacementState, default=PlacementState.PLANNED
    )
    ended_reason = models.CharField(_("why it ended or did not start"), max_length=300, blank=True)
    planned_ends_on = models.DateField(
        _("agreed last day, when it ended early"), null=True, blank=True, editable=False
    )
    end_cause = models.CharField(_("cause"), max_length=18, choices=EndCause, blank=True)
    end_decision = models.CharField(_("whose decision"), max_length=12, choices=EndDecision, blank=True)
    continuation = models.CharField(_("what came after it"), max_length=14, choices=Continuation, blank=True)
    continuation_starts_on = models.DateField(_("begins on"), null=True, blank=True)
    trial_period_ends_on = models.DateField(_("end of the job's trial period"), null=True, blank=True)
    unsigned_start_reason = models.CharField(
        _("why it started before all had signed"), max_length=300, blank=True
    )
    unsigned_start_by = models.ForeignKey(
        User,
        verbose_name=_("allowed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    no_opening_talk_reason = models.CharField(
        _("why it started without an opening talk"), max_length=300, blank=True
    )  # evidence 004 F10: no start without the talk or a noted reason
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
                condition=Q(state__in=["proposed", "planned", "ongoing"]),
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
                condition=~Q(state__in=["ended_early", "changed_place", "did_not_start"])
                | ~Q(ended_reason="")
                | ~Q(end_cause=""),
                name="placement_ending_says_why",
                violation_error_message=_("Say why it ended or did not start."),
            ),
            models.CheckConstraint(
                condition=Q(weekdays__regex=r"^1?2?3?4?5?$") & ~Q(weekdays=""),
                name="placement_has_weekdays",
                violation_error_message=_("Choose at least one weekday."),
            ),
            models.CheckConstraint(
                condition=Q(unsigned_start_reason="") | Q(unsigned_start_by__isnull=False),
                name="placement_unsigned_start_says_who",
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
                condition=~Q(state__in=["proposed", "did_not_start"]),
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
    def is_agreed_on(self) -> bool:
        """Planned or going on: has all its terms, and an agreement of them. A proposal has none yet."""
        return self.state in (PlacementState.PLANNED, PlacementState.ONGOING)

    @property
    def is_open(self) -> bool:
        """Neither ended nor given up: may still be edited."""
        return self.state in OPEN_STATES


class EarlierTrial(models.Model):
    """A work trial with another organiser that the person told of: limits count months over organisers."""

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="earlier_trials"
    )
    workplace = models.CharField(_("workplace"), max_length=160)
    organiser = models.CharField(_("organiser"), max_length=160, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    note = models.CharField(_("what was learned there"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("earlier work trial")
        verbose_name_plural = _("earlier work trials")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="earlier_trial_ends_after_it_starts",
                violation_error_message=_("The last day cannot be before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"earlier work trial #{self.pk}"
