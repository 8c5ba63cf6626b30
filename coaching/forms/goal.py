"""Forms of what the person wants: goal, goals in areas, alternatives."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.enums import GoalArea
from coaching.models import GoalAlternative, SubGoal


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
    base_number = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput())

    def leave_out_the_reason(self) -> None:
        """The first goal has not changed from anything."""
        self.fields["why_changed"].widget = forms.HiddenInput()


class SubGoalForm(forms.ModelForm):
    """One goal in one of the five areas; all are open from the first day."""

    base_version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput())

    class Meta:
        model = SubGoal
        fields = ["area", "text"]
        widgets = {"area": forms.RadioSelect()}
        help_texts = {
            "text": _("In the participant's own words, for example: I get up at seven on weekdays."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = GoalArea.choices


class AlternativeForm(forms.ModelForm):
    """Another way that is kept in mind."""

    class Meta:
        model = GoalAlternative
        fields = ["text"]
        help_texts = {"text": _("If the goal does not work out, or beside it: what else could it be?")}
