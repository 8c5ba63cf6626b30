"""How a participant came: the authority's referral and the list that it stood in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority, User
from participants.enums import REFERRAL_TONES, ImportState, ReferralSource, ReferralState
from participants.models.participant import Participant
from participants.querysets import ReferralImportQuerySet, ReferralQuerySet


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
