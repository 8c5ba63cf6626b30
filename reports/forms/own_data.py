"""Forms of the register of requests for own data."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.forms.base import date_field
from reports.enums import RequestChannel

BY_STAFF = [row for row in RequestChannel.choices if row[0] != RequestChannel.LINK]


class AskedForm(forms.Form):
    """When and how somebody asked."""

    asked_on = date_field(_("Asked on"), required=True, hint="")
    channel = forms.ChoiceField(label=_("How"), choices=BY_STAFF, widget=forms.RadioSelect)


class HandedOverForm(forms.Form):
    """When it was given on paper."""

    answered_on = date_field(_("Given on"), required=True, hint="")


class RefusedForm(forms.Form):
    """Why it is not given."""

    refused_reason = forms.CharField(
        label=_("Why it is refused"),
        help_text=_("Only a request that is clearly unfounded or repeated again and again may be refused."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the request is refused.")},
    )
