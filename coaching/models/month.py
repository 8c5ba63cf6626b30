"""The coaching month and who stands in for whom."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority, User
from coaching.enums import Half, MonthState
from coaching.models.programme import Programme
from coaching.querysets import MonthQuerySet


class CoachingMonth(models.Model):
    """Four intensive weeks of one group (seed 002)."""

    name = models.CharField(_("name"), max_length=80)
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="months"
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    coaching_half = models.CharField(
        _("the group meets in the"), max_length=9, choices=Half, default=Half.MORNING
    )
    session_starts_at = models.TimeField(_("session begins at"))
    session_ends_at = models.TimeField(_("session ends at"))
    room = models.CharField(_("room"), max_length=80, blank=True)
    coach = models.ForeignKey(
        User, verbose_name=_("coach"), on_delete=models.PROTECT, related_name="coached_months"
    )
    second_coach = models.ForeignKey(
        User,
        verbose_name=_("second coach"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="second_coached_months",
    )
    coordinator = models.ForeignKey(
        User,
        verbose_name=_("employment coordinator"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="coordinated_months",
    )
    te_sponsor = models.ForeignKey(
        User,
        verbose_name=_("TE sponsor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sponsored_months",
    )
    authority = models.ForeignKey(
        Authority, verbose_name=_("authority"), on_delete=models.PROTECT, related_name="months"
    )
    kick_off_at = models.DateTimeField(_("kick-off with the TE officer"), null=True, blank=True)
    self_search_until = models.DateField(
        _("own search for a work-trial place until"), null=True, blank=True
    )  # empty: SELF_SEARCH_DAYS working days from the start
    capacity = models.PositiveSmallIntegerField(_("places"), default=10)
    state = models.CharField(_("state"), max_length=10, choices=MonthState, default=MonthState.OPEN)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, verbose_name=_("closed by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MonthQuerySet.as_manager()

    class Meta:
        verbose_name = _("coaching month")
        verbose_name_plural = _("coaching months")
        indexes = [models.Index(fields=["-starts_on", "-id"], name="month_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(second_coach__isnull=True) | ~Q(second_coach=F("coach")),
                name="month_second_coach_is_somebody_else",
                violation_error_message=_("The second coach is somebody else than the coach."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="month_ends_after_it_starts",
                violation_error_message=_("The month must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(session_ends_at__gt=F("session_starts_at")),
                name="month_session_ends_after_it_begins",
                violation_error_message=_("The session must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=12),
                name="month_has_one_to_twelve_places",
                violation_error_message=_("A group has 1 to 12 places."),
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True, closed_by__isnull=True)),
                name="month_closed_says_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"

    @property
    def work_trial_half(self) -> str:
        """The half of the day that is the work trial's."""
        return Half.AFTERNOON if self.coaching_half == Half.MORNING else Half.MORNING

    @property
    def coach_ids(self) -> tuple[int, ...]:
        """The coach and, when there is one, the second coach."""
        return (self.coach_id,) if self.second_coach_id is None else (self.coach_id, self.second_coach_id)

    @property
    def is_closed(self) -> bool:
        return self.state == MonthState.CLOSED


class Substitution(models.Model):
    """Somebody stands in for the coach or the coordinator on some days, with access on those days only."""

    month = models.ForeignKey(
        CoachingMonth,
        verbose_name=_("coaching month"),
        on_delete=models.CASCADE,
        related_name="substitutions",
    )
    user = models.ForeignKey(
        User, verbose_name=_("substitute"), on_delete=models.PROTECT, related_name="substitutions"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    note = models.TextField(_("to the substitute"), blank=True, validators=[MaxLengthValidator(4000)])

    class Meta:
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="substitution_ends_after_it_starts",
                violation_error_message=_("The last day cannot be before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"substitution #{self.pk}"
