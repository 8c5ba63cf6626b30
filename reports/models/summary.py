"""The summary for the TE-office with its versions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority, User
from coaching.models import Enrolment
from core.work_rows import WorkRow
from reports.enums import IN_WORK, ApprovalMethod, SummaryState
from reports.querysets import SummaryVersionQuerySet

SHORT_HASH = 16


class SummaryVersion(models.Model):
    """One version of one person's summary: frozen data, hash, author; released ones never change."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="summary_versions"
    )
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=20, choices=SummaryState, default=SummaryState.DRAFT)
    language = models.CharField(_("language"), max_length=2, default="fi")
    data = models.JSONField(_("frozen data of the twelve blocks"))
    texts = models.JSONField(_("free texts edited by the coach"), default=dict, blank=True)
    source_hash = models.CharField(_("hash of the source data"), max_length=64)
    content_hash = models.CharField(_("hash of data and texts"), max_length=64)
    is_provisional = models.BooleanField(_("provisional"), default=True)
    author = models.ForeignKey(
        User, verbose_name=_("author"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    pdf = models.FileField(_("PDF"), upload_to="summaries/", blank=True)
    pdf_content_hash = models.CharField(
        _("hash of the content that the PDF shows"), max_length=64, blank=True
    )
    signed_on = models.DateField(_("approved by the participant on"), null=True, blank=True)
    signed_method = models.CharField(_("how"), max_length=8, choices=ApprovalMethod, blank=True)
    participant_comment = models.TextField(_("participant's comment"), blank=True)
    left_out = models.JSONField(
        _("blocks that the participant leaves out"), default=list, blank=True
    )  # values of reports.enums.OPTIONAL_BLOCKS, part of the content hash
    approved_by = models.ForeignKey(
        User, verbose_name=_("approved by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    recipient = models.ForeignKey(
        Authority,
        verbose_name=_("released to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="summaries",
    )
    released_by = models.ForeignKey(
        User, verbose_name=_("released by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SummaryVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("summary")
        verbose_name_plural = _("summaries")
        indexes = [
            models.Index(fields=["recipient", "-released_at", "-id"], name="summary_inbox"),
            models.Index(
                fields=["content_hash"], opclasses=["varchar_pattern_ops"], name="summary_hash_prefix"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "number"], name="summary_version_stands_once"),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(state__in=["draft", "participant_review", "approved"]),
                name="summary_has_one_version_in_work",
            ),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(state="released"), name="summary_has_one_released_version"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "released"])
                | (Q(signed_on__isnull=False) & ~Q(signed_method="") & Q(approved_at__isnull=False)),
                name="summary_approved_is_signed_by_the_participant",
                violation_error_message=_("The participant's approval must be recorded first."),
            ),
            models.CheckConstraint(
                condition=~Q(state="released")
                | Q(released_at__isnull=False, recipient__isnull=False, released_by__isnull=False),
                name="summary_released_says_to_whom_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"summary #{self.pk} v{self.number}"

    @property
    def is_in_work(self) -> bool:
        return self.state in IN_WORK

    @property
    def is_signed(self) -> bool:
        return self.signed_on is not None

    @property
    def short_hash(self) -> str:
        """The sixteen digits that stand on paper and in the address of the verification page."""
        return self.content_hash[:SHORT_HASH]

    @property
    def plan_text(self) -> str:
        """Block 12 as it leaves: the coach's wording, or else the generated one."""
        return self.texts.get("plan_text") or self.data.get("plan_text", "")

    def superseded_by(self) -> SummaryVersion | None:
        """The next version of the same person that was released, if there is one. One query."""
        newer = SummaryVersion.objects.filter(
            enrolment=self.enrolment_id, number__gt=self.number, released_at__isnull=False
        )
        return newer.order_by("number").last() if self.released_at else None

    @property
    def has_fresh_pdf(self) -> bool:
        """`pdf_content_hash` is emptied whenever what the PDF shows has changed."""
        return bool(self.pdf and self.pdf_content_hash)


class SummaryPdfJob(WorkRow):
    """The PDF of one version that was edited, signed or approved outside a period end."""

    summary = models.OneToOneField(
        SummaryVersion, verbose_name=_("summary"), on_delete=models.CASCADE, related_name="pdf_job"
    )

    class Meta:
        verbose_name = _("PDF to be made")
        verbose_name_plural = _("PDFs to be made")

    def __str__(self) -> str:
        return f"PDF job #{self.pk}"
