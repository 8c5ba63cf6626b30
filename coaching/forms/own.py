"""Forms of the month behind the personal link: the participant is the one who is spoken to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.enums import JobSearchKind
from coaching.forms.goal import GoalForm
from core.forms import DayField


class OwnGoalForm(GoalForm):
    """The goal, asked of the participant."""

    def __init__(self, *args, is_first: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("My goal in my own words")
        self.fields["text"].widget.attrs["rows"] = 6
        self.fields["text"].error_messages["required"] = _("Write your goal first.")
        self.fields["why_changed"].label = _("Why did my goal change?")
        self.fields["why_changed"].help_text = _("You may leave this empty. Your earlier goal is kept.")
        if is_first:
            self.leave_out_the_reason()


class OwnActForm(forms.Form):
    """One act of looking for work."""

    kind = forms.ChoiceField(
        label=_("What did I do?"),
        choices=JobSearchKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you did.")},
    )
    text = forms.CharField(label=_("Where, or what?"), max_length=200, required=False)
    day = DayField(label=_("When?"), help_text=_("For example 12.3.2026."))


class OwnStepForm(forms.Form):
    """One step forward in own words."""

    text = forms.CharField(
        label=_("What did I do?"),
        max_length=300,
        help_text=_("Every step counts, also a small one."),
        error_messages={"required": _("Write what you did.")},
    )
    day = DayField(label=_("When?"), help_text=_("For example 12.3.2026."))


class OwnNextStepForm(forms.Form):
    """Something that the participant is going to do."""

    what = forms.CharField(
        label=_("What am I going to do?"),
        max_length=300,
        error_messages={"required": _("Write what you are going to do.")},
    )
    due_on = DayField(label=_("By when?"), required=False, help_text=_("You may leave this empty."))
