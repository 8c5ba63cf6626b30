"""The programme template: four weeks and their themes. A month keeps the version that it began with."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.enums import DiscussionKind, SessionKind
from coaching.querysets import ProgrammeQuerySet


class Programme(models.Model):
    """One version of a template, or a month's own copy of one, which belongs to no list of templates.

    Editing a template that a month uses makes the next version; a copy is edited in place.
    """

    name = models.CharField(_("name"), max_length=120)
    version = models.PositiveIntegerField(_("version"), default=1)
    valid_from = models.DateField(_("valid from"))
    is_active = models.BooleanField(_("in use"), default=True)
    copied_for = models.OneToOneField(
        "coaching.CoachingMonth",
        verbose_name=_("the month's own copy"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="own_programme",
    )
    created_by = models.ForeignKey(
        User, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "version"],
                condition=models.Q(copied_for__isnull=True),
                name="programme_version_is_unique",
                violation_error_message=_("This version of the programme exists already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class ProgrammeWeek(models.Model):
    """One of the four weeks: its theme, what is done, and prompts for the daily log."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="weeks"
    )
    number = models.PositiveSmallIntegerField(
        _("week"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    theme = models.CharField(_("theme"), max_length=120)
    description = models.TextField(_("what is done"), blank=True)
    prompts = models.TextField(_("prompts for the daily log, one on each line"), blank=True)

    class Meta:
        verbose_name = _("programme week")
        verbose_name_plural = _("programme weeks")
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_week_stands_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=4), name="programme_has_four_weeks"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}: {self.number}"


class SessionPlan(models.Model):
    """What the group does on one weekday of one week; a session made from it takes its title and plan."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="session_plans"
    )
    week = models.PositiveSmallIntegerField(
        _("week"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    weekday = models.PositiveSmallIntegerField(
        _("weekday"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )  # ISO: 1 is Monday
    title = models.CharField(_("title"), max_length=120)
    plan = models.TextField(_("how the session goes"), blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=SessionKind, default=SessionKind.COACHING)

    class Meta:
        verbose_name = _("session plan")
        verbose_name_plural = _("session plans")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "week", "weekday"], name="session_plan_day_stands_once"
            ),
            models.CheckConstraint(
                condition=models.Q(week__gte=1, week__lte=4, weekday__gte=1, weekday__lte=5),
                name="session_plan_is_of_the_month",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="session_plan_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"session plan #{self.pk}"


class DiscussionWindow(models.Model):
    """Between which days of the month a discussion is held; days count the group's days off too: day 1 is
    the first weekday of week 1, day 20 the Friday of week 4 (evidence anchors-systems, row 35)."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="discussion_windows"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=DiscussionKind)
    first_day = models.PositiveSmallIntegerField(_("from day"))
    last_day = models.PositiveSmallIntegerField(_("to day"))

    class Meta:
        verbose_name = _("discussion window")
        verbose_name_plural = _("discussion windows")
        constraints = [
            models.UniqueConstraint(fields=["programme", "kind"], name="discussion_window_stands_once"),
            models.CheckConstraint(
                condition=models.Q(first_day__gte=1, last_day__gte=models.F("first_day"), last_day__lte=40),
                name="discussion_window_ends_after_it_begins",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="other"), name="discussion_window_is_of_the_month"
            ),
        ]

    def __str__(self) -> str:
        return f"discussion window #{self.pk}"


class PreAssignmentTemplate(models.Model):
    """One of the tasks that a participant gets before the first day, by the personal link.

    `texts` maps a language to what is shown: `{"fi": {"title": str, "introduction": str, "questions":
    [str, …]}, "sv": {…}, "en": {…}, "plain": {…}}`; "plain" is plain Finnish (selkokieli). All languages
    have the same number of questions, in the same order. `holds_goal`: the answer to the first question is
    the participant's own goal.
    """

    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        on_delete=models.CASCADE,
        related_name="pre_assignment_templates",
    )
    position = models.PositiveSmallIntegerField(_("order"))
    due_days_before = models.PositiveSmallIntegerField(
        _("days before the first day"), default=3, validators=[MaxValueValidator(60)]
    )
    holds_goal = models.BooleanField(_("the first answer is the goal"), default=False)
    texts = models.JSONField(_("texts"), default=dict)

    class Meta:
        verbose_name = _("pre-assignment of a programme")
        verbose_name_plural = _("pre-assignments of a programme")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "position"], name="pre_assignment_position_stands_once"
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=models.Q(holds_goal=True),
                name="pre_assignment_goal_is_asked_once",
                violation_error_message=_("Only one pre-assignment can ask for the goal."),
            ),
            models.CheckConstraint(
                condition=models.Q(due_days_before__lte=60),
                name="pre_assignment_is_due_near_the_month",
                violation_error_message=_("Give at most 60 days."),
            ),
        ]

    def __str__(self) -> str:
        return f"pre-assignment template #{self.pk}"
