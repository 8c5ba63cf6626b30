"""The organisation's register of employers: contacts stay when a person of ours leaves."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import User
from employers.enums import Channel, ContactResult, ContactRole, Sector
from employers.querysets import ContactEventQuerySet, ContactPersonQuerySet, EmployerQuerySet
from employers.search import SearchWords


class Employer(models.Model):
    """A workplace's legal person."""

    name = models.CharField(_("name"), max_length=160)
    business_id = models.CharField(_("business ID (Y-tunnus)"), max_length=9, blank=True)
    sector = models.CharField(_("sector"), max_length=80, choices=Sector, blank=True)
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
    do_not_ask_before = models.DateField(_("do not ask before"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
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
            GinIndex(SearchWords("name", "city"), name="employer_words"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["business_id"],
                condition=~Q(business_id=""),
                name="employer_business_id_is_unique",
                violation_error_message=_("An employer with this business ID is already on record."),
            )
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
        indexes = [GinIndex(SearchWords("name"), name="contact_person_words")]

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
            )
        ]

    def __str__(self) -> str:
        return f"contact #{self.pk}"
