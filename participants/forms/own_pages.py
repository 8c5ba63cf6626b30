"""Forms of the participant's own pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class BirthDateForm(forms.Form):
    """The second factor: one field, written as people write a date. What is no date is refused by the
    service, so that the sentence is one."""

    birth_date = forms.CharField(
        label=_("Your date of birth"),
        help_text=_("For example 1.2.1980"),
        max_length=40,
        error_messages={"required": _("Write your date of birth like this: 1.2.1980.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "birth-date"}),
    )
