"""Marks of the grid, steps forward, and the draft of a daily log."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.enums import Half, Mark, StepBy
from coaching.models.enrolment import Enrolment
from coaching.models.session import Session
from coaching.querysets import AttendanceMarkQuerySet, StepForwardQuerySet


class AttendanceMark(models.Model):
    """One person, one half day: the group's half has its session, the work trial's half has none.

    No row means "not logged yet", which is not absence.
    """

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="marks"
    )
    session = models.ForeignKey(
        Session,
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="marks",
    )
    day = models.DateField(_("date"))
    half = models.CharField(_("half of the day"), max_length=9, choices=Half)
    mark = models.CharField(_("mark"), max_length=16, choices=Mark)
    minutes_late = models.PositiveSmallIntegerField(
        _("minutes late"), default=0, validators=[MaxValueValidator(480)]
    )
    minutes_left_early = models.PositiveSmallIntegerField(
        _("minutes left early"), default=0, validators=[MaxValueValidator(480)]
    )
    hours = models.DecimalField(
        _("hours at the workplace"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = AttendanceMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance mark")
        verbose_name_plural = _("attendance marks")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "day", "half"], name="attendance_mark_stands_once"),
            models.CheckConstraint(
                condition=Q(mark="present") | Q(minutes_late=0, minutes_left_early=0),
                name="attendance_minutes_belong_to_presence",
                violation_error_message=_("Minutes can be given only for somebody who was present."),
            ),
            models.CheckConstraint(
                condition=Q(minutes_late__lte=480, minutes_left_early__lte=480),
                name="attendance_minutes_fit_a_day",
                violation_error_message=_("Give at most 480 minutes."),
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gte=0, hours__lte=12, session__isnull=True),
                name="attendance_hours_fit_a_day",
                violation_error_message=_("Give 0 to 12 hours."),
            ),
        ]

    def __str__(self) -> str:
        return f"mark #{self.pk} {self.day}"


class StepForward(models.Model):
    """A dated step towards work, however small: soft results count (te-summary.md)."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="steps_forward"
    )
    session = models.ForeignKey(
        Session,
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="steps_forward",
    )
    day = models.DateField(_("date"))
    text = models.CharField(_("what happened"), max_length=300)
    done_by = models.CharField(_("who did it"), max_length=11, choices=StepBy, default=StepBy.PARTICIPANT)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = StepForwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("step forward")
        verbose_name_plural = _("steps forward")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "session"],
                name="step_forward_stands_once_in_a_session",
                violation_error_message=_("One step forward per person and session."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="step_forward_says_what_happened",
                violation_error_message=_("Write what the step forward was."),
            ),
        ]

    def __str__(self) -> str:
        return f"step forward #{self.pk}"


class DailyLogDraft(models.Model):
    """What one coach has typed into one session's log and not saved yet."""

    session = models.ForeignKey(
        Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="drafts"
    )
    user = models.ForeignKey(User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="+")
    content = models.JSONField(_("content"), default=dict)
    base_version = models.PositiveIntegerField(_("version of the session that it began from"))
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("draft of a daily log")
        verbose_name_plural = _("drafts of daily logs")
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="daily_log_draft_is_one_per_person")
        ]

    def __str__(self) -> str:
        return f"draft #{self.pk}"
