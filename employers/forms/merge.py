"""The confirmation of a merge."""

from __future__ import annotations

from django import forms


class MergeForm(forms.Form):
    """The versions that the preview showed; both are hidden."""

    kept_version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput())
    merged_version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput())
