"""Forms of the group and its waiting list."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.enums import ExitKind, OnwardPath
from coaching.models import CoachingMonth, Enrolment
from coaching.services.enrolments import EARLY_EXITS
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


class EarlyEndForm(forms.Form):
    """How the month ended early for one person, and the onward path if it is known."""

    exit_kind = forms.ChoiceField(
        label=_("How the month ended"),
        choices=[(kind.value, kind.label) for kind in EARLY_EXITS],
        widget=forms.RadioSelect,
    )
    left_on = DayField(label=_("Last day in the month"), help_text=_("For example 12.2.2026."))
    exit_reason = forms.CharField(
        label=_("What ended it"),
        max_length=300,
        required=False,
        help_text=_(
            "Needed when somebody dropped out. The participant may read this. Do not write diagnoses."
        ),
    )
    onward_path = forms.ChoiceField(
        label=_("Onward path"), choices=[("", "–"), *OnwardPath.choices], required=False
    )
    onward_detail = forms.CharField(
        label=_("Where to"), max_length=200, required=False, help_text=_("Workplace, school or service.")
    )
    onward_starts_on = DayField(label=_("Begins on"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, enrolment: Enrolment, month: CoachingMonth, today: dt.date, **kwargs) -> None:
        names = ("exit_kind", "exit_reason", "onward_path", "onward_detail", "onward_starts_on", "version")
        initial = {name: getattr(enrolment, name) for name in names}
        initial["left_on"] = enrolment.left_on or min(today, month.ends_on)
        if initial["exit_kind"] == ExitKind.COMPLETED:
            initial["exit_kind"] = ""
        super().__init__(*args, initial=initial, **kwargs)
