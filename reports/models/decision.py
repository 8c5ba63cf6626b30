"""What was decided when the three sat together, and the need for a health check (te-summary.md 7, 9, 11)."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.models import Enrolment
from reports.enums import DecisionKind
from reports.querysets import OfPersonQuerySet


class Decision(models.Model):
    """One decision of the officer, recorded in the meeting with only the facts of its kind: workplace of a
    work trial or wage subsidy, school and programme of a study, name of a service."""

    enrolment = models.OneToOneField(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="decision"
    )
    kind = models.CharField(_("decision"), max_length=14, choices=DecisionKind)
    where = models.CharField(_("workplace, school or service"), max_length=200, blank=True)
    programme = models.CharField(_("what is studied"), max_length=200, blank=True)  # of a study
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    conditions = models.TextField(
        _("what was agreed about it"), blank=True, validators=[MaxLengthValidator(1000)]
    )
    decided_on = models.DateField(_("decided on"))
    decided_by = models.ForeignKey(
        User, verbose_name=_("officer"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by_name = models.CharField(
        _("who decided"), max_length=160
    )  # as it stood, also of an officer without an account
    participant_comment = models.TextField(
        _("participant's comment"), blank=True, validators=[MaxLengthValidator(1000)]
    )
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [models.Index(fields=["decided_on"], name="decision_day")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by_name=""),
                name="decision_names_who_decided",
                violation_error_message=_("Say who decided."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="decision_ends_after_it_starts",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="none")
                | Q(where="", programme="", starts_on__isnull=True, ends_on__isnull=True),
                name="decision_none_has_no_facts",
            ),
            models.CheckConstraint(
                condition=Q(kind="study") | Q(programme=""), name="decision_programme_is_of_a_study"
            ),
            models.CheckConstraint(
                condition=Q(kind="none") | ~Q(where=""),
                name="decision_says_where",
                violation_error_message=_("Name the workplace, school or service."),
            ),
        ]

    def __str__(self) -> str:
        return f"decision #{self.pk} {self.kind}"


class HealthNeed(models.Model):
    """Whether a further examination is needed and where the person was helped on to; never a diagnosis.
    Stands in a summary only with the consent for it (ConsentItem.HEALTH)."""

    enrolment = models.OneToOneField(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="health_need"
    )
    is_needed = models.BooleanField(_("a further examination is needed"))
    referred_to = models.CharField(
        _("where helped on to"), max_length=120, blank=True
    )  # a service, such as the health check for the unemployed
    referred_on = models.DateField(_("on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("need of a health check")
        verbose_name_plural = _("needs of health checks")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_needed=True) | Q(referred_to="", referred_on__isnull=True),
                name="health_need_none_refers_nowhere",
                violation_error_message=_("Without a need nobody is helped on anywhere."),
            )
        ]

    def __str__(self) -> str:
        return f"health need #{self.pk}"
