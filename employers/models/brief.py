"""The candidate brief: one page about one person for one employer, approved by the person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.work_rows import WorkRow
from employers.enums import BriefDelivery, BriefState
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
    asked_at = models.DateTimeField(_("waits for the participant since"), null=True, blank=True)
    comment = models.CharField(_("what the participant said of it"), max_length=500, blank=True)
    commented_at = models.DateTimeField(_("said at"), null=True, blank=True)
    declined_on = models.DateField(_("no brief wanted since"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_method = models.CharField(_("how"), max_length=8, choices=ConsentMethod, blank=True)
    approval_recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    delivered_at = models.DateTimeField(_("given to the employer at"), null=True, blank=True)
    delivered_how = models.CharField(_("how it was given"), max_length=8, choices=BriefDelivery, blank=True)
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
            models.CheckConstraint(
                condition=~Q(state="declined") | Q(declined_on__isnull=False),
                name="brief_declined_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"candidate brief #{self.pk}"

    @property
    def items(self) -> dict[str, str]:
        """The texts by ConsentItem code, only those that say something."""
        return {code: text for code, text in self.content.get("items", {}).items() if text}

    @property
    def struck(self) -> list[str]:
        """The items that the participant left out."""
        return list(self.content.get("struck", []))

    @property
    def is_delivered(self) -> bool:
        return self.state == BriefState.APPROVED and self.delivered_at is not None


class BriefFile(WorkRow):
    """The brief as a printable PDF, made by a job; gone when the brief is withdrawn."""

    brief = models.ForeignKey(
        CandidateBrief, verbose_name=_("candidate brief"), on_delete=models.CASCADE, related_name="files"
    )
    content_hash = models.CharField(_("hash of the content"), max_length=64)
    file = models.FileField(_("file"), upload_to="briefs/", blank=True)
    requested_by = models.ForeignKey(
        User, verbose_name=_("asked for by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("file of a candidate brief")
        verbose_name_plural = _("files of candidate briefs")
        constraints = [
            models.UniqueConstraint(fields=["brief", "content_hash"], name="brief_file_is_made_once")
        ]

    def __str__(self) -> str:
        return f"brief file #{self.pk}"
