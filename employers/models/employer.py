"""The organisation's register of employers: contacts stay when a person of ours leaves."""

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import User
from employers.enums import (
    Channel,
    ContactResult,
    ContactRole,
    EmployerSize,
    LayoffsResult,
    Sector,
)
from employers.querysets import ContactEventQuerySet, ContactPersonQuerySet, EmployerQuerySet
from employers.search import PhoneTail, SearchWords

LONGEST_TEXT = 2000  # characters of needs, experience and note


class Employer(models.Model):
    """A workplace's legal person."""

    name = models.CharField(_("name"), max_length=160)
    business_id = models.CharField(_("business ID (Y-tunnus)"), max_length=9, blank=True)
    sector = models.CharField(_("sector"), max_length=80, choices=Sector, blank=True)
    size = models.CharField(_("size"), max_length=8, choices=EmployerSize, blank=True)
    street_address = models.CharField(_("street address"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    city = models.CharField(_("municipality"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FINNISH)
    own_contact = models.ForeignKey(
        User,
        verbose_name=_("our named contact"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="employers",
    )
    deputy = models.ForeignKey(
        User,
        verbose_name=_("deputy of our contact"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="employers_as_deputy",
    )
    needs = models.TextField(_("what they need"), blank=True, validators=[MaxLengthValidator(LONGEST_TEXT)])
    experience = models.TextField(
        _("experience so far"), blank=True, validators=[MaxLengthValidator(LONGEST_TEXT)]
    )
    email_verified_on = models.DateField(_("e-mail found right on"), null=True, blank=True)
    layoffs_checked_on = models.DateField(_("lay-offs checked on"), null=True, blank=True)
    layoffs_result = models.CharField(
        _("what the check of lay-offs said"), max_length=6, choices=LayoffsResult, blank=True
    )
    last_contact_on = models.DateField(_("last contact"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
    )
    do_not_ask_before = models.DateField(_("do not ask before"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, validators=[MaxLengthValidator(LONGEST_TEXT)])
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        verbose_name = _("employer")
        verbose_name_plural = _("employers")
        indexes = [
            models.Index(fields=["name", "id"], name="employer_name"),
            models.Index(fields=["sector", "name", "id"], name="employer_sector"),
            GinIndex(SearchWords("name", "street_address", "city", "needs"), name="employer_words"),
            models.Index(Upper("city"), "name", "id", name="employer_city"),
            models.Index(PhoneTail("phone"), name="employer_phone", condition=~Q(phone="")),
            models.Index(fields=["own_contact", "last_contact_on"], name="employer_contact_due"),
            models.Index(
                fields=["name", "id"],
                condition=Q(do_not_ask_before__isnull=False),
                name="employer_left_in_peace",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["business_id"],
                condition=~Q(business_id=""),
                name="employer_business_id_is_unique",
                violation_error_message=_("An employer with this business ID is already on record."),
            ),
            models.CheckConstraint(
                condition=Q(layoffs_result="") | Q(layoffs_checked_on__isnull=False),
                name="employer_layoffs_result_has_its_day",
                violation_error_message=_("Say when the lay-offs were checked."),
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=models.F("own_contact")),
                name="employer_deputy_is_somebody_else",
                violation_error_message=_("Choose somebody else than our named contact as the deputy."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="employer_is_not_merged_into_itself",
                violation_error_message=_("Choose another employer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class ContactPerson(models.Model):
    """Somebody at the workplace: supervisor, guide, payroll."""

    employer = models.ForeignKey(
        Employer, verbose_name=_("employer"), on_delete=models.PROTECT, related_name="contact_persons"
    )
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=12, choices=ContactRole, default=ContactRole.SUPERVISOR)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("still there"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ContactPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        indexes = [
            GinIndex(SearchWords("name"), name="contact_person_words"),
            models.Index(PhoneTail("phone"), name="contact_person_phone", condition=~Q(phone="")),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class ContactEvent(models.Model):
    """One line of the contact log: with whom, how, what came of it, what next."""

    employer = models.ForeignKey(
        Employer, verbose_name=_("employer"), on_delete=models.PROTECT, related_name="contact_events"
    )
    contact_person = models.ForeignKey(
        ContactPerson,
        verbose_name=_("with whom"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
    )
    happened_on = models.DateField(_("date"))
    channel = models.CharField(_("how"), max_length=8, choices=Channel, default=Channel.PHONE)
    result = models.CharField(_("result"), max_length=12, choices=ContactResult)
    note = models.CharField(_("what was learned"), max_length=500, blank=True)
    next_action = models.CharField(_("next action"), max_length=200, blank=True)
    next_action_on = models.DateField(_("by when"), null=True, blank=True)
    next_action_done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    user = models.ForeignKey(
        User, verbose_name=_("who"), on_delete=models.PROTECT, related_name="contact_events"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = ContactEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = [
            models.Index(fields=["employer", "-happened_on", "-id"], name="contact_newest_first"),
            models.Index(
                fields=["next_action_on", "id"],
                condition=Q(next_action_done_at__isnull=True, next_action_on__isnull=False),
                name="contact_action_due",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_action_on__isnull=True) | ~Q(next_action=""),
                name="contact_date_belongs_to_an_action",
                violation_error_message=_("Say what is done by that day."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gte=1, minutes__lte=480),
                name="contact_minutes_fit_a_day",
                violation_error_message=_("Give 1 to 480 minutes."),
            ),
        ]

    def __str__(self) -> str:
        return f"contact #{self.pk}"
