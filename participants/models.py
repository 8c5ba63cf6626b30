"""The participant's record, how they came, and what they allowed."""

from django.contrib.postgres.indexes import OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import Authority, User
from participants.enums import (
    REFERRAL_TONES,
    ConsentItem,
    ConsentMethod,
    ConsentRecipient,
    EducationLevel,
    ImportState,
    LabourStatus,
    ReferralSource,
    ReferralState,
)
from participants.querysets import (
    ConsentQuerySet,
    ParticipantQuerySet,
    ReferralImportQuerySet,
    ReferralQuerySet,
)


class Participant(models.Model):
    """A person who comes, or may come, to a month. Never a diagnosis, never a score (architecture 7.6)."""

    first_name = models.CharField(_("first name"), max_length=60)
    last_name = models.CharField(_("last name"), max_length=60)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    street_address = models.CharField(_("street address"), max_length=120, blank=True)
    postal_code = models.CharField(
        _("postal code"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d{5}$", _("A postal code has five digits."))],
    )
    city = models.CharField(_("city"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FINNISH)
    authority = models.ForeignKey(
        Authority, verbose_name=_("authority"), on_delete=models.PROTECT, related_name="participants"
    )
    officer = models.ForeignKey(
        User,
        verbose_name=_("responsible officer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participants_in_charge",
    )
    officer_name = models.CharField(
        _("responsible officer, when without an account"), max_length=120, blank=True
    )
    labour_status = models.CharField(
        _("labour-market status at the start"), max_length=24, choices=LabourStatus, blank=True
    )
    education = models.CharField(_("education"), max_length=16, choices=EducationLevel, blank=True)
    unemployed_since = models.DateField(_("out of work since"), null=True, blank=True)
    hetu_encrypted = models.TextField(_("personal identity code"), blank=True, editable=False)
    hetu_hash = models.CharField(max_length=64, blank=True, editable=False)
    is_restricted = models.BooleanField(_("non-disclosure for safety reasons"), default=False)
    information_confirmed_on = models.DateField(_("information sheet gone through"), null=True, blank=True)
    agreement_signed_on = models.DateField(_("participation agreement signed"), null=True, blank=True)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        indexes = [
            models.Index(fields=["last_name", "first_name", "id"], name="participant_name"),
            models.Index(
                OpClass(Lower("last_name"), "text_pattern_ops"),
                OpClass(Lower("first_name"), "text_pattern_ops"),
                name="participant_last_name_prefix",
            ),
            models.Index(
                OpClass(Lower("first_name"), "text_pattern_ops"), name="participant_first_name_prefix"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["hetu_hash"],
                condition=~Q(hetu_hash=""),
                name="participant_hetu_is_unique",
                violation_error_message=_("Somebody with this personal identity code is already on record."),
            ),
            models.CheckConstraint(
                condition=Q(hetu_hash="", hetu_encrypted="") | (~Q(hetu_hash="") & ~Q(hetu_encrypted="")),
                name="participant_hetu_is_encrypted_and_findable",
            ),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True) | Q(birth_date__gte="1900-01-01"),
                name="participant_birth_date_is_possible",
                violation_error_message=_("This date of birth is not possible."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} #{self.pk}"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def has_hetu(self) -> bool:
        return bool(self.hetu_hash)


class ReferralImport(models.Model):
    """One uploaded list: its rows wait here, encrypted, for the decision and are dropped after it (or
    after a day, `participants.tasks.drop_expired_previews`). Only the counts stay."""

    authority = models.ForeignKey(
        Authority, verbose_name=_("authority"), on_delete=models.PROTECT, related_name="+"
    )
    uploaded_by = models.ForeignKey(
        User, verbose_name=_("uploaded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: the operators' command
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.PREVIEW)
    file_kind = models.CharField(_("kind of file"), max_length=4, default="csv")
    columns = models.JSONField(_("recognised columns"), default=list)
    rows_encrypted = models.TextField(_("rows with their verdicts"), blank=True, editable=False)
    good_count = models.PositiveIntegerField(_("good rows"), default=0)
    known_count = models.PositiveIntegerField(_("already known"), default=0)
    undecided_count = models.PositiveIntegerField(_("rows to decide"), default=0)
    failed_count = models.PositiveIntegerField(_("rows to mend"), default=0)
    imported_count = models.PositiveIntegerField(_("taken in"), default=0)
    imported_at = models.DateTimeField(_("imported at"), null=True, blank=True)

    objects = ReferralImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral list")
        verbose_name_plural = _("referral lists")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="preview") | Q(rows_encrypted=""),
                name="referral_list_rows_go_after_the_decision",
            ),
            models.CheckConstraint(
                condition=Q(state="imported", imported_at__isnull=False)
                | (~Q(state="imported") & Q(imported_at__isnull=True)),
                name="referral_list_imported_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"referral list #{self.pk}"


class Referral(models.Model):
    """The authority proposes a person; coming is voluntary (seed 002)."""

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="referrals"
    )
    authority = models.ForeignKey(
        Authority, verbose_name=_("authority"), on_delete=models.PROTECT, related_name="+"
    )
    referred_on = models.DateField(_("referred on"))
    source = models.CharField(_("source"), max_length=8, choices=ReferralSource)
    state = models.CharField(_("state"), max_length=14, choices=ReferralState, default=ReferralState.RECEIVED)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    reason = models.CharField(_("reason when not selected"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    referral_import = models.ForeignKey(
        ReferralImport,
        verbose_name=_("referral list"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="referrals",
    )
    created_by = models.ForeignKey(
        User, verbose_name=_("entered by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: the operators' command
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        indexes = [
            models.Index(fields=["state", "-referred_on", "-id"], name="referral_state"),
            models.Index(fields=["-referred_on", "-id"], name="referral_newest_first"),
            models.Index(
                fields=["-referred_on", "-id"],
                condition=Q(state__in=["received", "informed", "selected", "waiting"]),
                name="referral_open_newest_first",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(state__in=["received", "informed", "selected", "waiting"]),
                name="participant_has_one_open_referral",
                violation_error_message=_("This person already has an open referral."),
            ),
            models.CheckConstraint(
                condition=~Q(state="not_selected") | ~Q(reason=""),
                name="referral_not_selected_has_a_reason",
                violation_error_message=_("Say why the person was not selected."),
            ),
        ]

    def __str__(self) -> str:
        return f"referral #{self.pk}"

    @property
    def tone(self) -> str:
        """The tone of the state's badge (docs/design-system.md)."""
        return REFERRAL_TONES[self.state]


class Consent(models.Model):
    """One item that the participant allows one kind of recipient to get; revocable at any time."""

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="consents"
    )
    recipient = models.CharField(_("recipient"), max_length=12, choices=ConsentRecipient)
    item = models.CharField(_("what"), max_length=12, choices=ConsentItem)
    granted_on = models.DateField(_("given on"))
    method = models.CharField(_("how"), max_length=8, choices=ConsentMethod)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User,
        verbose_name=_("revocation recorded by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "recipient", "item"],
                condition=Q(revoked_at__isnull=True),
                name="consent_is_given_once",
                violation_error_message=_("This consent is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=models.F("granted_on")),
                name="consent_ends_after_it_was_given",
                violation_error_message=_("The consent cannot end before it was given."),
            ),
        ]

    def __str__(self) -> str:
        return f"consent #{self.pk}"
