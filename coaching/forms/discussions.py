"""Forms of discussions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.enums import DiscussionKind
from coaching.models import Discussion
from core.forms import DayField


class DiscussionForm(forms.ModelForm):
    """One discussion, planned or held."""

    base_version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput())

    class Meta:
        model = Discussion
        fields = [
            "topic",
            "planned_on",
            "held_on",
            "present",
            "participant_view",
            "coach_view",
            "help_wanted",
            "help_answer",
            "agreed",
        ]
        field_classes = {"planned_on": DayField, "held_on": DayField}
        widgets = {
            "participant_view": forms.Textarea(attrs={"rows": 4}),
            "coach_view": forms.Textarea(attrs={"rows": 4}),
            "help_wanted": forms.Textarea(attrs={"rows": 2}),
            "help_answer": forms.Textarea(attrs={"rows": 2}),
            "agreed": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "topic": _("For example: studies and money, or the work trial half-way."),
            "planned_on": _("For example 12.3.2026."),
            "held_on": _("Leave empty until the discussion has been held."),
            "present": _("Names of those who were there."),
            "participant_view": _("In the participant's own words: what went well, what is still hard?"),
            "coach_view": _("Strengths first, then what helps onward."),
            "help_wanted": _("Ask it aloud and write down the answer as it was said."),
            "help_answer": _("What the coaching does about it, and when."),
        }

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.made_with = {"kind": kind}
        if kind != DiscussionKind.OTHER:
            del self.fields["topic"]
        else:
            self.fields["topic"].required = True

    def validate_constraints(self):
        """Left to the service, which says the same rules at the field where they belong."""

    def values(self) -> dict:
        """What the service takes."""
        names = [name for name in self._meta.fields if name in self.fields]
        return {name: self.cleaned_data[name] for name in names}


class PlanForm(forms.Form):
    """The day that was agreed for a discussion."""

    planned_on = DayField(label=_("Planned for"), help_text=_("For example 12.3.2026."))
    base_version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput())
