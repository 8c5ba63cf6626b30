"""The candidate brief: one page about one person for one employer, approved by the person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from employers.enums import BriefState
from employers.models.employer import Employer
from employers.querysets import CandidateBriefQuerySet
from participants.enums import ConsentMethod
from participants.models import Participant


class CandidateBrief(models.Model):
    """What one employer is told of one person before the start. `content` is frozen text; it holds only items
    to which the person consented for this employer, and leaves the house only while they all stand."""

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="candidate_briefs"
    )
    employer = models.ForeignKey(
        Employer, verbose_name=_("employer"), on_delete=models.PROTECT, related_name="candidate_briefs"
    )
    state = models.CharField(_("state"), max_length=9, choices=BriefState, default=BriefState.DRAFT)
    content = models.JSONField(_("content"), default=dict, blank=True)
    content_hash = models.CharField(_("hash of the content"), max_length=64, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_method = models.CharField(_("how"), max_length=8, choices=ConsentMethod, blank=True)
    approval_recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    delivered_at = models.DateTimeField(_("given to the employer at"), null=True, blank=True)
    delivered_how = models.CharField(_("how it was given"), max_length=8, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        User, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CandidateBriefQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate brief")
        verbose_name_plural = _("candidate briefs")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "employer"],
                condition=~Q(state="withdrawn"),
                name="brief_is_one_for_an_employer",
                violation_error_message=_("There is a brief for this employer already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (
                    Q(approved_at__isnull=False, approved_on__isnull=False)
                    & ~Q(approved_method="")
                    & ~Q(content_hash="")
                ),
                name="brief_approved_says_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(approved_at__isnull=False),
                name="brief_leaves_only_approved",
                violation_error_message=_("The participant approves the brief first."),
            ),
        ]

    def __str__(self) -> str:
        return f"candidate brief #{self.pk}"
