"""Forms of the register and the contact log."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from employers.business_id import normalise_business_id
from employers.enums import EmployerSize, LayoffsResult, Sector
from employers.forms.base import ServiceForm, date_field, with_sentence_case
from employers.models import ContactPerson, Employer
from employers.models.employer import LONGEST_TEXT
from employers.services import employer as services


class StaffChoiceField(forms.ModelChoiceField):
    """One of us, by name; who is no longer at work is named as such."""

    def label_from_instance(self, obj: User) -> str:
        if services.may_be_contact(obj):
            return obj.full_name
        return _("%(name)s (no longer at work)") % {"name": obj.full_name}


def our_contacts(*, chosen: tuple[int | None, ...] = ()):
    """Who may be an employer's named contact: coaches and coordinators at work, and whoever is `chosen`
    already, so that an employer whose contact left can be edited before the next one is found."""
    at_work = Q(is_active=True, role__in=(Role.COORDINATOR, Role.COACH))
    return User.objects.filter(at_work | Q(pk__in=[pk for pk in chosen if pk])).order_by(
        "last_name", "first_name", "id"
    )


class EmployerForm(ServiceForm):
    """An employer of the register."""

    business_id = forms.CharField(
        label=_("Business ID (Y-tunnus)"),
        required=False,
        max_length=20,
        help_text=_("For example 1234567-8; a VAT number FI12345678 will do as well."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    own_contact = StaffChoiceField(
        label=_("Our named contact"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("One of us keeps in touch, so that the employer knows whom to ring."),
    )
    deputy = StaffChoiceField(
        label=_("Deputy of our contact"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("Who answers when the named contact is away."),
    )
    layoffs_checked_on = date_field(_("Lay-offs checked on"), hint="")
    email_verified_on = date_field(
        _("E-mail found right on"), hint=_("When somebody last answered from this address.")
    )
    do_not_ask_before = date_field(
        _("Do not ask before"), hint=_("If the employer asked to be left in peace. For example 12.3.2026.")
    )
    postal_code = forms.CharField(
        label=_("Postal code"),
        required=False,
        max_length=5,
        validators=[RegexValidator(r"^\d{5}$", _("A postal code has five digits."))],
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())
    is_another = forms.BooleanField(required=False, label=_("It is another employer: save it anyway"))

    class Meta:
        model = Employer
        fields = [
            "name",
            "business_id",
            "sector",
            "size",
            "street_address",
            "postal_code",
            "city",
            "phone",
            "email",
            "language",
            "own_contact",
            "deputy",
            "needs",
            "experience",
            "layoffs_checked_on",
            "layoffs_result",
            "email_verified_on",
            "do_not_ask_before",
            "note",
        ]
        widgets = {
            name: forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_TEXT})
            for name in ("needs", "experience", "note")
        }
        help_texts = {
            "needs": _("Busy times, work left undone, what kind of help would suit."),
            "experience": _("How work trials have gone there, what worked and what did not."),
        }

    def __init__(self, *args, today: dt.date, asks_despite_alike: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        chosen = (self.instance.own_contact_id, self.instance.deputy_id)
        for name in ("own_contact", "deputy"):
            self.fields[name].queryset = our_contacts(chosen=chosen)
            self.fields[name].empty_label = _("nobody yet")
        self.fields["sector"].choices = [("", _("not known")), *Sector.choices]
        self.fields["size"].choices = [("", _("not known")), *EmployerSize.choices]
        self.fields["layoffs_result"].choices = [("", _("not checked")), *LayoffsResult.choices]
        if not asks_despite_alike:
            del self.fields["is_another"]
        with_sentence_case(self)

    def clean_layoffs_checked_on(self) -> dt.date | None:
        return self._not_ahead("layoffs_checked_on")

    def clean_email_verified_on(self) -> dt.date | None:
        return self._not_ahead("email_verified_on")

    def _not_ahead(self, name: str) -> dt.date | None:
        day = self.cleaned_data[name]
        if day and day > self.today:
            raise forms.ValidationError(_("This day is still ahead."))
        if day and day.year < 2000:
            raise forms.ValidationError(_("Check the year."))
        return day

    def clean_business_id(self) -> str:
        text = self.cleaned_data["business_id"].strip()
        if not text:
            return ""
        normal = normalise_business_id(text)
        if normal is None:
            raise forms.ValidationError(_("Check the business ID: its last digit does not fit."))
        return normal


class ContactPersonForm(ServiceForm):
    """Somebody at the workplace."""

    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())

    class Meta:
        model = ContactPerson
        fields = ["name", "role", "phone", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        with_sentence_case(self)


class WorkplacePersonField(forms.ModelChoiceField):
    """Somebody at the workplace, by name and role."""

    def label_from_instance(self, obj: ContactPerson) -> str:
        return f"{obj.name} ({obj.get_role_display()})"
