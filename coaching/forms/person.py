"""Forms about one person. They validate and keep what was typed; the services write."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from coaching.enums import ProposalKind
from coaching.models import ActionStep, Discussion, Proposal


class GoalForm(forms.Form):
    """The goal in own words; from the second version on, why it changed."""

    text = forms.CharField(
        label=_("Goal in the participant's own words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What do I want from this month, and where do I want to be after it?"),
    )
    why_changed = forms.CharField(
        label=_("Why did the goal change?"),
        max_length=300,
        required=False,
        widget=forms.TextInput(),
        help_text=_("One sentence is enough. The earlier goal is kept."),
    )
    base_number = forms.IntegerField(min_value=0, widget=forms.HiddenInput())

    def leave_out_the_reason(self) -> None:
        """The first goal has not changed from anything."""
        self.fields["why_changed"].widget = forms.HiddenInput()


class DiscussionForm(forms.ModelForm):
    """One discussion, planned or held."""

    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput())

    class Meta:
        model = Discussion
        fields = [
            "planned_on",
            "held_on",
            "present",
            "participant_view",
            "coach_view",
            "help_wanted",
            "agreed",
        ]
        widgets = {
            "participant_view": forms.Textarea(attrs={"rows": 4}),
            "coach_view": forms.Textarea(attrs={"rows": 4}),
            "help_wanted": forms.Textarea(attrs={"rows": 2}),
            "agreed": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "planned_on": _("For example 12.3.2026."),
            "held_on": _("Leave empty until the discussion has been held."),
            "present": _("Names of those who were there."),
            "participant_view": _("In the participant's own words: what went well, what is still hard?"),
            "coach_view": _("Strengths first, then what helps onward."),
        }

    def validate_constraints(self):
        """Left to the service, which says the same rules at the field where they belong."""

    def values(self) -> dict:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class ActionStepForm(forms.ModelForm):
    """One next step: what, who, by when, what instead."""

    class Meta:
        model = ActionStep
        fields = ["what", "who", "due_on", "alternative"]
        help_texts = {
            "what": _(
                "One thing that can be done, for example: sends the application to the warehouse course."
            ),
            "who": _("The participant, the coach, the coordinator, the officer …"),
            "due_on": _("For example 12.3.2026."),
        }


class ProposalForm(forms.ModelForm):
    """What is proposed to be decided, with just the facts that its kind needs."""

    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput())

    class Meta:
        model = Proposal
        fields = ["kind", "where", "starts_on", "ends_on", "reason"]
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
