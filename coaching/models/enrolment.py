"""A person's place in a month, from joining to the onward path."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.enums import Aim, EndedBy, EnrolmentState, ExitKind, OnwardPath
from coaching.models.month import CoachingMonth
from coaching.querysets import EnrolmentQuerySet
from participants.models import Participant


class Enrolment(models.Model):
    """One participant in one month."""

    month = models.ForeignKey(
        CoachingMonth, verbose_name=_("coaching month"), on_delete=models.PROTECT, related_name="enrolments"
    )
    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="enrolments"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=EnrolmentState, default=EnrolmentState.ENROLLED
    )
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    left_on = models.DateField(_("last day"), null=True, blank=True)
    queued_at = models.DateTimeField(_("put in the queue at"), auto_now_add=True)
    aim = models.CharField(_("aim"), max_length=14, choices=Aim, blank=True)
    exit_kind = models.CharField(_("how the month ended"), max_length=16, choices=ExitKind, blank=True)
    exit_reason = models.CharField(_("what ended it"), max_length=300, blank=True)
    ended_by = models.CharField(_("who ended it"), max_length=11, choices=EndedBy, blank=True)
    support_after = models.CharField(_("which support takes over"), max_length=300, blank=True)
    onward_path = models.CharField(_("onward path"), max_length=16, choices=OnwardPath, blank=True)
    onward_detail = models.CharField(_("where to"), max_length=200, blank=True)
    onward_starts_on = models.DateField(_("begins on"), null=True, blank=True)
    onward_recorded_at = models.DateTimeField(_("recorded at"), null=True, blank=True)
    onward_recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        indexes = [
            # the share of a year's months with an onward path, without reading the people themselves
            models.Index(
                fields=["month"],
                include=["onward_path"],
                condition=Q(state="enrolled"),
                name="enrolment_onward_of_month",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "participant"],
                name="enrolment_stands_once_in_a_month",
                violation_error_message=_("This person is already in the month."),
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="enrolment_ends_after_it_begins",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(state="enrolled") | Q(joined_on__isnull=False),
                name="enrolment_enrolled_has_joined",
            ),
            models.CheckConstraint(
                condition=~Q(exit_kind="dropped_out") | ~Q(exit_reason=""),
                name="enrolment_drop_out_says_why",
                violation_error_message=_("Say what ended the month for this person."),
            ),
            models.CheckConstraint(
                condition=~Q(exit_kind__in=["left_for_work", "left_for_study", "dropped_out"])
                | Q(left_on__isnull=False),
                name="enrolment_early_exit_has_its_last_day",
                violation_error_message=_("Give the last day in the month."),
            ),
            models.CheckConstraint(
                condition=Q(onward_path="", onward_recorded_at__isnull=True)
                | (~Q(onward_path="") & Q(onward_recorded_at__isnull=False)),
                name="enrolment_onward_path_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"enrolment #{self.pk}"
