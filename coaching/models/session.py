"""One dated half day of the group."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.enums import Half, SessionKind, SessionState
from coaching.models.month import CoachingMonth
from coaching.querysets import SessionQuerySet


class Session(models.Model):
    """A half day of coaching with its log."""

    month = models.ForeignKey(
        CoachingMonth, verbose_name=_("coaching month"), on_delete=models.CASCADE, related_name="sessions"
    )
    held_on = models.DateField(_("date"))
    half = models.CharField(_("half of the day"), max_length=9, choices=Half)
    begins_at = models.TimeField(_("begins at"))
    ends_at = models.TimeField(_("ends at"))
    week = models.PositiveSmallIntegerField(_("week"))
    theme = models.CharField(_("theme"), max_length=120, blank=True)
    room = models.CharField(_("room"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=SessionKind, default=SessionKind.COACHING)
    title = models.CharField(_("title"), max_length=120, blank=True)
    plan = models.TextField(_("how the session goes"), blank=True)
    destination = models.CharField(
        _("workplace visited, or guest"), max_length=120, blank=True
    )  # of a visit or a guest
    moved_from = models.DateField(_("moved from"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=SessionState, default=SessionState.PLANNED)
    not_arranged_reason = models.CharField(_("why not arranged"), max_length=200, blank=True)
    group_note = models.TextField(_("group note"), blank=True)
    trial_note = models.TextField(_("what happened in the work trials"), blank=True)
    trial_advice = models.TextField(_("what the group advised"), blank=True)
    logged_at = models.DateTimeField(_("logged at"), null=True, blank=True)
    logged_by = models.ForeignKey(
        User, verbose_name=_("logged by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [models.Index(fields=["held_on", "month"], name="session_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "held_on", "half"],
                name="session_half_day_stands_once",
                violation_error_message=_("The group already meets on this half day."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")),
                name="session_ends_after_it_begins",
                violation_error_message=_("The session must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(state="planned", logged_at__isnull=True)
                | (~Q(state="planned") & Q(logged_at__isnull=False)),
                name="session_logged_says_when",
            ),
            models.CheckConstraint(
                condition=Q(week__gte=1, week__lte=8), name="session_week_is_of_the_month"
            ),
        ]

    def __str__(self) -> str:
        return f"session #{self.pk} {self.held_on}"
