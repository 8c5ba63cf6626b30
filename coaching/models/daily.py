"""What a day brings besides marks: tips, job-search actions, individual time, phrases, corrections."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.enums import Half, JobSearchKind, SharedKind, StepBy
from coaching.models.enrolment import Enrolment
from coaching.models.session import Session
from coaching.querysets import PhraseQuerySet


class SharedTip(models.Model):
    """A tip or a word of praise that was given in the group, and who gave it."""

    session = models.ForeignKey(
        Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="tips"
    )
    position = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=6, choices=SharedKind, default=SharedKind.TIP)
    text = models.CharField(_("what was said"), max_length=300)
    given_by = models.ForeignKey(
        Enrolment,
        verbose_name=_("given by"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="tips_given",
    )  # None: the coach
    given_to = models.ForeignKey(
        Enrolment,
        verbose_name=_("given to"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="tips_received",
    )  # None: everybody
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("tip or praise")
        verbose_name_plural = _("tips and praise")
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="shared_tip_stands_once"),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="shared_tip_has_words",
                violation_error_message=_("Write what was said."),
            ),
        ]

    def __str__(self) -> str:
        return f"tip #{self.pk}"


class JobSearchAction(models.Model):
    """One act of looking for work (työnhakuteko); `done_by` says whose hand did it."""

    enrolment = models.ForeignKey(
        Enrolment,
        verbose_name=_("enrolment"),
        on_delete=models.CASCADE,
        related_name="job_search_actions",
    )
    session = models.ForeignKey(
        Session,
        verbose_name=_("session"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="job_search_actions",
    )
    day = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=16, choices=JobSearchKind)
    text = models.CharField(_("where or what"), max_length=200, blank=True)
    done_by = models.CharField(_("who did it"), max_length=11, choices=StepBy, default=StepBy.PARTICIPANT)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: the participant, by the personal link
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("job-search action")
        verbose_name_plural = _("job-search actions")
        indexes = [models.Index(fields=["enrolment", "day"], name="job_search_day")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="other") | ~Q(text=""),
                name="job_search_other_says_what",
                violation_error_message=_("Write what was done."),
            ),
        ]

    def __str__(self) -> str:
        return f"job-search action #{self.pk}"


class IndividualTime(models.Model):
    """Minutes that the coach gave to one person alone, in a session or beside it."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="individual_times"
    )
    session = models.ForeignKey(
        Session,
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="individual_times",
    )
    day = models.DateField(_("date"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(480)]
    )
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("individual time")
        verbose_name_plural = _("individual times")
        indexes = [models.Index(fields=["enrolment", "-day"], name="individual_time_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "session"], name="individual_time_stands_once_in_a_session"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=480),
                name="individual_time_fits_a_day",
                violation_error_message=_("Give 1 to 480 minutes."),
            ),
        ]

    def __str__(self) -> str:
        return f"individual time #{self.pk}"


class Phrase(models.Model):
    """A sentence that one coach uses often; nobody else sees it."""

    user = models.ForeignKey(User, verbose_name=_("coach"), on_delete=models.CASCADE, related_name="phrases")
    text = models.CharField(_("phrase"), max_length=300)
    used_count = models.PositiveIntegerField(_("times used"), default=0)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = PhraseQuerySet.as_manager()

    class Meta:
        verbose_name = _("phrase")
        verbose_name_plural = _("phrases")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "text"],
                name="phrase_stands_once",
                violation_error_message=_("You already have this phrase."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="phrase_has_words", violation_error_message=_("Write the phrase.")
            ),
        ]

    def __str__(self) -> str:
        return f"phrase #{self.pk}"


class MarkCorrection(models.Model):
    """A mark changed after the summary was released: the old value, the new one and why. Only added to."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="mark_corrections"
    )
    day = models.DateField(_("date"))
    half = models.CharField(_("half of the day"), max_length=9, choices=Half)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    reason = models.CharField(_("reason for the correction"), max_length=300)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("correction of a mark")
        verbose_name_plural = _("corrections of marks")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="mark_correction_says_why",
                violation_error_message=_("Say why this is corrected after the summary was released."),
            ),
        ]

    def __str__(self) -> str:
        return f"correction #{self.pk}"
