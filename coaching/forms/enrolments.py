"""Forms of the group and its waiting list."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from participants.enums import ReferralState


class EnrolForm(forms.Form):
    """Somebody from the list, and their first day."""

    participant = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    joined_on = DayField(label=_("First day"), required=False)


class RemoveForm(forms.Form):
    """Why a person does not start, and where the referral goes."""

    referral_state = forms.ChoiceField(
        label=_("What happens to the referral"),
        choices=[
            (ReferralState.SELECTED, _("The person may come to another month")),
            (ReferralState.WITHDREW, _("The person does not want to come")),
            (ReferralState.NOT_SELECTED, _("The person is not selected")),
        ],
        widget=forms.RadioSelect,
        initial=ReferralState.SELECTED,
    )
    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("The participant may read this. Do not write diagnoses.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class FirstDayForm(forms.Form):
    """The day on which the person joined."""

    joined_on = DayField(label=_("First day"), help_text=_("For example 4.2.2026."))
    version = forms.IntegerField(widget=forms.HiddenInput)
