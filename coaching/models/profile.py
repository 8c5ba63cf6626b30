"""What the person can and wants: own words, skills in two views, barriers, workplaces, interviews."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.enums import (
    BarrierHelp,
    InterviewKind,
    Level,
    Moment,
    Viewpoint,
    WorkLifeSkill,
    WorkplaceColour,
)
from coaching.models.enrolment import Enrolment


def _own_words(label):
    return models.TextField(label, blank=True, validators=[MaxLengthValidator(3000)])


class CompetenceProfile(models.Model):
    """Strengths and skills in the person's own words; printable on one page (seed 003:1565-1598)."""

    enrolment = models.OneToOneField(
        Enrolment,
        verbose_name=_("enrolment"),
        on_delete=models.CASCADE,
        related_name="competence_profile",
    )
    strengths = _own_words(_("my strengths"))
    personality = _own_words(_("what I am like"))
    temperament = _own_words(_("how I work best"))
    suitable_tasks = _own_words(_("tasks that would suit me"))
    from_education = _own_words(_("what I learned in education"))
    from_work = _own_words(_("what I learned at work"))
    from_hobbies = _own_words(_("what I learned in hobbies and life"))
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: the participant, by the personal link
    recorded_at = models.DateTimeField(_("recorded at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("competence profile")
        verbose_name_plural = _("competence profiles")

    def __str__(self) -> str:
        return f"competence profile #{self.pk}"


class SkillAssessment(models.Model):
    """One of the eleven work-life skills at one moment in one view; words, never a sum."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="skill_assessments"
    )
    skill = models.CharField(_("skill"), max_length=16, choices=WorkLifeSkill)
    moment = models.CharField(_("when"), max_length=5, choices=Moment)
    viewpoint = models.CharField(_("whose view"), max_length=12, choices=Viewpoint)
    level = models.CharField(_("how it is"), max_length=14, choices=Level)
    sentence = models.CharField(_("what shows it"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: the participant, by the personal link
    recorded_at = models.DateTimeField(_("recorded at"), auto_now=True)

    class Meta:
        verbose_name = _("assessment of a skill")
        verbose_name_plural = _("assessments of skills")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "skill", "moment", "viewpoint"], name="skill_assessment_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"skill assessment #{self.pk}"


class Barrier(models.Model):
    """What stands in the way of work, in the person's own words, and where they were helped on to.

    Never a diagnosis (architecture 7.6): the page says so beside the box.
    """

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="barriers"
    )
    text = models.CharField(_("what stands in the way, in own words"), max_length=300)
    help_kind = models.CharField(
        _("helped on to"), max_length=15, choices=BarrierHelp, default=BarrierHelp.NOT_YET
    )
    help_detail = models.CharField(_("where and what was agreed"), max_length=300, blank=True)
    helped_on = models.DateField(_("helped on"), null=True, blank=True)
    solved_on = models.DateField(_("out of the way since"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("barrier")
        verbose_name_plural = _("barriers")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="barrier_has_words",
                violation_error_message=_("Write what stands in the way."),
            ),
            models.CheckConstraint(
                condition=Q(help_kind="not_yet", helped_on__isnull=True)
                | (~Q(help_kind="not_yet") & Q(helped_on__isnull=False)),
                name="barrier_help_says_when",
                violation_error_message=_("Give the day when the person was helped on."),
            ),
        ]

    def __str__(self) -> str:
        return f"barrier #{self.pk}"


class TargetWorkplace(models.Model):
    """A workplace that the person would like (toivetyöpaikka), in one of three colours."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="target_workplaces"
    )
    name = models.CharField(_("workplace"), max_length=120)
    colour = models.CharField(_("how much it appeals"), max_length=6, choices=WorkplaceColour)
    why = models.CharField(_("why"), max_length=300, blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    contacted_on = models.DateField(_("contacted on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: the participant, by the personal link
    recorded_at = models.DateTimeField(_("recorded at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("target workplace")
        verbose_name_plural = _("target workplaces")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "name"],
                name="target_workplace_stands_once",
                violation_error_message=_("This workplace is already on the list."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="target_workplace_has_a_name",
                violation_error_message=_("Write the name of the workplace."),
            ),
        ]

    def __str__(self) -> str:
        return f"target workplace #{self.pk}"


class WorkplaceColourChange(models.Model):
    """An earlier colour of a target workplace: how the wish changed is worth seeing (evidence 003, F29)."""

    workplace = models.ForeignKey(
        TargetWorkplace,
        verbose_name=_("target workplace"),
        on_delete=models.CASCADE,
        related_name="colour_changes",
    )
    colour = models.CharField(_("colour before"), max_length=6, choices=WorkplaceColour)
    changed_on = models.DateField(_("changed on"))

    class Meta:
        verbose_name = _("change of colour")
        verbose_name_plural = _("changes of colour")

    def __str__(self) -> str:
        return f"change of colour #{self.pk}"


class Interview(models.Model):
    """A practice interview or a real one, and what was learned in it."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="interviews"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=InterviewKind)
    held_on = models.DateField(_("date"))
    where = models.CharField(_("workplace or who interviewed"), max_length=120, blank=True)
    went_well = models.CharField(_("what went well"), max_length=400, blank=True)
    learned = models.CharField(_("what was learned"), max_length=400, blank=True)
    result = models.CharField(_("what came of it"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")

    def __str__(self) -> str:
        return f"interview #{self.pk}"
