"""Before the month: the information event and the selection talk."""

from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.enums import Aim, SelectionDecision
from coaching.models.month import CoachingMonth
from participants.models import Participant


class InformationEvent(models.Model):
    """An event where the month is told about; coming is voluntary (seed 002). Counted, not named."""

    month = models.ForeignKey(
        CoachingMonth,
        verbose_name=_("coaching month"),
        on_delete=models.CASCADE,
        related_name="information_events",
    )
    held_at = models.DateTimeField(_("held at"))
    place = models.CharField(_("place"), max_length=120)
    invited = models.PositiveSmallIntegerField(
        _("invited"), null=True, blank=True, validators=[MaxValueValidator(500)]
    )
    came = models.PositiveSmallIntegerField(
        _("came"), null=True, blank=True, validators=[MaxValueValidator(500)]
    )
    interested = models.PositiveSmallIntegerField(
        _("became interested"), null=True, blank=True, validators=[MaxValueValidator(500)]
    )
    note = models.TextField(_("note"), blank=True, validators=[MaxLengthValidator(2000)])
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("information event")
        verbose_name_plural = _("information events")
        constraints = [
            models.CheckConstraint(
                condition=Q(came__isnull=True)
                | Q(interested__isnull=True)
                | Q(interested__lte=models.F("came")),
                name="information_event_interested_came",
                violation_error_message=_("More people cannot have become interested than came."),
            ),
        ]

    def __str__(self) -> str:
        return f"information event #{self.pk}"


class Selection(models.Model):
    """The talk before the month and what came of it: one per person and month."""

    month = models.ForeignKey(
        CoachingMonth, verbose_name=_("coaching month"), on_delete=models.CASCADE, related_name="selections"
    )
    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="selections"
    )
    planned_at = models.DateTimeField(_("talk planned for"), null=True, blank=True)
    held_on = models.DateField(_("talk held on"), null=True, blank=True)
    interviewer = models.ForeignKey(
        User, verbose_name=_("talked with"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    aim = models.CharField(_("aim"), max_length=14, choices=Aim, blank=True)
    wishes = models.TextField(
        _("what the person wants from the month"), blank=True, validators=[MaxLengthValidator(2000)]
    )
    decision = models.CharField(_("decision"), max_length=14, choices=SelectionDecision, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, verbose_name=_("decided by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("selection")
        verbose_name_plural = _("selections")
        constraints = [
            models.UniqueConstraint(
                fields=["month", "participant"],
                name="selection_stands_once_in_a_month",
                violation_error_message=_("This person is already being considered for the month."),
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_on__isnull=True)
                | (~Q(decision="") & Q(decided_on__isnull=False)),
                name="selection_decision_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["selected", "waiting", "not_selected"]) | ~Q(reason=""),
                name="selection_decision_says_why",
                violation_error_message=_("Give the reason for the decision."),
            ),
        ]

    def __str__(self) -> str:
        return f"selection #{self.pk}"
