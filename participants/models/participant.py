"""The participant's record."""

from django.contrib.postgres.indexes import OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import Authority, User
from participants.enums import ConsentMethod, EducationLevel, LabourStatus
from participants.querysets import ParticipantQuerySet


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
    information_version = models.PositiveSmallIntegerField(
        _("version of the information sheet"), null=True, blank=True
    )
    information_method = models.CharField(
        _("how it was confirmed"), max_length=8, choices=ConsentMethod, blank=True
    )
    wants_plain_finnish = models.BooleanField(_("reads plain Finnish"), default=False)
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
