"""The record's form, also the first half of a referral entered by hand."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority, User
from core.forms import shorten_empty_choices
from participants.contact_details import NotAPhone, canonical_phone, clean_text
from participants.hetu import HetuWrong, check_hetu
from participants.models import Participant
from participants.referral_list.faults import FAULT_SENTENCES

DATE_HINT = _("For example 12.3.2026")
# topic -> lines of fields that stand side by side where there is room
SECTIONS = (
    (
        _("Person"),
        (("last_name", "first_name"), ("birth_date", "hetu"), ("remove_hetu",), ("language",)),
    ),
    (
        _("Contact"),
        (("phone", "email"), ("street_address",), ("postal_code", "city"), ("is_restricted",)),
    ),
    (_("Authority"), (("authority",), ("officer", "officer_name"))),
    (_("Background at the start"), (("labour_status",), ("unemployed_since", "education"))),
)
RECORD_FIELDS = [
    name
    for _title, lines in SECTIONS
    for line in lines
    for name in line
    if name not in ("hetu", "remove_hetu")
]


def date_field(label, **more) -> forms.DateField:
    """A date as text, 12.3.2026, whatever language the browser speaks."""
    return forms.DateField(
        label=label,
        help_text=DATE_HINT,
        widget=forms.DateInput(format="%-d.%-m.%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        **more,
    )


class ParticipantForm(forms.ModelForm):
    """All of the record that people edit. `hetu` opens empty: the code is never sent back to a page."""

    birth_date = date_field(_("date of birth"), required=False)
    unemployed_since = date_field(_("out of work since"), required=False)
    hetu = forms.CharField(
        label=_("personal identity code"),
        required=False,
        max_length=20,
        help_text=_("Only when it is needed. It is kept encrypted and each reveal is logged."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    remove_hetu = forms.BooleanField(label=_("Remove the personal identity code"), required=False)

    class Meta:
        model = Participant
        fields = RECORD_FIELDS
        widgets = {
            "labour_status": forms.RadioSelect,
            "phone": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
            "postal_code": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        }
        help_texts = {
            "officer": _("Those of the authority who have an account here."),
            "officer_name": _("When the officer is not in the list above."),
            "is_restricted": _("Address and workplace stay out of lists, prints and exports."),
        }

    def __init__(self, *args, today: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["authority"].queryset = Authority.objects.active()
        self.fields["officer"].queryset = self._officers()
        self.fields["officer"].label_from_instance = lambda user: f"{user.full_name} ({user.authority.name})"
        self.fields["labour_status"].choices = [
            choice for choice in self.fields["labour_status"].choices if choice[0]
        ]
        if not (self.instance and self.instance.has_hetu):
            del self.fields["remove_hetu"]
        else:
            self.fields["hetu"].help_text = _("There is one on record. Fill in only to replace it.")
        shorten_empty_choices(self)
        for field in self.fields.values():
            field.label = field.label[:1].upper() + field.label[1:]

    def _officers(self):
        officers = User.objects.filter(role="te_officer").select_related("authority")
        kept = self.instance.officer_id if self.instance else None
        return (officers.filter(is_active=True) | officers.filter(pk=kept)).order_by(
            "last_name", "first_name", "id"
        )

    @property
    def sections(self) -> list[tuple[str, list]]:
        """`(title, lines of bound fields)` for the template."""
        return [
            (title, [[self[name] for name in line if name in self.fields] for line in lines])
            for title, lines in SECTIONS
        ]

    def clean_first_name(self) -> str:
        return self._name("first_name")

    def clean_last_name(self) -> str:
        return self._name("last_name")

    def _name(self, name: str) -> str:
        text = clean_text(self.cleaned_data[name])
        if not any(letter.isalpha() for letter in text):
            raise forms.ValidationError(self.fields[name].error_messages["required"], code="required")
        return text

    def clean_phone(self) -> str:
        text = clean_text(self.cleaned_data["phone"])
        try:
            return canonical_phone(text) if text else ""
        except NotAPhone as error:
            raise forms.ValidationError(FAULT_SENTENCES["phone_impossible"]) from error

    def clean_birth_date(self) -> dt.date | None:
        day = self.cleaned_data["birth_date"]
        if day and not dt.date(1900, 1, 1) <= day <= self.today:
            raise forms.ValidationError(FAULT_SENTENCES["birth_date_impossible"])
        return day

    def clean_unemployed_since(self) -> dt.date | None:
        day = self.cleaned_data["unemployed_since"]
        if day and day > self.today:
            raise forms.ValidationError(FAULT_SENTENCES["date_in_future"])
        if day and day.year < 1900:
            raise forms.ValidationError(FAULT_SENTENCES["date_impossible"])
        return day

    def clean_hetu(self) -> str:
        text = clean_text(self.cleaned_data["hetu"])
        try:
            return check_hetu(text) if text else ""
        except HetuWrong as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict:
        cleaned = super().clean()
        officer, authority = cleaned.get("officer"), cleaned.get("authority")
        if officer and authority and officer.authority_id != authority.pk:
            self.add_error("officer", _gettext("This officer belongs to another authority."))
        if officer and cleaned.get("officer_name"):
            cleaned["officer_name"] = ""
        if cleaned.get("hetu") and cleaned.get("remove_hetu"):
            self.add_error("remove_hetu", _gettext("Either give a new code or remove it, not both."))
        return cleaned

    def record_values(self) -> dict:
        """The cleaned values of the record's own columns."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def hetu_change(self) -> str | None:
        """None leaves the code as it is, "" removes it, text replaces it."""
        if self.cleaned_data.get("remove_hetu"):
            return ""
        return self.cleaned_data.get("hetu") or None


class RestrictedReasonForm(forms.Form):
    """Why a protected person's file is opened."""

    reason = forms.CharField(
        label=_("Why do you open this file?"),
        max_length=300,
        min_length=5,
        help_text=_("The reason goes into the audit trail. The file stays open for you for 30 minutes."),
    )


class PreparationForm(forms.Form):
    """When the information sheet was gone through and the agreement signed."""

    information_confirmed_on = date_field(_("Information sheet gone through"), required=False)
    agreement_signed_on = date_field(_("Participation agreement signed"), required=False)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput())
