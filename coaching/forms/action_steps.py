"""Forms of next steps."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.enums import GoalArea
from coaching.models import ActionStep
from core.forms import NOTHING_CHOSEN, DayField


class ActionStepForm(forms.ModelForm):
    """One next step: what, how, who, by when, what instead, and what came of it."""

    base_version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput())

    class Meta:
        model = ActionStep
        fields = ["what", "how", "who", "due_on", "goal_area", "alternative", "result"]
        field_classes = {"due_on": DayField}
        help_texts = {
            "what": _(
                "One thing that can be done, for example: sends the application to the warehouse course."
            ),
            "how": _("For example: with the coach on Tuesday, by phone, on the school's page."),
            "who": _("The participant, the coach, the coordinator, the officer …"),
            "due_on": _("For example 12.3.2026."),
            "result": _("What came of it, when it is known."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["goal_area"].choices = [("", NOTHING_CHOSEN), *GoalArea.choices]
        if self.instance.pk is None:
            del self.fields["result"]

    def validate_constraints(self):
        """Left to the service, which says the same rules at the field where they belong."""

    def values(self) -> dict:
        """What the service takes."""
        names = [name for name in self._meta.fields if name in self.fields]
        return {name: self.cleaned_data[name] for name in names}


class StepDoneForm(forms.Form):
    """What came of a step, and when it was done."""

    result = forms.CharField(
        label=_("What came of it?"),
        max_length=300,
        required=False,
        help_text=_("A few words are enough; it may also stay empty."),
    )
    done_on = DayField(label=_("Done on"), help_text=_("For example 12.3.2026."))
