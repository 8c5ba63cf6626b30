"""Form of the proposal. They validate and keep what was typed; the services write."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from coaching.enums import ProposalKind
from coaching.models import Proposal
from core.forms import DayField


class ProposalForm(forms.ModelForm):
    """What is proposed to be decided, with just the facts that its kind needs."""

    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput())

    class Meta:
        model = Proposal
        fields = ["kind", "where", "starts_on", "ends_on", "reason"]
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        widgets = {"kind": forms.RadioSelect(), "reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "reason": _("One or two sentences that the officer can decide on."),
            "starts_on": _("For example 12.3.2026."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = ProposalKind.choices

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") and cleaned["kind"] != ProposalKind.NO_DECISION and not cleaned.get("reason"):
            self.add_error("reason", _gettext("Say in a sentence why this is proposed."))
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _gettext("The last day cannot be before the first."))
        return cleaned

    def values(self) -> dict:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}
