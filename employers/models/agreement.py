"""The agreement of three parties: its printed file, the text that is signed, who has signed how."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import User
from core.models import LinkToken, OutgoingMail
from core.work_rows import WorkRow
from employers.enums import Party, SigningMethod, WorkplacePurpose
from employers.models.employer import ContactPerson
from employers.models.placement import Placement
from employers.querysets import AgreementFileQuerySet, AgreementQuerySet, SignatureQuerySet


class AgreementFile(WorkRow):
    """The agreement as a printable PDF, made by a job; the same content is not made twice."""

    placement = models.ForeignKey(
        Placement, verbose_name=_("work trial"), on_delete=models.CASCADE, related_name="agreement_files"
    )
    content_hash = models.CharField(_("hash of the content"), max_length=64)
    placement_version = models.PositiveIntegerField(_("version of the work trial"), default=1)
    file = models.FileField(_("file"), upload_to="agreements/", blank=True)
    requested_by = models.ForeignKey(
        User, verbose_name=_("asked for by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = AgreementFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement file")
        verbose_name_plural = _("agreement files")
        constraints = [
            models.UniqueConstraint(fields=["placement", "content_hash"], name="agreement_file_is_made_once")
        ]

    def __str__(self) -> str:
        return f"agreement file #{self.pk}"


class Agreement(models.Model):
    """One text of a work trial's agreement, out for signing. What is signed is kept as a hash of the text;
    an edit of the work trial that changes the text cancels the agreement with its signatures."""

    placement = models.ForeignKey(
        Placement, verbose_name=_("work trial"), on_delete=models.CASCADE, related_name="agreements"
    )
    text = models.TextField(_("the text"), blank=True)  # our own markup, as it was read and signed
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FINNISH)
    text_hash = models.CharField(_("hash of the text"), max_length=64)
    terms_hash = models.CharField(
        _("hash of the terms"), max_length=64, blank=True
    )  # of what the work trial agrees on: a new telephone number of the coach cancels nothing
    placement_version = models.PositiveIntegerField(_("version of the work trial"))
    opened_at = models.DateTimeField(_("out for signing since"))
    opened_by = models.ForeignKey(
        User, verbose_name=_("sent by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed by all at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        User,
        verbose_name=_("cancelled by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    cancelled_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        indexes = [models.Index(fields=["placement", "-opened_at"], name="agreement_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"],
                condition=Q(cancelled_at__isnull=True),
                name="agreement_is_one_at_a_time",
                violation_error_message=_("The agreement is out for signing already."),
            )
        ]

    def __str__(self) -> str:
        return f"agreement #{self.pk}"


class Signature(models.Model):
    """The place for one party's signature; signed once, by link, by account or on paper."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="signatures"
    )
    party = models.CharField(_("party"), max_length=11, choices=Party)
    signer_name = models.CharField(_("who signs"), max_length=160, blank=True)
    signer_title = models.CharField(_("title"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    contact_person = models.ForeignKey(
        ContactPerson,
        verbose_name=_("who signs"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    asked_by = models.CharField(_("asked how"), max_length=7, choices=SigningMethod, blank=True)
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("last reminded at"), null=True, blank=True)
    mail = models.ForeignKey(
        OutgoingMail,
        verbose_name=_("last mail"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )  # so that a mail that did not go is seen
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signature recorded at"), null=True, blank=True)
    method = models.CharField(_("how"), max_length=7, choices=SigningMethod, blank=True)
    text_hash = models.CharField(_("hash of the signed text"), max_length=64, blank=True)
    scan = models.FileField(_("scan of the paper"), upload_to="signatures/", blank=True)
    checked_by = models.ForeignKey(
        User,
        verbose_name=_("paper checked by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    signed_by_user = models.ForeignKey(
        User, verbose_name=_("signed by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="signature_of_a_party_stands_once"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_on__isnull=True, method="", text_hash="")
                | (
                    Q(signed_at__isnull=False, signed_on__isnull=False)
                    & ~Q(method="")
                    & ~Q(text_hash="")
                    & ~Q(signer_name="")
                ),
                name="signature_says_who_when_and_how",
            ),
            models.CheckConstraint(
                condition=~Q(method="paper") | Q(checked_by__isnull=False),
                name="signature_on_paper_was_checked",
                violation_error_message=_("Say who checked the paper."),
            ),
        ]

    def __str__(self) -> str:
        return f"signature #{self.pk}"


class WorkplaceLink(models.Model):
    """One link without an account to somebody at the workplace or the authority: one purpose, one work trial.
    The secret stands only in the link; see employers/links.py."""

    token = models.OneToOneField(
        LinkToken, verbose_name=_("token"), on_delete=models.CASCADE, related_name="workplace_link"
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=WorkplacePurpose)
    placement = models.ForeignKey(
        Placement,
        verbose_name=_("work trial"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="workplace_links",
    )
    subject_id = models.BigIntegerField(
        _("subject")
    )  # of the purpose: a Signature, a Placement, an EmployerFeedback, a CandidateBrief
    contact_person = models.ForeignKey(
        ContactPerson,
        verbose_name=_("to whom"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="links",
    )
    email = models.EmailField(_("e-mail"), blank=True)  # empty: printed or told
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FINNISH)
    created_at = models.DateTimeField(_("made at"))
    created_by = models.ForeignKey(
        User, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mail = models.ForeignKey(
        OutgoingMail,
        verbose_name=_("mail"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    is_reminder = models.BooleanField(_("was sent as a reminder"), default=False)
    last_opened_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("link of a workplace")
        verbose_name_plural = _("links of workplaces")
        indexes = [
            models.Index(fields=["purpose", "subject_id", "-created_at"], name="workplace_link_latest")
        ]

    def __str__(self) -> str:
        return f"workplace link #{self.pk}"
