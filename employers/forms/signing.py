"""Forms of the signing: how each party is asked, the paper, the reasons."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from employers.enums import Party, SigningMethod
from employers.forms.base import date_field
from employers.models import ContactPerson
from employers.services.signing import METHODS_OF
from employers.services.signing_links import Asking
from employers.services.signing_paper import MAX_SCAN

WAYS = {
    Party.PARTICIPANT: {
        SigningMethod.LINK: _("in the own pages, by the personal link"),
        SigningMethod.PAPER: _("on paper"),
    },
    Party.EMPLOYER: {
        SigningMethod.LINK: _("by a link, without an account"),
        SigningMethod.PAPER: _("on paper"),
    },
    Party.AUTHORITY: {
        SigningMethod.ACCOUNT: _("signed in, with the own account"),
        SigningMethod.LINK: _("by a link, without an account"),
        SigningMethod.PAPER: _("on paper"),
    },
}


class AskingForm(forms.Form):
    """How one party signs. `party` decides which fields there are."""

    method = forms.ChoiceField(label=_("How"), widget=forms.RadioSelect)
    contact_person = forms.ModelChoiceField(
        label=_("Who signs for the workplace"),
        queryset=ContactPerson.objects.none(),
        required=False,
        empty_label=_("somebody else"),
    )
    name = forms.CharField(label=_("Who signs for the authority"), max_length=160, required=False)
    email = forms.EmailField(
        label=_("E-mail for the link"),
        required=False,
        help_text=_("Leave empty when you show the link yourself, at a visit."),
    )

    def __init__(self, *args, party: str, placement, has_officer: bool, **kwargs) -> None:
        super().__init__(*args, prefix=party, **kwargs)
        self.party = party
        ways = [(way, WAYS[party][way]) for way in METHODS_OF[party]]
        if not has_officer:
            ways = [way for way in ways if way[0] != SigningMethod.ACCOUNT]
        self.fields["method"].choices = ways
        self.people = list(
            ContactPerson.objects.filter(employer=placement.employer_id, is_active=True).order_by(
                "name", "id"
            )
        )
        self.fields["contact_person"].queryset = ContactPerson.objects.filter(
            pk__in=[person.pk for person in self.people]
        )
        if party != Party.EMPLOYER:
            del self.fields["contact_person"]
        if party != Party.AUTHORITY:
            del self.fields["name"]
        if party == Party.PARTICIPANT or placement.participant.is_restricted:
            del self.fields["email"]

    def asking(self) -> Asking:
        """What was chosen, for the service. A chosen person's own address is used when none was typed."""
        values = self.cleaned_data
        person = values.get("contact_person")
        email = values.get("email", "")
        return Asking(values["method"], person, values.get("name", ""), email)


class PaperForm(forms.Form):
    """One scanned paper: who has signed it, when, and that its text was compared."""

    parties = forms.MultipleChoiceField(
        label=_("Who has signed the paper"), widget=forms.CheckboxSelectMultiple
    )
    name_participant = forms.CharField(
        label=_("Participant: name on the paper"), max_length=160, required=False
    )
    name_employer = forms.CharField(label=_("Workplace: name on the paper"), max_length=160, required=False)
    name_authority = forms.CharField(label=_("Authority: name on the paper"), max_length=160, required=False)
    signed_on = date_field(_("Signed on"), required=True)
    scan = forms.FileField(
        label=_("Scan or photo of the paper"),
        help_text=_("A PDF, JPEG or PNG file, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"empty": _("The file is empty.")},
    )
    is_same_text = forms.BooleanField(label=_("I have compared the paper: it has the same check mark"))
    text_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, missing: list[str], today: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["parties"].choices = [(party, Party(party).label.capitalize()) for party in missing]
        for party in Party.values:
            if party not in missing:
                del self.fields[f"name_{party}"]

    def clean_scan(self):
        scan = self.cleaned_data["scan"]
        if scan.size > MAX_SCAN:
            raise forms.ValidationError(_("The file is larger than 10 MB. Scan it in a smaller size."))
        return scan

    def clean_signed_on(self) -> dt.date:
        day = self.cleaned_data["signed_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("The day is still ahead."))
        return day

    def clean(self):
        values = super().clean()
        for party in values.get("parties", ()):
            name = f"name_{party}"
            if name not in self.errors and not values.get(name, "").strip():
                self.add_error(name, _("Write the name that stands on the paper."))
        return values

    def names(self) -> dict[str, str]:
        """Party to the name on the paper, of those who have signed it."""
        return {party: self.cleaned_data[f"name_{party}"] for party in self.cleaned_data["parties"]}


class ReasonForm(forms.Form):
    """Why: an agreement is taken back, or a work trial starts before all have signed."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("The participant may read this. No health details."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SigningForm(forms.Form):
    """What somebody behind a link or signed in sends: the own name and which text was read."""

    signer_name = forms.CharField(label=_("Your name"), max_length=160)
    signer_title = forms.CharField(label=_("Your title"), max_length=120, required=False)
    text_hash = forms.CharField(
        widget=forms.HiddenInput, max_length=64, validators=[ProhibitNullCharactersValidator()]
    )
