"""Forms of the register and the contact log."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from employers.business_id import normalise_business_id
from employers.enums import Channel, ContactResult, Sector
from employers.forms.base import ServiceForm, date_field, with_sentence_case
from employers.models import ContactPerson, Employer


class StaffChoiceField(forms.ModelChoiceField):
    """One of us, by name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.full_name


def our_contacts():
    """Who may be an employer's named contact: coaches and coordinators."""
    return User.objects.with_role(Role.COORDINATOR, Role.COACH)


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
            "street_address",
            "postal_code",
            "city",
            "phone",
            "email",
            "language",
            "own_contact",
            "do_not_ask_before",
            "note",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, asks_despite_alike: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["own_contact"].queryset = our_contacts()
        self.fields["own_contact"].empty_label = _("nobody yet")
        self.fields["sector"].choices = [("", _("not known")), *Sector.choices]
        if not asks_despite_alike:
            del self.fields["is_another"]
        with_sentence_case(self)

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


class ContactForm(forms.Form):
    """One line of the contact log. What is most common is chosen already: the result alone will do."""

    channel = forms.ChoiceField(label=_("How"), choices=Channel, initial=Channel.PHONE)
    contact_person = WorkplacePersonField(
        label=_("With whom"), queryset=ContactPerson.objects.none(), required=False
    )
    result = forms.ChoiceField(label=_("What came of it"), choices=[("", "—"), *ContactResult.choices])
    note = forms.CharField(label=_("What was learned"), required=False, max_length=500)
    next_action = forms.CharField(
        label=_("Next action"),
        required=False,
        max_length=200,
        help_text=_("For example: ring again."),
    )
    next_action_on = date_field(_("Next action by"))
    happened_on = date_field(_("Day of the contact"), required=True)

    def __init__(self, *args, employer: Employer, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact_person"].queryset = ContactPerson.objects.for_choice(employer_id=employer.pk)
        self.fields["contact_person"].empty_label = _("not written down")
        self.fields["happened_on"].initial = today


class RegisterFilter(forms.Form):
    """What the register is filtered by beside the search; anything odd filters nothing."""

    sector = forms.ChoiceField(label=_("Sector"), required=False)
    own_contact = StaffChoiceField(label=_("Our named contact"), queryset=User.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = [("", _("all sectors")), *Sector.choices]
        self.fields["own_contact"].queryset = our_contacts()
        self.fields["own_contact"].empty_label = _("anybody")

    def filtered(self, employers, *, words: str):
        """The employers that match `words`; a value that does not exist is left out of the filter."""
        self.is_valid()
        chosen = self.cleaned_data
        contact = chosen.get("own_contact")
        return (
            employers.matching(words)
            .of_sector(chosen.get("sector", ""))
            .in_care_of(contact.pk if contact else None)
        )
