"""Forms of aftercare: the offer with its answer and frame, the officer's approval, one use."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import User
from core.forms import NOTHING_CHOSEN, DayField, as_people_write
from reports.enums import AftercareAnswer, UseChannel
from reports.models import Aftercare
from reports.models.aftercare import MOST_MINUTES_AT_ONCE

MOST = 2**31 - 1
FRAME_FIELDS = ("carer", "starts_on", "window_months", "most_hours")
SHOWN_NAMES = (
    "offered_on",
    "needs",
    "answer",
    "answered_on",
    "carer",
    "starts_on",
    "window_months",
    "most_minutes",
)


class AftercareForm(forms.Form):
    """The offer, the answer, and with a yes the frame. The rules are the service's."""

    base_version = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput())
    offered_on = DayField(label=_("Offered on"))
    needs = forms.CharField(
        label=_("What support is needed"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the participant's own words. No diagnoses."),
    )
    answer = forms.ChoiceField(
        label=_("Participant's answer"), choices=AftercareAnswer, widget=forms.RadioSelect
    )
    answered_on = DayField(label=_("Answered on"), required=False)
    carer = forms.ModelChoiceField(
        label=_("Who takes care of it"),
        queryset=User.objects.none(),
        required=False,
        empty_label=NOTHING_CHOSEN,
    )
    starts_on = DayField(label=_("From"), required=False)
    window_months = forms.TypedChoiceField(label=_("Length"), required=False, coerce=int, empty_value=None)
    most_hours = forms.IntegerField(label=_("At most, hours"), required=False)

    def __init__(self, *args, aftercare: Aftercare | None = None, today: dt.date | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.made_with = {"aftercare": aftercare}
        staff = Q(role__in=(Role.COACH, Role.COORDINATOR), is_active=True)
        if aftercare is not None and aftercare.carer_id:
            staff |= Q(pk=aftercare.carer_id)  # who has left meanwhile is still shown
        self.fields["carer"].queryset = User.objects.filter(staff).order_by("last_name", "first_name")
        self.fields["carer"].label_from_instance = lambda user: user.full_name
        self.fields["window_months"].choices = [
            ("", NOTHING_CHOSEN),
            *(
                (months, ngettext("%(n)s month", "%(n)s months", months) % {"n": months})
                for months in settings.AFTERCARE_WINDOWS
            ),
        ]
        self.fields["most_hours"].help_text = _("At most %(hours)s hours.") % {
            "hours": settings.AFTERCARE_MOST_HOURS
        }
        self.fields["answered_on"].widget.attrs["data-kinds"] = "accepted declined"
        if today is not None:  # static/js/meeting.js fills it in with the answer
            self.fields["answered_on"].widget.attrs["data-begins-with"] = as_people_write(today)
        for name in FRAME_FIELDS:
            self.fields[name].widget.attrs["data-kinds"] = "accepted"
        for name in ("answered_on", *FRAME_FIELDS):
            self.fields[name].is_asked_for = True  # the answer that shows it makes it required

    def clean(self):
        cleaned = super().clean()
        cleaned["most_minutes"] = (cleaned.get("most_hours") or 0) * 60
        return cleaned

    def values(self) -> dict:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in SHOWN_NAMES}


class OfficeApprovalForm(forms.Form):
    """What the coach writes down when the officer has no account."""

    version = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput())
    officer_name = forms.CharField(
        label=_("Officer who approved"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    approved_on = DayField(label=_("Approved on"))


class UseForm(forms.Form):
    """One piece of aftercare."""

    seen_uses = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput())
    held_on = DayField(label=_("Day"))
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=MOST_MINUTES_AT_ONCE, help_text=_("For example 45.")
    )
    channel = forms.ChoiceField(label=_("How it was given"), choices=UseChannel)
    note = forms.CharField(
        label=_("What was done"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The participant may read this. No diagnoses."),
    )


class TakeBackForm(forms.Form):
    """Why an entry is taken back."""

    reason = forms.CharField(
        label=_("Why it is taken back"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
