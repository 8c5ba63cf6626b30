"""Forms of referrals: the uploaded list, one by hand, its date and note, its filters."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from participants.contact_details import clean_note
from participants.enums import ReferralState
from participants.forms.record import ParticipantForm, date_field
from participants.referral_list.faults import FAULT_SENTENCES
from participants.referral_list.table import MAX_BYTES


class ListFileForm(forms.Form):
    """A list as a file."""

    file = forms.FileField(
        label=_("List"),
        help_text=_("An xlsx or csv file, at most 10 MB. The columns may be in any order."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={"empty": _("The file is empty.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB. Send the list in smaller parts."))
        return file


class UploadForm(ListFileForm):
    """The TE-office's list."""

    authority = forms.ModelChoiceField(
        label=_("Who sent the list"), queryset=Authority.objects.none(), empty_label="–"
    )
    field_order = ["authority", "file"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        authorities = Authority.objects.active()
        self.fields["authority"].queryset = authorities
        if not self.is_bound and len(only := list(authorities[:2])) == 1:
            self.initial["authority"] = only[0].pk


class ReferralForm(ParticipantForm):
    """A referral entered by hand: the person, then the referral."""

    referred_on = date_field(_("Referred on"))
    note = forms.CharField(
        label=_("Note from the authority"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What helps with getting started. No diagnoses."),
    )
    duplicate = forms.CharField(
        label=_("Who is meant"), required=False, max_length=20, widget=forms.HiddenInput()
    )

    def clean_referred_on(self) -> dt.date:
        return _not_in_future(self.cleaned_data["referred_on"], self.today)

    def clean_note(self) -> str:
        return clean_note(self.cleaned_data["note"])


class ReferralEditForm(forms.Form):
    """Date and note of a referral."""

    referred_on = date_field(_("Referred on"))
    note = forms.CharField(
        label=_("Note from the authority"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput())

    def __init__(self, *args, today: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_referred_on(self) -> dt.date:
        return _not_in_future(self.cleaned_data["referred_on"], self.today)

    def clean_note(self) -> str:
        return clean_note(self.cleaned_data["note"])


class MoveForm(forms.Form):
    """The next state of a referral."""

    state = forms.ChoiceField(choices=ReferralState.choices)
    reason = forms.CharField(
        label=_("Reason when not selected"),
        required=False,
        max_length=300,
        help_text=_("For example: the group is full, another service suits better."),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput())


class ReferralFilterForm(forms.Form):
    """State and authority; the name is searched beside it (`core.search_terms`)."""

    state = forms.ChoiceField(label=_("State"), required=False)
    authority = forms.ModelChoiceField(
        label=_("Authority"),
        required=False,
        queryset=Authority.objects.none(),
        empty_label=_("all authorities"),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = Authority.objects.order_by("name", "id")
        self.fields["state"].choices = [
            ("", _("open referrals")),
            ("all", _("all referrals")),
            *ReferralState.choices,
        ]


def _not_in_future(day: dt.date, today: dt.date) -> dt.date:
    if day > today:
        raise forms.ValidationError(FAULT_SENTENCES["date_in_future"])
    if day.year < 1990:
        raise forms.ValidationError(FAULT_SENTENCES["date_impossible"])
    return day
