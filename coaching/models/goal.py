"""Around the goal: sub-goals in five areas and the alternatives that are kept in mind."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.enums import GoalArea, SubGoalState
from coaching.models.enrolment import Enrolment


class SubGoal(models.Model):
    """A goal within the month in one of five areas; no area comes before another (seed 001:631)."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="sub_goals"
    )
    area = models.CharField(_("area"), max_length=10, choices=GoalArea)
    text = models.CharField(_("goal in own words"), max_length=300)
    state = models.CharField(_("state"), max_length=9, choices=SubGoalState, default=SubGoalState.OPEN)
    set_on = models.DateField(_("set on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("sub-goal")
        verbose_name_plural = _("sub-goals")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="sub_goal_has_words",
                violation_error_message=_("Write the goal."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True)
                | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="sub_goal_closed_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"sub-goal #{self.pk}"


class GoalAlternative(models.Model):
    """Another way that is kept beside the goal; putting it aside keeps it (seed 003:2358-2391)."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="goal_alternatives"
    )
    text = models.CharField(_("alternative"), max_length=300)
    set_aside_on = models.DateField(_("put aside on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("alternative to the goal")
        verbose_name_plural = _("alternatives to the goal")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="goal_alternative_has_words",
                violation_error_message=_("Write the alternative."),
            ),
        ]

    def __str__(self) -> str:
        return f"alternative #{self.pk}"
