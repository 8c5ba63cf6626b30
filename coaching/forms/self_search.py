"""The one date of the own search."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.models import CoachingMonth
from core.forms import DayField


class SelfSearchForm(forms.Form):
    """The last day; empty means the usual one."""

    until = DayField(
        label=_("Own search until"),
        required=False,
        help_text=_("For example 12.3.2026. Empty: the usual day."),
    )
    was = DayField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args, month: CoachingMonth, **kwargs):
        day = month.self_search_until
        initial = {"until": day, "was": day.isoformat() if day else ""}
        super().__init__(*args, initial=initial, **kwargs)
