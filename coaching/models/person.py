"""What the person wants, how it goes, and what comes next: goal, discussions, areas, steps, proposal."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.enums import Area, DiscussionKind, GoalArea, Level, Moment, ProposalKind, Viewpoint
from coaching.models.enrolment import Enrolment


class GoalVersion(models.Model):
    """The participant's goal in own words; a change is a new version, nothing is overwritten."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="goals"
    )
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("goal in own words"), validators=[MaxLengthValidator(2000)])
    why_changed = models.CharField(_("why it changed"), max_length=300, blank=True)
    written_on = models.DateField(_("written on"))
    by_link = models.BooleanField(_("written by the participant"), default=False)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "number"], name="goal_version_stands_once"),
            models.CheckConstraint(
                condition=~Q(text=""), name="goal_has_words", violation_error_message=_("Write the goal.")
            ),
        ]

    def __str__(self) -> str:
        return f"goal #{self.pk} v{self.number}"


class Discussion(models.Model):
    """A discussion with both views and who was present; the final one may be still only planned."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="discussions"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=DiscussionKind)
    topic = models.CharField(_("topic"), max_length=120, blank=True)  # of an "other" discussion
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    present = models.CharField(_("present"), max_length=200, blank=True)
    participant_view = models.TextField(
        _("participant's view"), blank=True, validators=[MaxLengthValidator(4000)]
    )
    coach_view = models.TextField(_("coach's view"), blank=True, validators=[MaxLengthValidator(4000)])
    help_wanted = models.TextField(
        _("how could the coaching best help me now?"), blank=True, validators=[MaxLengthValidator(2000)]
    )
    help_answer = models.TextField(
        _("how the coaching helps from here on"), blank=True, validators=[MaxLengthValidator(2000)]
    )
    agreed = models.TextField(_("agreed changes"), blank=True, validators=[MaxLengthValidator(2000)])
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "kind"],
                condition=~Q(kind="other"),
                name="discussion_kind_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(planned_on__isnull=False) | Q(held_on__isnull=False),
                name="discussion_has_a_date",
                violation_error_message=_("Give the day when it was held or is planned."),
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True)
                | (~Q(present="") & ~Q(participant_view="") & ~Q(coach_view="")),
                name="discussion_held_has_both_views",
                violation_error_message=_(
                    "A discussion that was held has both views and says who was present."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"discussion #{self.pk} {self.kind}"


class AreaAssessment(models.Model):
    """One area of employability at the start or the end, from one viewpoint, with a sentence of evidence."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="area_assessments"
    )
    area = models.CharField(_("area"), max_length=20, choices=Area)
    moment = models.CharField(_("when"), max_length=5, choices=Moment)
    viewpoint = models.CharField(_("whose view"), max_length=12, choices=Viewpoint)
    level = models.CharField(_("how it is"), max_length=14, choices=Level)
    sentence = models.CharField(_("one sentence of evidence, or why not assessed"), max_length=400)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now=True)

    class Meta:
        verbose_name = _("assessment of an area")
        verbose_name_plural = _("assessments of areas")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "area", "moment", "viewpoint"], name="area_assessment_stands_once"
            ),
            models.CheckConstraint(
                condition=~Q(sentence=""),
                name="area_assessment_has_its_sentence",
                violation_error_message=_("Write one sentence: what shows it, or why it was not assessed."),
            ),
        ]

    def __str__(self) -> str:
        return f"assessment #{self.pk} {self.area}"


class ActionStep(models.Model):
    """A next step after the month: what, who, by when, and what instead (te-summary.md block 6)."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="action_steps"
    )
    what = models.CharField(_("what"), max_length=300)
    how = models.CharField(_("how"), max_length=300, blank=True)
    who = models.CharField(_("who"), max_length=120)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    alternative = models.CharField(_("what instead, if it does not work out"), max_length=300, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=300, blank=True)
    goal_area = models.CharField(_("area"), max_length=10, choices=GoalArea, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(who=""),
                name="action_step_says_what_and_who",
                violation_error_message=_("A next step says what is done and who does it."),
            )
        ]

    def __str__(self) -> str:
        return f"next step #{self.pk}"


class Proposal(models.Model):
    """What is proposed to be decided, with just the facts that this kind needs (te-summary.md block 7)."""

    enrolment = models.OneToOneField(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="proposal"
    )
    kind = models.CharField(_("proposal"), max_length=22, choices=ProposalKind)
    where = models.CharField(_("workplace, school or service"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    reason = models.TextField(_("why"), blank=True, validators=[MaxLengthValidator(1000)])
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("proposal for a decision")
        verbose_name_plural = _("proposals for decisions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
                name="proposal_ends_after_it_starts",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(kind="no_decision") | ~Q(reason=""),
                name="proposal_says_why",
                violation_error_message=_("Say in a sentence why this is proposed."),
            ),
        ]

    def __str__(self) -> str:
        return f"proposal #{self.pk}"
